import { open, type FileHandle } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";

/** Merges the first lines of many files. */
export async function heads(paths: readonly string[]): Promise<string[]> {
  const handles: FileHandle[] = []; // ✗ no-leaky-collection: handles, FileHandle, open(), line 8, heads, await using
  for (const path of paths) {
    handles.push(await open(path));
  }
  const lines: string[] = [];
  for (const handle of handles) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(80), 0, 80, 0);
    lines.push(buffer.toString("utf8", 0, bytesRead));
  }
  return lines;
}

export function countEntries(shards: readonly string[]): number {
  const databases = new Map<string, DatabaseSync>(); // ✗ no-leaky-collection: databases, DatabaseSync, new DatabaseSync(), using
  for (const shard of shards) databases.set(shard, new DatabaseSync(shard, { readOnly: true }));
  let count = 0;
  databases.forEach((database) => {
    count += Number(database.prepare("SELECT COUNT(*) AS count FROM entries").get()?.["count"]);
  });
  return count;
}
