import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export interface Bundle {
  entry: string;
  code: string;
}

/** Loads a bundle the way a user's program would. */
export async function load(bundle: Bundle): Promise<unknown> {
  await using cleanup = new AsyncDisposableStack();
  const root = await mkdtemp(join(tmpdir(), "bundle-"));
  cleanup.defer(async () => await rm(root, { recursive: true }));
  const path = join(root, bundle.entry);
  const file = cleanup.use(await open(path, "wx"));
  await file.writeFile(bundle.code);
  return await import(pathToFileURL(path).href);
}
