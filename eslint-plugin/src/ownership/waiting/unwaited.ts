/** Does a scope end without waiting for work that was started in it? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code, Types } from "../../code.js";
import { chains, makesPrimitive } from "../../lexicon/language.js";
import { callbackTakenBack } from "../../lexicon/releasing.js";
import { needsDisposal } from "../../resource.js";
import { ancestorsOf, nodesIn, type CallNode, type FunctionNode } from "../../syntax.js";
import { isCombinator } from "../values/callee.js";
import { destinationOf, propertyName, unwrap, type Destination } from "../values/destination.js";
import { isFunction, isInside } from "../values/functions.js";
import { isGlobal, isParameter, scopedBy, variableOf, type Variable } from "../values/variables.js";

/** Whether a scope ends without waiting for anything after a node. */
export function endsUnwaited(code: Code, scope: TSESTree.Node, node: TSESTree.Node): boolean {
  const [, end] = node.range;
  for (const at of nodesIn(code, scope, (each) => each === scope || !isFunction(each))) {
    const waits = at.type === "AwaitExpression" || at.type === "YieldExpression" || (at.type === "ForOfStatement" && at.await);
    if (waits && at.range[0] >= end) return false;
  }
  // In a loop inside the scope, what stands before the node comes after it too.
  const loops = [...ancestorsOf(node)].filter((at) => at !== scope && isInside(at, scope) && /^(?:Do|For|While)/u.test(at.type));
  return !loops.some((loop) => awaitsBeside(code, loop, node));
}

function awaitsBeside(code: Code, loop: TSESTree.Node, node: TSESTree.Node): boolean {
  // What a loop runs over is evaluated once, before all turns.
  const once = loop.type === "ForOfStatement" || loop.type === "ForInStatement" ? loop.right : null;
  return [...nodesIn(code, loop, (each) => !isFunction(each) && each !== node && each !== once)].some((each) => each.type === "AwaitExpression" && each !== once);
}

/** Whether a scope undoes timers or listeners anywhere. */
export function undoes(code: Code, scope: TSESTree.Node): boolean {
  return callbackTakenBack.test(code.text.slice(...scope.range));
}

/** Whether dropped work is kept by a scope that may wait for it: a task given to the resource itself, or a nursery of a later scope. */
export function isEntrusted(code: Code, types: Types, variable: Variable, node: TSESTree.Node): boolean {
  let call = unwrap(node);
  while (call.type === "CallExpression" && call.callee.type === "MemberExpression" && chains(propertyName(call.callee))) call = unwrap(call.callee.object);
  if (call.type !== "CallExpression" || call.callee.type !== "MemberExpression") return false;
  let root = unwrap(call.callee.object);
  while (root.type === "MemberExpression") root = unwrap(root.object);
  const keeper = variableOf(code, root);
  if (keeper === variable) return call.arguments.some((each) => isTask(types, each));
  return keeper !== null && scopedBy(keeper) !== null && startOf(keeper) > startOf(variable);
}

/** What a nursery takes: a function that gives a promise, a promise, or a resource to work on. */
function isTask(types: Types, argument: TSESTree.Node): boolean {
  if (isFunction(argument)) return promises(types, argument);
  const { kind } = types.resource(argument);
  return needsDisposal(kind) || types.isPromise(argument) || types.givesPromise(argument);
}

function startOf({ identifiers: [first] }: Variable): number {
  return first?.range[0] ?? 0;
}

/** Whether calling a function gives a promise, at least on some path. */
export function promises(types: Types, closure: FunctionNode): boolean {
  if (closure.async) return !closure.generator;
  const promised = types.returnsPromise(closure);
  return promised === "always" || promised === "sometimes";
}

/** Whether a call only prints what it is given, so that nobody waits for a promise that it gets. */
export function isOfConsole(code: Code, call: CallNode): boolean {
  return code.types?.callee(call)?.module === "console";
}

/** Whether a call makes something else at once of a promise that it is given: `String(promise)`. A thenable of its own kind, such as a query, may be worth that. */
export function converts(code: Code, { callee }: CallNode, promise: TSESTree.Node): boolean {
  const isConversion = callee.type === "Identifier" && makesPrimitive(callee.name) && isGlobal(code, callee);
  return isConversion && code.types?.annotation(promise)?.startsWith("Promise<") === true;
}

/** Whether a call settles the promise around: `resolve` in `new Promise((resolve) => …)`. */
export function settles(code: Code, { callee }: CallNode): boolean {
  const variable = callee.type === "Identifier" ? variableOf(code, callee) : null;
  const executor = variable !== null && isParameter(variable) ? (variable.scope.block as TSESTree.Node) : null;
  const made = executor?.parent;
  return made?.type === "NewExpression" && made.arguments[0] === executor && made.callee.type === "Identifier" && made.callee.name === "Promise";
}

/** The `Promise.all(…)` into which a promise, or an array of promises, goes. */
export function combinatorOf(destination: Destination): CallNode | null {
  if (destination.to === "literal") return destination.literal.type === "ArrayExpression" ? combinatorOf(destinationOf(destination.literal)) : null;
  return destination.to === "argument" && isCombinator(destination.call) ? destination.call : null;
}
