import { watch } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { createConnection } from "mysql2/promise";
import { FileLock } from "./lib-lock.js";

/** Runs `reload` whenever the file changes, until the signal aborts. */
export async function followConfig(
  path: string,
  reload: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const watcher = watch(path);
  stack.defer(() => watcher.close());
  watcher.on("change", () => {
    readFile(path, "utf8").then(reload, () => reload(""));
  });
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}

export async function snapshot(path: string, owner: string): Promise<string> {
  await using resources = new AsyncDisposableStack();
  const lock = resources.use(await FileLock.acquire(`${path}.lock`));
  await lock.stamp(owner);
  const source = resources.use(await open(path, "r"));
  return await source.readFile("utf8");
}

export async function ping(uri: string): Promise<void> {
  await using connection = await createConnection(uri);
  await connection.ping();
}
