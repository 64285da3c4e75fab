// F05: streams, sockets and connections read from requests, children, workers, stores and process are borrowed.
import { AsyncLocalStorage } from "node:async_hooks";
import type { ChildProcess } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Worker } from "node:worker_threads";
import type { Request } from "express";
import type { FastifyInstance } from "fastify";
import type { Kysely } from "kysely";
import type { PoolConnection } from "mysql2/promise";

interface Scope {
  readonly conn: PoolConnection;
  readonly db?: Kysely<{ session: { id: string } }>;
}

const storage = new AsyncLocalStorage<Scope>();
const byRequest = new WeakMap<IncomingMessage, PoolConnection>();

export const runWith = <T>(scope: Scope, fn: () => Promise<T>) => storage.run(scope, fn);

export function currentConnection(): PoolConnection {
  const scope = storage.getStore();
  if (!scope) throw new Error("no request in progress");
  return scope.conn;
}

export const useDb = () => storage.getStore()?.db;

export function connectionOf(req: IncomingMessage): PoolConnection | undefined {
  const known = byRequest.get(req);
  if (known) return known;
  const conn = storage.getStore()?.conn;
  if (conn) byRequest.set(req, conn);
  return conn;
}

export async function touchSession(req: Request, id: string): Promise<void> {
  const conn = connectionOf(req) ?? currentConnection();
  await conn.execute("update session set seen = now() where id = ?", [id]);
  const db = useDb();
  await db?.deleteFrom("session").where("id", "=", id).execute();
  const shared: Kysely<{ session: { id: string } }> | undefined = req.app.locals.db;
  const scoped = shared?.withSchema("web");
  await scoped?.selectFrom("session").selectAll().execute();
}

export function remote({ socket }: IncomingMessage, res: ServerResponse): string {
  const same = res.socket === socket ? socket : (res.socket ?? socket);
  const { remoteAddress = "?", remotePort } = same;
  return `${remoteAddress}:${remotePort}`;
}

export function follow(child: ChildProcess, prefix: string): void {
  const { stdout, stderr } = process;
  const out = child.stdout;
  const [, , err = child.stderr] = child.stdio;
  out?.setEncoding("utf8").on("data", (text: string) => stdout.write(prefix + text));
  err?.on("data", (text: Buffer) => stderr.write(text));
  const stdin = child.stdin!;
  stdin.write("ready\n");
}

export async function transcript(worker: Worker): Promise<string> {
  let text = "";
  for await (const part of worker.stdout) text += String(part);
  return text;
}

export function listening(app: FastifyInstance): boolean {
  const { server } = app;
  const parent = app.getDecorator<FastifyInstance | undefined>("parent");
  const root = parent ?? app;
  return server.listening || root.server.listening;
}
