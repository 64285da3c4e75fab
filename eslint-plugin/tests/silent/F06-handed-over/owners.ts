// F06: constructors, options bags and helpers that keep what they are given, and dispose it themselves.
import type { NatsConnection } from "@nats-io/transport-node";
import type { Connection, RowDataPacket } from "mysql2/promise";
import type { Piscina } from "piscina";

export class OrderRepo implements AsyncDisposable {
  constructor(private readonly conn: Connection) {}

  async byId(id: string): Promise<RowDataPacket | undefined> {
    const [[row]] = await this.conn.execute<RowDataPacket[]>("select * from orders where id = ?", [id]);
    return row;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.conn.end();
  }
}

export interface DaemonOptions {
  name?: string;
  pool: Piscina | (() => Piscina);
  bus?: NatsConnection | Promise<NatsConnection> | null;
}

export class Daemon implements AsyncDisposable {
  readonly name: string;
  readonly #pool: () => Piscina;
  readonly #bus: DaemonOptions["bus"];

  constructor({ name = "daemon", pool, bus }: DaemonOptions) {
    this.name = name;
    this.#pool = typeof pool === "function" ? pool : () => pool;
    this.#bus = bus;
  }

  async run(job: object): Promise<unknown> {
    const result: unknown = await this.#pool().run(job);
    (await this.#bus)?.publish(`${this.name}.done`, JSON.stringify(result));
    return result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const results = await Promise.allSettled([this.#pool().close(), Promise.resolve(this.#bus).then((nc) => nc?.drain())]);
    for (const result of results) if (result.status === "rejected") throw result.reason;
  }
}

const retained = new Set<AsyncDisposable>();

export function retain(resource: AsyncDisposable, ...more: AsyncDisposable[]): number {
  retained.add(resource);
  for (const other of more) retained.add(other);
  return retained.size;
}

export const keepAlive = <T extends AsyncDisposable>(...resources: T[]): void => resources.forEach((r) => retained.add(r));

export async function releaseRetained(): Promise<void> {
  const all = [...retained];
  retained.clear();
  await Promise.allSettled(all.map((r) => r[Symbol.asyncDispose]()));
}

export function lifetime(signal: AbortSignal) {
  const held: AsyncDisposable[] = [];
  const end = () => {
    for (const r of held.splice(0)) r[Symbol.asyncDispose]().then(undefined, console.error);
  };
  signal.addEventListener("abort", end);
  const bind = (r: AsyncDisposable): void => {
    held.push(r);
    if (signal.aborted) end();
  };
  return { bind, size: () => held.length };
}
