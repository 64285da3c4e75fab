import { open } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";

export async function checksum(path: string): Promise<number> {
  await using handle = await open(path);
  const buffer = await handle.readFile();
  let sum = 0;
  // Addition will do here.
  for (const byte of buffer) sum += byte;
  return sum;
}

export async function firstLine(path: string): Promise<string> {
  await using handle = await open(path);
  for await (const line of handle.readLines()) return line;
  return "";
}

export function copyEntries(from: string, to: string): void {
  using source = new DatabaseSync(from, { readOnly: true });
  using target = new DatabaseSync(to);
  for (const { key } of source.prepare("SELECT key FROM entries").all()) target.prepare("INSERT INTO entries (key) VALUES (?)").run(key ?? null);
}
