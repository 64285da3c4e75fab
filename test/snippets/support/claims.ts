// What the helper promises. Compiled in several ways and run by `claimant.mjs`: `await using` is no syntax of Node 20.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import { acquireAll, asyncContextManager, runManaged, timeoutScope } from "../../../snippets/src/helper/managed.js";

type Claims = Readonly<Record<string, () => Promise<void>>>;

let log: string[] = [];

class Conn implements AsyncDisposable {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
    log.push(`open ${name}`);
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await sleep(1);
    log.push(`close ${this.name}`);
  }
}

interface Thrown extends Error {
  readonly error: Error;
  readonly errors: readonly Error[];
  readonly suppressed: Error;
}

/** What a function throws, or rejects with; that it does is a claim of its own. */
async function thrown(by: () => unknown): Promise<Thrown> {
  try {
    await by();
  } catch (error) {
    return error as Thrown;
  }
  assert.fail("nothing was thrown");
}

const managers: Claims = {
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

const callbacks: Claims = {
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

const never = (): Promise<never> => new Promise(() => undefined);

const timeouts: Claims = {
  "a deadline that passes throws its own TimeoutError, and is told by `expired`": async () => {
    using timeout = timeoutScope(5);
    const error = await thrown(() => timeout.wait(sleep(2000, null, timeout)));
    assert.equal(error.name, "TimeoutError");
    assert.equal(error, timeout.signal.reason);
    assert.equal(timeout.expired, true);
  },
  "work that knows no signal is not waited for": async () => {
    using timeout = timeoutScope(5);
    assert.equal((await thrown(() => timeout.wait(never()))).name, "TimeoutError");
  },
  "work in time is silent, and the end of the scope clears the timer": async () => {
    let signal: AbortSignal;
    {
      using timeout = timeoutScope(10);
      ({ signal } = timeout);
      assert.equal(await timeout.wait(sleep(1, "value")), "value");
    }
    await sleep(20);
    assert.equal(signal.aborted, false);
  },
  "an error of the work stays what it is, after the deadline too": async () => {
    using timeout = timeoutScope(5);
    assert.equal((await thrown(() => timeout.wait(Promise.reject(new Error("work"))))).message, "work");
    await sleep(15);
    assert.equal(timeout.expired, true);
    assert.equal((await thrown(() => timeout.wait(Promise.reject(new Error("late"))))).message, "late");
  },
  "an abort by the parent keeps the parent's reason": async () => {
    const parent = new AbortController();
    using timeout = timeoutScope(2000, parent.signal);
    const why = new Error("shutdown");
    const waiting = thrown(() => timeout.wait(sleep(2000, null, timeout)));
    parent.abort(why);
    assert.equal(await waiting, why);
    assert.equal(timeout.expired, false);
  },
  "a parent that was aborted before ends it at once": async () => {
    using timeout = timeoutScope(2000, AbortSignal.abort(new Error("gone")));
    assert.equal((await thrown(() => timeout.wait(never()))).message, "gone");
  },
  "of nested deadlines the one that passes throws": async () => {
    for (const [outer, inner] of [[5, 2000], [2000, 5]] as const) {
      using first = timeoutScope(outer);
      using second = timeoutScope(inner, first.signal);
      const error = await thrown(() => second.wait(never()));
      assert.equal(error, outer < inner ? first.signal.reason : second.signal.reason);
      assert.deepEqual([first.expired, second.expired], [outer < inner, inner < outer]);
    }
  },
  "a resource that arrives too late is released": async () => {
    using timeout = timeoutScope(5);
    const opening = sleep(15).then(() => new Conn("late"));
    assert.equal((await thrown(() => timeout.acquire(opening))).name, "TimeoutError");
    await opening;
    await sleep(10);
    assert.deepEqual(log, ["open late", "close late"]);
  },
  "a resource that fails too late, or whose release does, ends no process": async () => {
    using timeout = timeoutScope(1);
    const failing = sleep(10).then(() => Promise.reject(new Error("late")));
    const unreleased = sleep(10).then(() => ({ [Symbol.asyncDispose]: () => Promise.reject(new Error("release")) }));
    await thrown(() => timeout.acquire(failing));
    await thrown(() => timeout.acquire(unreleased));
    await sleep(20);
  },
  "no listener stays on the parent, nor on the scope's own signal": async () => {
    const parent = new AbortController();
    using outer = timeoutScope(2000, parent.signal);
    const listeners = (): number[] => [parent.signal, outer.signal].map((signal) => getEventListeners(signal, "abort").length);
    assert.deepEqual(listeners(), [1, 0]);
    for (let round = 0; round < 5; round += 1) {
      using timeout = timeoutScope(2000, parent.signal);
      await timeout.wait(sleep(1));
      await outer.wait(sleep(1));
    }
    assert.deepEqual(listeners(), [1, 0]);
  },
};

/** An acquisition that takes some time and listens to its signal, or does not. */
const opening = (name: string, ms: number) => async (signal: AbortSignal): Promise<Conn> => {
  await sleep(ms, null, { signal });
  return new Conn(name);
};
const deaf = (name: string, ms: number) => async (): Promise<Conn> => {
  await sleep(ms);
  return new Conn(name);
};
const failing = (name: string, ms: number) => async (): Promise<Conn> => {
  await sleep(ms);
  throw new Error(`connect ${name}`);
};

const concurrency: Claims = {
  "acquireAll acquires at the same time, keeps the order, releases in reverse": async () => {
    {
      await using conns = await acquireAll([opening("a", 30), opening("b", 15), opening("c", 1)]);
      log.push(conns.value.map(({ name }) => name).join(""));
    }
    assert.deepEqual(log, ["open c", "open b", "open a", "abc", "close c", "close b", "close a"]);
  },
  "a failure stops what listens, and releases what is open": async () => {
    const error = await thrown(() => acquireAll([opening("a", 1), failing("b", 15), opening("c", 2000)]));
    assert.equal(error.message, "connect b");
    assert.deepEqual(log, ["open a", "close a"]);
  },
  "a failure waits for what does not listen, and releases it": async () => {
    const error = await thrown(() => acquireAll([deaf("a", 1), failing("b", 10), deaf("c", 30)]));
    assert.equal(error.message, "connect b");
    assert.deepEqual(log, ["open a", "open c", "close c", "close a"]);
  },
  "several failures are an AggregateError": async () => {
    const error = await thrown(() => acquireAll([deaf("a", 1), failing("b", 5), failing("c", 15)]));
    assert.equal(error.name, "AggregateError");
    assert.deepEqual(error.errors.map(({ message }) => message), ["connect b", "connect c"]);
    assert.deepEqual(log, ["open a", "close a"]);
  },
  "a start that throws before it is asynchronous is a failure": async () => {
    const start = (): Promise<Conn> => {
      throw new Error("start");
    };
    assert.equal((await thrown(() => acquireAll([deaf("a", 1), start]))).message, "start");
    assert.deepEqual(log, ["open a", "close a"]);
  },
  "a release that fails meanwhile hides nothing, and stops no other": async () => {
    const unreleased = async (): Promise<AsyncDisposable> => {
      await Promise.resolve();
      return { [Symbol.asyncDispose]: () => Promise.reject(new Error("close b")) };
    };
    const error = await thrown(() => acquireAll([deaf("a", 1), unreleased, failing("c", 5)]));
    assert.equal(error.name, "SuppressedError");
    assert.equal(error.error.message, "close b");
    assert.equal(error.suppressed.message, "connect c");
    assert.deepEqual(log, ["open a", "close a"]);
  },
  "an outer signal that is aborted acquires nothing, and gives its reason": async () => {
    assert.equal((await thrown(() => acquireAll([opening("a", 1)], AbortSignal.abort(new Error("stop"))))).message, "stop");
    assert.deepEqual(log, []);
  },
  "a deadline ends it, and nothing stays open": async () => {
    using timeout = timeoutScope(15);
    const acquiring = acquireAll([opening("a", 1), opening("b", 2000)], timeout.signal);
    assert.equal((await thrown(() => timeout.acquire(acquiring))).name, "TimeoutError");
    await thrown(() => acquiring);
    assert.deepEqual(log, ["open a", "close a"]);
  },
  "nothing, synchronous resources and tuples will do": async () => {
    {
      await using none = await acquireAll([]);
      assert.deepEqual(none.value, []);
    }
    {
      const start = (): Promise<Disposable> => Promise.resolve({ [Symbol.dispose]() {
        log.push("sync");
      } });
      await using two = await acquireAll([start, deaf("a", 1)]);
      assert.equal(two.value[1].name, "a");
    }
    assert.deepEqual(log, ["open a", "close a", "sync"]);
  },
  "a long list is released, one failure on top of the other": async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => () => Promise.resolve({ [Symbol.dispose]: () => {
      log.push(String(index));
      if (index === 1 || index === 19_999) throw new Error(`release ${String(index)}`);
    } }));
    const error = await thrown(async () => {
      await using _ = await acquireAll(many);
    });
    assert.equal(log.length, 20_000);
    assert.deepEqual([error.error.message, error.suppressed.message], ["release 1", "release 19999"]);
  },
};

/** All claims; a claim finds an empty log. */
export const claims: Claims = Object.fromEntries(
  Object.entries({ ...managers, ...callbacks, ...timeouts, ...concurrency }).map(([claim, test]) => [
    claim,
    async () => {
      log = [];
      await test();
    },
  ]),
);
