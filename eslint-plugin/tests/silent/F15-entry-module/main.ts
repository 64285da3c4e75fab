// F15: entries that guard their own start, and a main function that is awaited or caught at the end.
import { once } from "node:events";
import { fork, spawn, type ChildProcess } from "node:child_process";
import { availableParallelism } from "node:os";
import { watch } from "node:fs/promises";
import fastify from "fastify";
import { balance, mongo, shutdown } from "./app.js";

const app = fastify({ logger: { level: process.env.LOG_LEVEL ?? "info" } });
app.decorate("started", Date.now());
app.get<{ Params: { id: string } }>("/balance/:id", async ({ params }) => ({ balance: await balance(params.id) }));
app.addHook("onClose", mongo).addHook("onClose", shutdown);

const children = new Map<number, ChildProcess>();

function startChild(index: number): void {
  const child = fork(new URL("./server.js", import.meta.url), [String(index)], { stdio: "inherit" });
  children.set(index, child);
  child.once("exit", (code) => {
    children.delete(index);
    if (code !== 0) setTimeout(startChild, 1_000, index);
  });
}

async function supervise(): Promise<void> {
  for (let index = 0; index < availableParallelism(); index++) startChild(index);
  await once(process, "SIGTERM");
  for (const child of children.values()) child.kill();
}

async function develop(directory: string, signal: AbortSignal): Promise<void> {
  let running: ChildProcess | null = spawn(process.execPath, ["server.js"], { stdio: "inherit" });
  try {
    for await (const { filename } of watch(directory, { recursive: true, signal })) {
      if (!filename?.endsWith(".js")) continue;
      running?.kill();
      running = spawn(process.execPath, ["server.js"], { stdio: "inherit" });
    }
  } finally {
    running?.kill();
    running = null;
  }
}

async function main([command = "serve", ...rest]: string[]): Promise<void> {
  switch (command) {
    case "serve":
      await app.listen({ port: Number(rest[0] ?? 3000), host: "::" });
      process.once("SIGTERM", async () => {
        await app.close();
      });
      break;
    case "supervise":
      return supervise();
    case "develop":
      return develop(rest[0] ?? ".", AbortSignal.timeout(3_600_000));
    default:
      throw new Error(`unknown command ${command}`);
  }
}

if (import.meta.main) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
