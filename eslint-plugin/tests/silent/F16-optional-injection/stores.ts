// F16: a class disposes the client it made itself and leaves an injected one to whoever made it.
import { MongoClient, type ClientSession, type Collection, type Document } from "mongodb";
import { createPool, type Pool, type PoolConnection, type PoolOptions } from "mysql2/promise";

export interface StoreOptions {
  client?: MongoClient;
  uri?: string;
  database?: string;
}

export class DocumentStore implements AsyncDisposable {
  readonly #client: MongoClient;
  readonly #ownsClient: boolean;
  readonly #database: string | undefined;

  constructor({ client, uri = "mongodb://localhost", database }: StoreOptions = {}) {
    this.#ownsClient = client === undefined;
    this.#client = client ?? new MongoClient(uri);
    this.#database = database;
  }

  collection<T extends Document>(name: string): Collection<T> {
    return this.#client.db(this.#database).collection<T>(name);
  }

  async inTransaction<R>(work: (session: ClientSession) => Promise<R>, outer?: ClientSession): Promise<R> {
    if (outer) return await work(outer);
    await using session = this.#client.startSession();
    return await session.withTransaction(work);
  }

  async close(): Promise<void> {
    if (this.#ownsClient) await this.#client.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

export class Ledger implements AsyncDisposable {
  readonly #pool: Pool;
  readonly #owned: Pool | undefined;

  constructor(source: Pool | PoolOptions) {
    if ("getConnection" in source) {
      this.#pool = source;
    } else {
      this.#pool = this.#owned = createPool({ namedPlaceholders: true, ...source });
    }
  }

  async transfer(from: string, to: string, amount: number, connection?: PoolConnection): Promise<void> {
    await using own = connection ? null : await this.#pool.getConnection();
    const active = connection ?? own!;
    await own?.beginTransaction();
    try {
      await active.execute("update account set balance = balance - :amount where id = :from", { amount, from });
      await active.execute("update account set balance = balance + :amount where id = :to", { amount, to });
      await own?.commit();
    } catch (error) {
      await own?.rollback();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#owned?.end();
  }
}

let defaultStore: DocumentStore | undefined;

export function getStore(options?: StoreOptions): DocumentStore {
  return options?.client ? new DocumentStore(options) : (defaultStore ??= new DocumentStore(options));
}
