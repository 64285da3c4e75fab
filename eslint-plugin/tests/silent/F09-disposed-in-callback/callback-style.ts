// F09: callback APIs end the resource in the callback that every outcome reaches.
import { createServer } from "node:http";
import { createConnection, type Pool, type PoolConnection, type QueryError, type RowDataPacket } from "mysql2";
import { createInterface } from "node:readline";
import { createSocket } from "node:dgram";
import { Worker } from "node:worker_threads";

type Done<T> = (error: Error | null, value?: T) => void;

export function tables(uri: string, done: Done<string[]>): void {
  const conn = createConnection(uri);
  conn.query<RowDataPacket[]>("show tables", (error, rows) => {
    conn.end();
    if (error) return done(error);
    done(null, rows.map((row) => String(Object.values(row)[0])));
  });
}

export function insert(pool: Pool, sql: string, values: unknown[], done: Done<void>): void {
  pool.getConnection((error, conn) => {
    if (error) return done(error);
    const fail = (cause: QueryError) => conn.rollback(() => finish(conn, () => done(cause)));
    conn.beginTransaction((begin) => {
      if (begin) return finish(conn, () => done(begin));
      conn.query(sql, values, (failed) => {
        if (failed) return fail(failed);
        conn.commit((late) => (late ? fail(late) : finish(conn, () => done(null))));
      });
    });
  });
}

function finish(conn: PoolConnection, then: () => void): void {
  conn.release();
  then();
}

export function receiveCode(port: number, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = createServer((req, res) => {
      const code = new URL(req.url ?? "/", "http://127.0.0.1").searchParams.get("code");
      res.writeHead(code ? 200 : 400).end(code ? "You may close this window." : "No code.");
      if (!code) return;
      clearTimeout(timer);
      server.close(() => resolve(code));
      server.closeIdleConnections();
    });
    const timer = setTimeout(() => {
      server.close();
      reject(new Error("nobody signed in"));
    }, timeoutMs);
    server.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    server.listen(port, "127.0.0.1");
  });
}

export const ask = (question: string): Promise<string> =>
  new Promise((resolve) => {
    const prompt = createInterface({ input: process.stdin, output: process.stdout });
    prompt.once("close", () => resolve(""));
    prompt.question(`${question} `, (answer) => {
      resolve(answer.trim());
      prompt.close();
    });
  });

export function metric(name: string, value: number, { host = "127.0.0.1", port = 8125 } = {}): void {
  const socket = createSocket("udp4");
  socket.send(`${name}:${value}|g`, port, host, () => socket.close());
}

export function compute<T>(script: URL, input: unknown): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const worker = new Worker(script, { workerData: input });
  worker.once("error", reject).once("exit", (code) => reject(new Error(`worker left with ${code}`)));
  worker.once("message", (result: T) => {
    worker.terminate().then(() => resolve(result), reject);
  });
  return promise;
}
