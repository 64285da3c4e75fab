/** What may a call or an `await` throw? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { CallNode } from "../../syntax.js";
import { throwFrom, type Jumps } from "./jumps.js";
import { run, sequence } from "./run.js";
import type { Tracked } from "./tracked.js";
import type { Walk } from "./walk.js";
import type { World } from "./world.js";

/** Runs a call: it may throw, unless it releases, and it may never return. */
export function runCall(walk: Walk, node: CallNode, before: readonly World[], out: Jumps): readonly World[] {
  const { tracked } = walk;
  const after = sequence(walk, [node.callee, ...node.arguments], before, out);
  if (tracked.discharges.has(node)) return after;
  if (node.type === "CallExpression") {
    if (tracked.isRelease(node)) return after;
    if (tracked.neverReturns(node)) return [];
  }
  if (tracked.mayThrow(node)) throwFrom(node, after, false, out);
  return after;
}

/** Runs an `await`: what it waits for may fail, unless it is a release. */
export function runAwait(walk: Walk, node: TSESTree.AwaitExpression, before: readonly World[], out: Jumps): readonly World[] {
  const { argument } = node;
  const after = run(walk, argument, before, out);
  if (!isTrusted(walk.tracked, argument) && walk.tracked.mayReject(argument)) throwFrom(argument.type === "CallExpression" ? argument : node, after, true, out);
  return after;
}

/** Disposing is trusted not to throw; what it leaves behind is not this resource's leak. */
function isTrusted(tracked: Tracked, argument: TSESTree.Node): boolean {
  const call = argument.type === "ChainExpression" ? argument.expression : argument;
  return call.type === "CallExpression" && (tracked.discharges.has(call) || tracked.isRelease(call));
}
