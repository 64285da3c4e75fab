// F5: scopes for what a function was given to keep: connection handlers, jobs, leases taken out of a pool, fields that are replaced.
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import type { Socket } from "node:net";
import { createServer } from "node:net";
import { chromium, type Browser, type Page } from "playwright-core";

async function handleConnection(socket: Socket): Promise<void> {
  await using connection = socket;
  for await (const chunk of connection) connection.write(chunk as Buffer);
}
createServer((socket) => void handleConnection(socket)).listen(0);

async function screenshot(page: Page, url: string, path: string): Promise<void> {
  await using tab = page;
  await tab.goto(url);
  await tab.screenshot({ path });
}

export async function screenshots(browser: Browser, urls: readonly string[]): Promise<void> {
  for (const url of urls) {
    const page = await browser.newPage();
    await screenshot(page, url, `${encodeURIComponent(url)}.png`);
  }
}

/** One job: it owns the page that it is made with, and `run` is its end. */
export class Job {
  constructor(private readonly page: Page) {}

  async run(url: string): Promise<string> {
    await using page = this.page;
    await page.goto(url);
    return await this.title();
  }

  private async title(): Promise<string> {
    return await this.page.title();
  }
}

export class RotatingLog {
  #handle: FileHandle | undefined;

  async rotate(path: string): Promise<void> {
    await using old = this.#handle;
    this.#handle = await open(path, "a");
    await old?.sync();
  }

  async append(line: string): Promise<void> {
    await this.#handle?.appendFile(line);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle?.close();
  }
}

class Idle {
  readonly #pages: Page[] = [];
  #last: Page | null = null;

  give(page: Page): void {
    this.#pages.push(page);
    this.#last = page;
  }

  current(): Page | null {
    const page = this.#last;
    this.#last = null;
    return page;
  }

  next(): Page | undefined {
    return this.#pages.shift();
  }
}

export async function closeOne(idle: Idle): Promise<string | null> {
  await using last = idle.current();
  await using page = idle.next();
  return `${(await last?.title()) ?? ""}${(await page?.title()) ?? ""}`;
}

let browser: Browser | undefined;
export const getBrowser = async (): Promise<Browser> => (browser ??= await chromium.launch());

export async function main(): Promise<void> {
  await using own = await getBrowser();
  await screenshots(own, ["https://example.com"]);
}
