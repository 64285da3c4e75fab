import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Piscina } from "piscina";

const filename = new URL("./hash-worker.js", import.meta.url).href;

/** The digest of every file below the root, by its path. */
export async function hashTree(root: string): Promise<Map<string, string>> {
  await using pool = new Piscina<string, string>({ filename, maxThreads: 4 });
  const names = await readdir(root, { recursive: true });
  const paths = names.map((name) => join(root, name));
  const digests = await Promise.all(paths.map((path) => pool.run(path)));
  return new Map(paths.map((path, index) => [path, digests[index] ?? ""]));
}

/** Milliseconds that one file takes on a cold pool. */
export async function measure(path: string): Promise<number> {
  await using pool = new Piscina<string, string>({ filename, maxThreads: 1 });
  const start = performance.now();
  await pool.run(path);
  return performance.now() - start;
}
