// F08: the returned function, method or object captures the resource and disposes it when called.
import { createConnection } from "mysql2/promise";
import { createServer, type Socket } from "node:net";
import { open } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { createInterface } from "node:readline";
import type { NatsConnection } from "@nats-io/transport-node";
import type { Collection } from "mongodb";
import { openBus } from "./factories.js";

export function onSubject(nc: NatsConnection, subject: string, handle: (data: string) => void): () => void {
  const sub = nc.subscribe(subject, {
    callback: (error, msg) => {
      if (!error) handle(msg.string());
    },
  });
  return () => sub.unsubscribe();
}

export async function query(uri: string) {
  const conn = await createConnection(uri);
  const run = async <T>(sql: string, ...values: unknown[]) => (await conn.query(sql, values))[0] as T[];
  return Object.assign(run, { end: () => conn.end() });
}

export function counter(path: string): [bump: (key: string) => void, close: () => void] {
  const db = new DatabaseSync(path);
  const bump = (key: string) => void db.prepare("update counter set n = n + 1 where key = ?").run(key);
  return [bump, () => db.close()];
}

export async function appender(path: string): Promise<{ line(text: string): Promise<void>; close(): Promise<void> }> {
  const file = await open(path, "a");
  let closed = false;
  return { line, close };

  async function line(text: string): Promise<void> {
    if (closed) throw new Error("appender is closed");
    await file.write(`${text}\n`);
  }

  async function close(): Promise<void> {
    closed = true;
    await file.close();
  }
}

export function watchInserts<T extends object>(items: Collection<T>, onInsert: (doc: T) => void) {
  const stream = items.watch([{ $match: { operationType: "insert" } }]);
  stream.on("change", (change) => {
    if (change.operationType === "insert") onInsert(change.fullDocument);
  });
  return async () => {
    stream.removeAllListeners();
    await stream.close();
  };
}

export function lines(socket: Socket, onLine: (line: string) => void): Disposable {
  const reader = createInterface({ input: socket });
  reader.on("line", onLine);
  return {
    [Symbol.dispose]() {
      reader.off("line", onLine);
      reader.close();
    },
  };
}

export function echo(port: number): () => void {
  const server = createServer((socket) => void socket.pipe(socket));
  server.listen(port);
  return server.close.bind(server);
}

export async function requester(servers: string[]): Promise<AsyncDisposable & { ask(subject: string): Promise<string> }> {
  const nc = await openBus(servers);
  const ask = async (subject: string) => (await nc.request(subject)).string();
  return { ask, [Symbol.asyncDispose]: () => nc.drain() };
}
