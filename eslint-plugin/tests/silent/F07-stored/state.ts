// F07: the place of storage is a parameter's property, an outer variable, a WeakMap, or a request object.
import { spawn, type ChildProcess } from "node:child_process";
import { open, type FileHandle } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import type { Request, RequestHandler } from "express";
import type { ClientSession, MongoClient } from "mongodb";

interface TestContext {
  server?: Server;
  child?: ChildProcess;
  handles: Map<string, FileHandle>;
  db: DatabaseSync | undefined;
}

export async function setUp(ctx: TestContext, script: string): Promise<void> {
  ctx.db = new DatabaseSync(":memory:");
  ctx.server = createServer();
  ctx.child = spawn(process.execPath, [script], { stdio: "pipe" });
  ctx.handles.set(script, await open(script));
  ctx.db.exec("create table t (id integer primary key)");
}

export async function tearDown({ server, child, handles, db }: TestContext): Promise<void> {
  server?.close();
  child?.kill("SIGKILL");
  db?.close();
  await Promise.allSettled(handles.values().map((h) => h.close()));
  handles.clear();
}

const sessions = new WeakMap<Request, ClientSession>();

export const withSession =
  (client: MongoClient): RequestHandler =>
  (req, res, next) => {
    const session = client.startSession();
    sessions.set(req, session);
    res.locals.session = session;
    res.once("close", () => {
      session.endSession().catch(console.error);
    });
    next();
  };

export const sessionOf = (req: Request) => sessions.get(req);

const workers: Partial<Record<string, Worker>> = {};
let last: Worker | undefined;

export function workerFor(kind: string, script: URL): Worker {
  const worker = workers[kind] ?? (workers[kind] = new Worker(script, { name: kind }));
  last = worker;
  return worker;
}

export async function retire(kind: string): Promise<void> {
  const worker = workers[kind];
  delete workers[kind];
  if (last === worker) last = undefined;
  await worker?.terminate();
}

export class Journal implements Disposable {
  readonly db: DatabaseSync;
  #memory?: DatabaseSync;

  constructor(path: string) {
    this.db = new DatabaseSync(path);
  }

  get memory(): DatabaseSync {
    if (!this.#memory) this.#memory = new DatabaseSync(":memory:");
    return this.#memory;
  }

  [Symbol.dispose](): void {
    try {
      this.#memory?.close();
    } finally {
      this.#memory = undefined;
      if (this.db.isOpen) this.db.close();
    }
  }
}
