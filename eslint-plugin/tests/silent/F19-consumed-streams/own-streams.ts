// F19: resources that are read, or ended, through what they give: their own iterator, a stream of theirs, a member that their disposer closes.

interface Updates<T> extends AsyncDisposable {
  [Symbol.asyncIterator](): AsyncIterator<T>;
}
declare function openUpdates(topic: string): Promise<Updates<string>>;

export async function firstTwo(topic: string): Promise<string[]> {
  const updates = await openUpdates(topic);
  const iterator = updates[Symbol.asyncIterator]();
  const first = await iterator.next();
  const second = await iterator.next();
  await iterator.return?.();
  return [first.value, second.value];
}

interface Line extends Disposable {
  readonly readable: ReadableStream<Uint8Array>;
  write(text: string): Promise<void>;
  toReadableStream(): ReadableStream<Uint8Array>;
}
declare function connectLine(host: string, port: number): Promise<Line>;

export async function fetchHead(host: string): Promise<string> {
  const line = await connectLine(host, 80);
  await line.write(`HEAD / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  const decoder = new TextDecoder();
  let head = "";
  for await (const chunk of line.readable) {
    head += decoder.decode(chunk);
    if (head.includes("\r\n\r\n")) break;
  }
  return head;
}

export async function hangUp(host: string): Promise<void> {
  const line = await connectLine(host, 80);
  const stream = line.toReadableStream();
  await stream.cancel();
}

interface Server extends AsyncDisposable {
  readonly finished: Promise<void>;
  readonly port: number;
  shutdown(): Promise<void>;
}
declare function serveOnce(options: { onListen(): Promise<void> }): Server;

export async function isReachable(url: string): Promise<void> {
  const server = serveOnce({
    async onListen() {
      await fetch(url);
      server.shutdown();
    },
  });
  await server.finished;
}

class Inbox implements AsyncDisposable {
  readonly #updates = openUpdates("inbox");
  #failure: unknown;

  async next(): Promise<string> {
    if (this.#failure !== undefined) throw new Error("failed", { cause: this.#failure });
    return String((await (await this.#updates)[Symbol.asyncIterator]().next()).value);
  }

  async fail(cause: unknown): Promise<void> {
    this.#failure = cause;
    await this.close();
  }

  async close(): Promise<void> {
    await (await this.#updates)[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

export async function giveUp(): Promise<void> {
  const inbox = new Inbox();
  await inbox.fail(new Error("given up"));
}
