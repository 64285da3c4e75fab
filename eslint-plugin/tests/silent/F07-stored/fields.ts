// F07: fields whose resource is not, or not only, the class's own: injected, handed out, given away, shared by the whole program.
import { type FileHandle, open } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { MongoClient, type ClientSession } from "mongodb";
import { chromium, type Browser, type Page } from "playwright-core";

export class Accounts {
  #session: ClientSession | undefined;

  constructor(private readonly client: MongoClient, private readonly log: DatabaseSync = shared.database) {}

  async move(from: string, to: string): Promise<void> {
    this.#session ??= this.client.startSession();
    await this.client.db().collection("moves").insertOne({ from, to }, { session: this.#session });
    this.log.exec("select 1");
  }
}

/** One for the whole program. */
class Shared {
  readonly #database = new DatabaseSync("app.db");

  get database(): DatabaseSync {
    return this.#database;
  }
}
export const shared = new Shared();

export class Metrics {
  static #instance: Metrics | undefined;
  readonly #rows = new DatabaseSync(":memory:");

  static get(): Metrics {
    return (Metrics.#instance ??= new Metrics());
  }

  count(name: string): void {
    this.#rows.prepare("insert into counts values (?)").run(name);
  }
}

export class Upload {
  #file: FileHandle | undefined;

  async begin(path: string): Promise<void> {
    this.#file = await open(path, "w");
  }

  /** The caller closes it. */
  finish(): FileHandle | undefined {
    const file = this.#file;
    this.#file = undefined;
    return file;
  }
}

/** The pages of a browser go with it, and the browser is somebody else's. */
export class Checkout {
  private page!: Page;

  constructor(private readonly browser: Browser) {}

  async open(): Promise<void> {
    this.page = await this.browser.newPage();
    await this.page.goto("https://example.com");
  }
}

/** What tests set up and tear down by the object's fields. */
export class World {
  browser!: Browser;
  page!: Page;

  async launch(): Promise<void> {
    this.browser = await chromium.launch();
    this.page = await this.browser.newPage();
  }
}

export class Gateway {
  readonly #server;

  constructor(listener: RequestListener) {
    this.#server = createServer(listener);
  }

  listen(port: number): void {
    this.#server.listen(port).unref();
  }
}

/** The writer owns the file that it is given. */
export class Export {
  #writer: Writer | undefined;
  #file: FileHandle | undefined;

  async start(path: string): Promise<void> {
    this.#file = await open(path, "w");
    this.#writer = new Writer(this.#file);
  }

  async end(): Promise<void> {
    await this.#writer?.end();
  }
}

class Writer {
  constructor(private readonly file: FileHandle) {}

  async end(): Promise<void> {
    await this.file.close();
  }
}

export class Optional {
  readonly #database: DatabaseSync;
  readonly #owns: boolean;

  constructor(database?: DatabaseSync) {
    this.#database = database ?? new DatabaseSync(":memory:");
    this.#owns = database === undefined;
  }

  [Symbol.dispose](): void {
    if (this.#owns) this.#database.close();
  }
}
