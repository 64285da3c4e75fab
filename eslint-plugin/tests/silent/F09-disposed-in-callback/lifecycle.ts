// F09: helpers that run a callback later; whoever registers one has discharged what the callback disposes.
import type { FileHandle } from "node:fs/promises";

export type Teardown = () => unknown;

export class Lifecycle implements AsyncDisposable {
  readonly #teardowns = new Map<symbol, Teardown>();

  onStop(teardown: Teardown): symbol {
    const key = Symbol("teardown");
    this.#teardowns.set(key, teardown);
    return key;
  }

  forget(key: symbol): boolean {
    return this.#teardowns.delete(key);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const errors: unknown[] = [];
    for (const [key, teardown] of [...this.#teardowns].reverse()) {
      this.#teardowns.delete(key);
      try {
        await teardown();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, "teardown failed");
  }
}

export function onAbort(signal: AbortSignal, run: Teardown): void {
  if (signal.aborted) void run();
  else signal.addEventListener("abort", run, { once: true });
}

export async function scoped<T>(body: (cleanup: (teardown: Teardown) => void) => Promise<T>): Promise<T> {
  await using lifecycle = new Lifecycle();
  return await body((teardown) => void lifecycle.onStop(teardown));
}

export function settle<T, R>(value: T, use: (value: T) => Promise<R>, end: (value: T) => unknown): Promise<R> {
  return Promise.resolve(value)
    .then(use)
    .finally(() => end(value));
}

export const closing = (file: FileHandle) => () => file.close();
