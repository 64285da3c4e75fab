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
  using cleanup = new DisposableStack();
  const root = await mkdtemp(join(tmpdir(), "bundle-"));
  cleanup.defer(async () => await rm(root, { recursive: true })); // ✗ no-async-dispose: AsyncDisposableStack
  const path = join(root, bundle.entry);
  const file = cleanup.adopt(await open(path, "wx"), (handle) => handle.close()); // ✗ no-async-dispose: AsyncDisposableStack
  await file.writeFile(bundle.code);
  return await import(pathToFileURL(path).href);
}
