// F03: methods that return this hand back the receiver; no call of a chain acquires anything new.
import { EventEmitter } from "node:events";

export interface ChannelEvents {
  message: [body: Buffer];
  idle: [];
}

export class Channel extends EventEmitter<ChannelEvents> implements AsyncDisposable {
  #open = false;
  #retries = 0;
  readonly #headers = new Map<string, string>();

  constructor(readonly url: URL) {
    super();
  }

  header(name: string, value: string | null | undefined): this {
    if (value == null) this.#headers.delete(name);
    else this.#headers.set(name, value);
    return this;
  }

  retries(n: number): this {
    this.#retries = n;
    return this;
  }

  withAuth(token?: string) {
    return token ? this.header("authorization", `Bearer ${token}`) : this;
  }

  async connect(): Promise<this> {
    for (let n = 0; !this.#open && n <= this.#retries; n++) {
      this.#open = (await fetch(this.url, { method: "HEAD" })).ok;
    }
    return this;
  }

  send(body: string | Buffer): this {
    if (!this.#open) throw new Error("channel is closed");
    this.emit("message", Buffer.from(body));
    return this;
  }

  async flush() {
    await new Promise((resolve) => setImmediate(resolve));
    this.emit("idle");
    return this;
  }

  async close(): Promise<void> {
    this.#open = false;
    this.removeAllListeners();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

export class AuditedChannel extends Channel {
  readonly log: string[] = [];

  override send(body: string | Buffer): this {
    this.log.push(`${this.url.host} ${body.length}`);
    return super.send(body);
  }

  named(name: string): AuditedChannel {
    this.log.push(`named ${name}`);
    return this;
  }
}
