/** In which worlds does a piece of code complete normally? */

import type { TSESTree } from "@typescript-eslint/utils";

import { discharge, effect } from "./effect.js";
import type { Jumps } from "./jumps.js";
import type { Walk } from "./walk.js";
import { distinct, type World } from "./world.js";

const mostSteps = 20_000;
const mostWorlds = 64;

class TooComplex extends Error {}

/** Runs a statement or an expression; the result is the worlds in which it completes normally. */
export function run(walk: Walk, node: TSESTree.Node, before: readonly World[], out: Jumps): readonly World[] {
  walk.steps += 1;
  if (walk.steps > mostSteps || before.length > mostWorlds) throw new TooComplex();
  walk.visit(node, before);
  const ahead = walk.tracked.dischargedAhead.has(node) ? before.map(discharge) : before;
  return effect(walk, node, distinct(walk.evaluate(walk, node, ahead, out)));
}

/** Runs one node after another, as far as any way leads. */
export function sequence(walk: Walk, nodes: readonly TSESTree.Node[], before: readonly World[], out: Jumps): readonly World[] {
  let now = before;
  for (const each of nodes) now = now.length === 0 ? now : run(walk, each, now, out);
  return now;
}

/** An answer that is got by running code; `null` where that is too complex to be sure. */
export function unlessTooComplex<Answer>(answer: () => Answer): Answer | null {
  try {
    return answer();
  } catch (error) {
    if (error instanceof TooComplex) return null;
    throw error;
  }
}
