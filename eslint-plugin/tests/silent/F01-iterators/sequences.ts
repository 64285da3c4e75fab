// F01: generators and iterator helpers are consumed by for-of, yield* and spread; nobody has to dispose them.
import type { FileHandle } from "node:fs/promises";

export function* chunk<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

export function* zip<A, B>(left: Iterable<A>, right: Iterable<B>): Generator<[A, B]> {
  const others = right[Symbol.iterator]();
  let open = true;
  try {
    for (const a of left) {
      const { value, done } = others.next();
      if (done) {
        open = false;
        return;
      }
      yield [a, value];
    }
  } finally {
    if (open) others.return?.();
  }
}

export async function* records(file: FileHandle, separator = "\n"): AsyncGenerator<string, number> {
  let rest = "";
  let count = 0;
  for await (const piece of file.createReadStream({ encoding: "utf8", autoClose: false })) {
    const parts = (rest + piece).split(separator);
    rest = parts.pop() ?? "";
    yield* parts;
    count += parts.length;
  }
  if (rest !== "") {
    yield rest;
    count++;
  }
  return count;
}

export class Bag<T> implements Iterable<T> {
  readonly #counts = new Map<T, number>();

  add(item: T): this {
    this.#counts.set(item, (this.#counts.get(item) ?? 0) + 1);
    return this;
  }

  *[Symbol.iterator](): Generator<T, void, undefined> {
    for (const [item, n] of this.#counts) {
      for (let i = 0; i < n; i++) yield item;
    }
  }

  distinct(): MapIterator<T> {
    return this.#counts.keys();
  }

  get entries() {
    return this.#counts.entries();
  }

  heaviest = (limit: number) =>
    [...this.#counts]
      .sort(([, a], [, b]) => b - a)
      .values()
      .take(limit)
      .map(([item]) => item);
}

export const naturals = function* (from = 0): Generator<number, never> {
  for (let n = from; ; n++) yield n;
};
