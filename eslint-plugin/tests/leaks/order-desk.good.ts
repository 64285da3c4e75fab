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
  readonly #stack: AsyncDisposableStack;

  private constructor(orders: Orders, stack: AsyncDisposableStack) {
    this.orders = orders;
    this.#stack = stack;
  }

  static async open(path: string, uri: string): Promise<OrderDesk> {
    await using stack = new AsyncDisposableStack();
    const record = stack.use(await open(path, "a"));
    const client = stack.use(await new MongoClient(uri).connect());
    const orders = new Orders(client, record);
    return new OrderDesk(orders, stack.move());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

/** A ledger and the index over it. */
export class Ledger implements AsyncDisposable {
  readonly #file: FileHandle;
  readonly #index: FileHandle;
  readonly #stack: AsyncDisposableStack;

  private constructor(file: FileHandle, index: FileHandle, stack: AsyncDisposableStack) {
    this.#file = file;
    this.#index = index;
    this.#stack = stack;
  }

  static async open(path: string): Promise<Ledger> {
    await using stack = new AsyncDisposableStack();
    const file = stack.use(await open(path, "r+"));
    const index = stack.use(await open(`${path}.index`, "r+"));
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
  readonly #stack: AsyncDisposableStack;

  private constructor(all: readonly Connection[], stack: AsyncDisposableStack) {
    this.#all = all;
    this.#stack = stack;
  }

  static async connect(uris: readonly string[]): Promise<Replicas> {
    await using stack = new AsyncDisposableStack();
    const all: Connection[] = [];
    for (const uri of uris) {
      all.push(stack.use(await createConnection(uri)));
    }
    return new Replicas(all, stack.move());
  }

  async ping(): Promise<void> {
    for (const connection of this.#all) await connection.ping();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
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
    using stack = new DisposableStack();
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

/** Keeps a connection awake during the work. */
export async function awake(uri: string, work: () => Promise<void>): Promise<void> {
  await using connection = await createConnection(uri);
  using _pulse = setInterval(() => void connection.ping(), 10_000);
  await work();
}

/** Says how long the work took. */
export async function timed(work: () => Promise<void>): Promise<void> {
  const began = performance.now();
  using _ = { [Symbol.dispose]: () => console.log("%d ms", performance.now() - began) };
  await work();
}
