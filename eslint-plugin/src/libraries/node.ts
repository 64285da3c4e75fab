/** Which types of Node are inert, and which of its resources must not be disposed twice? */

import { exactly, matching, type Word } from "../lexicon/word.js";

const everything: Word = () => true;

/**
 * Disposers of `@types/node` that no holder needs to call, by declaring file and
 * class: most streams live in memory or are finished by whoever consumes them;
 * child processes and workers end by themselves; mocks belong to the test runner
 * (LIBRARIES.md, "What follows for the rules").
 */
export const inertDisposers: Readonly<Record<string, Word>> = {
  child_process: everything,
  stream: everything,
  "stream/iter": everything,
  "stream/web": everything,
  test: everything,
  timers: everything,
  "timers/promises": everything,
  worker_threads: exactly("Worker"),
};

/** Streams that take a descriptor from the operating system stay resources; a terminal's do not, nor does what talks to it. */
export const descriptors: Readonly<Record<string, { readonly classes: Word; readonly inert: boolean }>> = {
  fs: { classes: exactly("ReadStream", "WriteStream"), inert: false },
  net: { classes: exactly("Socket"), inert: false },
  repl: { classes: everything, inert: true },
  tty: { classes: everything, inert: true },
};

/** Whoever replaces one of these in a stream of the operating system has made one in memory: a mock, a tunnel. */
export const transports: readonly string[] = ["connect", "_read", "_write"];

/** Classes whose second disposal rejects, so that a manual one must not stay beside a scope (SEMANTICS.md, 4). */
export const isDisposedOnce = matching(/(?:Server|Socket|Stream)$/u);

/** Packages that bring the stacks to a Node that has none. */
export const bringsStacks = matching(/^(?:@whatwg-node\/disposablestack|core-js(?:-pure)?|disposablestack|es-shims|polyfill-.*)$/u);
