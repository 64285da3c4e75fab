import { createHash } from "node:crypto";
import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";

/** Opens one file after the other, as they are asked for. */
async function* opened(directory: string, names: readonly string[]): AsyncGenerator<FileHandle> {
  for (const name of names) {
    yield await open(join(directory, name), "r");
  }
}

/** The size of all files together. */
export async function totalSize(directory: string, names: readonly string[]): Promise<number> {
  let total = 0;
  for await (const file of opened(directory, names)) { // ✗ require-using: file, FileHandle, opened(), await using
    const { size } = await file.stat();
    total += size;
  }
  return total;
}

/** One checksum over the first block of every file, in their order. */
export async function checksum(directory: string, names: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  const block = new Uint8Array(4096);
  for await (const file of names.map((name) => open(join(directory, name), "r"))) { // ✗ require-using: file, FileHandle, open(), await using
    const { bytesRead } = await file.read(block, 0, block.length, 0);
    hash.update(block.subarray(0, bytesRead));
  }
  return hash.digest("hex");
}
