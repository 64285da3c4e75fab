// F18: known resources that pass through any, unknown, casts and JSON, and others that come back from there.
import { open, type FileHandle } from "node:fs/promises";
import { createConnection } from "mysql2/promise";
import { createBackend, lazy, load } from "./registry.js";
// @ts-expect-error not installed
import { instrument, type Span } from "@internal/telemetry";

type Loose = Record<string, any>;

export function isAsyncDisposable(value: unknown): value is AsyncDisposable {
  return typeof (value as Loose | null)?.[Symbol.asyncDispose as unknown as string] === "function";
}

export async function dump(path: string, value: unknown): Promise<void> {
  const file = instrument(await open(path, "w"));
  try {
    await file.writeFile(JSON.stringify(value));
  } finally {
    await file.close();
  }
}

export const openTraced: (path: string) => Promise<FileHandle> = instrument("open", (path: string) => open(path));

export async function firstLine(path: string): Promise<string> {
  await using file = await openTraced(path);
  for await (const line of file.readLines()) return line;
  return "";
}

export async function query(sql: string, context: Loose = {}): Promise<unknown> {
  const connection = (context.connection ??= await createConnection(context.options));
  const span: Span = context.startSpan?.("query");
  try {
    const [rows] = await connection.query(sql);
    return rows;
  } catch (error: any) {
    error.sql = sql;
    throw error;
  } finally {
    span?.end();
  }
}

export async function disposeAll(values: Iterable<unknown>): Promise<number> {
  await using stack = new AsyncDisposableStack();
  let count = 0;
  for (const value of values) {
    if (!isAsyncDisposable(value)) continue;
    stack.use(value);
    count++;
  }
  return count;
}

export async function plugins(...names: string[]): Promise<string[]> {
  const created = await Promise.all(names.map((name) => lazy[name] as Promise<any>));
  const [main = await createBackend("memory"), ...others] = created;
  others.forEach((other) => other.attach(main));
  return [...new Set(created.map((backend) => backend?.kind ?? "unknown")), (await load("memory")).name];
}
