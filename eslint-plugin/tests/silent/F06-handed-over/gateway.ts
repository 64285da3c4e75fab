// F06: sockets, servers and workers are kept by a local helper, a private method or a collection's own method.
import { createServer as createHttpServer, type Server } from "node:http";
import { connect, createServer, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import { fastify, type FastifyInstance } from "fastify";

export class SocketTable implements AsyncDisposable {
  readonly #sockets = new Map<string, Socket>();

  adopt(socket: Socket): this {
    const key = `${socket.remoteAddress}:${socket.remotePort}`;
    this.#sockets.get(key)?.destroy();
    this.#sockets.set(key, socket);
    socket.once("close", () => this.#sockets.delete(key));
    return this;
  }

  broadcast(text: string): void {
    for (const socket of this.#sockets.values()) if (socket.writable) socket.write(text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#sockets.forEach((socket) => socket.destroySoon());
  }
}

export class Gateway extends SocketTable {
  readonly #server = createServer((socket) => this.#accept(socket));
  readonly #workers: Worker[] = [];

  #accept(socket: Socket): void {
    this.adopt(socket.setNoDelay(true));
  }

  #employ(worker: Worker, name?: string): number {
    if (name) worker.once("online", () => console.debug("%s is online", name));
    return this.#workers.push(worker);
  }

  async start(port: number, script: URL, threads = 2): Promise<void> {
    while (this.#workers.length < threads) this.#employ(new Worker(script), `worker ${this.#workers.length}`);
    this.#employ(new Worker(script, { workerData: { role: "audit" } }));
    await new Promise<void>((resolve) => this.#server.listen(port, resolve));
  }

  dial(host: string, port: number): void {
    const socket = connect({ host, port });
    this.#accept(socket);
    socket.on("error", (error) => console.warn(error.message));
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    const stopped = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await Promise.allSettled([super[Symbol.asyncDispose](), stopped, ...this.#workers.map((w) => w.terminate())]);
  }
}

export function secondary(workers: Map<string, Worker>, script: URL): () => number {
  const remember = (name: string, worker: Worker) => {
    workers.set(name, worker);
    return workers.size;
  };
  remember("indexer", new Worker(script, { name: "indexer" }));
  return () => remember(`extra ${workers.size}`, new Worker(script));
}

export function app(servers: Set<Server>, secondary = false): FastifyInstance {
  if (secondary) return fastify({ serverFactory: (handler) => createHttpServer({ noDelay: true }, handler) });
  return fastify({
    serverFactory: (handler) => {
      const server = createHttpServer({ keepAliveTimeout: 30_000 }, handler);
      servers.add(server);
      return server;
    },
  });
}
