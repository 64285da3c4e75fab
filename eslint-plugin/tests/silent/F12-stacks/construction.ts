// F12: stacks in constructors and private constructors that get what a stack holds.
import { closeSync, openSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";

class Descriptor implements Disposable {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, "r");
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }
}

function descriptor(path: string): Descriptor {
  if (path === "") throw new RangeError("no path");
  return new Descriptor(path);
}

export class Comparison implements Disposable {
  readonly #left: Descriptor;
  readonly #right: Descriptor;
  readonly #stack: DisposableStack;

  constructor(left: string, right: string) {
    using stack = new DisposableStack();
    this.#left = stack.use(descriptor(left));
    this.#right = stack.use(descriptor(right));
    this.#stack = stack.move();
  }

  get sides(): number {
    return [this.#left, this.#right].length;
  }

  [Symbol.dispose](): void {
    this.#stack.dispose();
  }
}

/** By hand, with a `catch`. */
export class CaughtComparison implements Disposable {
  readonly #stack: DisposableStack;
  readonly #left: Descriptor;

  constructor(left: string, right: string) {
    const stack = new DisposableStack();
    try {
      this.#left = stack.use(descriptor(left));
      stack.use(descriptor(right));
    } catch (error) {
      stack.dispose();
      throw error;
    }
    this.#stack = stack.move();
  }

  get left(): Descriptor {
    return this.#left;
  }

  [Symbol.dispose](): void {
    this.#stack.dispose();
  }
}

export class Merge implements AsyncDisposable {
  readonly #from: FileHandle;
  readonly #to: FileHandle;
  readonly #close: () => Promise<void>;

  private constructor(from: FileHandle, to: FileHandle, close: () => Promise<void>) {
    this.#from = from;
    this.#to = to;
    this.#close = close;
  }

  static async start(from: string, to: string): Promise<Merge> {
    await using stack = new AsyncDisposableStack();
    const source = stack.use(await open(from));
    const target = stack.adopt(await open(to, "w"), (handle) => handle.close());
    const rest = stack.move();
    return new Merge(source, target, () => rest.disposeAsync());
  }

  async run(): Promise<void> {
    await this.#to.writeFile(await this.#from.readFile());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}

/** Objects that only look like resources, as tests make them. */
export function doubles(dispose: () => void): { readonly plain: object; readonly nested: readonly Disposable[] } {
  const plain = { [Symbol.dispose]: dispose };
  const nested = [{ [Symbol.dispose]: dispose }];
  return { plain, nested };
}
