/** Does a disposer do nothing but empty the collections of its own object? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code, FunctionInCode } from "../../code.js";
import { ancestorsOf, type CallNode, type FunctionNode } from "../../syntax.js";
import { bodyOf } from "../values/callee.js";
import { assignmentsTo, keyText } from "../values/class-members.js";
import { isNothing, propertyName, unwrap } from "../values/destination.js";
import { functionAround, ownNodesIn } from "../values/functions.js";
import { ownerFunction, variableOf, writesOf } from "../values/variables.js";
import { disposersOf } from "./idempotent-disposer.js";

const deepest = 3;

/**
 * Whether all that the synchronous disposer of what a call makes does is to empty the
 * object's own collections: listeners, a cache. It holds nothing outside memory,
 * and whoever drops it drops all of that.
 */
export function holdsOnlyMemory(code: Code, call: CallNode): boolean {
  const disposers = disposersOf(code, call, "dispose");
  return disposers.length > 0 && disposers.every((disposer) => disposer !== null && isForgetting(disposer, 0));
}

function isForgetting({ code, node }: FunctionInCode, depth: number): boolean {
  const parts = ownNodesIn(code, node.body);
  const calls = parts.filter((at) => at.type === "CallExpression");
  const reachesOut = parts.some((at) => /^(?:Await|New|Yield)Expression$/u.test(at.type) || (at.type === "AssignmentExpression" && !isOwn(code, node, at.left)));
  return !reachesOut && calls.length > 0 && calls.every((call) => isEmptying(code, node, call) || (depth < deepest && isForgettingCall(code, call, depth)));
}

function isForgettingCall(code: Code, call: TSESTree.CallExpression, depth: number): boolean {
  const body = bodyOf(code, call);
  return body !== null && isForgetting(body, depth + 1);
}

/** `this.#listeners.clear()` */
function isEmptying(code: Code, around: FunctionNode, call: TSESTree.CallExpression): boolean {
  const { callee } = call;
  return callee.type === "MemberExpression" && propertyName(callee) === "clear" && code.types?.callee(call)?.origin === "lib" && isOwn(code, around, callee.object);
}

/** Whether a place is the object's own: a field that it fills itself, or a variable of the function that makes it. */
function isOwn(code: Code, around: FunctionNode, place: TSESTree.Node): boolean {
  const at = unwrap(place);
  const variable = at.type === "Identifier" ? variableOf(code, at) : null;
  if (variable !== null) {
    const values = writesOf(variable).map(({ value }) => value);
    return (ownerFunction(variable) === around || ownerFunction(variable) === functionAround(around)) && values.length > 0 && values.every(isFresh);
  }
  const name = at.type === "MemberExpression" && unwrap(at.object).type === "ThisExpression" ? propertyName(at) : null;
  const body = [...ancestorsOf(around)].find((outer) => outer.type === "ClassBody");
  if (name === null || body === undefined) return false;
  const written = assignmentsTo(code, body, name).map(({ right }) => right);
  const initial = body.body.flatMap((member) => (member.type === "PropertyDefinition" && keyText(member.key, member.computed) === name && !member.static ? [member.value] : []));
  return initial.length > 0 && [...initial, ...written].every(isFresh);
}

/** A collection, a flag, or nothing: what no other object can have. */
function isFresh(value: TSESTree.Node | null): boolean {
  if (value?.type === "AssignmentExpression") return isFresh(value.right);
  return value === null || isNothing(value) || /^(?:ArrayExpression|Literal|NewExpression|ObjectExpression)$/u.test(unwrap(value).type);
}
