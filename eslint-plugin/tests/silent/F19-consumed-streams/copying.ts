// F19: pipeline() destroys every stream it is given, whether they are named, nested or built in place.
import { createReadStream, createWriteStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { createHash } from "node:crypto";
import { PassThrough, pipeline as pipelineWithCallback, type Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { ByteCounter, collect, gzip, parseJson, rows, splitLines } from "./transforms.js";

export async function compress(path: string): Promise<number> {
  const source = createReadStream(path);
  const gzipped = createGzip();
  const target = createWriteStream(`${path}.gz`, { flags: "wx" });
  await pipeline(source, gzipped, target);
  return target.bytesWritten;
}

export async function checksum(path: string, algorithm = "sha256"): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}

export async function copyCounted(from: string, to: string, signal?: AbortSignal): Promise<number> {
  const counter = new ByteCounter();
  await pipeline(createReadStream(from), counter, createWriteStream(to), { signal });
  if (counter.bytes !== (await stat(to)).size) throw new Error("short copy");
  return counter.bytes;
}

export async function importJson<T>(path: string): Promise<T[]> {
  const items: T[] = [];
  const stages = [path.endsWith(".gz") ? createGunzip() : new PassThrough(), splitLines()] as const;
  await pipeline(createReadStream(path), ...stages, parseJson<T>, collect(items));
  return items;
}

export function exportJson(path: string, items: Iterable<object>): Promise<void> {
  return pipeline(rows(items), gzip(9), createWriteStream(path));
}

export async function append(path: string, ...sources: Readable[]): Promise<void> {
  await using file = await open(path, "a");
  for (const source of sources) {
    const sink = file.createWriteStream({ autoClose: false });
    await pipeline(source, sink);
  }
  await file.sync();
}

export async function tee(source: Readable, paths: [string, ...string[]]): Promise<void> {
  const copies = paths.map((path) => {
    const branch = source.pipe(new PassThrough());
    source.once("error", (error) => branch.destroy(error));
    return pipeline(branch, createWriteStream(path));
  });
  await Promise.all(copies);
}

export async function countRecords(path: string): Promise<number> {
  const records = pipelineWithCallback(createReadStream(path), splitLines(), (error) => {
    if (error) console.error("%s: %s", path, error.message);
  });
  let count = 0;
  for await (const _ of records) count++;
  return count;
}

export async function touch(path: string): Promise<void> {
  const stream = createWriteStream(path, { flags: "a" });
  stream.end();
  await finished(stream);
}
