// F20: what is closed by hand before the end of its block, or at its end for a reason that is written there.
import { closeSync, openSync, readSync } from "node:fs";
import { open } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";

/** The lock is let go before the caller is told. */
export async function size(path: string, tell: (size: number) => void): Promise<void> {
  await using handle = await open(path);
  const { size: bytes } = await handle.stat();
  await handle.close();
  tell(bytes);
}

/** Only to see whether it can be opened. */
export async function isReadable(path: string): Promise<boolean> {
  try {
    const handle = await open(path);
    await handle.close();
    return true;
  } catch {
    return false;
  }
}

export function isInTransaction(path: string): boolean {
  const database = new DatabaseSync(path);
  const { isTransaction } = database;
  // Before the caller may open it again.
  database.close();
  return isTransaction;
}

export function firstByte(path: string): number {
  const descriptor = openSync(path, "r");
  const bytes = new Uint8Array(1);
  readSync(descriptor, bytes);
  closeSync(descriptor);
  return bytes[0] ?? 0;
}
