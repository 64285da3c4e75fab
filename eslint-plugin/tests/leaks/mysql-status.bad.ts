import { createConnection, createPool, type PoolOptions, type RowDataPacket } from "mysql2";

interface VariableRow extends RowDataPacket {
  Variable_name: string;
  Value: string;
}

/** One server variable; the connection lives only for the question. */
export function readVariable(uri: string, name: string): Promise<string | undefined> {
  using connection = createConnection(uri);
  return connection // ✗ no-unawaited-use: connection, Connection
    .promise()
    .query<VariableRow[]>("SHOW VARIABLES WHERE Variable_name = ?", [name])
    .then(([rows]) => rows[0]?.Value);
}

/** Quotes a value the way the server with these options wants it. */
export function quote(options: PoolOptions, value: string): string {
  const pool = createPool(options); // ✗ require-using: pool, Pool, createPool(), using
  return pool.escape(value);
}
