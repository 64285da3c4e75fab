// F13: classes that own what they hold, by all the ways in which owners dispose: stacks, helpers, lists, loops, inherited disposers.
import { open, opendir, type FileHandle } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createInterface, type Interface } from "node:readline/promises";
import { DatabaseSync } from "node:sqlite";
import { Kysely, type Dialect } from "kysely";
import mysql from "mysql2/promise";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

export class Workspace implements AsyncDisposable {
  readonly #stack = new AsyncDisposableStack();
  #journal!: FileHandle;

  static async open(path: string): Promise<Workspace> {
    const workspace = new Workspace();
    try {
      workspace.#journal = workspace.#stack.use(await open(path, "a"));
      workspace.#stack.defer(() => workspace.#journal.sync());
    } catch (error) {
      await workspace[Symbol.asyncDispose]();
      throw error;
    }
    return workspace;
  }

  async note(line: string): Promise<void> {
    await this.#journal.appendFile(line);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }
}

export class Session {
  private browser?: Browser;
  private context?: BrowserContext;
  private page?: Page;

  async start(): Promise<Page> {
    this.browser = await chromium.launch();
    this.context = await this.browser.newContext();
    this.page = await this.context.newPage();
    return this.page;
  }

  async visit(url: string): Promise<string> {
    await this.page?.goto(url);
    return (await this.context?.cookies())?.length ? "known" : "new";
  }

  async end(): Promise<void> {
    await this.browser?.close();
  }
}

abstract class Service implements AsyncDisposable {
  protected abstract stop(): Promise<void>;

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

export class Api extends Service {
  readonly #server: Server = createServer((_, response) => response.end());
  readonly #db: Kysely<unknown>;
  #admin: mysql.Connection | null = null;

  constructor(dialect: Dialect) {
    super();
    this.#db = new Kysely({ dialect });
  }

  async start(port: number): Promise<void> {
    this.#admin = await mysql.createConnection({ host: "localhost" });
    await new Promise<void>((resolve) => this.#server.listen(port, resolve));
  }

  protected override async stop(): Promise<void> {
    const closers = [() => this.#admin?.end(), () => this.#db.destroy()];
    for (const close of closers) await close();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export class Audited extends Api {
  readonly #log = new DatabaseSync("audit.db");

  audit(text: string): void {
    this.#log.prepare("insert into audit values (?)").run(text);
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    try {
      await super[Symbol.asyncDispose]();
    } finally {
      this.#log.close();
    }
  }
}

export class Prompt implements Disposable {
  readonly #lines: Interface = createInterface({ input: process.stdin, output: process.stdout });
  #disposed = false;

  ask(question: string): Promise<string> {
    return this.#lines.question(question);
  }

  close(): void {
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#lines.close();
  }
}

/** Reopens its file; whoever closes it closes the last one. */
export class RotatingLog implements AsyncDisposable {
  #file: FileHandle | null = null;
  #size = 0;

  async write(line: string): Promise<void> {
    if (this.#file === null || this.#size > 1_000_000) await this.#rotate(`log-${Date.now()}`);
    this.#size += line.length;
    await this.#file?.appendFile(line);
  }

  async #rotate(path: string | null): Promise<void> {
    await this.#file?.close();
    this.#file = path === null ? null : await open(path, "a");
    this.#size = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#rotate(null);
  }
}

export class Scan implements AsyncDisposable {
  private constructor(
    private readonly dir: Awaited<ReturnType<typeof opendir>>,
    private readonly report: FileHandle,
    private readonly stack: AsyncDisposableStack,
  ) {}

  static async of(path: string): Promise<Scan> {
    await using stack = new AsyncDisposableStack();
    const dir = stack.use(await opendir(path));
    const report = stack.use(await open(`${path}.txt`, "w"));
    await report.appendFile(`scan of ${path}\n`);
    return new Scan(dir, report, stack.move());
  }

  async run(): Promise<void> {
    for (let entry = await this.dir.read(); entry !== null; entry = await this.dir.read()) await this.report.appendFile(entry.name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stack.disposeAsync();
  }
}

export class Replica {
  private constructor(private readonly source: mysql.Connection, private readonly target: mysql.Connection) {}

  static async between(from: string, to: string): Promise<Replica> {
    const source = await mysql.createConnection(from);
    try {
      const target = await mysql.createConnection(to);
      return new Replica(source, target);
    } catch (error) {
      await source.end();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled([this.source.end(), this.target.end()]);
  }
}
