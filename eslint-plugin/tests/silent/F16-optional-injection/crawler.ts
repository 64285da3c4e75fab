// F16: lazily created members and default parameters; what was injected is only ever borrowed.
import { EventEmitter } from "node:events";
import puppeteer, { type Browser, type ConnectOptions, type Page } from "puppeteer-core";
import { Piscina } from "piscina";
import type { AbstractLevel } from "abstract-level";
import { screenshots } from "./functions.js";

type Cache = AbstractLevel<string, string, string>;

interface CrawlerDependencies {
  browser?: Browser | (() => Promise<Browser>);
  parser?: Pick<Piscina<string, string[]>, "run">;
  cache?: Cache;
  events?: EventEmitter;
}

export class SiteCrawler implements AsyncDisposable {
  readonly #owned = new AsyncDisposableStack();
  readonly #dependencies: CrawlerDependencies;
  readonly events: EventEmitter;
  #browser: Promise<Browser> | undefined;
  #parser: Pick<Piscina<string, string[]>, "run"> | undefined;

  constructor(dependencies: CrawlerDependencies = {}, readonly connectTo: ConnectOptions = {}) {
    this.#dependencies = dependencies;
    this.events = dependencies.events ?? new EventEmitter();
  }

  #connect(): Promise<Browser> {
    const { browser } = this.#dependencies;
    if (typeof browser === "function") return browser();
    if (browser) return Promise.resolve(browser);
    return puppeteer.connect(this.connectTo).then((connected) => {
      this.#owned.defer(() => connected.disconnect());
      return connected;
    });
  }

  get parser(): Pick<Piscina<string, string[]>, "run"> {
    return (this.#parser ??= this.#dependencies.parser ?? this.#owned.use(new Piscina({ filename: "./parse-links.js" })));
  }

  async visit(url: string, page?: Page): Promise<string[]> {
    const cached = await this.#dependencies.cache?.get(url);
    if (cached !== undefined) return JSON.parse(cached) as string[];
    await using tab = page ? undefined : await (await (this.#browser ??= this.#connect())).newPage();
    const target = page ?? tab!;
    await target.goto(url);
    const links = await this.parser.run(await target.content());
    await this.#dependencies.cache?.put(url, JSON.stringify(links));
    this.events.emit("visited", url, links.length);
    return links;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#owned.disposeAsync();
  }
}

export async function crawl(start: string, crawler?: SiteCrawler, pages: Record<string, string> = {}): Promise<string[]> {
  await using own = crawler ? null : new SiteCrawler();
  const links = await (crawler ?? own!).visit(start);
  for (const [name, image] of await screenshots(pages)) crawler?.events.emit("image", name, image.byteLength);
  return links;
}
