/**
 * The manager helper
 *
 * Scaffolds `managed.ts`, once per project: `asyncContextManager`, `runManaged`, `timeoutScope` and `acquireAll`. It is your code from then on, without any dependency, and runs on Node 20 (compiled for ES2022) as on Node 24.
 *
 * @prefix acm-helper, await-using-helper, using-helper
 * @file
 */
// #region snippet
// Scopes for asynchronous resources. Yours to change; it imports nothing, and needs `Symbol.asyncDispose` (Node 20.3).

/** What a manager hands out: a value, and its release at the end of the `await using` scope. */
export interface Managed<T> extends AsyncDisposable {
  readonly value: T;
}

/**
 * Makes a function that acquires out of an async generator that acquires,
 * yields once, and releases in a `finally` or by `await using`:
 *
 *     await using held = await session("localhost");
 *     await held.value.send("ping");
 *
 * The end of the scope leaves the generator at its `yield` by `return()`: only
 * `finally` blocks and `await using` run, neither `catch` nor what follows the
 * `yield`. What depends on the outcome of the scope belongs in `runManaged`.
 */
export function asyncContextManager<Args extends unknown[], T>(
  generator: (...args: Args) => AsyncGenerator<T, void, void>,
): (...args: Args) => Promise<Managed<T>> {
  const name = generator.name || "The manager";
  return async (...args: Args): Promise<Managed<T>> => {
    const steps = generator(...args);
    const first = await steps.next();
    if (first.done) throw new TypeError(`${name} ended without a yield`);
    const release = async (): Promise<void> => {
      if ((await steps.return()).done) return;
      // A `yield` in `finally`: what is left of the release still has to run.
      await steps.next();
      await steps.return();
      throw new TypeError(`${name} yielded again while it was released`);
    };
    let released: Promise<void> | undefined;
    return {
      value: first.value,
      [Symbol.asyncDispose]: () => (released ??= release()),
    };
  };
}

/**
 * Runs a function between the two halves of a generator, as Python does: after
 * a success the generator goes on behind its `yield`, and an error comes out of
 * the `yield`, where a `catch` may roll back.
 *
 * Gives what the function gives, or nothing where the generator kept the error
 * to itself.
 */
export async function runManaged<T, R>(
  steps: AsyncGenerator<T, void, void>,
  body: (value: T) => R | PromiseLike<R>,
): Promise<R | undefined> {
  const first = await steps.next();
  if (first.done) throw new TypeError("The manager ended without a yield");
  let result: R | undefined;
  let failure: Failure | undefined;
  try {
    result = await body(first.value);
  } catch (error) {
    failure = { error };
  }
  const last = failure
    ? await steps.throw(failure.error)
    : await steps.next();
  if (last.done) return result;
  await steps.return();
  throw new TypeError("The manager yielded more than once");
}

/**
 * A deadline for the work of one scope: `using timeout = timeoutScope(5_000);`.
 * Give `timeout.signal` to whatever takes a signal, and await work by
 * `timeout.wait()` and resources by `timeout.acquire()`. A signal of a parent
 * ends it too.
 *
 * The deadline ends the waiting. Work that knows no signal goes on unseen:
 * JavaScript cannot cancel it.
 */
export function timeoutScope(ms: number, parent?: AbortSignal): TimeoutScope {
  return new TimeoutScope(ms, parent);
}

export class TimeoutScope implements Disposable {
  readonly #control = new AbortController();
  readonly #error: DOMException;
  readonly #follow: () => void;
  readonly #parent: AbortSignal | undefined;
  readonly #timer: ReturnType<typeof setTimeout>;

