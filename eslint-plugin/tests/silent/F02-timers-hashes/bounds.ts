// F2: timers that bound work and are cleared, kept, shared or meant to outlive the call.
import { once, type EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

/** The response's body is bounded too, so the timer has to outlive the call. */
export async function get(url: string, ms: number): Promise<Response> {
  const control = new AbortController();
  setTimeout(() => control.abort(new Error("too slow")), ms);
  const response = await fetch(url, { signal: control.signal });
  if (!response.ok) throw new Error(`${url}: ${String(response.status)}`);
  return response;
}

export async function getText(url: string, ms: number): Promise<string> {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), ms);
  try {
    const response = await fetch(url, { signal: control.signal });
    return await response.text();
  } finally {
    clearTimeout(timer);
  }
}

export async function getSoon(url: string): Promise<string> {
  const control = new AbortController();
  using _timer = setTimeout(() => control.abort(), 2_000);
  return await (await fetch(url, { signal: control.signal })).text();
}

/** A background timer that holds nobody up. */
export async function ping(url: string): Promise<boolean> {
  const control = new AbortController();
  setTimeout(() => control.abort(), 60_000).unref();
  return (await fetch(url, { method: "HEAD", signal: control.signal })).ok;
}

/** Who starts it gets the way to stop it. */
export function start(url: string, ms: number): { done: Promise<Response>; stop(): void } {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), ms);
  return {
    done: fetch(url, { signal: control.signal }),
    stop() {
      clearTimeout(timer);
      control.abort();
    },
  };
}

/** A pause that another signal may cut short, cleared either way. */
export async function settle(emitter: EventEmitter, ms: number): Promise<void> {
  const control = new AbortController();
  try {
    await Promise.race([once(emitter, "idle", { signal: control.signal }), sleep(ms, undefined, { signal: control.signal })]);
  } finally {
    control.abort();
  }
}

/** A tick, to see whether something is there already. */
export async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = {};
  return (await Promise.race([promise, new Promise((resolve) => setTimeout(resolve, 0, pending))])) !== pending;
}

/** A retry whose pauses are the point. */
export async function retry<T>(work: () => Promise<T>, attempts: number): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * 200));
    }
  }
}
