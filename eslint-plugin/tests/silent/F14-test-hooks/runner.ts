// F14: node:test; t.after, suite hooks and the mock tracker release what a test acquires.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it, mock, test, type TestContext } from "node:test";
import { once } from "node:events";
import { open, type FileHandle } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";

async function startEcho(t: TestContext): Promise<{ server: Server; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket)).pipe(socket);
  });
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await once(server.listen(0), "listening");
  return { server, sockets };
}

function database(t: TestContext, rows = 3): DatabaseSync {
  const db = new DatabaseSync(":memory:");
  t.after(() => db.close());
  db.exec("create table item (id integer primary key)");
  for (let id = 1; id <= rows; id++) db.exec(`insert into item values (${id})`);
  return db;
}

test("the echo server answers", async (t) => {
  const { server, sockets } = await startEcho(t);
  const address = server.address();
  assert.ok(address && typeof address === "object");
  assert.equal(sockets.size, 0);
});

test("counts items", { concurrency: false }, async (t) => {
  const db = database(t);
  await t.test("three of them", () => {
    assert.deepEqual({ ...db.prepare("select count(*) as n from item").get() }, { n: 3 });
  });
  await t.test("and one more", (sub) => {
    const other = database(sub, 4);
    sub.mock.method(console, "log", () => {});
    assert.equal(other.prepare("select id from item").all().length, 4);
  });
});

describe("log file", () => {
  let file: FileHandle | undefined;
  let worker!: Worker;

  before(() => {
    worker = new Worker("setInterval(() => {}, 1000)", { eval: true });
  });
  after(async () => void (await worker.terminate()));

  beforeEach(async (context) => {
    file = await open(join(tmpdir(), `${context.name}.log`), "a+");
    mock.timers.enable({ apis: ["setTimeout"] });
  });

  afterEach(async () => {
    mock.reset();
    await file?.close();
    file = undefined;
  });

  it("appends", async () => {
    const flush = mock.fn(() => file!.sync());
    await file!.appendFile("x\n");
    await flush();
    assert.equal(flush.mock.callCount(), 1);
  });
});
