// F2: stores and emitters whose disposer only forgets who listens: whoever drops one drops all that it has.
type Listener<T> = (value: T) => void;

interface Store<T> extends Disposable {
  get(): T;
  set(value: T): void;
  subscribe(listener: Listener<T>): () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<Listener<T>>();
  return {
    get: () => value,
    set: (next) => {
      value = next;
      for (const listener of listeners) listener(next);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    [Symbol.dispose]: () => {
      listeners.clear();
    },
  };
}

class Emitter<T> implements Disposable {
  readonly #listeners = new Map<string, Listener<T>>();
  #isDisposed = false;

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  on(name: string, listener: Listener<T>): void {
    this.#listeners.set(name, listener);
  }

  emit(name: string, value: T): void {
    this.#listeners.get(name)?.(value);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#listeners.clear();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

export function total(prices: readonly number[]): number {
  const sum = createStore(0);
  for (const price of prices) sum.set(sum.get() + price);
  return sum.get();
}

export function eventsOf(given: readonly string[]): string[] {
  const seen: string[] = [];
  const emitter = new Emitter<string>();
  emitter.on("event", (name) => seen.push(name));
  for (const name of given) emitter.emit("event", name);
  return seen;
}
