import { open, rm, type FileHandle } from "node:fs/promises";

/** A lock file: it exists as long as someone holds the lock. */
export class FileLock implements AsyncDisposable {
  readonly path: string;
  readonly #handle: FileHandle;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  static async acquire(path: string): Promise<FileLock> {
    return new FileLock(path, await open(path, "wx"));
  }

  async stamp(owner: string): Promise<void> {
    await this.#handle.truncate();
    await this.#handle.write(`${owner} ${new Date().toISOString()}\n`, 0);
  }

  async release(): Promise<void> {
    await this.#handle.close();
    await rm(this.path, { force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.release();
  }
}
