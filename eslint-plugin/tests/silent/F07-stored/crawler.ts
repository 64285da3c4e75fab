// F07: fields are filled late, swapped, cleared and filled again; the class disposes what they hold.
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { type FileHandle, open } from "node:fs/promises";
import { slots } from "./registry.js";

interface Opened {
  browser: Browser;
  version: string;
}

export class Crawler implements AsyncDisposable {
  #browser: Browser | undefined;
  #log: FileHandle | null = null;
  readonly #contexts = slots<BrowserContext>();
  readonly #pages = new Set<Page>();
  private readonly handles: [input?: FileHandle, output?: FileHandle] = [];
  version = "";

  async #launch(): Promise<Opened> {
    const browser = await chromium.launch({ headless: true });
    return { browser, version: browser.version() };
  }

  async start(logPath?: string): Promise<this> {
    if (this.#browser) return this;
    ({ browser: this.#browser, version: this.version } = await this.#launch());
    if (logPath) this.#log = await open(logPath, "a");
    return this;
  }

  async relaunch(): Promise<void> {
    const old = this.#browser;
    this.#pages.clear();
    this.#contexts.byKey = {};
    this.#browser = (await this.#launch()).browser;
    await old?.close();
  }

  async contextFor(locale: string): Promise<BrowserContext> {
    const browser = (this.#browser ??= await chromium.launch());
    return (this.#contexts.byKey[locale] ??= await browser.newContext({ locale }));
  }

  async visit(url: string, locale = "en"): Promise<string> {
    const context = await this.contextFor(locale);
    const page = await context.newPage();
    this.#pages.add(page);
    page.once("close", () => this.#pages.delete(page));
    await page.goto(url);
    await this.#log?.appendFile(`${url}\n`);
    return await page.title();
  }

  async standby(count: number): Promise<void> {
    const { standby } = this.#contexts;
    for (let n = standby.length; n < count; n++) standby.push(await this.#browser!.newContext());
    const next = standby.shift();
    if (next) {
      await this.#contexts.current?.close();
      this.#contexts.current = next;
    }
  }

  async files(input: string, output: string): Promise<void> {
    await this.#closeFiles();
    this.handles[0] = await open(input);
    this.handles[1] = await open(output, "w");
  }

  async #closeFiles(): Promise<void> {
    const closing = this.handles.map((h) => h?.close());
    this.handles.length = 0;
    await Promise.allSettled(closing);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled([this.#closeFiles(), this.#log?.close(), this.#browser?.close()]);
    this.#browser = undefined;
    this.#log = null;
  }
}
