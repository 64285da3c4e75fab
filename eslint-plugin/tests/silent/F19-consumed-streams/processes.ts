// F19: pipes of processes and sockets run through pipeline(), and end with the process or the peer.
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { createReadStream, createWriteStream } from "node:fs";
import { createConnection, createServer, type Socket } from "node:net";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { pipeline as pipelineWithCallback, type Readable, type Writable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { Worker } from "node:worker_threads";
import { createGunzip, createGzip } from "node:zlib";
import { collect, splitLines } from "./transforms.js";

type Filter = ChildProcessByStdio<Writable, Readable, null>;

export async function sortFile(from: string, to: string): Promise<void> {
  using child: Filter = spawn("sort", ["-u"], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const [, , [code]] = await Promise.all([
    pipeline(createReadStream(from), child.stdin),
    pipeline(child.stdout, createWriteStream(to)),
    exited,
  ]);
  if (code !== 0) throw new Error(`sort exited with ${code}`);
}

export async function restore(archive: string, database: string): Promise<void> {
  using child = spawn("mysql", [database], { stdio: ["pipe", "ignore", "inherit"] });
  await Promise.all([pipeline(createReadStream(archive), createGunzip(), child.stdin), once(child, "exit")]);
}

export async function trackedFiles(directory: string): Promise<string[]> {
  const files: string[] = [];
  using child = spawn("git", ["ls-files"], { cwd: directory, stdio: ["ignore", "pipe", "ignore"] });
  for await (const line of createInterface({ input: child.stdout })) files.push(line);
  return files;
}

export async function followLog(path: string, lines: string[], signal: AbortSignal): Promise<void> {
  using child = spawn("tail", ["-F", path], { stdio: ["ignore", "pipe", "ignore"], signal });
  child.stdout.pipe(splitLines()).pipe(collect(lines));
  await finished(child.stdout, { signal });
}

export const tunnel = (host: string, port: number) =>
  createServer({ pauseOnConnect: true }, (client: Socket) => {
    const upstream = createConnection({ host, port });
    pipelineWithCallback(client, upstream, () => upstream.destroy());
    pipelineWithCallback(upstream, client, () => client.destroy());
    client.resume();
  });

export async function sendFile(path: string, port: number): Promise<number> {
  const socket = createConnection({ port });
  await pipeline(createReadStream(path), createGzip(), socket);
  return socket.bytesWritten;
}

export async function transcode(path: string): Promise<void> {
  const worker = new Worker(new URL("./transcode.js", import.meta.url), { stdin: true, stdout: true });
  try {
    await Promise.all([
      pipeline(createReadStream(path), worker.stdin!),
      pipeline(worker.stdout, createWriteStream(`${path}.out`)),
    ]);
  } finally {
    const code = await worker.terminate();
    console.debug("transcoder exited with %d", code);
  }
}
