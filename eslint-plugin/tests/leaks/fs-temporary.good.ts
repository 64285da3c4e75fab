import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

interface Segment {
  name: string;
  size: number;
}

/** Makes sure that the marker of a finished upload exists. */
export async function markFinished(directory: string): Promise<void> {
  await using _ = await open(join(directory, ".finished"), "a");
}

export async function segments(directory: string): Promise<Segment[]> {
  const found: Segment[] = [];
  for (const name of await readdir(directory)) {
    if (!name.endsWith(".seg")) continue;
    const { size } = await stat(join(directory, name));
    found.push({ name, size });
  }
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

/** Creates empty files that the writers append to later. */
export async function reserve(directory: string, names: string[]): Promise<void> {
  for (const name of names) {
    await using _ = await open(join(directory, name), "wx");
  }
}
