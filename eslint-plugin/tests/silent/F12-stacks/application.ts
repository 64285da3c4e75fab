// F12: everything is registered while the application is built, and move() hands the stack to its owner.
import { MongoClient, type Db } from "mongodb";
import { connect, type NatsConnection, type Subscription } from "@nats-io/transport-node";
import { Piscina } from "piscina";
import { pool, scratchDirectory, serve } from "./registration.js";

export interface Settings {
  mongoUri: string;
  natsServers: string[];
  mysqlUri?: string;
  workers: number;
}

interface Parts {
  db: Db;
  bus: NatsConnection;
  jobs: Subscription;
  renderer: Piscina<{ template: string }, Uint8Array>;
  url: string;
}

export class Application implements AsyncDisposable {
  readonly #parts: Parts;
  readonly #resources: AsyncDisposableStack;

  private constructor(parts: Parts, resources: AsyncDisposableStack) {
    this.#parts = parts;
    this.#resources = resources;
  }

  static async start(settings: Settings): Promise<Application> {
    await using stack = new AsyncDisposableStack();
    const client = stack.use(new MongoClient(settings.mongoUri));
    const [bus, directory] = [
      stack.use(await connect({ servers: settings.natsServers, name: "renderer" })),
      await scratchDirectory(stack),
    ];
    const jobs = stack.use(bus.subscribe("render.*", { queue: "renderers" }));
    const renderer = stack.adopt(
      new Piscina<{ template: string }, Uint8Array>({
        filename: new URL("./render-worker.js", import.meta.url).href,
        maxThreads: settings.workers,
        workerData: { directory },
      }),
      (created) => created.close({ force: true }),
    );
    if (settings.mysqlUri) {
      const audit = pool(stack, settings.mysqlUri);
      await audit.query("insert into audit (event) values ('start')");
    }
    const url = await serve(stack, (_request, response) => response.end(`${renderer.queueSize}`));
    const db = client.db();
    return new Application({ db, bus, jobs, renderer, url }, stack.move());
  }

  async run(signal: AbortSignal): Promise<number> {
    let rendered = 0;
    using _ = { [Symbol.dispose]: () => console.log("rendered %d documents", rendered) };
    for await (const message of this.#parts.jobs) {
      const document = await this.#parts.renderer.run({ template: message.string() }, { signal });
      message.respond(document);
      rendered++;
    }
    return rendered;
  }

  get url(): string {
    return this.#parts.url;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
