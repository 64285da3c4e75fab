import { createConnection, type Connection } from "mysql2/promise";

/** The second end of a MySQL connection fails, and its error replaces the rows. */
export async function users(uri: string): Promise<unknown> {
  await using db: Connection = await createConnection(uri);
  const [rows] = await db.query("select * from users");
  await db[Symbol.asyncDispose](); // ✗ no-use-after-dispose: await using, line 5, db, Connection
  return rows;
}

export async function countUsers(uri: string): Promise<number> {
  const db: Connection = await createConnection(uri); // ✗ no-leak-on-throw: db, Connection, line 13, line 14, await using
  const [rows] = await db.query("select * from users");
  await db[Symbol.asyncDispose]();
  return (rows as unknown[]).length;
}
