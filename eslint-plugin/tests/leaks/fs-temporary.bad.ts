import { open, readdir } from "node:fs/promises";
import { join } from "node:path";

interface Segment {
  name: string;
  size: number;
}

/** Makes sure that the marker of a finished upload exists. */
export async function markFinished(directory: string): Promise<void> {
  await open(join(directory, ".finished"), "a"); // ✗ no-floating-disposable: FileHandle, open(), await using
}

export async function segments(directory: string): Promise<Segment[]> {
  const found: Segment[] = [];
  for (const name of await readdir(directory)) {
    if (!name.endsWith(".seg")) continue;
    const { size } = await (await open(join(directory, name), "r")).stat(); // ✗ no-floating-disposable: FileHandle, open(), await using
    found.push({ name, size });
  }
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

/** Creates empty files that the writers append to later. */
export async function reserve(directory: string, names: string[]): Promise<void> {
  names.forEach((name) => open(join(directory, name), "wx")); // ✗ no-floating-disposable: FileHandle, open(), await using
}
