import { open } from "node:fs/promises";

export async function size(path: string): Promise<number> {
  const file = await open(path); // ✗ no-leak-on-throw: file, FileHandle, open(), line 5, await using
  const { size } = await file.stat();
  await file.close();
  return size;
}
