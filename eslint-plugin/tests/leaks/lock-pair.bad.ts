import { closeSync, openSync, unlinkSync } from "node:fs";

/** A file that exists as long as somebody holds it. */
class FileLock implements Disposable {
  readonly #path: string;
  readonly #file: number;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, "wx");
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
    unlinkSync(this.#path);
  }
}

function lockFile(path: string): FileLock {
  if (path === "") throw new RangeError("The lock needs a path.");
  return new FileLock(path);
}

/** Both ends of a copy. If the second is locked already, the first stays locked for ever. */
export class CopyLocks implements Disposable {
  readonly #from: FileLock;
  readonly #to: FileLock;

  constructor(from: string, to: string) {
    this.#from = lockFile(`${from}.lock`); // ✗ no-leaky-construction: this.#from, FileLock, lockFile(), line 31
    this.#to = lockFile(`${to}.lock`);
  }

  [Symbol.dispose](): void {
    this.#to[Symbol.dispose]();
    this.#from[Symbol.dispose]();
  }
}
