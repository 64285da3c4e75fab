// F12: helpers register on a stack that the caller passes in and owns.
import { once, type EventEmitter } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPool, type Pool } from "mysql2/promise";

export async function enter<T extends AsyncDisposable | null | undefined>(
  stack: AsyncDisposableStack,
  acquire: () => PromiseLike<T>,
): Promise<T> {
  return stack.use(await acquire());
}

export async function serve(stack: AsyncDisposableStack, handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  stack.defer(() => closeServer(server));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

export function closeServer(server: Pick<Server, "close" | "closeIdleConnections" | "listening">): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeIdleConnections();
  });
}

export async function scratchDirectory(stack: AsyncDisposableStack, prefix = "job-"): Promise<string> {
  const { path } = stack.use(await mkdtempDisposable(join(tmpdir(), prefix)));
  return path;
}

export const pool = (stack: AsyncDisposableStack, uri: string): Pool =>
  stack.adopt(createPool({ uri, connectionLimit: 8 }), (created) => created.end());

export function listen<E extends EventEmitter>(
  stack: AsyncDisposableStack | DisposableStack,
  emitter: E,
  event: string,
  listener: (...args: unknown[]) => void,
): E {
  emitter.on(event, listener);
  stack.defer(() => {
    emitter.off(event, listener);
  });
  return emitter;
}

export function every(stack: DisposableStack, ms: number, tick: () => void): NodeJS.Timeout {
  return stack.use(setInterval(tick, ms).unref());
}
