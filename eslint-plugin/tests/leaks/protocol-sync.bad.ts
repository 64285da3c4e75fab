import { rm, writeFile } from "node:fs/promises";

/** Collects rows and writes them in one go when the scope ends. */
export class Batch implements Disposable {
  readonly #path: string;
  readonly #rows: string[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  add(row: string): void {
    this.#rows.push(row);
  }

  async [Symbol.dispose](): Promise<void> { // ✗ no-async-dispose: Symbol.asyncDispose
    await writeFile(this.#path, this.#rows.join("\n"));
  }
}

/** A file that exists only as long as the returned value is in use. */
export function scratch(path: string): Disposable & { readonly path: string } {
  return {
    path,
    [Symbol.dispose]: () => rm(path, { force: true }), // ✗ no-async-dispose: Symbol.asyncDispose
  };
}

export function exportRows(path: string, rows: Iterable<string>): void {
  using batch = new Batch(path);
  for (const row of rows) batch.add(row);
}
