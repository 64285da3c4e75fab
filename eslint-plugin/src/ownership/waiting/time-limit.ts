/** Which timer limits the time of a piece of work and can never be cleared? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isGlobalObject } from "../../lexicon/language.js";
import { ancestorsOf, nodesIn, type FunctionNode } from "../../syntax.js";
import { callOf, destinationOf, propertyName, unwrap } from "../values/destination.js";
import { functionAround, isFunction } from "../values/functions.js";
import { isInTest } from "../values/test-code.js";
import { declaratorOf, isGlobal, readsOf, scopedBy, variableOf, writesOf, type Variable } from "../values/variables.js";

/** A timer that ends a piece of work that takes too long, and that nobody can clear. */
export type TimeLimit = {
  readonly timer: TSESTree.CallExpression;
} & (
  /** It aborts the signal that the work is given. */
  | { readonly by: "abort"; readonly controller: TSESTree.VariableDeclarator; readonly name: string; readonly work: TSESTree.AwaitExpression }
  /** It settles a promise that the work races. */
  | { readonly by: "race"; readonly race: TSESTree.CallExpression }
);

/** Timers shorter than this are gone before anybody minds. */
const short = 100;

/** The work that a timer bounds; `null` where its handle is kept for anything, `unref()` included, or where it is no bound. */
export function timeLimitBy(code: Code, timer: TSESTree.CallExpression): TimeLimit | null {
  const [given, delay] = timer.arguments;
  if (given === undefined || !isTimeout(code, timer) || functionAround(timer) === null || isInTest(timer)) return null;
  if (delay?.type === "Literal" && typeof delay.value === "number" && delay.value <= short) return null;
  const callback = unwrap(given);
  return isUnkept(code, timer) ? (abortBy(code, timer, callback) ?? raceBy(code, timer, callback)) : null;
}

function isTimeout(code: Code, { callee }: TSESTree.CallExpression): boolean {
  const root = callee.type === "MemberExpression" && propertyName(callee) === "setTimeout" ? callee.object : callee;
  if (root.type !== "Identifier" || !isGlobal(code, root)) return false;
  return root === callee ? root.name === "setTimeout" : isGlobalObject(root.name);
}

/** Whether nobody keeps the timer's handle: a statement, an executor's result, or a variable that nothing reads. */
function isUnkept(code: Code, timer: TSESTree.CallExpression): boolean {
  const destination = destinationOf(timer);
  switch (destination.to) {
    case "declared": {
      const { id } = destination.declarator;
      const variable = id.type === "Identifier" ? variableOf(code, id) : null;
      return variable !== null && scopedBy(variable) === null && readsOf(variable).length === 0 && writesOf(variable).length === 1;
    }
    case "discarded":
      return true;
    case "returned":
      return isFunction(destination.by) && isExecutor(code, destination.by) !== null;
    default:
      return false;
  }
}

function abortBy(code: Code, timer: TSESTree.CallExpression, callback: TSESTree.Node): TimeLimit | null {
  const around = functionAround(timer);
  if (around === null || !isFunction(callback)) return null;
  for (const node of nodesIn(code, callback.body)) {
    if (node.type !== "MemberExpression" || propertyName(node) !== "abort" || callOf(node) === null || node.object.type !== "Identifier") continue;
    const variable = variableOf(code, node.object);
    const controller = variable === null ? null : declaratorOf(variable);
    if (variable === null || controller === null || functionAround(controller) !== around || !makesController(code, controller)) continue;
    const work = workWith(variable, timer, around);
    return work === null || staysBounded(code, work) ? null : { by: "abort", timer, controller, name: variable.name, work };
  }
  return null;
}

function makesController(code: Code, { init, parent }: TSESTree.VariableDeclarator): boolean {
  return parent.kind === "const" && init?.type === "NewExpression" && init.callee.type === "Identifier" && init.callee.name === "AbortController" && isGlobal(code, init.callee);
}

