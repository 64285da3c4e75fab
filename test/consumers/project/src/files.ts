import { open, type FileHandle } from "node:fs/promises";

export async function openLog(path: string): Promise<FileHandle> {
  const file = await open(path, "a");
  return file;
}

let shared: FileHandle | undefined;

export async function openShared(path: string): Promise<FileHandle> {
  shared ??= await open(path, "r");
  return shared;
}
