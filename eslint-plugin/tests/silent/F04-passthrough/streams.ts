// F04: pipe and the callback form of pipeline return the very stream that was passed in; so do Object.seal and casts.
import { createReadStream, createWriteStream, type WriteStream } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream";
import { createGunzip, createGzip } from "node:zlib";
import { keep, label, tagged, timed } from "./keep.js";

export function save(req: IncomingMessage, path: string, done: (error: Error | null, bytes: number) => void): WriteStream {
  const out = pipeline(req, createGunzip(), createWriteStream(path), (error) => done(error ?? null, out.bytesWritten));
  return out;
}

export function serve(path: string, res: ServerResponse): void {
  res.setHeader("content-encoding", "gzip");
  pipeline(createReadStream(path), createGzip(), res, (error) => {
    if (error) res.destroy(error);
  });
}

export async function size(path: string): Promise<number> {
  await using file = Object.seal(await open(path));
  const { size } = await file.stat();
  return size;
}

export async function firstBytes(path: string, length = 4): Promise<Buffer> {
  await using file = (keep(await open(path)) satisfies FileHandle)!;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
  return buffer.subarray(0, bytesRead);
}

export async function magic(path: string | undefined, fallback: FileHandle): Promise<string> {
  await using own = path ? label(await timed("open", open(path)), path) : null;
  const file = keep(own ?? fallback);
  const head = await file.read({ length: 4, position: 0 });
  return head.buffer.toString("hex", 0, head.bytesRead);
}

export type LockFile = FileHandle & { readonly path: string; readonly since: Date };

export async function lockFile(path: string): Promise<LockFile | null> {
  const taken = (error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") return null;
    throw error;
  };
  const file = await open(path, "wx").catch(taken);
  return file && tagged(file, { path, since: new Date() });
}
