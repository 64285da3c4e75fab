/** In which worlds is a variable written, and what is known of it then? */

import type { TSESTree } from "@typescript-eslint/utils";

import { literalTruth } from "./condition.js";
import { fillsIn } from "./effect.js";
import type { Jumps } from "./jumps.js";
import { run, sequence } from "./run.js";
import type { Walk } from "./walk.js";
import { byPresence, withFact, withoutFactsOn, type World } from "./world.js";

/** Runs an assignment: `x ??= …`, `x ||= …` and `x &&= …` may leave the variable as it is. */
export function runAssignment(walk: Walk, node: TSESTree.AssignmentExpression, before: readonly World[], out: Jumps): readonly World[] {
  const { left, operator, right } = node;
  const isShort = /^(?:\?\?|\|\||&&)=$/u.test(operator);
  const isFilling = fillsIn(node) && left.type === "Identifier" && walk.tracked.isTracked(left);
  const { there, missing } = byPresence(before);
  const after = sequence(walk, [...(left.type === "Identifier" ? [] : [left]), right], isFilling ? missing : before, out);
  const assigned = left.type === "Identifier" ? rewritten(walk, left.name, isShort ? null : right, after) : after;
  return isShort ? [...(isFilling ? there : before), ...assigned] : assigned;
}

/** Runs a declarator: its initialiser is written to its name. */
export function runDeclarator(walk: Walk, { id, init }: TSESTree.VariableDeclarator, before: readonly World[], out: Jumps): readonly World[] {
  const after = init === null ? before : run(walk, init, before, out);
  return id.type === "Identifier" ? rewritten(walk, id.name, init, after) : after;
}

/** Runs `x++` and its like. */
export function runUpdate(walk: Walk, { argument }: TSESTree.UpdateExpression, before: readonly World[], out: Jumps): readonly World[] {
  return argument.type === "Identifier" ? rewritten(walk, argument.name, null, before) : run(walk, argument, before, out);
}

/** What was known of a variable is forgotten; of a flag, what is written is known. */
function rewritten({ repeated }: Walk, name: string, value: TSESTree.Node | null, worlds: readonly World[]): readonly World[] {
  const truth = value === null ? null : literalTruth(value);
  return worlds.map((world) => {
    const forgotten = withoutFactsOn(world, name);
    return truth === null || !repeated.has(name) ? forgotten : withFact(forgotten, name, truth);
  });
}
