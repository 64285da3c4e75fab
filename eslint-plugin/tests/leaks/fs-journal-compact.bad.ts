import { open } from "node:fs/promises";

interface Entry {
  seq: number;
  done: boolean;
  payload: unknown;
}

function parse(text: string): Entry[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Entry);
}

/** Rewrites a journal without the entries that are done and says how many were dropped. */
export async function compactJournal(path: string): Promise<number> {
  const journal = await open(path, "r+"); // ✗ no-leak-on-path: journal, FileHandle, open(), line 21, await using
  const text = await journal.readFile("utf8");
  if (text === "") {
    return 0;
  }
  const entries = parse(text);
  const pending = entries.filter((entry) => !entry.done);
  await journal.truncate();
  await journal.write(pending.map((entry) => `${JSON.stringify(entry)}\n`).join(""), 0);
  await journal.sync();
  await journal.close();
  return entries.length - pending.length;
}