/** The first `await` after the timer that the signal is given to; `null` where the signal, or its controller, goes anywhere else. */
function workWith(variable: Variable, timer: TSESTree.Node, around: FunctionNode): TSESTree.AwaitExpression | null {
  let work: TSESTree.AwaitExpression | null = null;
  for (const read of readsOf(variable)) {
    const { parent } = read;
    if (parent.type !== "MemberExpression" || parent.object !== read) return null;
    const name = propertyName(parent);
    if (name === "abort" && callOf(parent) !== null) continue;
    if (name !== "signal") return null;
    if (parent.parent.type === "MemberExpression") continue;
    const awaiting = awaitAround(parent, around);
    if (awaiting === null) return null;
    if (awaiting.range[0] > timer.range[1]) work ??= awaiting;
  }
  return work;
}

/** Whether what the work gives leaves the function and may still be bounded by the timer then: a response whose body is to be read. */
function staysBounded(code: Code, work: TSESTree.AwaitExpression): boolean {
  const isOpen = (value: TSESTree.Node): boolean => code.types === null || code.types.isUnknown(value) || code.types.isHandle(value) || code.types.isLazyView(value);
  const destination = destinationOf(work);
  if (destination.to === "returned" || destination.to === "assigned" || destination.to === "literal") return isOpen(work);
  if (destination.to !== "declared" || destination.declarator.id.type !== "Identifier") return false;
  const variable = variableOf(code, destination.declarator.id);
  return variable !== null && readsOf(variable).some((read) => ["assigned", "literal", "returned", "yielded"].includes(destinationOf(read).to) && isOpen(read));
}

/** The `await` of the very function that a node stands in. */
function awaitAround(node: TSESTree.Node, around: FunctionNode): TSESTree.AwaitExpression | null {
  for (const at of ancestorsOf(node)) {
    if (at.type === "AwaitExpression") return functionAround(at) === around ? at : null;
    if (isFunction(at) || /Statement$/u.test(at.type)) return null;
  }
  return null;
}

function raceBy(code: Code, timer: TSESTree.CallExpression, callback: TSESTree.Node): TimeLimit | null {
  const executor = functionAround(timer);
  const promise = executor === null ? null : isExecutor(code, executor);
  if (executor === null || promise === null || !settlesPromise(code, executor, callback)) return null;
  const race = raceOf(code, promise);
  return race === null ? null : { by: "race", timer, race };
}

/** The promise that a function is the executor of. */
function isExecutor(code: Code, node: FunctionNode): TSESTree.NewExpression | null {
  const { parent } = node;
  const isPromise = parent.type === "NewExpression" && parent.arguments[0] === node && parent.callee.type === "Identifier" && parent.callee.name === "Promise" && isGlobal(code, parent.callee);
  return isPromise ? parent : null;
}

/** Whether a timer's callback is, or calls, what settles the promise. */
function settlesPromise(code: Code, executor: FunctionNode, callback: TSESTree.Node): boolean {
  const parameters = new Set(executor.params.map((parameter) => variableOf(code, parameter)).filter((variable) => variable !== null));
  const isSettler = (node: TSESTree.Node): boolean => {
    const variable = node.type === "Identifier" ? variableOf(code, node) : null;
    return variable !== null && parameters.has(variable);
  };
  return isSettler(callback) || (isFunction(callback) && [...nodesIn(code, callback.body)].some((node) => node.type === "CallExpression" && isSettler(node.callee)));
}

/** The race that a promise takes part in against something else, in place or by the name that is used for nothing else. */
function raceOf(code: Code, promise: TSESTree.Node): TSESTree.CallExpression | null {
  const destination = destinationOf(promise);
  if (destination.to === "declared" && !destination.awaited && destination.declarator.id.type === "Identifier") {
    const variable = variableOf(code, destination.declarator.id);
    const [read, another] = variable === null ? [] : readsOf(variable);
    return read === undefined || another !== undefined ? null : raceOf(code, read);
  }
  if (destination.to !== "literal" || destination.literal.type !== "ArrayExpression" || destination.literal.elements.length < 2) return null;
  const { parent } = destination.literal;
  if (parent.type !== "CallExpression" || parent.callee.type !== "MemberExpression" || propertyName(parent.callee) !== "race") return null;
  const { object } = parent.callee;
  return object.type === "Identifier" && object.name === "Promise" && isGlobal(code, object) ? parent : null;
}
