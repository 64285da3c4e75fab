// F11: factories of factories, registries, overloads and callbacks: only the final caller owns the result.
import { chromium, type Browser, type BrowserContext } from "playwright-core";
import type { Browser as PuppeteerBrowser } from "puppeteer-core";
import { open, type FileHandle } from "node:fs/promises";
import { LineClient, connectLocal, connectWithRetry, type Endpoint } from "./line-client.js";

export type Factory<T extends AsyncDisposable> = (signal?: AbortSignal) => Promise<T>;

export const endpointFactory =
  (endpoint: Endpoint): Factory<LineClient> =>
  (signal) =>
    LineClient.connect(endpoint, signal);

export function traced<T extends AsyncDisposable>(name: string, create: Factory<T>): Factory<T> {
  return async (signal) => {
    const started = performance.now();
    try {
      return await create(signal);
    } finally {
      console.debug("%s took %d ms", name, performance.now() - started);
    }
  };
}

export async function withResource<T extends AsyncDisposable, R>(create: Factory<T>, body: (resource: T) => Promise<R>) {
  await using resource = await create();
  return await body(resource);
}

export const clients: Record<string, Factory<LineClient>> = {
  local: () => connectLocal(7000),
  remote: endpointFactory({ host: "cache.internal", port: 7000 }),
  patient: () => connectWithRetry({ host: "cache.internal", port: 7000 }, { attempts: 10 }),
};

export function openLog(path: string): Promise<FileHandle>;
export function openLog(path: string, mode: "exclusive"): Promise<FileHandle | null>;
export async function openLog(path: string, mode?: "exclusive"): Promise<FileHandle | null> {
  if (mode !== "exclusive") return open(path, "a");
  try {
    return await open(path, "ax");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return null;
    throw error;
  }
}

export async function launchPuppeteer(executablePath: string): Promise<PuppeteerBrowser> {
  const { default: puppeteer } = await import("puppeteer-core");
  return puppeteer.launch({ executablePath, headless: true });
}

export class BrowserHost implements AsyncDisposable {
  #browser?: Promise<Browser>;

  newContext(locale: string): Promise<BrowserContext> {
    this.#browser ??= chromium.launch({ channel: "chromium" });
    return this.#browser.then((browser) => browser.newContext({ locale }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#browser)?.close();
  }
}
