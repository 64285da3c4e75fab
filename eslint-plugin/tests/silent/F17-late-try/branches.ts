// F17: every branch disposes or hands over, in whatever order the branches come.
import { createConnection, type Connection, type Pool, type PoolConnection, type RowDataPacket } from "mysql2/promise";
import type { Kysely } from "kysely";
import { DatabaseSync } from "node:sqlite";
import { fail, metrics, release } from "./release.js";

export async function probe(uri: string): Promise<"up" | "read-only" | "down"> {
  const connection = await createConnection({ uri, connectTimeout: 1_000 }).catch(() => null);
  if (connection === null) return "down";
  try {
    const [rows] = await connection.query<RowDataPacket[]>("select @@read_only as ro");
    return rows[0]?.ro ? "read-only" : "up";
  } catch {
    return "down";
  } finally {
    connection.destroy();
    metrics.count("probe");
  }
}

export async function withConnection<R>(pool: Pool, work: (connection: PoolConnection) => Promise<R>): Promise<R> {
  const connection = await pool.getConnection();
  try {
    await connection.beginTransaction();
    const result = await work(connection);
    await connection.commit();
    connection.release();
    return result;
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

export function inspect(path: string, mode: "count" | "tables" | "none"): number | string[] | undefined {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    switch (mode) {
      case "none":
        return;
      case "count":
        return Number(db.prepare("select count(*) as n from sqlite_schema").get()?.n ?? 0);
      case "tables":
        return db.prepare("select name from sqlite_schema").all().map(({ name }) => String(name));
      default:
        fail(`unknown mode ${mode satisfies never}`);
    }
  } finally {
    db.close();
    console.debug("closed %s", path);
  }
}

interface Tables {
  item: { id: number; name: string };
}

export async function rename(db: Kysely<Tables>, names: ReadonlyMap<number, string>): Promise<void> {
  const trx = await db.startTransaction().setIsolationLevel("repeatable read").execute();
  try {
    for (const [id, name] of names) await trx.updateTable("item").set({ name }).where("id", "=", id).execute();
    await trx.commit().execute();
  } catch (error) {
    if (!trx.isCommitted) await trx.rollback().execute();
    throw error;
  }
}

/** One process migrates, the others wait for it or go on when they may. */
export async function migrateOnce(uri: string, wait: boolean, migrate: (connection: Connection) => Promise<void>) {
  const connection = await createConnection({ uri, multipleStatements: true });
  try {
    const [[lock]] = await connection.query<RowDataPacket[]>("select get_lock('migrate', ?) as taken", [wait ? 60 : 0]);
    if (lock?.taken !== 1) return wait ? fail("another process is still migrating") : false;
    await migrate(connection);
    return true;
  } finally {
    await release(connection);
    metrics.count("migrate");
  }
}
