// F05: callers of caching getters and containers use what they get and leave it open.
import { MongoClient } from "mongodb";
import type { RowDataPacket } from "mysql2/promise";
import { Piscina } from "piscina";
import { acquireShared, client, connectBus, Container, createOrReuse, openPool } from "./clients.js";

interface Order {
  _id: string;
  total: number;
}

export async function readOrders(tenant: string, ids: readonly string[]): Promise<Order[]> {
  const pool = openPool(tenant);
  const [rows] = await pool.query<(Order & RowDataPacket)[]>("select * from orders where id in (?)", [ids]);
  return rows;
}

export async function countOrders(tenant: string): Promise<number> {
  const [[row]] = await createOrReuse(tenant).query<({ n: number } & RowDataPacket)[]>("select count(*) n from orders");
  return row?.n ?? 0;
}

export async function announce(order: Order): Promise<void> {
  const nc = await connectBus();
  nc.publish("orders.created", JSON.stringify(order));
  await (await connectBus()).flush();
}

export async function archive(order: Order): Promise<boolean> {
  const mongo = client();
  await mongo.connect();
  const { acknowledged } = await mongo.db("archive").collection<Order>("orders").insertOne(order);
  return acknowledged && (await client().db().command({ ping: 1 })).ok === 1;
}

export async function mirror(from: string, limit = 100): Promise<number> {
  const { pool, bus } = await acquireShared();
  const [rows] = await pool.query<RowDataPacket[]>("select * from ?? limit ?", [from, limit]);
  for (const row of rows) bus.publish(`mirror.${from}`, JSON.stringify(row));
  await bus.flush();
  return rows.length;
}

export async function checkout(container: Container, order: Order): Promise<string | undefined> {
  const mongo = container.resolve(MongoClient);
  const workers = container.spawnOrGet(Piscina, () => new Piscina({ filename: "./invoice.js" }));
  const invoice: string | undefined = await workers.run(order);
  const orders = (container.parent ?? container).resolve(MongoClient).db().collection<Order>("orders");
  if ((await orders.countDocuments({ _id: order._id }, { limit: 1 })) > 0) return invoice;
  await mongo.db().collection<Order>("orders").insertOne(order);
  return invoice;
}

export class OrderService {
  constructor(private readonly services: () => Container) {}

  get mongo(): MongoClient {
    return this.services().resolve(MongoClient);
  }

  async latest(): Promise<Order | null> {
    const { mongo } = this;
    const fallback = this.mongo ?? client();
    const source = mongo.readPreference.preference === "primary" ? mongo : fallback;
    return await source.db().collection<Order>("orders").findOne({}, { sort: { _id: -1 } });
  }
}
