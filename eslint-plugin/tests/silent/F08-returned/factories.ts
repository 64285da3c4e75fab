// F08: a factory returns what it acquired, as an arrow body, from a branch, a loop, a switch or a promise.
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { type ChildProcess, fork, spawn } from "node:child_process";
import { connect as dial, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { Kysely, MysqlDialect } from "kysely";
import { createPool } from "mysql2";
import { createConnection, type Connection } from "mysql2/promise";
import { type Browser, chromium, firefox, webkit } from "playwright-core";

export const openDb = <S>(uri: string) => new Kysely<S>({ dialect: new MysqlDialect({ pool: createPool(uri) }) });

export const openBus = async (servers: string[]): Promise<NatsConnection> => await connect({ servers });

export const connector = (uri: string) => () => createConnection(uri);

export const launch = async (name: "chromium" | "firefox" | "webkit" = "chromium", headless = true): Promise<Browser> => {
  switch (name) {
    case "firefox":
      return firefox.launch({ headless });
    case "webkit": {
      const browser = await webkit.launch({ headless });
      return browser;
    }
    default:
      return await chromium.launch({ headless, args: headless ? [] : ["--start-maximized"] });
  }
};

export function start(script: string, { isolated = false, args = [] as string[] } = {}): ChildProcess {
  return isolated ? spawn(process.execPath, [script, ...args], { detached: true }) : fork(script, args);
}

export async function connectWithRetry(uri: string, delays: Iterable<number>): Promise<Connection> {
  let last: unknown;
  attempts: for (const delay of [0, ...delays]) {
    await new Promise((resolve) => setTimeout(resolve, delay));
    try {
      return await createConnection(uri);
    } catch (error) {
      last = error;
      if ((error as { fatal?: boolean }).fatal) break attempts;
    }
  }
  throw last;
}

export async function firstReachable(uris: readonly string[]): Promise<Connection | undefined> {
  for (const uri of uris) {
    const conn = await createConnection(uri).catch(() => undefined);
    if (conn) return conn;
  }
  return undefined;
}

export function openSocket(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = dial({ host, port });
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.off("error", reject);
      resolve(socket);
    });
  });
}

export function listen(port = 0, onSocket?: (socket: Socket) => void): Promise<Server> {
  const { promise, resolve, reject } = Promise.withResolvers<Server>();
  const server = createTcpServer(onSocket);
  server.once("error", reject).listen(port, () => resolve(server));
  return promise;
}
