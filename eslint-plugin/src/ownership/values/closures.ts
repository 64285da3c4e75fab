/** Is a closure done when the expression around it is done, or may it run later? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { callsAtOnce, isTimer } from "../../lexicon/calling-back.js";
import { isAssertion } from "../../lexicon/testing.js";
import type { FunctionNode } from "../../syntax.js";
import { isCombinator, rootName } from "./callee.js";
import { destinationOf, propertyName } from "./destination.js";
import { isGlobal, isScoped, readsOf, variableOf } from "./variables.js";

/** Whether a closure is done by the time the expression around it is: called at once, awaited, or only called by name. */
export function staysInside(code: Code, closure: FunctionNode): boolean {
  if (closure.type === "FunctionDeclaration") return isOnlyCalled(code, closure.id);
  if (runsAtOnce(closure)) return true;
  const destination = destinationOf(closure);
  if (destination.to === "declared") return isOnlyCalled(code, destination.declarator.id);
  if (destination.to !== "argument") return false;
  const { call } = destination;
  if (call.type === "NewExpression") return false;
  if (call.callee.type === "MemberExpression" && callsAtOnce(propertyName(call.callee))) return true;
  if (isAssertion(rootName(call.callee))) return true;
  return isAwaited(call);
}

/** Whether a closure runs where it stands: a function that is called at once, a promise's executor. */
export function runsAtOnce(closure: FunctionNode): boolean {
  const { parent } = closure;
  return isCalledAtOnce(closure) || (parent.type === "NewExpression" && parent.callee.type === "Identifier" && parent.callee.name === "Promise");
}

/** `(async () => { … })()` */
export function isCalledAtOnce(closure: FunctionNode): closure is FunctionNode & { readonly parent: TSESTree.CallExpression } {
  return closure.parent.type === "CallExpression" && closure.parent.callee === closure;
}

/** Whether a closure is a timer's that a scope of the same function clears: `using _ = setInterval(() => conn.ping(), 1000)`. */
export function isTimed(code: Code, closure: FunctionNode): boolean {
  const destination = destinationOf(closure);
  if (destination.to !== "argument" || destination.index !== 0 || destination.call.type !== "CallExpression") return false;
  const { callee } = destination.call;
  if (callee.type !== "Identifier" || !isTimer(callee.name) || !isGlobal(code, callee)) return false;
  const handle = destinationOf(destination.call);
  return handle.to === "declared" && isScoped(handle.declarator.parent);
}

function isOnlyCalled(code: Code, id: TSESTree.Node | null): boolean {
  const variable = id === null ? null : variableOf(code, id);
  return variable !== null && readsOf(variable).every((read) => read.parent.type === "CallExpression" && read.parent.callee === read);
}

/** Whether the value of a call is awaited, also inside `Promise.all([…])`. */
export function isAwaited(node: TSESTree.Node): boolean {
  const destination = destinationOf(node);
  if (destination.awaited) return true;
  if (destination.to === "literal") return isAwaited(destination.literal);
  return destination.to === "argument" && isCombinator(destination.call) && isAwaited(destination.call);
}
