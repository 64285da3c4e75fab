import { open, type FileHandle } from "node:fs/promises";

let shared: Promise<FileHandle> | undefined;

/** The journal, opened with its first use. */
function journal(): Promise<FileHandle> {
  shared ??= open("journal.log", "a+");
  return shared;
}

export async function append(line: string): Promise<void> {
  const handle = await journal();
  await handle.appendFile(`${line}\n`);
}

/** For the end of the program. */
export async function closeJournal(): Promise<void> {
  await using handle = await shared;
  shared = undefined;
  await handle?.sync();
}

export class Segments {
  readonly #index: FileHandle;

  constructor(index: FileHandle) {
    this.#index = index;
  }

  async size(): Promise<number> {
    return (await this.#index.stat()).size;
  }

  async read(at: number, bytes: number): Promise<Buffer> {
    const { buffer } = await this.#index.read(Buffer.alloc(bytes), 0, bytes, at);
    return buffer;
  }

  async close(): Promise<void> {
    await using index = this.#index;
    await index.sync();
  }
}
