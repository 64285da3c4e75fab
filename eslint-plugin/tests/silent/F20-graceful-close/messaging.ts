// F20: buses drain, pools finish their queue and workers say goodbye; disposal then finds nothing to do.
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { Piscina } from "piscina";
import { Worker, type Transferable } from "node:worker_threads";
import { fork, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { exitWithin } from "./graceful.js";

export async function publish(servers: string[], events: Iterable<[subject: string, payload: Uint8Array]>): Promise<void> {
  await using bus = await connect({ servers });
  for (const [subject, payload] of events) bus.publish(subject, payload);
  await bus.drain();
  console.log("drained: %s", bus.isClosed());
}

export async function collect(bus: NatsConnection, subject: string, enough: number): Promise<string[]> {
  await using subscription = bus.subscribe(subject);
  const messages: string[] = [];
  for await (const message of subscription) {
    messages.push(message.string());
    if (messages.length === enough) subscription.unsubscribe();
  }
  return messages;
}

export async function render(pages: readonly string[], signal?: AbortSignal): Promise<string[]> {
  await using pool = new Piscina<string, string>({ filename: new URL("./render.js", import.meta.url).href });
  using _ = signal ? { [Symbol.dispose]: () => console.debug("aborted: %s", signal.aborted) } : null;
  try {
    return await Promise.all(pages.map((page) => pool.run(page, { signal })));
  } catch (error) {
    await pool.destroy();
    throw error;
  } finally {
    if (!signal?.aborted) await pool.close();
  }
}

export async function index(files: string[], transfer: Transferable[] = []): Promise<number> {
  await using worker = new Worker(new URL("./indexer.js", import.meta.url));
  worker.postMessage({ files }, transfer);
  const [indexed] = (await once(worker, "message")) as [number];
  worker.postMessage("stop");
  const [code] = (await once(worker, "exit")) as [number];
  if (code !== 0) await worker.terminate();
  return indexed;
}

export async function record(url: string, seconds: number): Promise<number | null> {
  using recorder = spawn("ffmpeg", ["-i", url, "-t", String(seconds), "out.mp4"], { stdio: "inherit" });
  using deadline = setTimeout(() => recorder.kill("SIGKILL"), (seconds + 10) * 1_000);
  const [code] = (await once(recorder, "exit")) as [number | null];
  clearTimeout(deadline);
  return code;
}

export async function rolling(script: string, generations: number): Promise<void> {
  for (let generation = 0; generation < generations; generation++) {
    using child = fork(script, [String(generation)]);
    await once(child, "message");
    child.disconnect();
    child.kill("SIGINT");
    const code = await exitWithin(child);
    if (code === 0) continue;
    child.kill("SIGKILL");
    break;
  }
}

export async function announce(message: string, port = 5_353): Promise<void> {
  await using socket = createSocket("udp4");
  const sent = Promise.withResolvers<void>();
  socket.send(message, port, "224.0.0.251", (error) => (error ? sent.reject(error) : sent.resolve()));
  await sent.promise;
  const closed = once(socket, "close");
  socket.close();
  await closed;
}
