// F20: what is still done with a resource after its end: asked, waited for, listened to, opened again, read from disk.
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { chromium } from "playwright-core";

export async function record(url: string): Promise<string | undefined> {
  await using browser = await chromium.launch();
  await using context = await browser.newContext({ recordVideo: { dir: "videos" } });
  const page = await context.newPage();
  await page.goto(url);
  await page.close();
  await page.video()?.saveAs("video.webm");
  const path = await page.video()?.path();
  await context.close();
  console.log(browser.isConnected(), browser.version(), page.url());
  return path;
}

export async function stop(server: Server): Promise<void> {
  server.close();
  server.closeIdleConnections();
  server.getConnections((_error, count) => console.log("%d left", count));
  server.unref();
  await once(server, "close");
}

export function rebuild(path: string): number {
  using db = new DatabaseSync(path);
  db.exec("VACUUM");
  db.close();
  db.open();
  db.exec("ANALYZE");
  return db.isOpen ? 1 : 0;
}

export async function append(path: string, lines: readonly string[]): Promise<number> {
  await using handle = await open(path, "a");
  for (const line of lines) {
    if (line === "") {
      await handle.close();
      return 0;
    }
    await handle.appendFile(line);
  }
  await handle.close();
  return handle.fd;
}

export async function run(file: string): Promise<number> {
  const worker = new Worker(file);
  const exited = once(worker, "exit");
  await worker.terminate();
  worker.removeAllListeners("message");
  worker.unref();
  await exited;
  return worker.threadId;
}

export async function restart(port: number): Promise<void> {
  await using server = createTcpServer();
  server.listen(port);
  await once(server, "listening");
  server.close();
  await once(server, "close");
  server.listen(port);
  await once(server, "listening");
}

export async function write(path: string, text: string): Promise<number> {
  const stream = createWriteStream(path);
  stream.on("error", (error) => {
    stream.destroy();
    console.error(error, stream.bytesWritten);
  });
  stream.write(text);
  stream.end();
  await once(stream, "finish");
  return stream.bytesWritten;
}
