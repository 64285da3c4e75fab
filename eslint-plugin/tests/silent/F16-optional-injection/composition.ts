// F16: options objects that are completed with defaults, and classes that hand their defaults to each other.
import { Kysely, MysqlDialect, type Generated, type Transaction } from "kysely";
import { createPool } from "mysql2";
import fastify, { type FastifyInstance } from "fastify";
import { MongoClient } from "mongodb";
import { DocumentStore, Ledger } from "./stores.js";

interface Tables {
  task: { id: Generated<number>; title: string; done: 0 | 1 };
}
type Db = Kysely<Tables>;

export const createDb = (uri = process.env.MYSQL_URI): Db =>
  new Kysely<Tables>({ dialect: new MysqlDialect({ pool: createPool({ uri }) }) });

export class TaskRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async finish(id: number, trx?: Transaction<Tables>): Promise<boolean> {
    const db = trx ?? this.#db;
    const { numUpdatedRows } = await db.updateTable("task").set({ done: 1 }).where("id", "=", id).executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }
}

export interface AppOptions {
  db?: Db;
  store?: DocumentStore | null;
  app?: FastifyInstance;
}

export function buildApp({ db: injected, store, app = fastify() }: AppOptions = {}): FastifyInstance {
  const db = injected ?? createDb();
  if (!injected) app.addHook("onClose", () => db.destroy());
  const tasks = new TaskRepository(db);
  const documents = store === null ? undefined : (store ?? new DocumentStore());
  if (documents && documents !== store) app.addHook("onClose", documents);
  app.post<{ Params: { id: number } }>("/tasks/:id/done", async ({ params }) => {
    const done = await db.transaction().execute((trx) => tasks.finish(params.id, trx));
    await documents?.collection("log").insertOne({ task: params.id, done });
    return { done };
  });
  return app;
}

export async function withLedger<R>(work: (ledger: Ledger) => Promise<R>, ledger?: Ledger): Promise<R> {
  if (ledger !== undefined) return work(ledger);
  await using created = new Ledger({ uri: process.env.MYSQL_URI });
  return await work(created);
}

export async function exportTasks(options: { db?: Db; mongo?: MongoClient } = {}): Promise<number> {
  const { db = createDb() } = options;
  try {
    const tasks = await db.selectFrom("task").selectAll().execute();
    const { mongo = new MongoClient("mongodb://localhost") } = options;
    try {
      const { insertedCount } = await mongo.db().collection("task").insertMany(tasks);
      return insertedCount;
    } finally {
      if (!options.mongo) await mongo.close();
    }
  } finally {
    if (!options.db) await db.destroy();
  }
}
