// @ts-nocheck
// F18: code written for a lib without the disposal symbols: own symbols, shims and casts.
import { EventEmitter } from "node:events";
import { createServer } from "node:http";
import { open as openFile } from "node:fs/promises";

declare global {
  interface SymbolConstructor {
    readonly asyncDispose: any;
    readonly dispose: unique symbol | undefined;
  }
}

(Symbol as any).dispose ??= Symbol.for("nodejs.dispose");
(Symbol as any).asyncDispose ??= Symbol.for("nodejs.asyncDispose");

const asyncDispose: any = Symbol.asyncDispose;
const kClose = Symbol("close");

export class Channel extends EventEmitter {
  #subscribers = new Set<(message: any) => void>();

  subscribe(listener) {
    this.#subscribers.add(listener);
    const unsubscribe = () => this.#subscribers.delete(listener);
    return { unsubscribe, [Symbol.dispose]: unsubscribe };
  }

  async [kClose]() {
    this.#subscribers.clear();
  }

  [asyncDispose]() {
    return this[kClose]();
  }
}

export function attachDisposer(target, close) {
  target[Symbol.asyncDispose] = close;
  Object.defineProperty(target, Symbol.dispose, { value: () => target.abort?.(), configurable: true });
  return target;
}

export const createChannel = (options?) => Object.assign(new Channel(options), { created: Date.now() });

export async function main(port) {
  const channel = createChannel();
  const server = attachDisposer(createServer().listen(port), () => new Promise((resolve) => server.close(resolve)));
  try {
    const subscription = channel.subscribe((message) => server.emit("message", message));
    await EventEmitter.once(server, "listening");
    channel.emit("ready", server.address());
    await EventEmitter.once(process, "SIGTERM");
    subscription.unsubscribe();
  } finally {
    try {
      await server[Symbol.asyncDispose]();
    } finally {
      await channel[asyncDispose]();
    }
  }
}

export async function readAll(paths) {
  const texts = {};
  for (const path of paths) {
    const file: any = await openFile(path);
    try {
      texts[path] = await file.readFile("utf8");
    } finally {
      await file.close();
    }
  }
  return texts;
}
