// F18: the driver's package is not installed here, so all that comes out of it is of an unknown type.
// @ts-expect-error not installed
import sqlite from "node-sqlite3-wasm";
// @ts-expect-error not installed
import { createClient, type RedisClientType } from "redis";
// @ts-expect-error not installed
import * as amqp from "amqplib";
// @ts-expect-error not installed
import type { Channel, ConsumeMessage } from "amqplib";
import { scoped, withBackend } from "./registry.js";

export function openCache(path: string) {
  const db = new sqlite(path, { readonly: false });
  try {
    db.pragma("journal_mode = WAL");
    const read = db.prepare("select value from cache where key = ?");
    return {
      get: (key: string) => read.get(key)?.value as string | undefined,
      [Symbol.dispose]() {
        db.close();
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

export class Queue implements AsyncDisposable {
  readonly #connection: any;
  readonly #channel: Channel;

  private constructor(connection: any, channel: Channel) {
    this.#connection = connection;
    this.#channel = channel;
  }

  static async connect(url: string): Promise<Queue> {
    const connection = await amqp.connect(url);
    try {
      const channel = await connection.createChannel();
      await channel.prefetch(10);
      return new Queue(connection, channel);
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  async consume(queue: string, handle: (body: Buffer) => Promise<void>): Promise<void> {
    const { consumerTag } = await this.#channel.consume(queue, async (message: ConsumeMessage | null) => {
      if (!message) return;
      await handle(message.content);
      this.#channel.ack(message);
    });
    console.debug("consuming as %s", consumerTag);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection.close();
  }
}

export async function lookup(key: string): Promise<string | null> {
  const client: RedisClientType = createClient({ url: process.env.REDIS_URL });
  try {
    client.on("error", (error: Error) => console.error(error));
    await client.connect();
    const multi = client.multi().get(key).ttl(key);
    const [value, ttl] = await multi.exec();
    return ttl > 0 ? value : null;
  } finally {
    if (client.isOpen) client.destroy();
  }
}

export async function warmUp(keys: string[]): Promise<number> {
  using cache = openCache(":memory:");
  const missing = keys.filter((key) => cache.get(key) === undefined);
  const found = await Promise.all(missing.map((key) => lookup(key)));
  await using queue = await Queue.connect("amqp://localhost");
  await queue.consume("cache", async (body) => void (await scoped("memory", body.toString())));
  return withBackend("memory", async (backend) => (await backend.createMany(found)).length);
}
