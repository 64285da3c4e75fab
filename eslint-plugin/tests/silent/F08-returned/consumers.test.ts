// F08: callers of the factories release what they were given, through the object, the tuple or the closer.
import { readFile, writeFile } from "node:fs/promises";
import { createConnection, type Connection } from "mysql2/promise";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listener, redis, startServer, testApp, tryOpen, workspace } from "./bundles.js";
import { appender, query, requester } from "./closers.js";
import { connector, connectWithRetry, launch, openSocket } from "./factories.js";

let endQuery: (() => Promise<void>) | undefined;
let sql: Awaited<ReturnType<typeof query>>;

beforeAll(async () => {
  sql = await query("mysql://127.0.0.1/test");
  endQuery = sql.end;
});
afterAll(async () => await endQuery?.());

const migrated = async (uri: string): Promise<Connection> => {
  const conn = await connectWithRetry(uri, [10, 100]);
  try {
    await conn.query("create table if not exists t (id int)");
  } catch (error) {
    conn.destroy();
    throw error;
  }
  return conn;
};

const shared = async (uri?: string) => (uri ? await createConnection(uri) : await connector("mysql://127.0.0.1")());

test("server answers", async () => {
  const { port, close } = await startServer((_req, res) => res.end("hi"));
  const text = await fetch(`http://127.0.0.1:${port}`).then((r) => r.text()).finally(close);
  expect(text).toBe("hi");
});

test("appender writes lines", async () => {
  await using dir = await workspace("appender-");
  const { line, close } = await appender(dir.file("log"));
  try {
    await line("one");
  } finally {
    await close();
    expect(await readFile(dir.file("log"), "utf8")).toBe("one\n");
  }
});

test("open may fail", async () => {
  await using dir = await workspace("open-");
  await writeFile(dir.file("a"), "a");
  const opened = await tryOpen(dir.file("a"));
  if (!opened.ok) throw new Error(opened.code);
  await using file = opened.file;
  expect((await file.stat()).size).toBe(1);
  expect(await tryOpen(dir.file("b"))).toEqual({ ok: false, code: "ENOENT" });
});

test("containers and apps", async () => {
  const [container, url] = await redis();
  await using _ = container;
  const { app } = testApp({ caseSensitive: false });
  await using scoped = app;
  scoped.get("/url", async () => url());
  expect((await scoped.inject("/URL")).body).toBe(url());
  await using socket = await openSocket("127.0.0.1", container.getMappedPort(6379));
  expect(socket.destroyed).toBe(false);
});

test("bus and database", async () => {
  await using conn = await migrated("mysql://127.0.0.1/test");
  await using other = await shared();
  await using bus = await requester(["127.0.0.1"]);
  expect(await bus.ask("ping")).toBe("pong");
  expect([conn.threadId, other.threadId, await sql("select 1")]).toHaveLength(3);
});

test("listener", async () => {
  const { bus, events } = await listener(["127.0.0.1"], "a.>");
  await using nc = bus;
  nc.publish("a.b");
  for await (const { subject } of events) {
    expect(subject).toBe("a.b");
    break;
  }
  await using browser = await launch("webkit");
  expect(browser.isConnected()).toBe(true);
});
