// F02: objects that hold nothing outside of memory: their disposers settle who waits, empty buffers, wait for pending work.

interface Waiting<T> {
  readonly resolve: (message: T) => void;
  readonly reject: (why: unknown) => void;
}

class MailboxClosed extends Error {}

class Mailbox<T> implements Disposable, AsyncDisposable {
  readonly #messages: T[] = [];
  readonly #waiting = new Map<number, Waiting<T>>();
  #isClosed = false;
  #next = 0;

  put(message: T): boolean {
    if (this.#isClosed) return false;
    const [first] = this.#waiting;
    if (first === undefined) this.#messages.push(message);
    else {
      this.#waiting.delete(first[0]);
      first[1].resolve(message);
    }
    return true;
  }

  take(signal?: AbortSignal): Promise<T> {
    const message = this.#messages.shift();
    if (message !== undefined) return Promise.resolve(message);
    const id = this.#next++;
    return new Promise<T>((resolve, reject) => {
      const leave = () => this.#waiting.delete(id);
      signal?.addEventListener("abort", leave);
      this.#waiting.set(id, {
        resolve: (given) => {
          signal?.removeEventListener("abort", leave);
          resolve(given);
        },
        reject,
      });
    });
  }

  close(): void {
    this.#isClosed = true;
    for (const { reject } of this.#waiting.values()) reject(new MailboxClosed("closed"));
    this.#waiting.clear();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}

export async function greet(): Promise<string> {
  const mailbox = new Mailbox<string>();
  mailbox.put("hello");
  mailbox.put("world");
  const first = await mailbox.take();
  mailbox.close();
  return `${first} ${await mailbox.take()}`;
}

interface Sink {
  write(line: string): Promise<void> | void;
  flush?(): Promise<void>;
}

class Journal implements AsyncDisposable {
  readonly #sinks: readonly Sink[];
  readonly #prefix: string;
  #pending?: Set<Promise<void>>;

  constructor(sinks: readonly Sink[], prefix = "") {
    this.#sinks = sinks;
    this.#prefix = prefix;
  }

  child(prefix: string): Journal {
    return new Journal(this.#sinks, `${this.#prefix}${prefix} `);
  }

  note(line: string): void {
    for (const sink of this.#sinks) {
      const written = sink.write(this.#prefix + line);
      if (written !== undefined) (this.#pending ??= new Set()).add(written);
    }
  }

  async flush(): Promise<void> {
    await Promise.all([...(this.#pending ?? [])]);
    await Promise.all(this.#sinks.map((sink) => sink.flush?.()));
    this.#pending?.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.flush();
  }
}

export function describe(journal: Journal, isVerbose: boolean): void {
  const lines = journal.child("describe");
  lines.note("begin");
  if (!isVerbose) return;
  lines.note("end");
}

export async function record(sinks: readonly Sink[]): Promise<void> {
  const journal = new Journal(sinks);
  journal.note("once");
  await journal.flush();
}
