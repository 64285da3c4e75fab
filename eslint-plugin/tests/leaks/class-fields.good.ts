import { open, type FileHandle } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { MongoClient, type Document } from "mongodb";
import { connect, type NatsConnection } from "@nats-io/transport-node";

/** Reads orders; made anew for each job. */
export class OrderReader implements AsyncDisposable {
  private readonly client: MongoClient;

  constructor(uri: string) {
    this.client = new MongoClient(uri);
  }

  async open(): Promise<Document[]> {
    return await this.client.db().collection("orders").find({ open: true }).toArray();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client[Symbol.asyncDispose]();
  }
}

/** Publishes what happens, and keeps a copy on disk. */
export class Publisher implements AsyncDisposable {
  readonly #copies = new DatabaseSync("copies.db");
  #connection: NatsConnection | null = null;

  async publish(subject: string, text: string): Promise<void> {
    this.#connection ??= await connect({ name: "publisher" });
    this.#connection.publish(subject, text);
    this.#copies.prepare("insert into copies values (?, ?)").run(subject, text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection?.[Symbol.asyncDispose]();
    this.#copies.close();
  }
}

/** A publisher that also writes a protocol. */
export class RecordingPublisher extends Publisher {
  readonly #path: string;
  #protocol?: FileHandle;

  constructor(path: string) {
    super();
    this.#path = path;
  }

  override async publish(subject: string, text: string): Promise<void> {
    this.#protocol ??= await open(this.#path, "a");
    await this.#protocol.appendFile(`${subject} ${text}\n`);
    await super.publish(subject, text);
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.#protocol?.close();
    } finally {
      await super[Symbol.asyncDispose]();
    }
  }
}

/** A file and the index over it. */
export class Segment implements AsyncDisposable {
  readonly #file: FileHandle;
  readonly #index: FileHandle;
  readonly #stack: AsyncDisposableStack;

  private constructor(file: FileHandle, index: FileHandle, stack: AsyncDisposableStack) {
    this.#file = file;
    this.#index = index;
    this.#stack = stack;
  }

  async append(line: string): Promise<void> {
    const { bytesWritten } = await this.#file.write(line);
    await this.#index.write(`${bytesWritten}\n`);
  }

  static async open(path: string): Promise<Segment> {
    await using stack = new AsyncDisposableStack();
    const file = stack.use(await open(path, "r+"));
    const index = stack.use(await open(`${path}.index`, "r+"));
    return new Segment(file, index, stack.move());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

/** A client of the audit service, for whoever remembers to close it. */
export class AuditClient implements AsyncDisposable {
  readonly #client: MongoClient;

  constructor(uri: string) {
    this.#client = new MongoClient(uri);
  }

  async record(entry: Document): Promise<void> {
    await this.#client.db("audit").collection("entries").insertOne(entry);
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
