// F14: test.extend fixtures and collected teardowns; what a fixture acquires lives until use() returns.
import { afterAll, afterEach, expect, test as base } from "vitest";
import { connect, type NatsConnection, type Subscription } from "@nats-io/transport-node";
import { Piscina } from "piscina";
import { createPool, type Pool, type PoolConnection } from "mysql2/promise";

interface Fixtures {
  bus: NatsConnection;
  inbox: Subscription;
  connection: PoolConnection;
  workers: Piscina<number, number>;
}

const pool: Pool = createPool({ uri: "mysql://root@localhost/test", connectionLimit: 2 });
afterAll(() => pool.end());

export const test = base.extend<Fixtures>({
  bus: async ({}, use) => {
    await using bus = await connect({ name: "test", timeout: 1_000 });
    await use(bus);
  },
  inbox: async ({ bus }, use) => {
    const inbox = bus.subscribe("test.>", { max: 100 });
    await use(inbox).finally(() => inbox.unsubscribe());
  },
  connection: async ({}, use) => {
    const connection = await pool.getConnection();
    try {
      await connection.beginTransaction();
      await use(connection);
    } finally {
      await connection.rollback().finally(() => connection.release());
    }
  },
  workers: async ({}, use) => {
    await using workers = new Piscina<number, number>({ filename: new URL("./square.js", import.meta.url).href });
    await use(workers);
  },
});

const opened: AsyncDisposable[] = [];

function track<T extends AsyncDisposable>(resource: T): T {
  opened.push(resource);
  return resource;
}

afterEach(async () => {
  for (const resource of opened.splice(0).reverse()) await resource[Symbol.asyncDispose]();
});

test("delivers to the inbox", async ({ bus, inbox }) => {
  const other = track(await connect({ name: "other" }));
  other.publish("test.hello", "hi");
  await other.flush();
  for await (const message of inbox) {
    expect(message.subject).toBe("test.hello");
    break;
  }
  expect(bus.isClosed()).toBe(false);
});

test("squares in workers", async ({ workers, connection }) => {
  const results = await Promise.all([1, 2, 3].map((n) => workers.run(n)));
  await connection.query("insert into result (value) values ?", [results.map((value) => [value])]);
  expect(results).toEqual([1, 4, 9]);
});
