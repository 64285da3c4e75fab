import { open, type FileHandle } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { MongoClient, type Document } from "mongodb";
import { connect, type NatsConnection } from "@nats-io/transport-node";

/** Reads orders; made anew for each job. */
export class OrderReader { // ✗ require-disposable-owner: OrderReader, client, MongoClient, new MongoClient(), asyncDispose, await using
  private readonly client: MongoClient;

  constructor(uri: string) {
    this.client = new MongoClient(uri);
  }

  async open(): Promise<Document[]> {
    return await this.client.db().collection("orders").find({ open: true }).toArray();
  }
}

/** Publishes what happens, and keeps a copy on disk. */
export class Publisher implements AsyncDisposable {
  readonly #copies = new DatabaseSync("copies.db");
  #connection: NatsConnection | null = null; // ✗ require-field-disposal: #connection, NatsConnection, connect(), asyncDispose

  async publish(subject: string, text: string): Promise<void> {
    this.#connection ??= await connect({ name: "publisher" });
    this.#connection.publish(subject, text);
    this.#copies.prepare("insert into copies values (?, ?)").run(subject, text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
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

  override async [Symbol.asyncDispose](): Promise<void> { // ✗ require-super-dispose: Publisher, await super[Symbol.asyncDispose]()
    await this.#protocol?.close();
  }
}

/** A file and the index over it. */
export class Segment implements AsyncDisposable {
  readonly #file: FileHandle;
  readonly #index: FileHandle;

  private constructor(file: FileHandle, index: FileHandle) {
    this.#file = file;
    this.#index = index;
  }

  static async open(path: string): Promise<Segment> {
    const file = await open(path, "r+"); // ✗ no-leaky-construction: file, FileHandle, open(), line 68, await using
    const index = await open(`${path}.index`, "r+");
    return new Segment(file, index);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#index.close();
    await this.#file.close();
  }
}

/** A client of the audit service, for whoever remembers to close it. */
export class AuditClient {
  readonly #client: MongoClient;

  constructor(uri: string) {
    this.#client = new MongoClient(uri);
  }

  async record(entry: Document): Promise<void> {
    await this.#client.db("audit").collection("entries").insertOne(entry);
  }

  async close(): Promise<void> { // ✗ prefer-disposable-class: AuditClient, close(), asyncDispose, await using
    await this.#client.close();
  }
}
