// F05: getters that create once and cache hand out what this module owns and closes in closeAll.
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { MongoClient } from "mongodb";
import { createPool, type Pool, type PoolOptions } from "mysql2/promise";

let mongo: MongoClient | undefined;
let bus: Promise<NatsConnection> | null = null;
const pools = new Map<string, Pool>();

export function client(url = process.env.MONGO_URL ?? "mongodb://127.0.0.1"): MongoClient {
  mongo ??= new MongoClient(url, { appName: "orders" });
  return mongo;
}

export function connectBus(): Promise<NatsConnection> {
  bus ??= connect({ servers: process.env.NATS_SERVERS }).catch((error: unknown) => {
    bus = null;
    throw error;
  });
  return bus;
}

export function openPool(tenant: string, options: PoolOptions = {}): Pool {
  let pool = pools.get(tenant);
  if (!pool) {
    pool = createPool({ ...options, database: tenant });
    pools.set(tenant, pool);
  }
  return pool;
}

export const createOrReuse = (tenant: string): Pool => {
  const existing = pools.get(tenant);
  if (existing) return existing;
  const fresh = createPool({ database: tenant });
  pools.set(tenant, fresh);
  return fresh;
};

export const acquireShared = async () => ({ pool: openPool("shared"), bus: await connectBus() });

export async function closeAll(): Promise<void> {
  const ending = [...pools.values()].map((pool) => pool.end());
  await Promise.allSettled([...ending, bus?.then((nc) => nc.drain()), mongo?.close()]);
  pools.clear();
  mongo = undefined;
  bus = null;
}

type Token<T> = abstract new (...args: never[]) => T;

export class Container implements AsyncDisposable {
  readonly #instances = new Map<unknown, AsyncDisposable>();

  constructor(readonly parent?: Container) {}

  provide<T extends AsyncDisposable>(token: Token<T>, instance: T): this {
    this.#instances.set(token, instance);
    return this;
  }

  resolve<T extends AsyncDisposable>(token: Token<T>): T {
    const found = this.#instances.get(token) ?? this.parent?.resolve(token);
    if (!found) throw new Error(`nothing provides ${token.name}`);
    return found as T;
  }

  spawnOrGet<T extends AsyncDisposable>(token: Token<T>, create: () => T): T {
    if (!this.#instances.has(token)) this.#instances.set(token, create());
    return this.#instances.get(token) as T;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const errors: unknown[] = [];
    for (const instance of [...this.#instances.values()].reverse()) {
      await instance[Symbol.asyncDispose]().then(undefined, (error) => errors.push(error));
    }
    this.#instances.clear();
    if (errors.length > 0) throw new AggregateError(errors);
  }
}
