// F17: helpers that take a resource and release it, or read it and leave it to the caller.
import { setTimeout as delay } from "node:timers/promises";

export interface Metrics {
  timing(name: string, ms: number): void;
  count(name: string, n?: number): void;
}

export const metrics: Metrics = {
  timing: (name, ms) => console.debug("%s %d ms", name, ms),
  count: (name, n = 1) => console.debug("%s +%d", name, n),
};

/** Disposes without hiding the error that is on its way; a failure to dispose is only reported. */
export async function release(resource: AsyncDisposable | null | undefined, report = console.warn): Promise<void> {
  if (!resource) return;
  try {
    await resource[Symbol.asyncDispose]();
  } catch (error) {
    report("release failed", error);
  }
}

/** @takesOwnership */
export async function settle<T extends { close(): Promise<unknown> }>(...resources: Array<T | undefined>): Promise<void> {
  const results = await Promise.allSettled(resources.map(async (resource) => resource?.close()));
  for (const result of results) if (result.status === "rejected") metrics.count("close.failed");
}

export async function retry<R>(times: number, attempt: (n: number) => Promise<R>): Promise<R> {
  for (let n = 1; ; n++) {
    try {
      return await attempt(n);
    } catch (error) {
      if (n >= times) throw error;
      await delay(100 * n);
    }
  }
}

export function assertDefined<T>(value: T, name: string): asserts value is NonNullable<T> {
  if (value === undefined || value === null) throw new TypeError(`${name} is missing`);
}

export function fail(message: string, cause?: unknown): never {
  throw new Error(message, { cause });
}
