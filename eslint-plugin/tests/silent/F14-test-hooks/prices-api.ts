// F14: variables that beforeEach fills and afterEach empties; helpers that clean up after the test.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { FastifyInstance } from "fastify";
import type { ClientSession, MongoClient } from "mongodb";
import { createConnection, type Connection } from "mysql2/promise";
import { GenericContainer, type StartedTestContainer } from "testcontainers";
import { buildApp, fakeUpstream, temporaryFiles, useMongo } from "./support.js";

describe("prices API", () => {
  const prices = new Map([["A-1", 10]]);
  let app: FastifyInstance;

  beforeEach(async () => {
    app = buildApp(prices);
    await app.ready();
  });

  afterEach(async () => {
    await app.close();
  });

  it.each(["A-1", "B-2"])("answers for %s", async (sku) => {
    const response = await app.inject(`/prices/${sku}`);
    expect(response.statusCode).toBe(prices.has(sku) ? 200 : 404);
  });

  it("keeps a server of its own", async () => {
    const own = buildApp(new Map());
    try {
      await own.listen({ port: 0 });
      expect(own.addresses()).not.toHaveLength(0);
    } finally {
      await own.close();
      expect(own.server.listening).toBe(false);
    }
  });

  it("reads an upstream", async () => {
    const url = await fakeUpstream((_, response) => response.end("10"));
    const directory = await temporaryFiles({ "config.json": JSON.stringify({ url }) });
    expect(directory).toContain("suite-");
    await expect(fetch(url).then((response) => response.text())).resolves.toBe("10");
  });
});

describe("prices store", () => {
  const db = useMongo();
  let container: StartedTestContainer | undefined;
  let connection: Connection;
  let session: ClientSession | null = null;

  beforeAll(async () => {
    container = await new GenericContainer("mysql:8.4").withExposedPorts(3306).start();
    connection = await createConnection({ host: container.getHost(), port: container.getFirstMappedPort() });
  }, 120_000);

  afterAll(async () => {
    await connection?.end();
    await container?.stop({ timeout: 5_000 });
  });

  beforeEach(() => {
    session = (db().client as MongoClient).startSession();
    return async () => {
      await session?.endSession();
      session = null;
    };
  });

  it("writes in a session", async () => {
    const now = vi.fn(() => new Date(0));
    await db().collection("price").insertOne({ sku: "A-1", at: now() }, { session: session! });
    const [rows] = await connection.query("select 1 as one");
    expect(rows).toEqual([{ one: 1 }]);
    expect(now).toHaveBeenCalledOnce();
  });
});
