// F9: groups of work that are resources and thenables: to await one is to wait for its end.
class Work implements PromiseLike<void>, AsyncDisposable {
  readonly #running = new Set<Promise<void>>();

  add(job: Promise<void>): void {
    const settled = job.finally(() => this.#running.delete(settled));
    this.#running.add(settled);
  }

  async close(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  then<R1 = void, R2 = never>(onDone?: (() => PromiseLike<R1> | R1) | null, onFailed?: ((reason: unknown) => PromiseLike<R2> | R2) | null): Promise<R1 | R2> {
    return this.close().then(onDone, onFailed);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

export async function all(urls: readonly string[], load: (url: string) => Promise<void>): Promise<number> {
  const work = new Work();
  for (const url of urls) work.add(load(url));
  await work;
  return urls.length;
}

export async function first(urls: readonly string[], load: (url: string) => Promise<void>, patience: Promise<void>): Promise<void> {
  const work = new Work();
  for (const url of urls) work.add(load(url));
  await Promise.race([work, patience]);
}

export class Poller {
  readonly #work = new Work();
  #isStopped = false;

  poll(load: () => Promise<void>): void {
    if (!this.#isStopped) this.#work.add(load());
  }

  async close(): Promise<void> {
    this.#isStopped = true;
    await this.#work;
  }
}

export class Watcher implements AsyncDisposable {
  readonly #work: Work;

  constructor(load: () => Promise<void>) {
    this.#work = new Work();
    this.#work.add(load());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#work;
  }
}
