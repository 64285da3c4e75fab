import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { FileLock } from "./lib-lock.js";

/** Runs a task that must not run twice at the same time on one machine. */
export async function exclusively(path: string, task: () => Promise<void>): Promise<void> {
  await FileLock.acquire(path); // ✗ no-floating-disposable: FileLock, FileLock.acquire(), await using
  await task();
}

/** Hands every job file to `run` once, also when several runners share the directory. */
export async function drain(files: string[], run: (file: string) => Promise<void>): Promise<number> {
  let handled = 0;
  for (const file of files) {
    const lock = await FileLock.acquire(`${file}.lock`); // ✗ no-leak-on-path: lock, FileLock, FileLock.acquire(), line 17, await using
    if (existsSync(`${file}.done`)) {
      continue;
    }
    await run(file);
    await rename(file, `${file}.done`);
    await lock.release();
    handled += 1;
  }
  return handled;
}
