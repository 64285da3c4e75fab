// F07: a registry stores what it acquires in its collections and disposes all of it at the end.
import { createConnection, type Connection, type ConnectionOptions } from "mysql2/promise";

export class ConnectionRegistry implements AsyncDisposable {
  static #shared?: ConnectionRegistry;
  readonly #byName = new Map<string, Connection>();
  readonly #pending = new Map<string, Promise<Connection>>();
  readonly #spare: Connection[] = [];
  #primary: Connection | undefined;

  static get shared(): ConnectionRegistry {
    return (ConnectionRegistry.#shared ??= new ConnectionRegistry());
  }

  get size(): number {
    return this.#byName.size + this.#spare.length;
  }

  async named(name: string, config: ConnectionOptions): Promise<Connection> {
    const known = this.#byName.get(name);
    if (known) return known;
    const conn = await createConnection(config);
    const winner = this.#byName.get(name);
    if (winner) {
      conn.destroy();
      return winner;
    }
    this.#byName.set(name, conn);
    return conn;
  }

  async reserve(config: ConnectionOptions, count: number): Promise<void> {
    while (this.#spare.length < count) this.#spare.push(await createConnection(config));
    this.#primary ??= this.#spare[0];
  }

  later(name: string, config: ConnectionOptions): void {
    if (this.#pending.has(name)) return;
    const opening = createConnection(config);
    this.#pending.set(name, opening);
    opening.catch(() => this.#pending.delete(name));
  }

  async fail(name: string, config: ConnectionOptions): Promise<void> {
    const broken = this.#byName.get(name);
    this.#byName.set(name, this.#spare.pop() ?? (await createConnection(config)));
    broken?.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const opened = await Promise.allSettled(this.#pending.values());
    const late = opened.filter((r) => r.status === "fulfilled").map((r) => r.value);
    await Promise.allSettled([...this.#byName.values(), ...this.#spare, ...late].map((conn) => conn.end()));
    this.#byName.clear();
    this.#pending.clear();
    this.#spare.length = 0;
    this.#primary = undefined;
  }
}

export const registry = new ConnectionRegistry();

export interface Slots<T extends AsyncDisposable> {
  current?: T;
  readonly standby: T[];
  byKey: Record<string, T>;
}

export function slots<T extends AsyncDisposable>(): Slots<T> {
  return { standby: [], byKey: Object.create(null) };
}
