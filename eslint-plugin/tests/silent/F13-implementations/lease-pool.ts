// F13: a pool creates, keeps and lends; a lease's disposer gives the connection back or retires it.
import { createConnection, type Connection, type ConnectionOptions } from "mysql2/promise";
import { withDisposer } from "./manager.js";

export interface Lease extends AsyncDisposable {
  readonly connection: Connection;
  retire(): void;
}

export class ConnectionPool implements AsyncDisposable {
  readonly #options: ConnectionOptions;
  readonly #idle: Connection[] = [];
  readonly #busy = new Set<Connection>();
  readonly #waiting: Array<(connection: Connection) => void> = [];
  #closed = false;

  constructor(options: ConnectionOptions, readonly size = 10) {
    this.#options = options;
  }

  async acquire(): Promise<Lease> {
    if (this.#closed) throw new Error("pool is closed");
    return this.#lend(this.#idle.pop() ?? (await this.#create()));
  }

  async #create(): Promise<Connection> {
    if (this.#busy.size < this.size) return await createConnection(this.#options);
    return await new Promise<Connection>((resolve) => this.#waiting.push(resolve));
  }

  #lend(connection: Connection): Lease {
    this.#busy.add(connection);
    let healthy = true;
    return {
      connection,
      retire: () => {
        healthy = false;
      },
      [Symbol.asyncDispose]: async () => {
        if (!this.#busy.delete(connection)) return;
        if (!healthy || this.#closed) return await connection.end();
        const next = this.#waiting.shift();
        if (next) next(connection);
        else this.#idle.push(connection);
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await using stack = new AsyncDisposableStack();
    for (const connection of this.#idle.splice(0)) stack.use(connection);
    for (const connection of this.#busy) stack.defer(() => connection.destroy());
    this.#busy.clear();
  }
}

export async function exclusive(pool: ConnectionPool, name: string): Promise<{ name: string } & AsyncDisposable> {
  const lease = await pool.acquire();
  try {
    const [rows] = await lease.connection.query("select get_lock(?, 10) as taken", [name]);
    if (!(rows as Array<{ taken: 0 | 1 }>)[0]?.taken) throw new Error(`${name} is locked`);
    return withDisposer({ name }, async () => {
      await using _ = lease;
      await lease.connection.query("do release_lock(?)", [name]);
    });
  } catch (error) {
    await lease[Symbol.asyncDispose]();
    throw error;
  }
}
