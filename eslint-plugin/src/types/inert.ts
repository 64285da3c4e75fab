import type { Origin } from "./origin.js";

/** A class or interface, by name and place. */
export interface Declared {
  readonly name: string;
  readonly origin: Origin;
}

/** One of those that a type is, or extends. */
export interface Ancestor extends Declared {
  /** Whether it has a member of this name itself, not only what it extends. */
  readonly declares: (member: string) => boolean;
}

/**
 * Disposers of `@types/node` that no holder needs to call, by declaring file and
 * class: most streams live in memory or are finished by whoever consumes them;
 * child processes and workers end by themselves; mocks belong to the test runner.
 * (LIBRARIES.md, "What follows for the rules")
 */
const inertDisposers: Readonly<Record<string, RegExp>> = {
  child_process: /./u,
  stream: /./u,
  "stream/iter": /./u,
  "stream/web": /./u,
  test: /./u,
  timers: /./u,
  "timers/promises": /./u,
  worker_threads: /^Worker$/u,
};

/** Streams that take a descriptor from the operating system stay resources; a terminal's do not, nor does what talks to it. */
const descriptors: Readonly<Record<string, { readonly classes: RegExp; readonly inert: boolean }>> = {
  fs: { classes: /^(?:Read|Write)Stream$/u, inert: false },
  net: { classes: /^Socket$/u, inert: false },
  repl: { classes: /./u, inert: true },
  tty: { classes: /./u, inert: true },
};

/** Whoever replaces one of these in a stream of the operating system has made one in memory: a mock, a tunnel. */
const transports = ["connect", "_read", "_write"];

const iteration = /(?:Generator|Iterator|Iterable)(?:Object)?$/u;
const protocol = /^(?:Async)?Disposable$/u;

/**
 * Whether a type that has a disposer needs no disposal by its holder.
 *
 * @param chain the type's own class or interface and those it extends, nearest first
 * @param disposer the class or interface that declares the disposer
 * @param iterates whether the type has `next`
 */
export function isInert(
  chain: readonly Ancestor[],
  disposer: Declared,
  iterates: boolean,
): boolean {
  const { of: declaredIn, module } = disposer.origin;
  if (declaredIn === "other") return false;
  if (iteration.test(disposer.name)) return true;
  if (protocol.test(disposer.name)) return iterates;
  if (module === null) return false;
  for (const { declares, name, origin } of chain) {
    if (origin.of === "other" && transports.some(declares)) break;
    const descriptor = origin.of === "node" ? descriptors[origin.module ?? ""] : undefined;
    if (descriptor?.classes.test(name) === true) return descriptor.inert;
  }
  return inertDisposers[module]?.test(disposer.name) === true;
}
