// F17: loops that acquire and dispose in each turn, or carry one resource from turn to turn.
import { open, type FileHandle } from "node:fs/promises";
import { createConnection, type Connection } from "mysql2/promise";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { Worker } from "node:worker_threads";
import { once } from "node:events";
import { metrics, release, retry } from "./release.js";

export async function writeParts(prefix: string, lines: AsyncIterable<string>, perFile = 10_000): Promise<number> {
  let part: FileHandle | undefined;
  let count = 0;
  let parts = 0;
  try {
    for await (const line of lines) {
      part ??= await open(`${prefix}.${parts++}`, "w");
      await part.write(`${line}\n`);
      if (++count % perFile !== 0) continue;
      await part.close();
      part = undefined;
    }
    return parts;
  } finally {
    await part?.close();
    metrics.count("parts", parts);
  }
}

export async function replay(uris: readonly string[], statements: readonly string[]): Promise<Record<string, number>> {
  const applied: Record<string, number> = {};
  servers: for (const uri of uris) {
    applied[uri] ??= 0;
    const connection: Connection = await createConnection(uri);
    try {
      for (const statement of statements) {
        if (statement.startsWith("-- stop")) break servers;
        if (statement.startsWith("-- skip")) continue servers;
        await connection.query(statement);
        applied[uri]++;
      }
    } finally {
      await connection.end();
      metrics.count("replayed", applied[uri]);
    }
  }
  return applied;
}

export async function requestWithReconnect(servers: string[], subject: string, payloads: string[]): Promise<string[]> {
  const replies: string[] = [];
  let bus: NatsConnection | null = await connect({ servers });
  try {
    for (const payload of payloads) {
      if (bus === null || bus.isClosed()) bus = await retry(3, (attempt) => connect({ servers, timeout: 1_000 * attempt }));
      try {
        const reply = await bus.request(subject, payload, { timeout: 500 });
        replies.push(reply.string());
      } catch {
        await release(bus);
        bus = null;
      }
    }
  } finally {
    await release(bus);
    metrics.count("replies", replies.length);
  }
  return replies;
}

export async function runShards(shards: number, limit = 4): Promise<number[]> {
  const codes: number[] = [];
  for (let first = 0; first < shards; first += limit) {
    const size = Math.min(limit, shards - first);
    await Promise.all(
      Array.from({ length: size }, async (_, offset) => {
        const worker = new Worker(new URL("./shard.js", import.meta.url), { argv: [first + offset] });
        try {
          const [code] = (await once(worker, "exit")) as [number];
          codes.push(code);
        } finally {
          await worker.terminate();
          metrics.count("shard");
        }
      }),
    );
  }
  return codes;
}
