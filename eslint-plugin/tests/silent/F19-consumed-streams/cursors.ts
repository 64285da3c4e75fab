// F19: cursors and iterators of databases are consumed by for await, toArray() and pipelines, which close them.
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { AbstractLevel } from "abstract-level";
import type { Kysely } from "kysely";
import { MongoClient, type Collection, type Document, type Filter } from "mongodb";
import type { Connection } from "mysql2";
import type { NatsConnection } from "@nats-io/transport-node";
import { gzip, rows } from "./transforms.js";

interface Tables {
  visit: { id: number; path: string };
}

export async function totals(orders: Collection<{ customer: string; total: number }>): Promise<Map<string, number>> {
  const result = new Map<string, number>();
  for await (const { _id, total } of orders.aggregate<{ _id: string; total: number }>([
    { $group: { _id: "$customer", total: { $sum: "$total" } } },
  ])) {
    result.set(_id, total);
  }
  return result;
}

export async function page<T extends Document>(collection: Collection<T>, filter: Filter<T>, skip = 0) {
  const cursor = collection.find(filter).sort({ _id: 1 }).skip(skip).limit(50);
  const [items, count] = [await cursor.toArray(), await collection.countDocuments(filter)];
  return { items, count, indexes: await collection.listIndexes().toArray() };
}

export async function dump(uri: string, name: string, path: string): Promise<void> {
  await using client = new MongoClient(uri);
  const documents = client.db().collection(name).find().stream();
  await pipeline(documents, (items: AsyncIterable<Document>) => lines(items), gzip(), createWriteStream(path));
}

async function* lines(items: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const item of items) yield `${JSON.stringify(item)}\n`;
}

export async function exportVisits(db: Kysely<Tables>, connection: Connection, path: string): Promise<number> {
  let count = 0;
  for await (const { path: visited } of db.selectFrom("visit").select("path").stream(500)) {
    if (visited.startsWith("/internal")) continue;
    count++;
  }
  await pipeline(connection.query("select * from visit").stream({ objectMode: true }), lines, createWriteStream(path));
  return count;
}

export async function prune(cache: AbstractLevel<string, string, string>, before: string): Promise<number> {
  const stale: string[] = [];
  for await (const key of cache.keys({ lt: before })) stale.push(key);
  for await (const [key, value] of cache.iterator({ gte: before, limit: 10_000 })) {
    if (value === "") stale.push(key);
    if (stale.length > 5_000) break;
  }
  await cache.batch(stale.map((key) => ({ type: "del", key })));
  const rest = await cache.values({ limit: 10 }).all();
  await pipeline(rows(rest.map((value) => ({ value }))), process.stdout, { end: false });
  return stale.length;
}

export async function answers(bus: NatsConnection, subject: string, question: string): Promise<string[]> {
  const replies: string[] = [];
  for await (const reply of await bus.requestMany(subject, question, { maxWait: 500 })) replies.push(reply.string());
  for await (const message of bus.subscribe(`${subject}.late`, { max: 3, timeout: 1_000 })) replies.push(message.string());
  return replies;
}
