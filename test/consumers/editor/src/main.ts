import { acquireLock } from "./files.js";

export async function work(task: () => Promise<void>): Promise<void> {
  const lock = await acquireLock(); // ✗ require-using: lock, Lock, acquireLock(), await using
  await task();
}

export async function better(task: () => Promise<void>): Promise<void> {
  await using _ = await acquireLock();
  await task();
}
