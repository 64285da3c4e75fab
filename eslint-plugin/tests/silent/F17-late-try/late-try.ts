// F17: declarations that cannot throw stand between the acquisition and its try.
import { open } from "node:fs/promises";
import { MongoClient, type AnyBulkWriteOperation } from "mongodb";
import { createConnection, type RowDataPacket } from "mysql2/promise";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { metrics, release } from "./release.js";

interface Row extends RowDataPacket {
  id: number;
  email: string | null;
}

export async function exportUsers(uri: string, path: string): Promise<{ rows: number; skipped: number[] }> {
  const connection = await createConnection({ uri });
  const started = performance.now();
  const skipped: number[] = [];
  let rows = 0;
  try {
    const [users] = await connection.query<Row[]>("select id, email from user");
    await using file = await open(path, "w");
    for (const { id, email } of users) {
      if (email === null) {
        skipped.push(id);
        continue;
      }
      await file.write(`${id}\t${email}\n`);
      rows++;
    }
    return { rows, skipped };
  } finally {
    await connection.end();
    metrics.timing("export.users", performance.now() - started);
  }
}

export async function syncUsers(uri: string, batches: AsyncIterable<Row[]>): Promise<number> {
  const client = new MongoClient(uri);
  const pending: AnyBulkWriteOperation[] = [];
  const seen = new Set<number>();
  let written = 0,
    failure: unknown;
  try {
    const users = client.db().collection("user");
    for await (const batch of batches) {
      for (const { id, email } of batch) {
        if (seen.has(id)) continue;
        seen.add(id);
        pending.push({ updateOne: { filter: { id }, update: { $set: { email } }, upsert: true } });
      }
      if (pending.length === 0) continue;
      const { upsertedCount, modifiedCount } = await users.bulkWrite(pending.splice(0));
      written += upsertedCount + modifiedCount;
    }
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    await release(client);
    metrics.count(failure ? "sync.failed" : "sync.written", written);
  }
  return written;
}

export async function gitLog(directory: string, limit = 100, signal?: AbortSignal): Promise<string[]> {
  const child = spawn("git", ["log", "--format=%H", `-${limit}`], { cwd: directory, stdio: ["ignore", "pipe", "inherit"] });
  const chunks: Buffer[] = [];
  const state = { lines: 0, failed: false };
  try {
    const closed = once(child, "close", { signal });
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    const [code] = (await closed) as [number | null];
    state.failed = code !== 0;
  } finally {
    child.kill();
    state.lines = chunks.length;
  }
  if (state.failed) throw new Error(`git log failed in ${directory}`);
  return Buffer.concat(chunks).toString().split("\n").filter(Boolean);
}
