// F19: bodies of requests and responses are piped, sent by the framework, or drained.
import { createReadStream, createWriteStream } from "node:fs";
import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import { get } from "node:https";
import { basename, join } from "node:path";
import { Readable, pipeline as pipelineWithCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import express from "express";
import type { FastifyInstance } from "fastify";
import type { Page } from "playwright-core";
import { ByteCounter, decoder, gzip, rows } from "./transforms.js";

export const fileServer = createServer((request, response) => {
  if (request.method !== "GET") {
    request.resume();
    response.writeHead(405).end();
    return;
  }
  const file = createReadStream(join("public", basename(request.url ?? "")));
  file
    .once("open", () => response.writeHead(200))
    .once("error", () => (response.headersSent ? response.destroy() : response.writeHead(404).end()));
  response.once("close", () => file.destroy());
  file.pipe(response);
});

export const proxy = createServer((request, response) => {
  const upstream = httpRequest({ host: "localhost", port: 8080, path: request.url, headers: request.headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipelineWithCallback(answer, new ByteCounter(), response, (error) => error && console.warn(error.message));
  });
  pipelineWithCallback(request, upstream, (error) => {
    if (error && !response.headersSent) response.writeHead(502).end();
  });
});

const fetchResponse = (url: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { "accept-encoding": "gzip, br" } }, resolve).on("error", reject);
  });

export async function download(url: string, path: string): Promise<void> {
  const response = await fetchResponse(url);
  if (response.statusCode !== 200) {
    response.resume();
    throw new Error(`${url}: ${response.statusCode}`);
  }
  const decode = decoder(response.headers["content-encoding"]);
  await pipeline([response, ...(decode ? [decode] : []), createWriteStream(path)]);
}

export async function mirror(url: string, path: string): Promise<number> {
  const { ok, body, status } = await fetch(url);
  if (!ok || !body) {
    await body?.cancel();
    throw new Error(`${url}: ${status}`);
  }
  const counter = new ByteCounter();
  await pipeline(Readable.fromWeb(body as ReadableStream), counter, createWriteStream(path));
  return counter.bytes;
}

export const router = express.Router();
router.get("/export", async (_request, response) => {
  response.type("application/x-ndjson").setHeader("content-encoding", "gzip");
  await pipeline(rows([{ id: 1 }, { id: 2 }]), gzip(), response);
});
router.put("/upload/:name", async (request, response) => {
  await pipeline(request, createWriteStream(join("uploads", basename(request.params.name)), { flags: "wx" }));
  response.sendStatus(201);
});

export async function routes(app: FastifyInstance): Promise<void> {
  app.get<{ Params: { name: string } }>("/files/:name", (request, reply) => {
    reply.type("application/octet-stream");
    const stream = createReadStream(join("uploads", basename(request.params.name)));
    return reply.send(stream);
  });
  app.get("/rows", async (_request, reply) => reply.send(rows([{ id: 1 }])));
}

export async function saveDownload(page: Page, path: string): Promise<void> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByText("Export").click()]);
  await pipeline(await download.createReadStream(), createWriteStream(path));
}
