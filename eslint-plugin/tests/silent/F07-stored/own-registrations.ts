// F07: what an object registers with itself ends with the object; only strangers need the handle.
interface Registration extends Disposable {
  readonly isDisposed: boolean;
  dispose(): void;
}

function registration(undo: () => void): Registration {
  let isDisposed = false;
  return {
    get isDisposed() {
      return isDisposed;
    },
    dispose() {
      isDisposed = true;
      undo();
    },
    [Symbol.dispose]() {
      this.dispose();
    },
  };
}

type Handler = (text: string) => string;

export class Handlers {
  readonly #handlers = new Map<string, Handler>();

  constructor(fallback?: Handler) {
    if (fallback !== undefined) this.register("default", fallback);
  }

  register(name: string, handler: Handler): Registration {
    if (this.#handlers.has(name)) throw new Error(`${name} is taken`);
    this.#handlers.set(name, handler);
    return registration(() => this.#handlers.delete(name));
  }

  registerAll(handlers: Readonly<Record<string, Handler>>): void {
    for (const [name, handler] of Object.entries(handlers)) this.register(name, handler);
  }
}
