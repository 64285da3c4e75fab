/** Which calls may throw, which promises may reject, and which calls never return? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code, FunctionInCode } from "../../code.js";
import { listens } from "../../lexicon/calling-back.js";
import { endsProgram, parses, sleeps } from "../../lexicon/failing.js";
import { takesRegistrationOff } from "../../lexicon/releasing.js";
import type { CallNode } from "../../syntax.js";
import { calleeName, isCombinator, writesLog } from "../values/callee.js";
import { propertyName, unwrap } from "../values/destination.js";
import { isFunction, ownNodesIn } from "../values/functions.js";
import { isHandled } from "./dropped-promises.js";

/**
 * Whether a call is worth regarding as one that throws. The standard library's
 * collections, strings and numbers do not in everyday code, parsers do; what
 * gives a promise fails, if at all, when it is awaited, and what is seen to call
 * nothing does not.
 */
export function mayThrow({ types }: Code, call: CallNode): boolean {
  if (types?.isPromise(call) === true) return false;
  const callee = types?.callee(call);
  const body = callee == null ? null : (types?.body(callee) ?? null);
  if (body !== null && callsNothing(body)) return false;
  if (call.callee.type === "MemberExpression" && registers(propertyName(call.callee)) && call.arguments.length === 2) return false;
  if (tells(call)) return false;
  const isEveryday = (callee?.origin === "lib" || callee?.module === "console") && !parses(callee.name);
  return !isEveryday || call.arguments.some(isFunction);
}

/** A listener is put on or taken off: an emitter throws at neither. */
function registers(name: string | null): boolean {
  return listens(name) || takesRegistrationOff(name);
}

/** `log.info("…")`, `this.emit("closed")`: what tells others is not what fails. */
function tells(call: CallNode): boolean {
  return writesLog(call) || (call.callee.type === "MemberExpression" && propertyName(call.callee) === "emit");
}

/** Whether a function only computes, or makes another function. */
function callsNothing({ code, node }: FunctionInCode): boolean {
  // A method that does nothing may be there to be overridden.
  const isHook = node.parent.type === "MethodDefinition" && node.body.type === "BlockStatement" && node.body.body.length === 0;
  if (isHook || node.params.some(({ type }) => type !== "Identifier")) return false;
  return isFunction(node.body) || ownNodesIn(code, node.body).every(({ type }) => !/^(?:AwaitExpression|CallExpression|NewExpression|TaggedTemplateExpression|ThrowStatement|YieldExpression|ForOfStatement|ArrayPattern|ObjectPattern|SpreadElement)$/u.test(type));
}

/** Whether a promise is worth regarding as one that fails: not if its failure is dealt with, nor if nothing can reject it. */
export function mayReject({ types }: Code, promise: TSESTree.Expression): boolean {
  const call = unwrap(promise);
  if (call.type === "NewExpression") return !call.arguments.some((executor) => isFunction(executor) && executor.params.length < 2);
  if (call.type !== "CallExpression") return true;
  const isSettled = isCombinator(call) && propertyName(call.callee as TSESTree.MemberExpression) === "allSettled";
  const [all] = call.arguments;
  if (isCombinator(call) && all?.type === "ArrayExpression" && types !== null && all.elements.every((each) => each !== null && each.type !== "SpreadElement" && !types.isPromise(each) && !types.isUnknown(each))) return false;
  return !isSettled && !isHandled(call) && !sleeps(calleeName(call));
}

/** Whether a call ends the program, or leaves its function by an exception always. */
export function neverReturns({ types }: Code, call: TSESTree.CallExpression): boolean {
  return endsProgramBy(call) || types?.neverReturns(call) === true;
}

/** Whether a call ends the program: `process.exit(1)`. */
export function endsProgramBy({ callee }: CallNode): boolean {
  return callee.type === "MemberExpression" && callee.object.type === "Identifier" && callee.object.name === "process" && endsProgram(propertyName(callee));
}
