import { open, type FileHandle } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";

export async function checksum(path: string): Promise<number> {
  const handle = await open(path); // ✗ prefer-using: handle, line 12, line 5, await using
  try {
    const buffer = await handle.readFile();
    let sum = 0;
    // Addition will do here.
    for (const byte of buffer) sum += byte;
    return sum;
  } finally {
    await handle.close();
  }
}

export async function firstLine(path: string): Promise<string> {
  let handle: FileHandle | undefined; // ✗ prefer-using: handle, line 23, line 20, await using
  try {
    handle = await open(path);
    for await (const line of handle.readLines()) return line;
    return "";
  } finally {
    await handle?.close();
  }
}

export function copyEntries(from: string, to: string): void {
  const source = new DatabaseSync(from, { readOnly: true }); // ✗ prefer-using: source, target, line 33, line 29, using
  const target = new DatabaseSync(to);
  try {
    for (const { key } of source.prepare("SELECT key FROM entries").all()) target.prepare("INSERT INTO entries (key) VALUES (?)").run(key ?? null);
  } finally {
    target.close();
    source.close();
  }
}
