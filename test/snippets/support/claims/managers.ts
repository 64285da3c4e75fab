import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { asyncContextManager, runManaged } from "../../../../snippets/src/helper/managed.js";
import { Conn, log, thrown, type Claims } from "./claim.js";

export const managers: Claims = {
  "a manager gives its value, and releases at the end of the scope": async () => {
    const session = asyncContextManager(async function* (name: string) {
      await using conn = new Conn(name);
      yield conn;
    });
    {
      await using held = await session("a");
      log.push(`use ${held.value.name}`);
    }
    assert.deepEqual(log, ["open a", "use a", "close a"]);
  },
  "a manager runs its `finally` when the scope fails, and keeps the error": async () => {
    const session = asyncContextManager(async function* () {
      try {
        yield 1;
        log.push("commit");
      } catch {
        log.push("catch");
      } finally {
        log.push("release");
      }
    });
    const error = await thrown(async () => {
      await using held = await session();
      throw new Error(`body ${String(held.value)}`);
    });
    assert.equal(error.message, "body 1");
    assert.deepEqual(log, ["release"]);
  },
  "a failing release does not hide the error of the scope": async () => {
    const session = asyncContextManager(async function* () {
      try {
        yield 1;
      } finally {
        await Promise.reject(new Error("release"));
      }
    });
    const error = await thrown(async () => {
      await using _ = await session();
      throw new Error("body");
    });
    assert.equal(error.name, "SuppressedError");
    assert.equal(error.error.message, "release");
    assert.equal(error.suppressed.message, "body");
  },
  "a generator without a yield fails when it is acquired, by its name": async () => {
    const session = asyncContextManager(async function* nothing(): AsyncGenerator<number, void, void> {});
    const error = await thrown(session);
    assert.ok(error instanceof TypeError);
    assert.match(error.message, /^nothing ended without a yield$/u);
  },
  "a yield in `finally` fails, and what follows it is released all the same": async () => {
    const session = asyncContextManager(async function* again() {
      try {
        yield 1;
      } finally {
        log.push("first");
        yield 2;
        log.push("second");
      }
    });
    const error = await thrown(async () => {
      await using _ = await session();
    });
    assert.match(error.message, /^again yielded again/u);
    assert.deepEqual(log, ["first", "second"]);
  },
  "a second yield is never reached": async () => {
    const session = asyncContextManager(async function* () {
      try {
        yield 1;
        log.push("after");
        yield 2;
      } finally {
        log.push("release");
      }
    });
    {
      await using _ = await session();
    }
    assert.deepEqual(log, ["release"]);
  },
  "a failed acquisition releases what the generator had acquired": async () => {
    const session = asyncContextManager(async function* () {
      await using conn = new Conn("a");
      await Promise.reject(new Error("handshake"));
      yield conn;
    });
    assert.equal((await thrown(session)).message, "handshake");
    assert.deepEqual(log, ["open a", "close a"]);
  },
  "disposals at the same time release once, and all of them wait": async () => {
    const session = asyncContextManager(async function* () {
      try {
        yield 1;
      } finally {
        await sleep(5);
        log.push("release");
      }
    });
    const held = await session();
    const first = held[Symbol.asyncDispose]();
    await held[Symbol.asyncDispose]();
    log.push("second");
    await first;
    assert.deepEqual(log, ["release", "second"]);
  },
  "each call is a generator of its own": async () => {
    const session = asyncContextManager(async function* (name: string) {
      await using conn = new Conn(name);
      yield conn.name;
    });
    {
      await using _a = await session("a");
      await using _b = await session("b");
    }
    assert.deepEqual(log, ["open a", "open b", "close b", "close a"]);
  },
  "every value will do: primitives, null, frozen objects, resources": async () => {
    const session = asyncContextManager(async function* <T>(value: T) {
      await Promise.resolve();
      yield value;
    });
    for (const value of [0, "", null, undefined, Object.freeze({}), new Map(), new Conn("a")]) {
      const held = await session(value);
      assert.equal(held.value, value);
      await held[Symbol.asyncDispose]();
    }
    assert.deepEqual(log, ["open a"]);
  },
};

async function* transaction(): AsyncGenerator<string, void, void> {
  await Promise.resolve();
  try {
    yield "tx";
    log.push("commit");
  } catch (error) {
    log.push("rollback");
    if (!(error instanceof RangeError)) throw error;
  } finally {
    log.push("end");
  }
}

export const callbacks: Claims = {
  "runManaged goes on behind the yield after a success, and gives the result": async () => {
    assert.equal(await runManaged(transaction(), (tx) => tx.length), 2);
    assert.deepEqual(log, ["commit", "end"]);
  },
  "runManaged lets the generator see the error, and throws it again": async () => {
    const why = new Error("body");
    assert.equal(await thrown(() => runManaged(transaction(), () => Promise.reject(why))), why);
    assert.deepEqual(log, ["rollback", "end"]);
  },
  "runManaged gives nothing where the generator keeps the error": async () => {
    const result = await runManaged(transaction(), (): number => {
      throw new RangeError("ignored");
    });
    assert.equal(result, undefined);
    assert.deepEqual(log, ["rollback", "end"]);
  },
  "runManaged refuses no yield, and a second one": async () => {
    const none = async function* (): AsyncGenerator<number, void, void> {};
    assert.match((await thrown(() => runManaged(none(), () => 1))).message, /without a yield$/u);
    const twice = async function* (): AsyncGenerator<number, void, void> {
      await Promise.resolve();
      try {
        yield 1;
        yield 2;
      } finally {
        log.push("end");
      }
    };
    assert.match((await thrown(() => runManaged(twice(), () => 1))).message, /more than once$/u);
    assert.deepEqual(log, ["end"]);
  },
};
