// F04: a base class registers what it is given and returns it; the field holds what the host disposes.
import { connect, type NatsConnection, type Subscription } from "@nats-io/transport-node";
import { MongoClient } from "mongodb";
import { Piscina } from "piscina";
import { keep, tap } from "./keep.js";

export abstract class Host implements AsyncDisposable {
  readonly #owned: AsyncDisposable[] = [];

  protected own<T extends AsyncDisposable>(resource: T): T {
    this.#owned.push(resource);
    return resource;
  }

  protected ownAll<T extends readonly AsyncDisposable[]>(...resources: T): T {
    this.#owned.push(...resources);
    return resources;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const errors: unknown[] = [];
    for (let last = this.#owned.pop(); last; last = this.#owned.pop()) {
      try {
        await last[Symbol.asyncDispose]();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, "host did not stop cleanly");
  }
}

export class ThumbnailHost extends Host {
  readonly mongo = this.own(new MongoClient(process.env.MONGO_URL ?? "mongodb://127.0.0.1"));
  #pool?: Piscina;
  #nc?: NatsConnection;
  #jobs: Subscription | undefined;

  async start(servers: string | string[]): Promise<this> {
    const nc = this.own(await connect({ servers }));
    this.#nc = nc;
    this.#pool ??= this.own(new Piscina({ filename: new URL("./render.js", import.meta.url).href }));
    this.#jobs = this.own(keep(nc.subscribe("thumbnails", { queue: "render" })));
    return this;
  }

  async run(): Promise<number> {
    let rendered = 0;
    for await (const message of this.#jobs ?? []) {
      message.respond(await this.#pool?.run(message.json()));
      rendered++;
    }
    return rendered;
  }

  async extra(subject: string): Promise<void> {
    const nc = this.#nc;
    if (!nc) return;
    this.own(nc.subscribe(subject));
    const [audit] = this.ownAll(nc.subscribe(`${subject}.audit`));
    tap(audit, (sub) => console.debug(sub.getSubject()));
  }
}

export async function main(servers = process.env.NATS_SERVERS?.split(",") ?? ["127.0.0.1"]): Promise<void> {
  await using host = new ThumbnailHost();
  const started = await host.start(servers);
  console.log("rendered %d thumbnails", await started.run());
}
