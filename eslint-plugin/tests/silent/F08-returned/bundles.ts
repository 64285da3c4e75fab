// F08: resources are returned inside objects, arrays and tuples, with or without a function that closes them.
import type { NatsConnection, Subscription } from "@nats-io/transport-node";
import { once } from "node:events";
import { type FileHandle, mkdtempDisposable, open } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fastify, type FastifyInstance } from "fastify";
import { GenericContainer, type StartedTestContainer } from "testcontainers";
import { openBus } from "./factories.js";

export interface RunningServer {
  server: Server;
  port: number;
  close: () => Promise<void>;
}

export async function startServer(handler: RequestListener): Promise<RunningServer> {
  const server = createServer(handler);
  try {
    await once(server.listen(0), "listening");
  } catch (error) {
    server.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  return { server, port, close: async () => void (await server[Symbol.asyncDispose]()) };
}

export async function redis(tag = "7"): Promise<readonly [container: StartedTestContainer, url: () => string]> {
  const container = await new GenericContainer(`redis:${tag}`).withExposedPorts(6379).start();
  return [container, () => `redis://${container.getHost()}:${container.getMappedPort(6379)}`] as const;
}

export type Opened = { ok: true; file: FileHandle } | { ok: false; code: string };

export async function tryOpen(path: string): Promise<Opened> {
  try {
    const file = await open(path);
    return { ok: true, file };
  } catch (error) {
    return { ok: false, code: (error as NodeJS.ErrnoException).code ?? "EUNKNOWN" };
  }
}

export async function workspace(prefix: string) {
  const dir = await mkdtempDisposable(prefix);
  return {
    root: dir.path,
    file: (...names: string[]) => join(dir.path, ...names),
    [Symbol.asyncDispose]: () => dir.remove(),
  };
}

export async function listener(servers: string[], subject: string): Promise<{ bus: NatsConnection; events: Subscription }> {
  const bus = await openBus(servers);
  try {
    const events = bus.subscribe(subject);
    await bus.flush();
    return { bus, events };
  } catch (error) {
    await bus.close();
    throw error;
  }
}

export const testApp = (overrides: Record<string, unknown> = {}): { app: FastifyInstance; meta: { overrides: object } } => {
  const app = fastify({ logger: false, ...overrides });
  return { app, meta: { overrides } };
};

export const withPath = async (path: string, flags = "r") =>
  ({ path, mode: { flags }, file: await open(path, flags) }) satisfies Record<string, unknown> & { file: FileHandle };
