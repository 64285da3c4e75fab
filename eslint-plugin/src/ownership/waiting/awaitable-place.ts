/** Can a disposal be awaited at its place? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { callsAtOnce, dropsCallbackResult, isHandlerProperty, isUnawaitedHook } from "../../lexicon/calling-back.js";
import { chains } from "../../lexicon/language.js";
import { tellsEnd } from "../../lexicon/living.js";
import type { CallNode, FunctionNode } from "../../syntax.js";
import { textOf } from "../../text.js";
import { disposerWith, symbolsOf } from "../release/disposer.js";
import { registrationBy } from "../scopes/stack.js";
import { calleeName } from "../values/callee.js";
import { isAwaited, isCalledAtOnce } from "../values/closures.js";
import { callOf, destinationOf, propertyName, unwrap } from "../values/destination.js";
import { functionAround, isFunction, isInBody, isInside, ownNodesIn } from "../values/functions.js";
import { declaratorOf, readsOf, variableOf, type Variable } from "../values/variables.js";

/** Whether the code waits for the end of what a dropped disposal begins to end: `server.shutdown(); await server.finished;`. */
export function isEndAwaited(code: Code, call: TSESTree.CallExpression, receiver: TSESTree.Node): boolean {
  const text = code.text.slice(...receiver.range);
  const isEnd = (node: TSESTree.Node): boolean =>
    node.type === "MemberExpression" && tellsEnd(propertyName(node)) && code.text.slice(...unwrap(node.object).range) === text && isAwaited(callOf(node) ?? node);
  const around = functionAround(call);
  if (ownNodesIn(code, around?.body ?? code.ast).some((node) => node.range[0] > call.range[1] && isEnd(node))) return true;
  // The function around a callback may begin to wait before the callback disposes.
  const outer = around === null ? null : functionAround(around);
  return outer !== null && ownNodesIn(code, outer.body).some(isEnd);
}

/** A call that goes through a collection with a callback. */
export interface Iteration {
  readonly call: TSESTree.CallExpression;
  readonly method: string;
}

/** The `forEach` (or `map` whose result is dropped) whose callback disposes what it did not make itself. */
export function iterationAround(code: Code, call: TSESTree.CallExpression, receiver: TSESTree.Node): Iteration | null {
  const callback = functionAround(call);
  if (callback === null || callback.type === "FunctionDeclaration") return null;
  const destination = destinationOf(callback);
  if (destination.to !== "argument" || destination.index !== 0 || destination.call.type !== "CallExpression") return null;
  const { callee } = destination.call;
  const method = callee.type === "MemberExpression" ? propertyName(callee) : null;
  if (method !== "forEach" && method !== "map") return null;
  const { to, awaited } = destinationOf(call);
  const isHere = awaited || to === "discarded" || (to === "returned" && functionOf(call) === callback);
  if (!isHere || destinationOf(destination.call).to !== "discarded" || isMadeIn(code, callback, receiver)) return null;
  return code.types?.callee(destination.call)?.origin === "lib" ? { call: destination.call, method } : null;
}

function functionOf(call: TSESTree.CallExpression): FunctionNode | null {
  const destination = destinationOf(call);
  return destination.to === "returned" ? (isFunction(destination.by) ? destination.by : functionAround(destination.by)) : null;
}

function isMadeIn(code: Code, callback: FunctionNode, receiver: TSESTree.Node): boolean {
  let root = receiver;
  while (root.type === "MemberExpression") root = unwrap(root.object);
  const variable = root.type === "Identifier" ? variableOf(code, root) : null;
  const declarator = variable === null ? null : declaratorOf(variable);
  return declarator !== null && isInside(declarator, callback.body);
}

/**
 * Whether a function around a node can be asked to await: not a listener, a timer,
 * a framework's hook, a callback or closure that its caller expects to be
 * synchronous, nor the code of a module. Where it cannot be known: no.
 *
 * @param inDisposer whether the body of `[Symbol.asyncDispose]` counts; its
 *   statements are valid-async-dispose's to judge
 */
export function canBeAwaited(code: Code, node: TSESTree.Node, inDisposer = false): boolean {
  const around = functionAround(node);
  if (around === null || !isInBody(around, node)) return false;
  const disposer = disposerWith(code, around);
  if (disposer?.symbol === "asyncDispose") return inDisposer;
  // The synchronous one of two disposers is the abrupt one on purpose.
  if (disposer?.owner != null && symbolsOf(disposer.owner).has("asyncDispose")) return false;
  const { parent } = around;
  if (around.type === "FunctionDeclaration") return isCalledHere(around, around.id === null ? null : variableOf(code, around.id));
  if (parent.type === "MethodDefinition") return around.async || (parent.kind === "method" && !isUnawaitedHook(textOf(code, parent.key)));
  if (isCalledAtOnce(around)) return true;
  const destination = destinationOf(around);
  switch (destination.to) {
    case "argument":
      return isAwaitedByCall(code, around, destination.call);
    case "declared":
      return destination.declarator.id.type === "Identifier" && isCalledHere(around, variableOf(code, destination.declarator.id));
    case "literal":
      return around.async || (parent.type === "Property" && parent.kind === "init" && !isUnawaitedHook(textOf(code, parent.key)) && destinationOf(destination.literal).to !== "argument");
    case "assigned":
      return around.async && !isHandlerProperty(destination.assignment.left.type === "MemberExpression" ? propertyName(destination.assignment.left) : null);
    case "other":
      return around.async && parent.type === "PropertyDefinition";
    default:
      return around.async;
  }
}

/** A named function that is passed on may be a listener, unless it is async and passed to something else. */
function isCalledHere(around: FunctionNode, variable: Variable | null): boolean {
  return (variable === null ? [] : readsOf(variable)).every((read) => {
    const destination = destinationOf(read);
    if (destination.to === "argument") return around.async && !isListening(destination.call);
    return around.async || (read.parent.type === "CallExpression" && read.parent.callee === read) || read.parent.type.startsWith("Export");
  });
}

function isAwaitedByCall(code: Code, callback: FunctionNode, call: CallNode): boolean {
  if (call.type === "NewExpression" || isListening(call)) return false;
  if (callback.async) return true;
  const name = calleeName(call);
  if (callsAtOnce(name)) return canBeAwaited(code, call, true);
  if (chains(name)) return isAwaited(call) || destinationOf(call).to === "returned";
  return registrationBy(code, call) !== null;
}

function isListening(call: CallNode): boolean {
  return call.type === "NewExpression" || dropsCallbackResult(calleeName(call));
}
