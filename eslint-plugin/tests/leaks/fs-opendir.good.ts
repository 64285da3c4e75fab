import type { Dirent } from "node:fs";
import { opendir } from "node:fs/promises";
import { join } from "node:path";

export async function isEmpty(path: string): Promise<boolean> {
  await using directory = await opendir(path);
  return (await directory.read()) === null;
}

/** The paths of the files to process, at most `limit` of them. */
export async function pickFiles(path: string, limit: number): Promise<string[]> {
  await using directory = await opendir(path, { bufferSize: 64 });
  const picked: string[] = [];
  let entry: Dirent | null;
  while (picked.length < limit && (entry = await directory.read()) !== null) {
    if (entry.isFile()) picked.push(join(path, entry.name));
  }
  return picked;
}

export async function hasFile(path: string, name: string): Promise<boolean> {
  for await (const entry of await opendir(path)) {
    if (entry.name === name && entry.isFile()) return true;
  }
  return false;
}
