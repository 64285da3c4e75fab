// F01: the async iterators of Node are closed by the for-await loop that reads them, on break and throw too.
import { on, type EventEmitter } from "node:events";
import { glob, open, watch } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { setInterval } from "node:timers/promises";
import { records } from "./sequences.js";

export async function waitForFile(dir: string, name: string, signal: AbortSignal): Promise<boolean> {
  for await (const { filename } of watch(dir, { signal })) {
    if (filename === name) return true;
  }
  return false;
}

export async function pollUntil(ready: () => Promise<boolean>, signal?: AbortSignal): Promise<number> {
  let attempts = 0;
  const ticks = setInterval(250, undefined, { signal });
  for await (const _ of ticks) {
    attempts++;
    if (await ready()) break;
  }
  return attempts;
}

export async function* envelopes<T>(bus: EventEmitter, topic: string, signal: AbortSignal) {
  const events = on(bus, topic, { signal, close: ["end"] });
  for await (const [payload] of events) yield payload as T;
}

export async function sources(patterns: string[], skip?: RegExp): Promise<string[]> {
  const found: string[] = [];
  for await (const path of glob(patterns, { exclude: ["node_modules/**"] })) {
    if (skip?.test(path)) continue;
    found.push(path);
  }
  return found.length > 0 ? found : await Array.fromAsync(glob("**/*.ts"));
}

export async function head(path: string, limit: number): Promise<string[]> {
  await using file = await open(path);
  const lines: string[] = [];
  for await (const line of records(file)) {
    if (lines.push(line) >= limit) break;
  }
  return lines;
}

export async function confirm(input: NodeJS.ReadableStream, answers: Iterable<string>): Promise<boolean> {
  using prompt = createInterface({ input });
  const expected = answers[Symbol.iterator]();
  for await (const line of prompt) {
    const { value, done } = expected.next();
    if (done || value !== line.trim()) return false;
  }
  return expected.next().done === true;
}
