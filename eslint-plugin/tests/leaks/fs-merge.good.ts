import { open, type FileHandle } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";

/** Merges the first lines of many files. */
export async function heads(paths: readonly string[]): Promise<string[]> {
  await using stack = new AsyncDisposableStack();
  const handles: FileHandle[] = [];
  for (const path of paths) {
    handles.push(stack.use(await open(path)));
  }
  const lines: string[] = [];
  for (const handle of handles) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(80), 0, 80, 0);
    lines.push(buffer.toString("utf8", 0, bytesRead));
  }
  return lines;
}

export function countEntries(shards: readonly string[]): number {
  let count = 0;
  for (const shard of shards) {
    using database = new DatabaseSync(shard, { readOnly: true });
    count += Number(database.prepare("SELECT COUNT(*) AS count FROM entries").get()?.["count"]);
  }
  return count;
}
