import { createConnection, type Connection } from "mysql2/promise";

/** The scope ends the connection, once. */
export async function users(uri: string): Promise<unknown> {
  await using db: Connection = await createConnection(uri);
  const [rows] = await db.query("select * from users");
  return rows;
}

export async function countUsers(uri: string): Promise<number> {
  await using db: Connection = await createConnection(uri);
  const [rows] = await db.query("select * from users");
  return (rows as unknown[]).length;
}
