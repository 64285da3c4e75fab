import { open, readFile, type FileHandle } from "node:fs/promises";
import { join } from "node:path";

export async function concatenate(sources: string[], target: string): Promise<void> {
  await using output = await open(target, "w");
  for (const source of sources) {
    await output.appendFile(await readFile(source));
  }
  await output.sync();
}

/** Keeps one open file for each day that is written to. */
export class SegmentStore implements AsyncDisposable {
  readonly #root: string;
  readonly #segments = new Map<string, FileHandle>();

  constructor(root: string) {
    this.#root = root;
  }

  async append(day: string, line: string): Promise<void> {
    let segment = this.#segments.get(day);
    if (!segment) {
      segment = await open(join(this.#root, `${day}.log`), "a");
      this.#segments.set(day, segment);
    }
    await segment.appendFile(`${line}\n`);
  }

  async rotate(): Promise<void> {
    for (const segment of this.#segments.values()) {
      await segment.close();
    }
    this.#segments.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.rotate();
  }
}
