// F04: the result of keep(x) is x itself, whatever the helper does with x on the way.

export function keep<T>(value: T): T {
  return value;
}

export const same = <const T>(value: T) => value;

export function assertPresent<T>(value: T | null | undefined, what = "value"): asserts value is T {
  if (value == null) throw new TypeError(`${what} is missing`);
}

export function present<T>(value: T): NonNullable<T> {
  if (value == null) throw new TypeError("missing");
  return value;
}

export function label<T extends object>(value: T, name: string): T {
  names.set(value, name);
  return value;
}

const names = new WeakMap<object, string>();
export const nameOf = (value: object): string => names.get(value) ?? "anonymous";

export function tap<T>(value: T, ...observers: ((value: T) => void)[]): T {
  for (const observe of observers) {
    try {
      observe(value);
    } catch (error) {
      console.warn("observer failed", error);
    }
  }
  return value;
}

export function tagged<T extends object, X extends object>(value: T, extra: X): T & X {
  return Object.assign(value, extra);
}

/** Hands the resource back when the check passes and disposes it when not. */
export async function verified<T extends AsyncDisposable>(resource: T, check: (resource: T) => Promise<unknown>): Promise<T> {
  try {
    await check(resource);
    return resource;
  } catch (error) {
    await resource[Symbol.asyncDispose]();
    throw error;
  }
}

export async function timed<T>(what: string, pending: Promise<T>): Promise<T> {
  const start = performance.now();
  const value = await pending;
  console.debug("%s took %d ms", what, performance.now() - start);
  return value;
}

export const logged =
  (what: string) =>
  <T>(value: T): T =>
    tap(value, () => console.debug(what));

export function pipeThrough<T>(value: T, ...steps: ((value: T) => T)[]): T {
  return steps.reduce((v, step) => step(v), value);
}
