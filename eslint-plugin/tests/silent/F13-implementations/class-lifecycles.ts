// F13: classes whose frameworks tell them when to let go: Nest, Angular, custom elements, Lit's controllers, React, Vue, streams.
import { open, type FileHandle } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { Transform, type TransformCallback } from "node:stream";
import { MongoClient, type Db } from "mongodb";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { LitElement, type ReactiveControllerHost } from "lit";
import { Piscina } from "piscina";
import { Component as ReactComponent } from "react";

declare function Injectable(): (target: unknown, context: unknown) => void;
declare function Component(options: { selector: string }): (target: unknown, context: unknown) => void;
interface OnModuleInit {
  onModuleInit(): Promise<void>;
}
interface OnModuleDestroy {
  onModuleDestroy(): Promise<void>;
}
declare class DestroyRef {
  onDestroy(callback: () => void): () => void;
}
declare function inject<T>(token: new () => T): T;

@Injectable()
export class MongoService implements OnModuleInit, OnModuleDestroy {
  private readonly client: MongoClient;

  constructor(uri: string) {
    this.client = new MongoClient(uri);
  }

  async onModuleInit(): Promise<void> {
    await this.client.connect();
  }

  db(name: string): Db {
    return this.client.db(name);
  }

  async onModuleDestroy(): Promise<void> {
    await this.client.close();
  }
}

@Injectable()
export class EventBus {
  private connection: NatsConnection | null = null;

  constructor(private readonly mongo: MongoService) {}

  async publish(subject: string, text: string): Promise<void> {
    this.connection ??= await connect({ servers: this.mongo.db("config").databaseName });
    this.connection.publish(subject, text);
  }

  async beforeApplicationShutdown(signal?: string): Promise<void> {
    if (signal === "SIGKILL") return;
    await this.drain();
  }

  private async drain(): Promise<void> {
    const { connection } = this;
    this.connection = null;
    await connection?.drain();
  }
}

@Component({ selector: "app-search" })
export class SearchComponent {
  readonly #index = new DatabaseSync(":memory:");
  readonly #pool = new Piscina({ filename: "search.js" });

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#index.close());
  }

  async search(text: string): Promise<unknown> {
    return await this.#pool.run({ text, rows: this.#index.prepare("select * from pages").all() });
  }

  ngOnDestroy(): void {
    void this.#pool.close();
  }
}

export class MapView extends LitElement {
  #tiles?: DatabaseSync;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#tiles = new DatabaseSync("tiles.db");
    this.requestUpdate("tiles");
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#tiles?.close();
    this.#tiles = undefined;
  }
}

export class TileController {
  #tiles: DatabaseSync | undefined;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#tiles ??= new DatabaseSync("tiles.db");
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#tiles?.close();
    this.#tiles = undefined;
  }
}

export class Table extends ReactComponent<{ readonly file: string }> {
  private readonly rows = new DatabaseSync(this.props.file, { readOnly: true });

  override componentWillUnmount(): void {
    this.rows.close();
  }

  override render(): number {
    return this.rows.prepare("select * from t").all().length;
  }
}

export class Numbered extends Transform {
  #log: FileHandle | undefined;
  #line = 0;

  override _construct(done: (error?: Error | null) => void): void {
    open("lines.log", "a").then((file) => {
      this.#log = file;
      done();
    }, done);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#line += 1;
    this.#log?.write(`${this.#line}\n`).then(() => done(null, chunk), done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    (this.#log?.close() ?? Promise.resolve()).then(() => done(error), done);
  }
}
