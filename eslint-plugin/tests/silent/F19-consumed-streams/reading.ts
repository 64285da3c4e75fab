// F19: for await, the stream consumers and the iterator helpers of Readable read to the end and close.
import { createReadStream } from "node:fs";
import { open, opendir, watch } from "node:fs/promises";
import { createInterface } from "node:readline";
import { createInterface as createPrompt } from "node:readline/promises";
import { Readable } from "node:stream";
import { buffer, json, text } from "node:stream/consumers";
import { on, type EventEmitter } from "node:events";
import { join } from "node:path";
import { splitLines } from "./transforms.js";

export async function parseEnv(path: string): Promise<Map<string, string>> {
  const variables = new Map<string, string>();
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const [name, ...value] = line.split("=");
    if (name && !name.startsWith("#")) variables.set(name.trim(), value.join("=").trim());
  }
  return variables;
}

export async function longestLine(path: string): Promise<number> {
  const lines = createInterface({ input: createReadStream(path) });
  let longest = 0;
  for await (const line of lines) longest = Math.max(longest, line.length);
  return longest;
}

export async function contains(path: string, needle: string): Promise<boolean> {
  const stream = createReadStream(path, { encoding: "utf8" });
  let tail = "";
  for await (const chunk of stream) {
    if ((tail + chunk).includes(needle)) return true;
    tail = (chunk as string).slice(-needle.length);
  }
  return false;
}

export async function* walk(root: string): AsyncGenerator<string> {
  for await (const entry of await opendir(root)) {
    const path = join(root, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.isFile()) yield path;
  }
}

export async function sizes(root: string): Promise<Record<string, number>> {
  const result: Record<string, number> = {};
  for await (const path of walk(root)) result[path] = (await buffer(createReadStream(path))).byteLength;
  return result;
}

export const readConfig = async (path: string) => (await json(createReadStream(path))) as Record<string, unknown>;

export async function words(path: string): Promise<string[]> {
  const lines: Readable = createReadStream(path).compose(splitLines());
  return await lines.flatMap((line: string) => line.split(/\s+/)).filter(Boolean).take(1_000).toArray();
}

export async function stdin(prompt?: string): Promise<string> {
  if (!process.stdin.isTTY) return await text(process.stdin);
  using terminal = createPrompt({ input: process.stdin, output: process.stderr });
  return await terminal.question(prompt ?? "> ");
}

export async function firstLines(path: string, count: number): Promise<string[]> {
  const lines: string[] = [];
  await using file = await open(path);
  for await (const line of file.readLines()) if (lines.push(line) >= count) break;
  return lines;
}

export async function firstChange(directory: string, bus: EventEmitter, signal: AbortSignal): Promise<string | null> {
  for await (const { filename } of watch(directory, { signal })) if (filename) return filename;
  for await (const [name] of on(bus, "change", { signal })) return name as string;
  return null;
}
