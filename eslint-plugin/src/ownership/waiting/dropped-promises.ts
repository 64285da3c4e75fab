/** Which promises does a function start and then drop? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { chains } from "../../lexicon/language.js";
import { needsDisposal } from "../../resource.js";
import type { CallNode, FunctionNode } from "../../syntax.js";
import { disposalBy } from "../release/release-name.js";
import { callOf, destinationOf, propertyName, unwrap } from "../values/destination.js";
import { ownNodesIn } from "../values/functions.js";

/**
 * The promises that a function starts and drops: statements, nested functions left
 * out, whose value is a promise that is neither awaited, voided nor handled.
 */
export function droppedPromises(code: Code, body: FunctionNode): readonly CallNode[] {
  const { types } = code;
  if (types === null) return [];
  return ownNodesIn(code, body.body).filter((at): at is CallNode => {
    if (at.type !== "CallExpression" && at.type !== "NewExpression") return false;
    const destination = destinationOf(at);
    return destination.to === "discarded" && !destination.awaited && !destination.voided && !isHandled(at) && startsPromise(code, at);
  });
}

/** The releases that a function starts and, though it shows that it knows, does not wait for: `void conn.close()`, `conn.close().catch(log)`. */
export function releasesNotWaitedFor(code: Code, body: FunctionNode): readonly TSESTree.CallExpression[] {
  if (code.types === null) return [];
  return ownNodesIn(code, body.body).flatMap((at): readonly TSESTree.CallExpression[] => {
    if (at.type !== "MemberExpression") return [];
    const release = disposalBy(code, at);
    const chain = release === null ? null : wholeChain(release);
    const destination = chain === null ? null : destinationOf(chain);
    if (release === null || chain === null || destination?.to !== "discarded" || destination.awaited) return [];
    return (destination.voided || chain !== release) && startsPromise(code, release) ? [release] : [];
  });
}

/** `conn.close().catch(log)` of `conn.close()` */
function wholeChain(call: TSESTree.CallExpression): TSESTree.CallExpression {
  let chain = call;
  for (;;) {
    const around = destinationOf(chain);
    const next = around.to === "receiver" && chains(propertyName(around.member)) ? callOf(around.member) : null;
    if (next === null) return chain;
    chain = next;
  }
}

/** Whether the value of a call is a promise; a thenable that is itself a resource is not one. */
export function startsPromise({ types }: Code, call: CallNode): boolean {
  if (types?.isPromise(call) !== true) return false;
  const { kind, promised } = types.resource(call);
  return promised || (kind !== "inert" && !needsDisposal(kind));
}

/** Whether a promise chain deals with its failure: `.catch(f)` or `.then(f, g)`. */
export function isHandled(call: CallNode): boolean {
  for (let at: TSESTree.Node = call; at.type === "CallExpression" && at.callee.type === "MemberExpression"; at = unwrap(at.callee.object)) {
    const name = propertyName(at.callee);
    if ((name === "catch" && at.arguments.length > 0) || (name === "then" && at.arguments.length > 1)) return true;
  }
  return false;
}
