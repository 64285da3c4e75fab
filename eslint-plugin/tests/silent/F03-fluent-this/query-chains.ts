// F03: query builders, cursors and batches chain on one object that its last call finishes.
import type { AbstractLevel } from "abstract-level";
import { type ControlledTransaction, type Kysely } from "kysely";
import type { Collection, Filter, Sort } from "mongodb";
import type { Page } from "puppeteer-core";
import { GenericContainer, type StartedTestContainer, Wait } from "testcontainers";

interface Listing<T> {
  filter?: Filter<T>;
  sort?: Sort;
  limit?: number;
  skip?: number;
}

export async function list<T extends object>(items: Collection<T>, { filter = {}, sort, limit, skip }: Listing<T>) {
  let cursor = items.find(filter).maxTimeMS(2_000).comment("list");
  if (sort) cursor = cursor.sort(sort);
  if (skip) cursor = cursor.skip(skip);
  if (limit !== undefined) cursor = cursor.limit(limit).batchSize(Math.min(limit, 500));
  return await cursor.toArray();
}

export const topTags = async (posts: Collection<{ tags: string[] }>) =>
  await posts
    .aggregate<{ _id: string; n: number }>([{ $unwind: "$tags" }])
    .group({ _id: "$tags", n: { $sum: 1 } })
    .sort({ n: -1 })
    .limit(10)
    .toArray();

export async function replaceAll(db: AbstractLevel<Buffer, string, string>, rows: Map<string, string | null>): Promise<number> {
  await using batch = db.batch();
  for (const [key, value] of rows) {
    if (value === null) batch.del(key);
    else batch.put(key, value);
  }
  const queued = batch.length;
  if (queued > 10_000) batch.clear();
  await batch.write();
  return queued;
}

interface Schema {
  account: { id: number; balance: number };
}

export async function transfer(db: Kysely<Schema>, from: number, to: number, amount: number): Promise<void> {
  await db
    .transaction()
    .setIsolationLevel("serializable")
    .execute(async (trx) => {
      const ledger = trx.withSchema("ledger");
      await ledger.updateTable("account").set((eb) => ({ balance: eb("balance", "-", amount) })).where("id", "=", from).execute();
      await ledger.updateTable("account").set((eb) => ({ balance: eb("balance", "+", amount) })).where("id", "=", to).execute();
    });
}

export async function inSavepoint(trx: ControlledTransaction<Schema>, id: number): Promise<bigint> {
  const inner = await trx.savepoint("probe").execute();
  const { numDeletedRows } = await inner.deleteFrom("account").where("id", "=", id).executeTakeFirstOrThrow();
  await inner.rollbackToSavepoint("probe").execute();
  return numDeletedRows;
}

export async function submit(page: Page, label: string, timeout?: number): Promise<void> {
  let button = page.locator(`::-p-text(${label})`);
  if (timeout) button = button.setTimeout(timeout);
  await button.setVisibility("visible").setWaitForEnabled(true).click();
  await page.locator("input[name=q]").setTimeout(500).fill(label);
}

export function postgres(version: string, env: Record<string, string> = {}): Promise<StartedTestContainer> {
  const image = new GenericContainer(`postgres:${version}`).withExposedPorts(5432).withEnvironment(env);
  if (process.env.CI) image.withAutoRemove(true).withStartupTimeout(120_000);
  return image.withWaitStrategy(Wait.forLogMessage(/ready to accept/, 2)).start();
}
