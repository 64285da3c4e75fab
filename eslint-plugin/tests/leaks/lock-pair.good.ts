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

/** Both ends of a copy. Both or none. */
export class CopyLocks implements Disposable {
  readonly #from: FileLock;
  readonly #to: FileLock;

  constructor(from: string, to: string) {
    using stack = new DisposableStack();
    this.#from = stack.use(lockFile(`${from}.lock`));
    this.#to = stack.use(lockFile(`${to}.lock`));
    stack.move();
  }

  [Symbol.dispose](): void {
    this.#to[Symbol.dispose]();
    this.#from[Symbol.dispose]();
  }
}
