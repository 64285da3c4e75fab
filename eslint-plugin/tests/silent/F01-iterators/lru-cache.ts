// F01: key, value and entry iterators of Map, Set, URLSearchParams and strings are held, advanced by hand and dropped.
import { Bag, chunk, naturals, zip } from "./sequences.js";

export class LruCache<K, V> {
  readonly #entries = new Map<K, V>();

  constructor(readonly capacity: number) {}

  set(key: K, value: V): this {
    this.#entries.delete(key);
    if (this.#entries.size >= this.capacity) {
      const oldest = this.#entries.keys().next();
      if (!oldest.done) this.#entries.delete(oldest.value);
    }
    this.#entries.set(key, value);
    return this;
  }

  newest(): V | undefined {
    return [...this.#entries.values()].at(-1);
  }

  evictWhere(test: (value: V, key: K) => boolean): number {
    const it = this.#entries.entries();
    let evicted = 0;
    for (let step = it.next(); !step.done; step = it.next()) {
      const [key, value] = step.value;
      if (test(value, key) && this.#entries.delete(key)) evicted++;
    }
    return evicted;
  }

  keys() {
    return this.#entries.keys();
  }
}

export function signature(query: URLSearchParams, headers: Headers): string {
  const names = query.keys();
  const first = names.next().value ?? "";
  const pairs = Array.from(query.entries(), ([k, v]) => `${k}=${v}`);
  const lower = Object.fromEntries(Iterator.from(headers.entries()).map(([k, v]) => [k.toLowerCase(), v]));
  return [first, ...pairs.sort(), lower["content-type"] ?? ""].join("&");
}

export function placeholders(template: string): Map<string, number> {
  const found = new Map<string, number>();
  const matches = template.matchAll(/\{(?<name>\w+)\}/g);
  const [head, ...tail] = matches;
  if (head?.groups?.name) found.set(head.groups.name, head.index);
  for (const { groups, index } of tail) found.set(groups!.name!, index);
  return found;
}

export function layout(rows: ReadonlySet<string>, columns: string[]): string[] {
  const lines: string[] = [];
  rows: for (const [n, group] of zip(naturals(1), chunk(rows, 3))) {
    for (const cell of group.values()) {
      if (cell === "--") break rows;
      if (cell === "") continue rows;
    }
    lines.push(`${n}: ${group.join(" ")}`);
  }
  const widest = Math.max(0, ...columns.values().map((c) => c.length));
  const bag = new Bag<string>();
  for (const cell of rows.union(new Set(columns))) bag.add(cell.padEnd(widest));
  const unique = bag.distinct();
  const total = unique.reduce((sum, cell) => sum + cell.length, 0);
  return total > 80 ? lines : [...lines, ...bag.heaviest(3), ...bag];
}
