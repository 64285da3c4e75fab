/** How is each kind of node run? */

import type { TSESTree } from "@typescript-eslint/utils";

import { isFunction } from "../../ownership/values/functions.js";
import { childrenOf } from "../../syntax.js";
import { runAssignment, runDeclarator, runUpdate } from "./assignments.js";
import { branch } from "./branches.js";
import { runAwait, runCall } from "./calls.js";
import { effect } from "./effect.js";
import { caught, jump, throwFrom, type Jumps } from "./jumps.js";
import { runLoop } from "./loops.js";
import { run, sequence } from "./run.js";
import { runSwitch } from "./switch.js";
import { runTry } from "./try.js";
import type { Walk } from "./walk.js";
import type { World } from "./world.js";

/** Runs what is inside a node by its kind; a function or a class that is only made runs nothing. */
export function evaluate(walk: Walk, node: TSESTree.Node, before: readonly World[], out: Jumps): readonly World[] {
  if (isFunction(node)) return before;
  switch (node.type) {
    case "AssignmentExpression":
      return runAssignment(walk, node, before, out);
    case "AwaitExpression":
      return runAwait(walk, node, before, out);
    case "BlockStatement":
    case "StaticBlock":
      return sequence(walk, node.body, before, out);
    case "BreakStatement":
    case "ContinueStatement":
      return breakOff(node, before, out);
    case "CallExpression":
    case "NewExpression":
      return runCall(walk, node, before, out);
    case "ClassDeclaration":
    case "ClassExpression":
      return before;
    case "ConditionalExpression":
    case "IfStatement":
      return runChoice(walk, node, before, out);
    case "DoWhileStatement":
    case "ForInStatement":
    case "ForOfStatement":
    case "ForStatement":
    case "WhileStatement":
      return runLoop(walk, node, before, out);
    case "LabeledStatement":
      return runLabeled(walk, node, before, out);
    case "LogicalExpression":
      return runLogical(walk, node, before, out);
    case "ReturnStatement":
      return runReturn(walk, node, before, out);
    case "SwitchStatement":
      return runSwitch(walk, node, before, out);
    case "ThrowStatement":
      throwFrom(node, run(walk, node.argument, before, out), true, out);
      return [];
    case "TryStatement":
      return runTry(walk, node, before, out);
    case "UpdateExpression":
      return runUpdate(walk, node, before, out);
    case "VariableDeclarator":
      return runDeclarator(walk, node, before, out);
    case "YieldExpression":
      return runYield(walk, node, before, out);
    default:
      return sequence(walk, childrenOf(walk.code, node), before, out);
  }
}

function breakOff(node: TSESTree.BreakStatement | TSESTree.ContinueStatement, before: readonly World[], out: Jumps): readonly World[] {
  const by = node.type === "BreakStatement" ? "break" : "continue";
  for (const world of before) jump({ by, label: node.label?.name ?? null, node, world }, out);
  return [];
}

function runChoice(walk: Walk, { test, consequent, alternate }: TSESTree.ConditionalExpression | TSESTree.IfStatement, before: readonly World[], out: Jumps): readonly World[] {
  const { yes, no } = branch(walk, test, before, out);
  return [...run(walk, consequent, yes, out), ...(alternate === null ? no : run(walk, alternate, no, out))];
}

function runLabeled(walk: Walk, { body, label }: TSESTree.LabeledStatement, before: readonly World[], out: Jumps): readonly World[] {
  const own: Jumps = new Map();
  const after = run(walk, body, before, own);
  const broken = caught(own, (each) => each.by === "break" && each.label === label.name, out);
  return [...after, ...broken.map(({ world }) => world)];
}

/** As a value: where the left side decides, it is the result. */
function runLogical(walk: Walk, { left, operator, right }: TSESTree.LogicalExpression, before: readonly World[], out: Jumps): readonly World[] {
  const { yes, no } = branch(walk, left, before, out);
  return operator === "&&" ? [...run(walk, right, yes, out), ...no] : [...yes, ...run(walk, right, no, out)];
}

/** Whoever iterates may stop at a `yield`: then only what a `finally` does still happens. */
function runYield(walk: Walk, node: TSESTree.YieldExpression, before: readonly World[], out: Jumps): readonly World[] {
  const after = node.argument === null ? before : run(walk, node.argument, before, out);
  if (walk.tracked.mayStopAt(node)) for (const world of after) if (world.phase === "live") jump({ by: "yield", label: null, node, world }, out);
  return after;
}

/** What it returns has its effect before it leaves: a transfer to the caller. */
function runReturn(walk: Walk, node: TSESTree.ReturnStatement, before: readonly World[], out: Jumps): readonly World[] {
  const after = node.argument === null ? before : run(walk, node.argument, before, out);
  for (const world of effect(walk, node, after)) jump({ by: "return", label: null, node, world }, out);
  return [];
}
