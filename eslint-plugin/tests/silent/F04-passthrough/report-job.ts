// F04: keep(await open()) is one acquisition and needs one discharge, however deep the wrapping goes.
import { Kysely, MysqlDialect, sql } from "kysely";
import { createPool } from "mysql2";
import { createConnection, type Connection, type ConnectionOptions, type RowDataPacket } from "mysql2/promise";
import { assertPresent, keep, label, logged, nameOf, pipeThrough, present, same, tagged, verified } from "./keep.js";

export async function count(config: ConnectionOptions, table: string): Promise<number> {
  await using conn = keep(await createConnection(config));
  const [rows] = await conn.query<RowDataPacket[]>("select count(*) as n from ??", [table]);
  return Number(rows[0]?.n ?? 0);
}

export async function openReporting(config: ConnectionOptions): Promise<Connection> {
  const conn = same(label(await createConnection(config), "reporting"));
  return conn;
}

export async function openVerified(config: ConnectionOptions): Promise<Connection & { readonly role: string }> {
  const conn = await verified(await createConnection(config), (c) => c.ping());
  return tagged(conn, { role: "reporting" } as const);
}

export async function rename(config: ConnectionOptions, from: string, to: string): Promise<string> {
  await using conn = await verified(await openReporting(config), (c) => c.ping());
  const alias = keep(conn);
  const again = present(alias as Connection | null);
  await again.query("rename table ?? to ??", [from, to]);
  assertPresent(again.threadId, "thread id");
  return nameOf(conn);
}

interface Schema {
  job: { id: number; state: string };
}

export async function pendingJobs(uri: string): Promise<number[]> {
  await using db = pipeThrough(
    new Kysely<Schema>({ dialect: new MysqlDialect({ pool: createPool(uri) }) }),
    logged("opened"),
    (k) => label(k, "jobs"),
  );
  const rows = await db.selectFrom("job").select("id").where("state", "=", "pending").execute();
  return rows.map((row) => row.id);
}

export async function heal(db: Kysely<Schema>): Promise<boolean> {
  const jobs = keep(db);
  const view = label(jobs.withSchema("archive"), "archive view");
  await sql`select 1`.execute(present(view));
  return jobs === db;
}

export async function openQuiet(config: ConnectionOptions | undefined): Promise<Connection | undefined> {
  return config && keep(await createConnection(config));
}
