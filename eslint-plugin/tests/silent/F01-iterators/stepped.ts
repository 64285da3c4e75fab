// F1: generators with cleanup that are stepped by hand and finished all the same, or stepped by whoever they are handed to.
import { open } from "node:fs/promises";
import { Readable } from "node:stream";

async function* records(file: string): AsyncGenerator<string[], void, void> {
  const handle = await open(file);
  try {
    for await (const line of handle.readLines({ autoClose: false })) yield line.split(",");
  } finally {
    await handle.close();
  }
}

/** The head by hand, the rest by a loop, which closes it. */
export async function table(file: string): Promise<Record<string, string>[]> {
  const all = records(file);
  const head = await all.next();
  if (head.done) return [];
  const columns = head.value;
  const rows: Record<string, string>[] = [];
  for await (const row of all) rows.push(Object.fromEntries(columns.map((column, index) => [column, row[index] ?? ""])));
  return rows;
}

/** Two files side by side; each is closed. */
export async function* zip(one: string, other: string): AsyncGenerator<[string[], string[]], void, void> {
  const left = records(one);
  const right = records(other);
  try {
    for (;;) {
      const [a, b] = await Promise.all([left.next(), right.next()]);
      if (a.done || b.done) return;
      yield [a.value, b.value];
    }
  } finally {
    await Promise.allSettled([left.return(), right.return()]);
  }
}

/** Run to its end, by hand. */
export async function count(file: string): Promise<number> {
  const all = records(file);
  let rows = 0;
  while (!(await all.next()).done) rows += 1;
  return rows;
}

/** Whoever reads the stream closes it. */
export function stream(file: string): Readable {
  return Readable.from(records(file));
}

/** A reader that keeps its generator, steps it on demand and closes it. */
export class Reader implements AsyncDisposable {
  readonly #records: AsyncGenerator<string[], void, void>;

  constructor(file: string) {
    this.#records = records(file);
  }

  async read(): Promise<string[] | null> {
    const { done, value } = await this.#records.next();
    return done ? null : value;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#records.return();
  }
}

/** A pull source: the callbacks step it, and cancel it. */
export function source(file: string): { pull(): Promise<string[] | null>; cancel(): Promise<void> } {
  const all = records(file);
  return {
    async pull() {
      const { done, value } = await all.next();
      return done ? null : value;
    },
    async cancel() {
      await all.return();
    },
  };
}

/** The first one by hand, closed at once. */
export async function first(file: string): Promise<string[]> {
  const all = records(file);
  try {
    const { value } = await all.next();
    return value ?? [];
  } finally {
    await all.return();
  }
}

/** Ids out of a generator without anything to clean up. */
function* ids(prefix: string): Generator<string, never, void> {
  for (let next = 1; ; next += 1) yield `${prefix}-${String(next)}`;
}

export function pair(prefix: string): [string, string] {
  const all = ids(prefix);
  return [all.next().value, all.next().value];
}
