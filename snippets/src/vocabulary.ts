// What the snippets are written with: the names that a person replaces by their own. Tests run the snippets on it.

/** What has happened, and what shall fail when it happens. */
export const events: string[] = [];
export const failures = new Set<string>();

async function happen(event: string): Promise<void> {
  await Promise.resolve();
  happenNow(event);
}

function happenNow(event: string): void {
  events.push(event);
  if (failures.has(event)) throw new Error(event);
}

/** What a person writes at the final tab stop. */
export function body(): void {
  happenNow("body");
}

export const host = "a";
export const hosts: readonly string[] = ["a", "b", "c"];

/** @owned */
export async function connect(to: string, signal?: AbortSignal): Promise<Conn> {
  await happen(`open ${to}`);
  signal?.throwIfAborted();
  return new Conn(to);
}

export class Conn implements AsyncDisposable {
  readonly host: string;
  #closed: Promise<void> | undefined;

  constructor(to: string) {
    this.host = to;
  }

  async send(text: string): Promise<string> {
    await happen(`send ${text}`);
    return text;
  }

  query(text: string): Promise<string> {
    return this.send(text);
  }

  execute(text: string): Promise<string> {
    return this.send(text);
  }

  /** @owned */
  async request(path: string): Promise<Reply> {
    await happen(`request ${path}`);
    return new Reply(path);
  }

  /** @owned */
  fetch(path: string): Promise<Reply> {
    return this.request(path);
  }

  /** @owned */
  get(path: string): Promise<Reply> {
    return this.request(path);
  }

  close(): Promise<void> {
    return (this.#closed ??= happen(`close ${this.host}`));
  }

  disconnect(): Promise<void> {
    return this.close();
  }

  end(): Promise<void> {
    return this.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

export class Reply implements AsyncDisposable {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async text(): Promise<string> {
    await happen(`read ${this.#path}`);
    return this.#path;
  }

  json(): Promise<string> {
    return this.text();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await happen(`finish ${this.#path}`);
  }
}

/** @owned */
export function lock(name: string): Lock {
  happenNow(`lock ${name}`);
  return new Lock(name);
}

export class Lock implements Disposable {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  release(): void {
    happenNow(`unlock ${this.#name}`);
  }

  unlock(): void {
    this.release();
  }

  [Symbol.dispose](): void {
    this.release();
  }
}
