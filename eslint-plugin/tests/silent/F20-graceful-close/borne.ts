// F20: disposers whose bodies show that they bear a second call.
import { open, type FileHandle } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";

export class Journal implements AsyncDisposable {
  readonly #file: FileHandle;
  #closing: Promise<void> | undefined;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async at(path: string): Promise<Journal> {
    return new Journal(await open(path, "a"));
  }

  async write(line: string): Promise<void> {
    await this.#file.appendFile(`${line}\n`);
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#finish());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #finish(): Promise<void> {
    await this.#file.sync();
    await this.#file.close();
  }
}

export class Cache implements Disposable {
  #rows: DatabaseSync | null = new DatabaseSync(":memory:");

  keep(key: string): void {
    this.#rows?.prepare("insert into kept values (?)").run(key);
  }

  [Symbol.dispose](): void {
    const rows = this.#rows;
    if (rows === null) return;
    this.#rows = null;
    rows.exec("pragma optimize");
    rows.close();
  }
}

function lease(name: string): Disposable & { readonly name: string } {
  let isHeld = true;
  return {
    name,
    [Symbol.dispose]() {
      if (!isHeld) return;
      isHeld = false;
      process.stdout.write(`${name} is free\n`);
    },
  };
}

export async function record(lines: readonly string[]): Promise<number> {
  await using journal = await Journal.at("import.log");
  for (const line of lines) await journal.write(line);
  // Its failure is this function's, ahead of what the others say.
  await journal[Symbol.asyncDispose]();
  return lines.length;
}

export function warm(keys: readonly string[]): void {
  using cache = new Cache();
  try {
    for (const key of keys) cache.keep(key);
  } finally {
    cache[Symbol.dispose]();
  }
}

export function hold(names: readonly string[]): string {
  using stack = new DisposableStack();
  using first = lease("first");
  stack.use(first);
  for (const name of names) stack.use(lease(name));
  return first.name;
}
