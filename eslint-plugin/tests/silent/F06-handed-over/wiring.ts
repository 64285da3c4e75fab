// F06: a fresh connection, pool or database goes straight into the object that will own it.
import { connect } from "@nats-io/transport-node";
import { Kysely, MysqlDialect } from "kysely";
import { createPool } from "mysql2";
import { createConnection, type ConnectionOptions } from "mysql2/promise";
import { Piscina } from "piscina";
import { Daemon, type DaemonOptions, keepAlive, lifetime, OrderRepo, releaseRetained, retain } from "./owners.js";

interface Schema {
  job: { id: number; payload: string };
}

export async function orderRepo(config: ConnectionOptions): Promise<OrderRepo> {
  return new OrderRepo(await createConnection(config));
}

export async function orderTotal(config: ConnectionOptions, id: string): Promise<number | undefined> {
  const conn = await createConnection(config);
  await using repo = new OrderRepo(conn);
  return (await repo.byId(id))?.total;
}

export function database(uri: string): Kysely<Schema> {
  const pool = createPool({ uri, connectionLimit: 4 });
  const dialect = new MysqlDialect({ pool });
  return new Kysely<Schema>({ dialect });
}

export const lazyDatabase = (uri: string) =>
  new Kysely<Schema>({ dialect: new MysqlDialect({ pool: async () => createPool(uri) }) });

export async function runJobs(jobs: Iterable<object>, options?: Partial<DaemonOptions>): Promise<unknown[]> {
  const pool = new Piscina({ filename: "./job.js", maxThreads: 2 });
  await using daemon = new Daemon({ ...options, pool, name: options?.name ?? "jobs" });
  const results: unknown[] = [];
  for (const job of jobs) results.push(await daemon.run(job));
  return results;
}

export async function startDaemon(servers: string[]): Promise<Daemon> {
  const bus = await connect({ servers, name: "daemon" });
  const settings: DaemonOptions = { bus, pool: () => (shared ??= new Piscina({ filename: "./job.js" })) };
  return new Daemon(settings);
}
let shared: Piscina | undefined;

export async function warmUp(configs: readonly ConnectionOptions[], signal: AbortSignal): Promise<number> {
  const scope = lifetime(signal);
  for (const config of configs) {
    if (signal.aborted) break;
    const conn = await createConnection(config);
    scope.bind(conn);
    await conn.ping();
  }
  if (configs[0]) retain(await createConnection(configs[0]));
  keepAlive(new Daemon({ pool: () => (shared ??= new Piscina()) }));
  return scope.size();
}

export async function main(config: ConnectionOptions): Promise<void> {
  const first = await createConnection(config);
  const held = retain(first);
  try {
    const [rows] = await first.query("show tables");
    console.log(held, rows);
  } finally {
    await releaseRetained();
    console.log("released");
  }
}
