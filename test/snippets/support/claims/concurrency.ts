import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { acquireAll, timeoutScope } from "../../../../snippets/src/helper/managed.js";
import { Conn, log, thrown, type Claims } from "./claim.js";

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

export const concurrency: Claims = {
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
