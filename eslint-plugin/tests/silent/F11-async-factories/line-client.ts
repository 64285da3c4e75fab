// F11: an async factory returns what it acquired; the half-open socket is destroyed when connecting fails.
import { once } from "node:events";
import { connect as dial, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

export interface Endpoint {
  host: string;
  port: number;
}

export class LineClient implements AsyncDisposable {
  readonly #socket: Socket;
  #closing?: Promise<void>;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async connect({ host, port }: Endpoint, signal?: AbortSignal): Promise<LineClient> {
    const socket = dial({ host, port });
    try {
      await once(socket, "connect", { signal });
      return new LineClient(socket);
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }

  async request(line: string): Promise<string> {
    this.#socket.write(`${line}\n`);
    const [chunk] = (await once(this.#socket, "data")) as [Buffer];
    return chunk.toString("utf8").trimEnd();
  }

  async #end(): Promise<void> {
    if (this.#socket.closed) return;
    this.#socket.destroySoon();
    await once(this.#socket, "close");
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#end());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

export const connectLocal = (port: number) => LineClient.connect({ host: "127.0.0.1", port });

export async function connectWithRetry(endpoint: Endpoint, { attempts = 3 } = {}): Promise<LineClient> {
  let lastError: unknown;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      return await LineClient.connect(endpoint, AbortSignal.timeout(5_000));
    } catch (error) {
      lastError = error;
      await delay(50 * 2 ** attempt);
    }
  }
  throw new Error(`cannot connect to ${endpoint.host}:${endpoint.port}`, { cause: lastError });
}

export async function connectFirst(endpoints: Iterable<Endpoint>): Promise<LineClient> {
  const failures: unknown[] = [];
  for (const endpoint of endpoints) {
    const client = await LineClient.connect(endpoint).catch((error: unknown) => {
      failures.push(error);
      return null;
    });
    if (client) return client;
  }
  throw new AggregateError(failures, "no endpoint accepted the connection");
}

export async function tryConnect(endpoint: Endpoint | undefined): Promise<LineClient | undefined> {
  return endpoint && (await connectWithRetry(endpoint).catch(() => undefined));
}
