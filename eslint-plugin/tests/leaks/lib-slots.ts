/** The right to use one of a fixed number of places. */
export class Slot implements Disposable {
  readonly index: number;
  readonly #giveBack: (index: number) => void;
  #released = false;

  constructor(index: number, giveBack: (index: number) => void) {
    this.index = index;
    this.#giveBack = giveBack;
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#giveBack(this.index);
  }

  [Symbol.dispose](): void {
    this.release();
  }
}

export class SlotPool {
  readonly #free: number[];
  readonly #waiting: ((index: number) => void)[] = [];

  constructor(size: number) {
    this.#free = Array.from({ length: size }, (_, index) => index);
  }

  async take(): Promise<Slot> {
    const index =
      this.#free.pop() ?? (await new Promise<number>((resolve) => this.#waiting.push(resolve)));
    return new Slot(index, (freed) => this.#giveBack(freed));
  }

  #giveBack(index: number): void {
    const next = this.#waiting.shift();
    if (next) next(index);
    else this.#free.push(index);
  }
}
