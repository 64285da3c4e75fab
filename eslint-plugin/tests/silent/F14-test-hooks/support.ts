// F14: test support; setup helpers register their own teardown with the hooks of the running file.
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { mkdtempDisposable, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AddressInfo } from "node:net";
import fastify, { type FastifyInstance } from "fastify";
import { MongoClient, type Db } from "mongodb";

export function buildApp(prices: Map<string, number>): FastifyInstance {
  const app = fastify({ logger: false });
  app.get<{ Params: { sku: string } }>("/prices/:sku", async (request, reply) => {
    const price = prices.get(request.params.sku);
    return price === undefined ? reply.code(404).send({ error: "unknown sku" }) : { price };
  });
  app.addHook("onSend", async (_request, reply) => void reply.header("cache-control", "no-store"));
  return app;
}

export async function temporaryFiles(files: Record<string, string>): Promise<string> {
  const directory = await mkdtempDisposable(join(tmpdir(), "suite-"));
  onTestFinished(() => directory.remove());
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory.path, name), text);
  return directory.path;
}

export async function fakeUpstream(handler: RequestListener): Promise<string> {
  const server = createServer(handler).listen(0);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

export function useMongo(uri = process.env.TEST_MONGODB_URI ?? "mongodb://localhost:27017"): () => Db {
  let client: MongoClient | undefined;
  beforeAll(async () => {
    client = await new MongoClient(uri).connect();
  }, 30_000);
  afterAll(() => client?.close());
  return () => {
    if (!client) throw new Error("useMongo() must be called at the top of a suite");
    return client.db(`test_${process.env.VITEST_POOL_ID ?? 0}`);
  };
}
