import { open, type FileHandle } from "node:fs/promises";

let shared: Promise<FileHandle> | undefined;

/** The journal, opened with its first use. */
function journal(): Promise<FileHandle> {
  shared ??= open("journal.log", "a+");
  return shared;
}

export async function append(line: string): Promise<void> {
  await using handle = await journal(); // ✗ no-dispose-borrowed: a FileHandle, journal(), handle, const
  await handle.appendFile(`${line}\n`);
}

export class Segments {
  readonly #index: FileHandle;

  constructor(index: FileHandle) {
    this.#index = index;
  }

  async size(): Promise<number> {
    await using index = this.#index; // ✗ no-dispose-borrowed: this.#index, a FileHandle, Segments, read, line 29, index, const
    return (await index.stat()).size;
  }

  async read(at: number, bytes: number): Promise<Buffer> {
    const { buffer } = await this.#index.read(Buffer.alloc(bytes), 0, bytes, at);
    return buffer;
  }
}
