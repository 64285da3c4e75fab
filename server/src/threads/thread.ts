import { Worker } from "node:worker_threads";

import type { FromWorker } from "./questions.js";

/** What is heard of a thread. */
export interface ThreadListener {
  readonly onLog: (level: "info" | "warn", text: string) => void;
  readonly onMessage: (message: FromWorker) => void;
  readonly onEnd: (because: string, isItsFault: boolean) => void;
}

/**
 * Starts a thread and tells what is heard of it.
 *
 * @param memory the cap of its heap, in MiB
 */
export function startThread(file: string, memory: number, { onEnd, onLog, onMessage }: ThreadListener): Worker {
  // A configuration file that prints would otherwise write into the protocol.
  const thread = new Worker(file, { stdout: true, stderr: true, resourceLimits: { maxOldGenerationSizeMb: memory } });
  thread.stdout.on("data", (chunk: Buffer) => {
    onLog("info", chunk.toString().trimEnd());
  });
  thread.stderr.on("data", (chunk: Buffer) => {
    onLog("warn", chunk.toString().trimEnd());
  });
  thread.on("message", onMessage);
  thread.on("error", (error: Error & { code?: string }) => {
    const isMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
    onEnd(isMemory ? `it needed more than ${String(memory)} MiB (setting awaitUsing.memory)` : `it crashed: ${error.message}`, isMemory);
  });
  thread.on("exit", (code) => {
    onEnd(`it ended with code ${String(code)}`, false);
  });
  return thread;
}
