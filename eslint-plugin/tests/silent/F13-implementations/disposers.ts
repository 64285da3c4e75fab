// F13: disposers close, swap, memoise and hand on; nothing acquired or released inside them is a leak.
import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { MongoClient } from "mongodb";
import { connect, type NatsConnection, type Subscription } from "@nats-io/transport-node";
import type { AbstractLevel } from "abstract-level";

export abstract class Component implements AsyncDisposable {
  #closing: Promise<void> | undefined;

  protected abstract close(): Promise<void>;

  [Symbol.asyncDispose](): Promise<void> {
    return (this.#closing ??= this.close());
  }
}

export class Journal extends Component {
  #stream: WriteStream | null = null;
  readonly #path: string;

  constructor(path: string) {
    super();
    this.#path = path;
  }

  write(line: string): boolean {
    this.#stream ??= createWriteStream(this.#path, { flags: "a" });
    return this.#stream.write(`${line}\n`);
  }

  async rotate(): Promise<void> {
    const previous = this.#stream;
    this.#stream = null;
    if (!previous) return;
    previous.end();
    await finished(previous);
  }

  protected async close(): Promise<void> {
    await this.rotate();
  }
}

export class Consumer extends Component {
  readonly #subscriptions = new Map<string, Subscription>();
  #bus?: NatsConnection;

  async subscribe(subject: string, handle: (text: string) => void): Promise<void> {
    this.#bus ??= await connect({ name: "consumer" });
    this.#subscriptions.get(subject)?.unsubscribe();
    this.#subscriptions.set(
      subject,
      this.#bus.subscribe(subject, { callback: (error, message) => void (error ?? handle(message.string())) }),
    );
  }

  protected async close(): Promise<void> {
    const [bus, subscriptions] = [this.#bus, [...this.#subscriptions.values()]];
    this.#bus = undefined;
    this.#subscriptions.clear();
    try {
      for (const subscription of subscriptions) await subscription.drain();
    } finally {
      await bus?.close();
    }
  }
}

export class SnapshotStore extends Component {
  readonly #client: MongoClient;
  readonly #cache: AbstractLevel<string, string, string>;

  constructor(uri: string, cache: AbstractLevel<string, string, string>) {
    super();
    this.#client = new MongoClient(uri);
    this.#cache = cache;
  }

  protected override async close(): Promise<void> {
    await using client = this.#client;
    await using session = client.startSession();
    await using snapshot = this.#cache.snapshot();
    const entries = await this.#cache.iterator({ snapshot, limit: 1_000 }).all();
    if (entries.length === 0) return;
    await client.db().collection("snapshot").insertOne({ at: new Date(), entries }, { session });
  }
}
