// F01: library cursors and iterators that are read to the end, or left by break, close themselves.
import type { AbstractLevel } from "abstract-level";
import type { Collection, MongoClient } from "mongodb";
import type { NatsConnection } from "@nats-io/transport-node";
import { describe, expect, it } from "vitest";
import { chunk, naturals, records } from "./sequences.js";
import { open } from "node:fs/promises";

type Store = AbstractLevel<string | Buffer, string, string>;
interface Invoice {
  _id: string;
  customer: string;
  total: number;
}

export async function ledger(db: Store, prefix: string): Promise<Map<string, string>> {
  const rows = new Map<string, string>();
  for await (const [key, value] of db.iterator({ gte: prefix, lt: `${prefix}\uffff` })) {
    if (value === "closed") break;
    rows.set(key.slice(prefix.length), value);
  }
  for (const key of await db.keys({ limit: 10 }).all()) rows.delete(key);
  return rows;
}

export async function totals(invoices: Collection<Invoice>): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  const cursor = invoices.find({ total: { $gt: 0 } }, { projection: { customer: 1, total: 1 } });
  for await (const { customer, total } of cursor) {
    sums[customer] = (sums[customer] ?? 0) + total;
  }
  return sums;
}

export async function collect(nc: NatsConnection, subject: string, max: number): Promise<string[]> {
  const bodies: string[] = [];
  for await (const reply of await nc.requestMany(subject, undefined, { maxMessages: max, maxWait: 500 })) {
    bodies.push(reply.string());
  }
  return bodies;
}

export const databases = async (client: MongoClient) =>
  (await client.db().admin().listDatabases()).databases.values().map((d) => d.name).toArray();

describe("sequences", () => {
  it("chunks what is left over", () => {
    expect([...chunk("abcde", 2)]).toEqual([["a", "b"], ["c", "d"], ["e"]]);
    expect(naturals(3).take(2).toArray()).toEqual([3, 4]);
  });

  it("stops when told", () => {
    const numbers = naturals();
    expect(numbers.next()).toEqual({ done: false, value: 0 });
    expect(numbers.return(undefined as never).done).toBe(true);
  });

  it("reads records", async () => {
    await using file = await open(new URL(import.meta.url));
    const all = await Array.fromAsync(records(file));
    expect(all.length).toBeGreaterThan(10);
  });
});
