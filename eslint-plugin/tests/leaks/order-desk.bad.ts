import { open, type FileHandle } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { MongoClient, type Document } from "mongodb";
import { createConnection, type Connection } from "mysql2/promise";

/** Reads orders for whoever has the client, and keeps a record. */
class Orders {
  readonly #client: MongoClient;
  readonly #record: FileHandle;

  constructor(client: MongoClient, record: FileHandle) {
    this.#client = client;
    this.#record = record;
  }

  async open(): Promise<Document[]> {
    const orders = await this.#client.db().collection("orders").find({ open: true }).toArray();
    await this.#record.appendFile(`${orders.length} open\n`);
    return orders;
  }
}

export class OrderDesk implements AsyncDisposable {
  readonly orders: Orders;
  readonly #close: () => Promise<void>;

  private constructor(orders: Orders, close: () => Promise<void>) {
    this.orders = orders;
    this.#close = close;
  }

  static async open(path: string, uri: string): Promise<OrderDesk> {
    const record = await open(path, "a"); // ✗ no-leaky-construction: record, FileHandle, open(), connect(), line 34
    const client = await new MongoClient(uri).connect();
    const orders = new Orders(client, record);
    return new OrderDesk(orders, () => client.close());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}

/** A ledger and the index over it. */
export class Ledger implements AsyncDisposable {
  readonly #file: FileHandle;
  readonly #index: FileHandle; // ✗ require-field-disposal: #index, FileHandle, open(), [Symbol.asyncDispose]()
  readonly #stack: AsyncDisposableStack;

  private constructor(file: FileHandle, index: FileHandle, stack: AsyncDisposableStack) {
    this.#file = file;
    this.#index = index;
    this.#stack = stack;
  }

  static async open(path: string): Promise<Ledger> {
    await using stack = new AsyncDisposableStack();
    const file = stack.use(await open(path, "r+"));
    const index = await open(`${path}.index`, "r+");
    return new Ledger(file, index, stack.move());
  }

  async append(line: string): Promise<void> {
    const { bytesWritten } = await this.#file.write(line);
    await this.#index.write(`${bytesWritten}\n`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

export class Replicas implements AsyncDisposable {
  readonly #all: readonly Connection[];

  private constructor(all: readonly Connection[]) {
    this.#all = all;
  }

  static async connect(uris: readonly string[]): Promise<Replicas> {
    const all: Connection[] = []; // ✗ no-leaky-construction: all, createConnection(), later turn, line 83
    for (const uri of uris) {
      all.push(await createConnection(uri));
    }
    return new Replicas(all);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const connection of [...this.#all].reverse()) await connection[Symbol.asyncDispose]();
  }
}

function openDatabase(path: string): DatabaseSync {
  if (path === "") throw new RangeError("The database needs a path.");
  return new DatabaseSync(path);
}

/** What is looked up, and what is only kept. */
export class Shelf implements Disposable {
  readonly #present: DatabaseSync;
  readonly #past: DatabaseSync;

  constructor(present: string, past: string) {
    const stack = new DisposableStack(); // ✗ no-leak-on-throw: stack, DisposableStack, openDatabase(past), move(), using
    this.#present = stack.use(openDatabase(present));
    this.#past = stack.use(openDatabase(past));
    stack.move();
  }

  count(): unknown[] {
    return [this.#present, this.#past].map((each) => each.prepare("select count(*) from books").get());
  }

  [Symbol.dispose](): void {
    this.#past.close();
    this.#present.close();
  }
}

/** Keeps a connection awake during the work; nobody closes it. */
export async function awake(uri: string, work: () => Promise<void>): Promise<void> {
  const connection = await createConnection(uri); // ✗ require-using: connection, Connection, createConnection()
  using _pulse = setInterval(() => void connection.ping(), 10_000);
  await work();
}

/** Says when the work is done, if only somebody asked for it. */
export async function timed(work: () => Promise<void>): Promise<void> {
  const began = performance.now();
  const _ = { [Symbol.dispose]: () => console.log("%d ms", performance.now() - began) }; // ✗ require-using: Symbol.dispose, nobody
  await work();
}
