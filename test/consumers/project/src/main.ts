import { open } from "node:fs/promises";
import { openLog, openShared } from "./files.js";

export async function size(path: string): Promise<number> {
  const file = await open(path); // ✗ require-using: file, FileHandle, open(), await using
  return (await file.stat()).size;
}

export async function log(path: string, line: string): Promise<void> {
  const file = await openLog(path); // ✗ no-leak-on-path: file, FileHandle, openLog(), line 11, await using
  if (line === "") return;
  await file.appendFile(line);
  await file.close();
}

export async function touch(path: string): Promise<void> {
  await open(path, "a"); // ✗ no-floating-disposable: FileHandle, open(), await using
}

export async function first(path: string): Promise<string> {
  const file = await openShared(path);
  return (await file.read({ length: 1 })).buffer.toString();
}

export async function whole(path: string): Promise<string> {
  await using file = await open(path);
  return await file.readFile("utf8");
}
