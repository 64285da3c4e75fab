import { createConnection, type Connection, type RowDataPacket } from "mysql2/promise";

interface CountRow extends RowDataPacket {
  count: number;
}

async function count(connection: Connection): Promise<number> {
  const [rows] = await connection.query<CountRow[]>("SELECT COUNT(*) AS count FROM users");
  return rows[0]?.count ?? 0;
}

/** The number of users over all shards. */
export async function countUsers(shards: string[]): Promise<number> {
  let total = 0;
  for (const uri of shards) {
    await using connection = await createConnection(uri);
    total += await count(connection);
  }
  return total;
}

/** The shards on which the statement changed something. */
export async function apply(shards: string[], statement: string): Promise<number[]> {
  await using stack = new AsyncDisposableStack();
  const connections: Connection[] = [];
  for (const uri of shards) {
    connections.push(stack.use(await createConnection(uri)));
  }
  const results = await Promise.all(connections.map((connection) => connection.execute(statement)));
  return results.flatMap(([result], shard) =>
    "affectedRows" in result && result.affectedRows > 0 ? [shard] : [],
  );
}
