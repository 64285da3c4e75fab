/** In which worlds is a loop left, after any number of passes? */

import type { TSESTree } from "@typescript-eslint/utils";

import { branch } from "./branches.js";
import { caught, throwFrom, type Jumps } from "./jumps.js";
import { run } from "./run.js";
import type { Walk } from "./walk.js";
import { distinct, keyOf, type World } from "./world.js";

type LoopNode = TSESTree.DoWhileStatement | TSESTree.ForInStatement | TSESTree.ForOfStatement | TSESTree.ForStatement | TSESTree.WhileStatement;

/** Runs a loop until another pass would begin in no world that none has begun in. */
export function runLoop(walk: Walk, node: LoopNode, before: readonly World[], out: Jumps): readonly World[] {
  const after: World[] = [];
  const begun = new Set<string>();
  let entering = runAhead(walk, node, before, out);
  let isAsked = node.type !== "DoWhileStatement";
  while (entering.length > 0) {
    const { inside, past } = isAsked ? runHead(walk, node, entering, out) : { inside: entering, past: [] };
    const { ends, broken } = runPass(walk, node, inside, out);
    after.push(...past, ...broken);
    entering = unseen(runAfterPass(walk, node, ends, out), begun);
    isAsked = true;
  }
  return distinct(after);
}

/** What is run once, ahead of the first pass. */
function runAhead(walk: Walk, node: LoopNode, before: readonly World[], out: Jumps): readonly World[] {
  if (node.type === "ForStatement") return node.init === null ? before : run(walk, node.init, before, out);
  if (node.type !== "ForInStatement" && node.type !== "ForOfStatement") return before;
  const after = run(walk, node.right, before, out);
  if (node.type === "ForOfStatement" && node.await) throwFrom(node.right, after, true, out);
  return after;
}

/** The worlds in which another pass begins, and those in which the loop is past. */
function runHead(walk: Walk, node: LoopNode, entering: readonly World[], out: Jumps): { readonly inside: readonly World[]; readonly past: readonly World[] } {
  if (node.type === "ForInStatement" || node.type === "ForOfStatement") return { inside: entering, past: entering };
  if (node.test === null) return { inside: entering, past: [] };
  const { yes, no } = branch(walk, node.test, entering, out);
  return { inside: yes, past: no };
}

/** The worlds in which the body comes to its end, and those in which it breaks off the loop. */
function runPass(walk: Walk, node: LoopNode, inside: readonly World[], out: Jumps): { readonly ends: readonly World[]; readonly broken: readonly World[] } {
  const own: Jumps = new Map();
  const labels = labelsOf(node);
  const through = run(walk, node.body, inside, own);
  const landed = caught(own, ({ by, label }) => (by === "break" || by === "continue") && (label === null || labels.includes(label)), out);
  return {
    ends: [...through, ...landed.filter(({ by }) => by === "continue").map(({ world }) => world)],
    broken: landed.filter(({ by }) => by === "break").map(({ world }) => world),
  };
}

function runAfterPass(walk: Walk, node: LoopNode, ends: readonly World[], out: Jumps): readonly World[] {
  const before = distinct(ends);
  return node.type !== "ForStatement" || node.update === null ? before : run(walk, node.update, before, out);
}

/** The worlds that are not among the seen ones, which they join. */
function unseen(worlds: readonly World[], seen: Set<string>): readonly World[] {
  return worlds.filter((world) => {
    const key = keyOf(world);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function labelsOf(node: TSESTree.Node): readonly string[] {
  const labels: string[] = [];
  for (let at = node.parent; at?.type === "LabeledStatement"; at = at.parent) labels.push(at.label.name);
  return labels;
}
