// F14: tests that expect a failure: of a use after the end, of an acquisition that is refused.
import assert, { rejects } from "node:assert/strict";
import { open, opendir } from "node:fs/promises";
import { test } from "node:test";
import { expect, it } from "vitest";
import { Piscina } from "piscina";

test("a directory cannot be read when it is closed", async () => {
  const dir = await opendir(".");
  await dir.close();
  await assert.rejects(dir.read(), { code: "ERR_DIR_CLOSED" });
});

test("a handle tells that it is closed", async () => {
  const handle = await open("settings.json");
  await handle.close();
  await rejects(handle.stat());
  const [stat, text] = await Promise.allSettled([handle.stat(), handle.readFile("utf8")]);
  assert.equal(stat.status, "rejected");
  assert.equal(text.status, "rejected");
});

it("refuses to write behind the end", async () => {
  const handle = await open("settings.json", "w");
  await handle.close();
  await expect(handle.write("late")).rejects.toThrow("closed");
  expect(await handle.write("late").catch((error: unknown) => error)).toBeInstanceOf(Error);
  try {
    await handle.truncate(0);
    expect.unreachable();
  } catch (error) {
    expect(error).toHaveProperty("code", "EBADF");
  }
});

test("a pool refuses options that make no sense", () => {
  assert.throws(() => {
    new Piscina({ maxThreads: -1 });
  }, /maxThreads/);
  expect(() => {
    new Piscina({ minThreads: 4, maxThreads: 2 });
  }).toThrow("minThreads");
});

test("a file that is missing cannot be opened", async () => {
  await assert.rejects(async () => {
    await open("missing.json");
  }, { code: "ENOENT" });
});

test("a task that fails, in a pool that idles out", () => {
  const pool = new Piscina({ filename: "worker.js", idleTimeout: 50 });
  void assert.rejects(pool.run("throw"), /thrown/);
  assert.rejects(pool.run("reject"), /rejected/);
});

declare function serverOf(port: number): { kill(): Promise<void> };
declare function connectTo(port: number): Promise<Piscina>;

test("a client learns that its server is gone", async () => {
  const first = await connectTo(1);
  const second = await connectTo(2);
  await serverOf(1).kill();
  let thrown: unknown;
  try {
    await first.run("ping");
  } catch (error) {
    thrown = error;
  }
  assert.match((thrown as Error).message, /closed/);
  await assert.rejects(second.run("ping"), /closed/);
});

test("a client that was killed", async () => {
  const client = await connectTo(3);
  await serverOf(3).kill();
  let thrown: unknown;
  try {
    await client.run("ping");
  } catch (error) {
    thrown = error;
  }
  assert.match((thrown as Error).message, /closed/);
});

test("a client that is told", async () => {
  const client = await connectTo(4);
  await serverOf(4).kill();
  await assert.rejects(client.run("ping"), /closed/);
});

test("a port that nobody listens on", async () => {
  async function connectToNobody() {
    await connectTo(0);
  }
  await expect(connectToNobody()).rejects.toThrow("refused");
  await expect(async () => {
    const client = await connectTo(-1);
  }).rejects.toThrow(RangeError);
});

test("a directory that is none", async () => {
  const openFile = async (flags: string) => {
    const handle = await open("settings.json/none", flags);
  };
  await rejects(openFile("r"));
  await rejects(() => openFile("w"), { code: "ENOTDIR" });
  try {
    const dir = await opendir("settings.json");
    assert.fail("opened");
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, "ENOTDIR");
  }
});
