// F12: a stack for runtimes without one, under a name of its own; a new one holds nothing yet.
type Closer = () => void;

export class Closers implements Disposable {
  #closers: Closer[] = [];

  use<T extends Disposable>(value: T): T {
    this.defer(() => value[Symbol.dispose]());
    return value;
  }

  adopt<T>(value: T, close: (value: T) => void): T {
    this.defer(() => close(value));
    return value;
  }

  defer(close: Closer): void {
    this.#closers.push(close);
  }

  move(): Closers {
    const moved = new Closers();
    moved.#closers = this.#closers;
    this.#closers = [];
    return moved;
  }

  [Symbol.dispose](): void {
    for (const close of this.#closers.splice(0).reverse()) close();
  }
}

export class Subscriptions implements Disposable {
  readonly #closers = new Closers();
  readonly #names: ReadonlySet<string>;

  constructor(names: readonly string[], except: readonly string[]) {
    if (names.length > 0 && except.length > 0) throw new Error("either names or exceptions");
    this.#names = new Set(names);
  }

  add(name: string, end: Closer): void {
    if (this.#names.has(name)) this.#closers.defer(end);
  }

  [Symbol.dispose](): void {
    this.#closers[Symbol.dispose]();
  }
}
