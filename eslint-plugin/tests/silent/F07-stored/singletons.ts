// F07: resources that live as long as the program are exported, cached on globalThis or kept in module variables.
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { fastify, type FastifyInstance } from "fastify";
import { Kysely, MysqlDialect } from "kysely";
import { MongoClient } from "mongodb";
import { createPool } from "mysql2";
import mysql from "mysql2/promise";
import { Piscina } from "piscina";
import { ConnectionRegistry } from "./registry.js";

interface Schema {
  page: { id: number; title: string };
}

const hot = globalThis as typeof globalThis & { mongo?: MongoClient; db?: Kysely<Schema> };

export const mongo = (hot.mongo ??= new MongoClient(process.env.MONGO_URL ?? "mongodb://127.0.0.1"));

if (!hot.db) {
  hot.db = new Kysely<Schema>({ dialect: new MysqlDialect({ pool: createPool(process.env.MYSQL_URL ?? "") }) });
}
export const db = hot.db;

export const pool = mysql.createPool({ host: "127.0.0.1", connectionLimit: 10 });

export const services = {
  app: fastify({ logger: true }),
  workers: new Piscina({ filename: "./worker.js", idleTimeout: 1_000 }),
  replicas: [mysql.createPool("mysql://r1"), mysql.createPool("mysql://r2")],
} as const;

const registry = new ConnectionRegistry();
let nc: NatsConnection | undefined;
let admin: FastifyInstance | null = null;

export async function startBus(servers: string[]): Promise<void> {
  if (nc && !nc.isClosed()) return;
  nc = await connect({ servers });
}

export async function swapBus(servers: string[]): Promise<void> {
  const old = nc;
  nc = await connect({ servers });
  await old?.drain();
}

export async function startAdmin(port: number): Promise<string> {
  admin ??= fastify({ logger: false });
  return await admin.listen({ port });
}

export async function stop(): Promise<void> {
  const closing = [nc?.drain(), admin?.close(), pool.end(), mongo.close(), db.destroy(), services.app.close()];
  await Promise.allSettled([...closing, services.workers.close(), ...services.replicas.map((r) => r.end())]);
  await registry[Symbol.asyncDispose]();
  nc = undefined;
  admin = null;
}

export { registry };
export default services;
