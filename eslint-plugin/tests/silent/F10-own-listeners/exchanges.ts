// F10: requests, responses, sockets and write streams are finished by end() and by their own events.
import { createReadStream, createWriteStream } from "node:fs";
import { get, type IncomingMessage, request, type RequestOptions } from "node:http";
import { connect, type NetConnectOpts } from "node:net";
import { connect as connectTls } from "node:tls";
import type { ChangeStream, Collection, Document } from "mongodb";

export function getJson<T>(url: string | URL, redirects = 3): Promise<T> {
  return new Promise((resolve, reject) => {
    const req = get(url, (res) => {
      const { statusCode = 0, headers } = res;
      if (statusCode >= 300 && statusCode < 400 && headers.location && redirects > 0) {
        res.resume();
        return resolve(getJson<T>(new URL(headers.location, url), redirects - 1));
      }
      let body = "";
      res.setEncoding("utf8");
      res.on("data", (part: string) => (body += part));
      res.on("end", () => resolve(JSON.parse(body) as T)).on("error", reject);
    });
    req.on("error", reject).setTimeout(10_000, () => req.destroy(new Error("timeout")));
  });
}

export function notify(options: RequestOptions, event: object): void {
  const req = request({ ...options, method: "POST" }, (res: IncomingMessage) => res.resume());
  req.on("error", (error) => console.warn("not notified: %s", error.message));
  req.setHeader("content-type", "application/json");
  req.end(JSON.stringify(event));
}

export function banner(options: NetConnectOpts, secure = false): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = secure ? connectTls(options) : connect(options);
    socket.setTimeout(2_000, () => socket.destroy(new Error("no banner")));
    socket.once("data", (part) => {
      resolve(part.toString("latin1").trim());
      socket.end();
    });
    socket.once("error", reject).once("close", () => reject(new Error("closed")));
  });
}

export function writeLines(path: string, lines: Iterable<string>): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const body = Array.from(lines, (line) => `${line}\n`);
  const out = createWriteStream(path, { encoding: "utf8" });
  out.on("error", reject).on("finish", () => resolve(out.bytesWritten));
  for (const line of body) out.write(line);
  out.end();
  return promise;
}

export function countBytes(path: string, done: (error: Error | null, bytes: number) => void): void {
  let bytes = 0;
  createReadStream(path)
    .on("data", (part) => (bytes += part.length))
    .on("error", (error) => done(error, bytes))
    .on("end", () => done(null, bytes));
}

export function tailEvents<T extends Document>(items: Collection<T>, until: (change: object) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream: ChangeStream<T> = items.watch();
    stream.once("close", resolve);
    const stop = () => {
      stream.close().catch(reject);
    };
    stream.on("error", (error) => {
      reject(error);
      stop();
    });
    stream.on("change", (change) => {
      if (until(change)) stop();
    });
  });
}
