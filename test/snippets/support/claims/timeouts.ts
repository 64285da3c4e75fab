import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import { timeoutScope } from "../../../../snippets/src/helper/managed.js";
import { Conn, log, thrown, type Claims } from "./claim.js";

const never = (): Promise<never> => new Promise(() => undefined);

export const timeouts: Claims = {
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
