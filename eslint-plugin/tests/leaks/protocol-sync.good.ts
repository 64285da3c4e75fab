import { rm, writeFile } from "node:fs/promises";

/** Collects rows and writes them in one go when the scope ends. */
export class Batch implements AsyncDisposable {
  readonly #path: string;
  readonly #rows: string[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  add(row: string): void {
    this.#rows.push(row);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await writeFile(this.#path, this.#rows.join("\n"));
  }
}

/** A file that exists only as long as the returned value is in use. */
export function scratch(path: string): AsyncDisposable & { readonly path: string } {
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { force: true }),
  };
}

export async function exportRows(path: string, rows: Iterable<string>): Promise<void> {
  await using batch = new Batch(path);
  for (const row of rows) batch.add(row);
}
