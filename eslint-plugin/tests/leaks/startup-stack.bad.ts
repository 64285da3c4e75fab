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
  stack.defer(watcher.close); // ✗ no-unawaited-acquisition: watcher.close
  watcher.on("change", () => {
    readFile(path, "utf8").then(reload, () => reload(""));
  });
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}

// The plugin surface came from the JavaScript tool and is not typed yet.
export async function snapshot(path: string, owner: string): Promise<string> {
  await using resources: any = new AsyncDisposableStack();
  const lock = resources.use(await FileLock.acquire(`${path}.lock`));
  await lock.stamp(owner);
  const source = resources.use(open(path, "r")); // ✗ no-unawaited-acquisition: open(), await
  return await source.readFile("utf8");
}

export async function ping(uri: string): Promise<void> {
  await using connection = createConnection(uri) as any; // ✗ no-unawaited-acquisition: connection, createConnection(), await
  await connection.ping();
}
