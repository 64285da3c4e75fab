import { appendFile, type FileHandle } from "node:fs/promises";
import type { MongoClient } from "mongodb";

/** Keeps measurements in memory and writes them from time to time. */
export class MetricsSink implements AsyncDisposable {
  readonly #path: string;
  #lines: string[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  record(name: string, value: number): void {
    this.#lines.push(`${Date.now()} ${name} ${value}\n`);
  }

  async flush(): Promise<void> {
    const lines = this.#lines;
    this.#lines = [];
    await appendFile(this.#path, lines.join(""));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.flush(); // ✗ valid-async-dispose: this.flush(), await
  }
}

/** The files of one upload; whoever holds the set closes them. */
export class UploadSet {
  readonly #files: FileHandle[] = [];

  add(file: FileHandle): void {
    this.#files.push(file);
  }

  [Symbol.asyncDispose](): Promise<void>[] { // ✗ valid-async-dispose: Symbol.asyncDispose
    return this.#files.map((file) => file.close());
  }
}

/** Keeps a client under a name that shows up in the logs. */
export function named(name: string, client: MongoClient) {
  return {
    name,
    client,
    [Symbol.asyncDispose](): any {
      client.close(); // ✗ valid-async-dispose: client.close(), await
    },
  };
}
