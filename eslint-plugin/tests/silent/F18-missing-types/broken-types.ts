// @ts-nocheck
// F18: a file in the middle of an edit: missing types, wrong arguments, circular and unknown declarations.
import { open } from "node:fs/promises";
import { MongoClient } from "mongodb";
import { Missing, createMissing } from "./no-such-module.js";
import { withBackend, notExported } from "./registry.js";

type Circular = Circular["next"];
type Rows<T extends Unknown> = T extends Missing<infer R> ? R[] : Gone;

declare function acquire<T extends Undeclared>(kind: T): Promise<T>;
declare const pool: Absent.Pool;
declare const current: Circular;

export class Repository extends Missing implements AlsoMissing<Repository> {
  private readonly handle = createMissing(this.options);
  #rows: Rows<string>;

  constructor(options: Options, private client = options.client) {
    super(options);
    this.#rows = client.open(undeclaredVariable);
  }

  @traced
  async find(id): Promise<Row> {
    const connection = await pool.connect();
    try {
      return await connection.query(id, ...this.#rows);
    } finally {
      await connection.release();
    }
  }

  override async [Symbol.asyncDispose]() {
    await this.handle?.close();
    await super[Symbol.asyncDispose]?.();
  }
}

export async function copy(from, to) {
  await using source = await open(from, "r", 0o600, "too many");
  await using target = (await open(to, "w")) as Missing;
  for await (const chunk of source.readableWebStream<Gone>()) await target.write(chunk);
  return current.next?.size ?? notExported(source.fd);
}

export async function count(uri, name = arguments[1]) {
  const client = new MongoClient();
  try {
    const { db, collection = name } = client.database(uri);
    return await db.collection(collection).countDocuments(undefined, { session: client.startSesion() });
  } finally {
    await client.close(true, "extra");
  }
}

export const first = async () => {
  const first = await acquire("first");
  const again = again ?? (await acquire(first));
  const value = await withBackend<Gone>("x", (backend) => backend.connect(value));
  return [first, again, value, new Undeclared().start()];
};

export default (await import("./also-missing.js")).create(process.argv.at(-1)!);
