// F11: factories whose parts go into the object, have an end of their own, or are in other hands.
import { open, type FileHandle } from "node:fs/promises";
import { EventEmitter } from "node:events";
import { MongoClient, type Document } from "mongodb";
import { createConnection, type Connection } from "mysql2/promise";

class Orders {
  readonly #client: MongoClient;

  constructor(client: MongoClient) {
    this.#client = client;
  }

  async open(): Promise<Document[]> {
    return await this.#client.db().collection("orders").find({ open: true }).toArray();
  }
}

/** The client is the last thing that may fail. */
export class OrderDesk implements AsyncDisposable {
  readonly #client: MongoClient;
  readonly orders: Orders;

  private constructor(client: MongoClient, orders: Orders) {
    this.#client = client;
    this.orders = orders;
  }

  static async open(path: string): Promise<OrderDesk> {
    await using settings = await open(path);
    const { uri } = JSON.parse(await settings.readFile("utf8")) as { uri: string };
    const client = new MongoClient(uri);
    const orders = new Orders(client);
    return new OrderDesk(client, orders);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close();
  }
}

/** A writer that closes its file itself. */
class Writer implements AsyncDisposable {
  readonly #file: FileHandle;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async line(text: string): Promise<void> {
    await this.#file.write(`${text}\n`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }
}

export class Audit implements AsyncDisposable {
  readonly #writer: Writer;

  private constructor(writer: Writer) {
    this.#writer = writer;
  }

  static async open(path: string): Promise<Audit> {
    const file = await open(path, "a");
    const writer = new Writer(file);
    try {
      await writer.line("opened");
    } catch (error) {
      await writer[Symbol.asyncDispose]();
      throw error;
    }
    return new Audit(writer);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer[Symbol.asyncDispose]();
  }
}

/** Connections that end with the group that was told of them. */
export class Replicas extends EventEmitter implements AsyncDisposable {
  readonly #all: readonly Connection[];

  private constructor(all: readonly Connection[]) {
    super();
    this.#all = all;
  }

  static async connect(uris: readonly string[]): Promise<Replicas> {
    const all: Connection[] = [];
    try {
      for (const uri of uris) all.push(await createConnection(uri));
    } catch (error) {
      await Promise.allSettled(all.map((connection) => connection.end()));
      throw error;
    }
    return new Replicas(all);
  }

  /** Whoever is down is left out. */
  static async reachable(uris: readonly string[]): Promise<Replicas> {
    const all: Connection[] = [];
    for (const uri of uris) {
      try {
        all.push(await createConnection(uri));
      } catch {
        console.warn("%s is down", uri);
      }
    }
    return new Replicas(all);
  }

  async ping(): Promise<void> {
    for (const connection of this.#all) await connection.ping();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#all.map((connection) => connection.end()));
  }
}

/** Shared by whoever asks: its factory is given the connection, or opens one that it keeps for all. */
export class Schema {
  static #connection: Promise<Connection> | undefined;
  readonly #shared: Connection;

  private constructor(shared: Connection) {
    this.#shared = shared;
  }

  static of(connection: Connection): Schema {
    return new Schema(connection);
  }

  static async shared(uri: string): Promise<Schema> {
    this.#connection ??= createConnection(uri);
    return new Schema(await this.#connection);
  }

  async tables(): Promise<unknown> {
    const [rows] = await this.#shared.query("show tables");
    return rows;
  }
}
