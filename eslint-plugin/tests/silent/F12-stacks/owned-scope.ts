// F12: stacks kept in fields and wrapped in classes of their own; whatever is registered there is owned there.
import { EventEmitter } from "node:events";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { Worker } from "node:worker_threads";
import { listen } from "./registration.js";

export class Scope implements AsyncDisposable {
  readonly #stack = new AsyncDisposableStack();

  own<T extends AsyncDisposable | Disposable>(resource: T): T {
    return this.#stack.use(resource);
  }

  onClose(callback: () => void | Promise<void>): this {
    this.#stack.defer(callback);
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

export class Crawler extends EventEmitter<{ page: [url: string]; done: [] }> implements AsyncDisposable {
  protected readonly scope = new Scope();
  #contexts = new Map<string, BrowserContext>();
  #browser: Browser | null = null;

  async page(origin: string): Promise<Page> {
    this.#browser ??= this.scope.own(await chromium.launch());
    let context = this.#contexts.get(origin);
    if (!context) {
      context = this.scope.own(await this.#browser.newContext({ baseURL: origin }));
      this.#contexts.set(origin, context);
    }
    return this.scope.own(await context.newPage());
  }

  async crawl(start: URL, limit = 50): Promise<Set<string>> {
    const page = await this.page(start.origin);
    const seen = new Set<string>();
    const queue = [start.href];
    crawling: while (queue.length > 0) {
      const url = queue.pop()!;
      if (seen.has(url)) continue;
      await page.goto(url, { waitUntil: "domcontentloaded" });
      this.emit("page", url);
      for (const link of await page.locator("a[href]").all()) {
        if (seen.add(url).size >= limit) break crawling;
        queue.push(new URL((await link.getAttribute("href"))!, url).href);
      }
    }
    this.emit("done");
    return seen;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#contexts.clear();
    await this.scope[Symbol.asyncDispose]();
  }
}

export async function hashInWorker(scope: Scope, files: string[]): Promise<Map<string, string>> {
  const worker = scope.own(new Worker(new URL("./hash-worker.js", import.meta.url), { workerData: files }));
  const digests = new Map<string, string>();
  using listeners = new DisposableStack();
  listen(listeners, worker, "message", (message) => {
    const [file, digest] = message as [string, string];
    digests.set(file, digest);
  });
  await new Promise<void>((resolve, reject) => worker.once("error", reject).once("exit", () => resolve()));
  return digests;
}

export async function crawlAll(origins: string[]): Promise<number> {
  await using scope = new Scope();
  const crawler = scope.own(new Crawler());
  scope.onClose(() => console.log("crawled", origins));
  let pages = 0;
  for (const origin of origins) pages += (await crawler.crawl(new URL(origin))).size;
  return pages;
}
