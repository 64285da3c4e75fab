// F06: a file handle or a stream is handed to the stream, response or request that closes it when it ends.
import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { ClientRequest, IncomingMessage, request, type RequestOptions, ServerResponse } from "node:http";
import { Duplex, type Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { FastifyReply } from "fastify";

export async function copyTo(path: string, target: Writable): Promise<void> {
  const file = await open(path);
  await pipeline(file.createReadStream(), target);
}

export async function append(path: string, lines: AsyncIterable<string>): Promise<number> {
  const out = (await open(path, "a")).createWriteStream({ encoding: "utf8" });
  await pipeline(lines, out);
  return out.bytesWritten;
}

export async function readable(path: string): Promise<Readable> {
  const handle = await open(path, "r");
  return handle.createReadStream({ highWaterMark: 1 << 20, autoClose: true });
}

export async function sendFile(reply: FastifyReply, path: string): Promise<FastifyReply> {
  const body = createReadStream(path);
  return reply.type("application/octet-stream").send(body);
}

export function post(options: RequestOptions, path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const req: ClientRequest = request({ ...options, method: "POST" }, resolve);
    req.on("error", reject);
    pipeline(createReadStream(path), createGzip(), req).catch(reject);
  });
}

export function duplexOf(readable: Readable, path: string): Duplex {
  return Duplex.from({ readable, writable: createWriteStream(path) });
}

export async function compressed(path: string): Promise<Readable> {
  const file = await open(path);
  return file.createReadStream().compose(createGzip());
}

export async function convert(from: string, to: string, transform: (text: string) => string): Promise<void> {
  const source = createReadStream(from, "utf8");
  const target = createWriteStream(to);
  await pipeline(
    source,
    async function* (parts: AsyncIterable<string>) {
      for await (const part of parts) yield transform(part);
    },
    target,
  );
}

export function fakeExchange(url: string): ServerResponse {
  const req = new IncomingMessage(null!);
  req.url = url;
  return new ServerResponse(req);
}
