// F02: a timer has the symbol but is inert: clearTimeout, unref or simply firing is all it needs.

export interface Debounced<A extends unknown[]> {
  (...args: A): void;
  cancel(): void;
  readonly pending: boolean;
}

export function debounce<A extends unknown[]>(fn: (...args: A) => void, ms: number): Debounced<A> {
  let timer: NodeJS.Timeout | undefined;
  const run = (...args: A) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      fn(...args);
    }, ms);
    timer.unref();
  };
  return Object.defineProperty(
    Object.assign(run, {
      cancel() {
        clearTimeout(timer);
        timer = undefined;
      },
    }),
    "pending",
    { get: () => timer !== undefined },
  ) as Debounced<A>;
}

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export const nextTurn = () => new Promise<void>((resolve) => void setImmediate(resolve));

export function sleepUnless(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => {
    signal.removeEventListener("abort", onAbort);
    resolve();
  }, ms);
  function onAbort() {
    clearTimeout(timer);
    reject(signal.reason);
  }
  signal.addEventListener("abort", onAbort, { once: true });
  return promise;
}

export function every(ms: number, task: () => Promise<unknown>, report: (error: unknown) => void): NodeJS.Timeout {
  let busy = false;
  return setInterval(() => {
    if (busy) return;
    busy = true;
    task().catch(report).finally(() => {
      busy = false;
    });
  }, ms).unref();
}

export class Heartbeat {
  #timer?: NodeJS.Timeout;
  #misses = 0;

  constructor(
    private readonly ms: number,
    private readonly onLost: (misses: number) => void,
  ) {}

  start(): void {
    this.#timer ??= setInterval(() => this.onLost(++this.#misses), this.ms);
    this.#timer.unref?.();
  }

  beat(): void {
    this.#misses = 0;
    this.#timer?.refresh();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
