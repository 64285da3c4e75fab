import type { AbstractLevel } from "abstract-level";

export type Store = AbstractLevel<Uint8Array, string, string>;

/** One page of entries, beginning at a key. */
export async function page(store: Store, from: string, size: number): Promise<[string, string][]> {
  await using iterator = store.iterator({ gte: from });
  return iterator.nextv(size); // ✗ no-unawaited-use: iterator, AbstractIterator, await
}

/** The keys that are there twice when case does not matter. */
export async function clashes(store: Store): Promise<string[]> {
  const seen = new Set<string>();
  const found: string[] = [];
  for await (const key of store.keys()) {
    const folded = key.toLowerCase();
    if (seen.has(folded)) found.push(key);
    seen.add(folded);
  }
  return found;
}

/** Replaces a value; false when the key was not there. */
export async function replace(store: Store, key: string, value: string): Promise<boolean> {
  await using batch = store.batch();
  if (!(await store.has(key))) return false;
  batch.del(key).put(key, value);
  return batch.write().then(() => true); // ✗ no-unawaited-use: batch, AbstractChainedBatch, await
}
