/** In which worlds does a condition hold, and in which does it not? */

import type { TSESTree } from "@typescript-eslint/utils";

import { factIn, known, presenceTest, subjectOf, type Fact } from "./condition.js";
import type { Jumps } from "./jumps.js";
import { run } from "./run.js";
import type { Walk } from "./walk.js";
import { byPresence, distinct, withFact, type World } from "./world.js";

/** The worlds in which a condition holds, and those in which it does not; one may be in both. */
export interface Branches {
  readonly yes: readonly World[];
  readonly no: readonly World[];
}

/** Runs a condition and tells its outcomes apart. */
export function branch(walk: Walk, test: TSESTree.Node, before: readonly World[], out: Jumps): Branches {
  if (test.type === "UnaryExpression" && test.operator === "!") return swapped(branch(walk, test.argument, before, out));
  if (test.type === "LogicalExpression" && test.operator !== "??") return bothSides(walk, test, before, out);
  const after = run(walk, test, before, out);
  if (test.type === "Literal") return test.value ? { yes: after, no: [] } : { yes: [], no: after };
  const presence = presenceTest(test);
  if (presence !== null && walk.tracked.isTracked(presence.of)) {
    const { there, missing } = byPresence(after);
    return presence.negated ? { yes: missing, no: there } : { yes: there, no: missing };
  }
  const fact = factIn(walk.code, test);
  return fact === null || !walk.repeated.has(subjectOf(fact)) ? { yes: after, no: after } : byFact(fact, after);
}

function swapped({ yes, no }: Branches): Branches {
  return { yes: no, no: yes };
}

/** `a && b`, `a || b`: the right side is asked only where the left one has not decided. */
function bothSides(walk: Walk, test: TSESTree.LogicalExpression, before: readonly World[], out: Jumps): Branches {
  const left = branch(walk, test.left, before, out);
  if (test.operator === "&&") {
    const right = branch(walk, test.right, left.yes, out);
    return { yes: right.yes, no: distinct([...left.no, ...right.no]) };
  }
  const right = branch(walk, test.right, left.no, out);
  return { yes: distinct([...left.yes, ...right.yes]), no: right.no };
}

/** A world in which the answer is known has one outcome; every other gets to know it. */
function byFact({ key, negated }: Fact, worlds: readonly World[]): Branches {
  const held = worlds.filter(({ facts }) => known(facts, key) !== false).map((world) => withFact(world, key, true));
  const failed = worlds.filter(({ facts }) => known(facts, key) !== true).map((world) => withFact(world, key, false));
  return negated ? { yes: failed, no: held } : { yes: held, no: failed };
}
