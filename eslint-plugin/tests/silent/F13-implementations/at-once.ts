// F13: both disposers do the same at once, so that `using` in async code misses nothing.
type Listener = (value: string) => void;

export class Channel implements Disposable, AsyncDisposable {
  readonly #listeners = new Set<Listener>();

  on(listener: Listener): this {
    this.#listeners.add(listener);
    return this;
  }

  emit(value: string): void {
    for (const listener of this.#listeners) listener(value);
  }

  [Symbol.dispose](): void {
    void this[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listeners.clear();
  }
}

export async function collect(load: (channel: Channel) => Promise<void>): Promise<string[]> {
  const values: string[] = [];
  using channel = new Channel();
  channel.on((value) => values.push(value));
  await load(channel);
  return values;
}
