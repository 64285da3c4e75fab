// F20: helpers that end something politely; the scope of the caller is only the safety net.
import { once } from "node:events";
import type { ChildProcess } from "node:child_process";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";

export interface Closable {
  close(): Promise<void>;
}

export class Spool implements Closable, AsyncDisposable {
  readonly #sink: Writable;
  #pending: string[] = [];
  #state: "open" | "closing" | "closed" = "open";

  constructor(sink: Writable) {
    this.#sink = sink;
  }

  get size(): number {
    return this.#pending.length;
  }

  add(line: string): this {
    if (this.#state !== "open") throw new Error("spool is closed");
    this.#pending.push(line);
    return this;
  }

  async flush(): Promise<number> {
    const lines = this.#pending.splice(0);
    for (const line of lines) {
      if (!this.#sink.write(`${line}\n`)) await once(this.#sink, "drain");
    }
    return lines.length;
  }

  async close(): Promise<void> {
    if (this.#state !== "open") return;
    this.#state = "closing";
    await this.flush();
    this.#state = "closed";
  }

  /** Abrupt: drops what is pending. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#pending = [];
    this.#state = "closed";
  }
}

export async function written(stream: Writable): Promise<number> {
  await finished(stream);
  return stream.writableLength;
}

export async function exitWithin(child: ChildProcess, patience = 5_000): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const exited = once(child, "exit", { signal: AbortSignal.timeout(patience) });
  const [code] = (await exited.catch(() => [null])) as [number | null];
  return code;
}
