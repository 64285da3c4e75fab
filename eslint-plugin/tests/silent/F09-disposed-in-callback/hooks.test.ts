// F09: tests dispose in onTestFinished, in the callbacks of loops and in the executor of a promise.
import { createServer, connect } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { open } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import { Lifecycle, onAbort, scoped } from "./lifecycle.js";
import { readText, sizeOf } from "./then-chains.js";

const here = new URL(import.meta.url).pathname;

test("teardowns run last to first", async () => {
  const order: number[] = [];
  {
    await using lifecycle = new Lifecycle();
    const first = lifecycle.onStop(() => order.push(1));
    lifecycle.onStop(() => order.push(2));
    lifecycle.onStop(() => order.push(3));
    expect(lifecycle.forget(first)).toBe(true);
  }
  expect(order).toEqual([3, 2]);
});

test("database in memory", () => {
  const db = new DatabaseSync(":memory:");
  onTestFinished(() => db.close());
  db.exec("create table t (id integer)");
  expect(db.prepare("select count(*) as n from t").get()).toEqual({ n: 0 });
});

test("handles are closed one by one", async () => {
  const size = await sizeOf(here);
  const total = await scoped(async (cleanup) => {
    let sum = 0;
    for (let n = 0; n < 3; n++) {
      const file = await open(here);
      cleanup(async () => await file.close());
      sum += (await file.stat()).size;
    }
    return sum;
  });
  expect(total).toBe(3 * size);
  expect(await readText(here)).toHaveLength(size);
});

test("abort closes the server", async () => {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const server = createServer((socket) => socket.end("bye"));
  onAbort(abort.signal, () => server.close());
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as { port: number };
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect(port);
    let received = "";
    socket.on("data", (part) => (received += part)).on("error", reject);
    socket.on("end", () => {
      socket.destroy();
      resolve(received);
    });
  });
  expect(text).toBe("bye");
});