  constructor(ms: number, parent?: AbortSignal) {
    this.#error = new DOMException(`Timed out after ${String(ms)} ms`, "TimeoutError");
    this.#timer = setTimeout(() => {
      this.#control.abort(this.#error);
    }, ms);
    this.#follow = () => {
      this.#control.abort(parent?.reason);
    };
    this.#parent = parent;
    if (parent?.aborted) this.#follow();
    else parent?.addEventListener("abort", this.#follow, { once: true });
  }

  get signal(): AbortSignal {
    return this.#control.signal;
  }

  /** Whether this very deadline has passed; an abort by the parent is none. */
  get expired(): boolean {
    return this.signal.reason === this.#error;
  }

  /**
   * Awaits work until the deadline, then rejects with this scope's own
   * TimeoutError, or after an abort by the parent with its reason. Where the
   * work itself fails, its error comes through.
   */
  async wait<T>(work: PromiseLike<T>): Promise<T> {
    const { signal } = this;
    const settled = new AbortController();
    const stopped = new Promise<never>((_, reject) => {
      const stop = (): void => {
        reject(signal.reason as Error);
      };
      if (signal.aborted) stop();
      else signal.addEventListener("abort", stop, { signal: settled.signal });
    });
    try {
      return await Promise.race([work, stopped]);
    } catch (error) {
      throw isEcho(error, signal) ? signal.reason : error;
    } finally {
      settled.abort(); // the listener goes
    }
  }

  /** Waits for a resource; one that arrives too late is released at once. */
  async acquire<T extends Resource>(work: PromiseLike<T>): Promise<T> {
    try {
      return await this.wait(work);
    } catch (error) {
      // Nobody waits for a late one any more, nor for the error of its release.
      Promise.resolve(work).then(release).catch(() => undefined);
      throw error;
    }
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#parent?.removeEventListener("abort", this.#follow);
  }
}

type Resource = AsyncDisposable | Disposable;
type Start = (signal: AbortSignal) => PromiseLike<Resource>;
type Acquired<Starts extends readonly Start[]> = {
  -readonly [Index in keyof Starts]: Awaited<ReturnType<Starts[Index]>>;
};

/**
 * Acquires several resources at the same time, all or none:
 *
 *     await using conns = await acquireAll(
 *       hosts.map((host) => (signal) => connect(host, signal)),
 *     );
 *
 * At the end of the scope they are released in reverse order. Where one fails,
 * or `outer` aborts, the others are told by their signal, everything that still
 * arrives is released, and only then the failure is thrown; several are thrown
 * as an AggregateError.
 */
export async function acquireAll<const Starts extends readonly Start[]>(
  starts: Starts,
  outer?: AbortSignal,
): Promise<Managed<Acquired<Starts>>> {
  const control = new AbortController();
  const signal = outer
    ? AbortSignal.any([outer, control.signal])
    : control.signal;
  const failures: unknown[] = [];
  const acquire = async (start: Start): Promise<Resource | undefined> => {
    try {
      signal.throwIfAborted();
      return await start(signal);
    } catch (error) {
      if (!isEcho(error, signal)) failures.push(error);
      control.abort(error);
      return undefined;
    }
  };
  const settled = await Promise.all(starts.map(acquire));
  if (signal.aborted && failures.length === 0) failures.push(signal.reason);
  const acquired = settled.filter((resource) => resource !== undefined);
  if (failures.length > 0) {
    const [error] =
      failures.length === 1
        ? failures
        : [new AggregateError(failures, "Several could not be acquired")];
    await releaseAll(acquired, { error });
  }
  let released: Promise<void> | undefined;
  return {
    value: acquired as Acquired<Starts>,
    [Symbol.asyncDispose]: () => (released ??= releaseAll(acquired)),
  };
}

interface Failure {
  readonly error: unknown;
}

/** The last one first, and all of them; then throws what failed, nested as the language does. */
async function releaseAll(
  resources: readonly Resource[],
  failure?: Failure,
): Promise<void> {
  let failed = failure;
  for (const resource of [...resources].reverse()) {
    try {
      await release(resource, failed);
    } catch (error) {
      failed = { error };
    }
  }
  if (failed) throw failed.error;
}

/** Releases one, and throws what failed before, its own failure, or both. */
async function release(resource: Resource, failure?: Failure): Promise<void> {
  await using _ = resource;
  if (failure) throw failure.error;
}

/** Whether an error only says that a signal aborted: some work rejects with the reason, some with an AbortError. */
function isEcho(error: unknown, { aborted, reason }: AbortSignal): boolean {
  if (!aborted) return false;
  if (error === reason) return true;
  return (
    error instanceof Error &&
    (error.name === "AbortError" || error.cause === reason)
  );
}
// #endregion
