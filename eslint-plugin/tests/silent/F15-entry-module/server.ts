// F15: a server's entry; what module scope holds lives as long as the process and ends in its signal handlers.
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createApp, mongo, shutdown } from "./app.js";

const port = Number(process.env.PORT ?? 3000);
const delay = monitorEventLoopDelay({ resolution: 20 });
delay.enable();

const server = createServer(createApp());
server.keepAliveTimeout = 65_000;
server.requestTimeout = 30_000;

const admin = createTcpServer((socket) => {
  socket.end(`${JSON.stringify({ p99: delay.percentile(99), heap: process.memoryUsage().heapUsed })}\n`);
}).listen(port + 1, "127.0.0.1");

setInterval(() => delay.reset(), 60_000).unref();

await mongo.connect();
server.listen(port, () => console.log("listening on %d", port));

let stopping = false;

async function stop(signal: NodeJS.Signals): Promise<void> {
  if (stopping) return;
  stopping = true;
  console.log("%s: shutting down", signal);
  setTimeout(() => process.exit(1), 10_000).unref();
  admin.close();
  server.close(async (error) => {
    await shutdown();
    process.exitCode = error ? 1 : 0;
  });
  server.closeIdleConnections();
}

process.once("SIGTERM", stop).once("SIGINT", stop);
process.on("unhandledRejection", (reason) => {
  console.error(reason);
  server.closeAllConnections();
  process.exit(1);
});
