// F09: promise chains dispose in .then(f, g) and .finally; the chain is returned or awaited.
import { connect } from "@nats-io/transport-node";
import { open } from "node:fs/promises";
import { MongoClient } from "mongodb";
import { createConnection, type Pool, type RowDataPacket } from "mysql2/promise";
import { chromium } from "playwright-core";
import { closing, settle } from "./lifecycle.js";

export const readText = (path: string): Promise<string> =>
  open(path).then((file) => file.readFile("utf8").finally(() => file.close()));

export const sizeOf = (path: string) => open(path).then((file) => file.stat().then((s) => s.size).finally(closing(file)));

export function ping(servers: string[]): Promise<number> {
  return connect({ servers }).then((nc) =>
    nc.flush().then(() => nc.rtt()).finally(() => nc.close()),
  );
}

export async function rowCount(uri: string, table: string): Promise<number> {
  const conn = await createConnection(uri);
  return await conn
    .query<RowDataPacket[]>("select count(*) n from ??", [table])
    .then(([rows]) => Number(rows[0]?.n))
    .finally(() => conn.end());
}

export function withConnection<T>(pool: Pool, use: (sql: (text: string) => Promise<unknown>) => Promise<T>): Promise<T> {
  return pool.getConnection().then((conn) =>
    Promise.try(use, (text) => conn.query(text)).then(
      (result) => {
        conn.release();
        return result;
      },
      (error: unknown) => {
        conn.destroy();
        throw error;
      },
    ),
  );
}

export const screenshot = (url: string): Promise<Buffer> =>
  chromium.launch().then(async (browser) => {
    const shot = async () => {
      await using page = await browser.newPage();
      await page.goto(url);
      return await page.screenshot();
    };
    return await shot().finally(() => browser.close());
  });

export async function collections(url: string): Promise<string[]> {
  const client = new MongoClient(url);
  return await settle(
    client,
    async (c) => (await c.db().listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name),
    (c) => c.close(),
  );
}

export async function touchAll(paths: readonly string[], now = new Date()): Promise<number> {
  const touched = await Promise.allSettled(
    paths.map((path) => open(path, "a").then((file) => file.utimes(now, now).finally(() => file.close()))),
  );
  return touched.filter(({ status }) => status === "fulfilled").length;
}
