// F13: sync and async disposers in class hierarchies, on accessors, on functions and in object literals.
import { rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { AsyncLocalStorage } from "node:async_hooks";
import { createServer, type Server } from "node:http";
import { disposable } from "./manager.js";

export class LockFile implements Disposable {
  #held = true;

  constructor(readonly path: string) {
    writeFileSync(path, String(process.pid), { flag: "wx" });
  }

  get held(): boolean {
    return this.#held;
  }

  [Symbol.dispose](): void {
    if (!this.#held) return;
    this.#held = false;
    rmSync(this.path, { force: true });
  }
}

export class LockedDatabase extends LockFile {
  readonly #db: DatabaseSync;

  constructor(path: string) {
    super(`${path}.lock`);
    try {
      this.#db = new DatabaseSync(path);
    } catch (error) {
      super[Symbol.dispose]();
      throw error;
    }
  }

  get db(): DatabaseSync {
    if (!this.held) throw new Error("database is closed");
    return this.#db;
  }

  override [Symbol.dispose](): void {
    try {
      if (this.#db.isOpen) this.#db.close();
    } finally {
      super[Symbol.dispose]();
    }
  }
}

export class Gateway implements AsyncDisposable {
  readonly #server: Server = createServer((_, response) => response.writeHead(204).end());
  readonly #scope = new AsyncLocalStorage<string>();

  enter(requestId: string): Disposable {
    const previous = this.#scope.getStore();
    this.#scope.enterWith(requestId);
    return { [Symbol.dispose]: () => this.#scope.enterWith(previous ?? "") };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#server.listening) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#server.close((error) => (error ? reject(error) : resolve()));
    using _timer = setTimeout(() => this.#server.closeAllConnections(), 2_000);
    await promise;
  }
}

export function muted(console_: Pick<Console, "log"> = console): Disposable {
  const { log } = console_;
  console_.log = () => {};
  return disposable(() => {
    console_.log = log;
  });
}

export const cork = (stream: NodeJS.WriteStream) => {
  stream.cork();
  return { stream, [Symbol.dispose]: () => stream.uncork() } satisfies Disposable & { stream: unknown };
};
