import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { FileLock } from "./lib-lock.js";

/** Runs a task that must not run twice at the same time on one machine. */
export async function exclusively(path: string, task: () => Promise<void>): Promise<void> {
  await using _ = await FileLock.acquire(path);
  await task();
}

/** Hands every job file to `run` once, also when several runners share the directory. */
export async function drain(files: string[], run: (file: string) => Promise<void>): Promise<number> {
  let handled = 0;
  for (const file of files) {
    await using _ = await FileLock.acquire(`${file}.lock`);
    if (existsSync(`${file}.done`)) {
      continue;
    }
    await run(file);
    await rename(file, `${file}.done`);
    handled += 1;
  }
  return handled;
}
