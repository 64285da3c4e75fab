// F20: sessions, cursors and connections are ended on the happy path, before the scope would do it.
import { MongoClient, type Document } from "mongodb";
import { createConnection, createPool, type Connection } from "mysql2/promise";
import { Kysely, MysqlDialect } from "kysely";
import { createPool as createCallbackPool } from "mysql2";
import type { AbstractLevel } from "abstract-level";

interface Tables {
  job: { id: number; state: "open" | "done" };
}

export async function archive(uri: string, before: Date): Promise<number> {
  await using client = new MongoClient(uri);
  await using session = client.startSession();
  const moved = await session.withTransaction(async () => {
    const jobs = client.db().collection("job");
    await using cursor = jobs.find({ at: { $lt: before } }, { session });
    const batch: Document[] = [];
    for await (const job of cursor) if (batch.push(job) >= 1_000) break;
    await cursor.close();
    if (batch.length > 0) await client.db().collection("archive").insertMany(batch, { session });
    return batch.length;
  });
  await session.endSession();
  await client.close();
  console.log("archived %d jobs", moved);
  return moved;
}

export async function finishJobs(uri: string, ids: readonly number[]): Promise<string> {
  await using db = new Kysely<Tables>({ dialect: new MysqlDialect({ pool: createCallbackPool(uri) }) });
  const { numUpdatedRows } = await db.updateTable("job").set({ state: "done" }).where("id", "in", ids).executeTakeFirst();
  await db.destroy();
  return `${numUpdatedRows} of ${ids.length}`;
}

export async function waitForLeader(uris: readonly string[], ms: number): Promise<string | undefined> {
  for (const uri of uris) {
    await using connection: Connection = await createConnection({ uri, connectTimeout: ms });
    const [rows] = await connection.query("select @@read_only as ro");
    const [row] = rows as Array<{ ro: 0 | 1 }>;
    await connection.end();
    if (row?.ro === 0) return uri;
  }
  return undefined;
}

export async function warmPool(uri: string, statements: string[]): Promise<void> {
  await using pool = createPool({ uri, connectionLimit: statements.length });
  const results = await Promise.allSettled(statements.map((statement) => pool.query(statement)));
  const failed = results.filter((result) => result.status === "rejected").length;
  if (failed > 0) {
    console.warn("%d statements failed", failed);
    await pool.end();
    process.exitCode = 1;
    return;
  }
  console.log("pool is warm");
}

export async function rewrite(db: AbstractLevel<string, string, string>, update: (value: string) => string | null) {
  await using snapshot = db.snapshot();
  await using batch = db.batch();
  for await (const [key, value] of db.iterator({ snapshot })) {
    const next = update(value);
    if (next === null) batch.del(key);
    else if (next !== value) batch.put(key, next);
  }
  await snapshot.close();
  const { length } = batch;
  await (length > 0 ? batch.write() : batch.close());
  return length;
}
