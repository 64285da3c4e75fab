// F7: sessions and exchanges that are made for whoever asks, and that their manager lists until they end, to end them all at its own end.
import type { Socket } from "node:net";

class Exchange implements AsyncDisposable {
  constructor(
    readonly session: Session,
    private readonly onEnd: () => void,
  ) {}

  async send(text: string): Promise<void> {
    await this.session.write(text);
  }

  async close(): Promise<void> {
    await this.session.write("bye");
    this.onEnd();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

class Session implements AsyncDisposable {
  static async create(sessions: Sessions, socket: Socket): Promise<Session> {
    await sessions.isReady;
    return new this(sessions, socket);
  }

  constructor(
    readonly sessions: Sessions,
    readonly socket: Socket,
  ) {
    sessions.all.add(this);
  }

  async write(text: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.socket.write(text, () => resolve());
    await promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.sessions.all.delete(this);
    await this.write("end");
  }
}

export class Sessions implements AsyncDisposable {
  readonly all = new Set<Session>();
  readonly isReady = Promise.resolve();
  readonly #exchanges = new Map<number, Exchange>();
  #last = 0;

  async createSession(socket: Socket): Promise<Session> {
    return await Session.create(this, socket);
  }

  createExchange(session: Session): Exchange {
    const id = ++this.#last;
    const exchange = new Exchange(session, () => this.#exchanges.delete(id));
    this.#add(id, exchange);
    return exchange;
  }

  #add(id: number, exchange: Exchange): void {
    this.#exchanges.set(id, exchange);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const exchange of this.#exchanges.values()) await exchange.close();
    for (const session of this.all) await session[Symbol.asyncDispose]();
  }
}

export async function greet(sessions: Sessions, session: Session): Promise<void> {
  await using exchange = sessions.createExchange(session);
  await exchange.send("hello");
}

export async function accept(sessions: Sessions, socket: Socket): Promise<void> {
  const session = await sessions.createSession(socket);
  await session.write("welcome");
}

export function announce(sessions: Sessions, session: Session): Exchange {
  return sessions.createExchange(session);
}

export async function say(sessions: Sessions, session: Session, text: string): Promise<void> {
  await using exchange = announce(sessions, session);
  await exchange.send(text);
}
