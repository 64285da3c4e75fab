// F13: the implementation of a manager helper drives a generator by hand; that is its job, not a leak.
export interface Managed<T> extends AsyncDisposable {
  readonly value: T;
}

export function asyncContextManager<A extends unknown[], T>(
  make: (...args: A) => AsyncGenerator<T, void, void>,
): (...args: A) => Promise<Managed<T>> {
  const name = make.name || "manager";
  return async (...args) => {
    const generator = make(...args);
    const first = await generator.next();
    if (first.done) throw new TypeError(`${name} ended without yielding a value`);
    let closing: Promise<void> | undefined;
    const release = async (): Promise<void> => {
      const { done } = await generator.return();
      if (!done) throw new TypeError(`${name} yielded again while it was being closed`);
    };
    return {
      value: first.value,
      [Symbol.asyncDispose]: () => (closing ??= release()),
    };
  };
}

export function contextManager<A extends unknown[], T>(make: (...args: A) => Generator<T, void, void>) {
  return (...args: A): { readonly value: T } & Disposable => {
    const generator = make(...args);
    const { done, value } = generator.next();
    if (done) throw new TypeError(`${make.name} ended without yielding a value`);
    return {
      value,
      [Symbol.dispose]() {
        generator.return();
      },
    };
  };
}

export const closing = <T extends { close(): Promise<unknown> }>(value: T): Managed<T> => ({
  value,
  async [Symbol.asyncDispose]() {
    await value.close();
  },
});

export function disposable(release: () => void): Disposable {
  let released = false;
  return {
    [Symbol.dispose]() {
      if (released) return;
      released = true;
      release();
    },
  };
}

export function withDisposer<T extends object>(target: T, release: (target: T) => Promise<void>): T & AsyncDisposable {
  return Object.assign(target, { [Symbol.asyncDispose]: () => release(target) });
}
