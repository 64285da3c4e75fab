// F09: shutdown hooks, abort listeners and plugin hooks capture the resource and dispose it when the host stops.
import type { FastifyPluginAsync } from "fastify";
import { createServer, type Server } from "node:http";
import { spawn } from "node:child_process";
import { open } from "node:fs/promises";
import { MongoClient } from "mongodb";
import { createConnection, createPool, type PoolOptions } from "mysql2/promise";
import { Piscina } from "piscina";
import { closing, Lifecycle, onAbort, scoped } from "./lifecycle.js";

declare module "fastify" {
  interface FastifyInstance {
    sql: ReturnType<typeof createPool>["query"];
  }
}

export const mysqlPlugin: FastifyPluginAsync<PoolOptions> = async (app, options) => {
  const pool = createPool(options);
  app.addHook("onClose", async () => {
    await pool.end();
  });
  app.decorate("sql", pool.query.bind(pool));
};

export const mongoPlugin: FastifyPluginAsync<{ url: string }> = async (app, { url }) => {
  const client = new MongoClient(url);
  app.addHook("onClose", () => client.close());
  await client.connect();
};

export function serveUntil(signal: AbortSignal, port: number): Server {
  const server = createServer((_req, res) => res.end("ok"));
  signal.addEventListener("abort", () => server.close(), { once: true });
  server.listen(port);
  return server;
}

export function tailUntil(signal: AbortSignal, path: string, onText: (text: string) => void): void {
  const child = spawn("tail", ["-F", path], { stdio: ["ignore", "pipe", "inherit"] });
  onAbort(signal, () => child.kill());
  child.once("error", (error) => onText(error.message));
  child.stdout.setEncoding("utf8").on("data", onText);
}

export async function run(lifecycle: Lifecycle, script: string): Promise<unknown> {
  const pool = new Piscina({ filename: script });
  const key = lifecycle.onStop(async () => {
    console.debug("stopping %d threads", pool.threads.length);
    await pool.destroy();
  });
  console.debug("registered %s", key.description);
  return await pool.run({});
}

export const migrate = (uri: string, files: readonly string[]) =>
  scoped(async (cleanup) => {
    const conn = await createConnection({ uri, multipleStatements: true });
    cleanup(() => conn.end());
    for (const path of files) {
      const file = await open(path);
      cleanup(closing(file));
      await conn.query(await file.readFile("utf8"));
    }
    return files.length;
  });

export function installSignals(server: Server, uri: string): void {
  const pool = createPool(uri);
  server.on("request", (_req, res) => {
    pool.query("select 1").then(
      () => res.end("ok"),
      (error: Error) => res.destroy(error),
    );
  });
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => {
      server.close(() => {
        pool.end().then(
          () => process.exit(0),
          () => process.exit(1),
        );
      });
    });
  }
}
