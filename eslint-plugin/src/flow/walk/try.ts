/** Which ways does a `try` take through its `catch` and its `finally`? */

import type { TSESTree } from "@typescript-eslint/utils";

import { caught, jump, type Jumps } from "./jumps.js";
import { run } from "./run.js";
import type { Walk } from "./walk.js";
import { distinct, type World } from "./world.js";

/** Runs a `try`: every way out of it, jumps too, goes through its `finally`. */
export function runTry(walk: Walk, node: TSESTree.TryStatement, before: readonly World[], out: Jumps): readonly World[] {
  const { finalizer } = node;
  if (finalizer === null) return runGuarded(walk, node, before, out);
  const pending: Jumps = new Map();
  const after = runGuarded(walk, node, before, pending);
  for (const each of pending.values()) {
    for (const world of run(walk, finalizer, [each.world], out)) jump({ ...each, world }, out);
  }
  return after.length === 0 ? after : run(walk, finalizer, after, out);
}

/** The block and, where it throws, the `catch`. */
function runGuarded(walk: Walk, { block, handler }: TSESTree.TryStatement, before: readonly World[], out: Jumps): readonly World[] {
  const own: Jumps = new Map();
  const after = run(walk, block, before, own);
  const thrown = caught(own, ({ by }) => by === "throw" && handler !== null, out);
  if (handler === null || thrown.length === 0) return after;
  return distinct([...after, ...run(walk, handler.body, distinct(thrown.map(({ world }) => world)), out)]);
}
