// F11: factories that return object literals, clients handed to a constructor, and a shared instance.
import { Kysely, MysqlDialect, sql, type Generated } from "kysely";
import { MongoClient, type Collection } from "mongodb";
import { createPool } from "mysql2";
import mysql, { type Connection } from "mysql2/promise";

export interface Order {
  _id: string;
  total: number;
  status: "open" | "paid";
}

export interface OrderStore extends AsyncDisposable {
  readonly orders: Collection<Order>;
  ping(): Promise<boolean>;
}

export async function openOrderStore(uri: string): Promise<OrderStore> {
  const client = new MongoClient(uri, { appName: "orders", serverSelectionTimeoutMS: 2_000 });
  try {
    await client.connect();
    const orders = client.db().collection<Order>("orders");
    await orders.createIndex({ status: 1 });
    return {
      orders,
      ping: async () => (await client.db("admin").command({ ping: 1 })).ok === 1,
      [Symbol.asyncDispose]: () => client.close(),
    };
  } catch (error) {
    await client.close();
    throw error;
  }
}

let shared: Promise<OrderStore> | undefined;

export function sharedOrderStore(): Promise<OrderStore> {
  shared ??= openOrderStore(process.env.MONGODB_URI ?? "mongodb://localhost/orders");
  return shared;
}

export interface Schema {
  invoice: { id: Generated<number>; order_id: string; amount: number };
}

export const createInvoiceDb = (uri: string): Kysely<Schema> =>
  new Kysely<Schema>({ dialect: new MysqlDialect({ pool: createPool({ uri, connectionLimit: 4 }) }) });

export async function openInvoiceDb(uri: string): Promise<Kysely<Schema>> {
  const db = createInvoiceDb(uri);
  try {
    await sql`select 1`.execute(db);
  } catch (error) {
    await db.destroy();
    throw new Error("invoice database is unreachable", { cause: error });
  }
  return db;
}

/** Server variables are per connection, so nobody gets one before they are set. */
export async function openReportConnection(uri: string): Promise<Connection> {
  const connection = await mysql.createConnection({ uri, dateStrings: true });
  let ready = false;
  try {
    await connection.query("set session transaction read only");
    await connection.query("set session max_execution_time = 30000");
    ready = true;
    return connection;
  } finally {
    if (!ready) connection.destroy();
  }
}
