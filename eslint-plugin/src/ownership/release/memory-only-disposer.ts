/** Does a disposer touch nothing but what its own object has in memory? */

import type { TSESTree } from "@typescript-eslint/utils";

import { memory, type Code, type FunctionInCode } from "../../code.js";
import { isTimer } from "../../lexicon/calling-back.js";
import { changesCollection, chains, computes, isErrorType, readsCollection, worksOnValues } from "../../lexicon/language.js";
import { flushes } from "../../lexicon/releasing.js";
import { isAssertion } from "../../lexicon/testing.js";
import type { Resource } from "../../resource.js";
import { nodesIn } from "../../syntax.js";
import { bodyOf, calleeName, rootName, writesLog } from "../values/callee.js";
import { propertyName, unwrap } from "../values/destination.js";
import { functionAround, isFunction, isInside, isLoop, ownNodesIn, returnedBy } from "../values/functions.js";
import { declaratorOf, isGlobal, isParameter, variableOf, writesOf } from "../values/variables.js";
import { isEachDisposer } from "./idempotent-disposer.js";
import { hasField, isOwnPlace, isSelf, placeOf, selfOf, wholeOf, type Self } from "./own-memory.js";
import { isSettling } from "./settler.js";

/** How many steps a chain of arrays is followed back. */
const deepest = 6;

/**
 * Whether all that the disposers of a value do is to tidy up the object's
 * own memory: they empty its collections, reset its fields, settle its promises, wait
 * for its work, write what it has buffered, log or assert. Such an object holds nothing
 * outside of memory, and whoever drops it drops all of that. One that clears a timer,
 * takes a listener off, or calls something unknown is another matter; so is one
 * whose flag stops work that goes on by itself.
 */
export function holdsOnlyMemory(code: Code, value: TSESTree.Node, resource: Resource): boolean {
  return isEachDisposer(code, value, resource, (disposer) => doesSomething(disposer) && staysInMemory(disposer));
}

/** An empty disposer says nothing of what the object holds. */
function doesSomething({ code, node }: FunctionInCode): boolean {
  return ownNodesIn(code, node.body).some(({ type }) => /^(?:Assignment|Await|Call|Update)Expression$/u.test(type));
}

const answers = memory<{ value: boolean | null }>();

/** Whether a method does nothing but that; what calls itself adds nothing by doing so. */
function staysInMemory(method: FunctionInCode): boolean {
  const self = selfOf(method);
  const answer = answers(self.code, self.node, () => ({ value: null }));
  if (answer.value !== null) return answer.value;
  answer.value = true;
  answer.value = [...nodesIn(self.code, self.node.body)].every((at) => isOwnStep(self, at));
  return answer.value;
}

function isOwnStep(self: Self, at: TSESTree.Node): boolean {
  switch (at.type) {
    case "AssignmentExpression":
      return isOwnTarget(self, at.left);
    case "CallExpression":
      return isOwnCall(self, at);
    case "ForOfStatement":
      return !at.await;
    case "ImportExpression":
    case "TaggedTemplateExpression":
    case "YieldExpression":
      return false;
    case "NewExpression":
      return makesMemory(self.code, at);
    case "UnaryExpression":
      return at.operator !== "delete" || isOwnTarget(self, at.argument);
    case "UpdateExpression":
      return isOwnTarget(self, at.argument);
    case "VariableDeclaration":
      return at.kind !== "using" && at.kind !== "await using";
    default:
      return true;
  }
}

/** An error to throw, a promise to wait for, a collection of the language. */
function makesMemory(code: Code, call: TSESTree.NewExpression): boolean {
  const { callee } = call;
  return isError(code, callee) || (callee.type === "Identifier" && computes(callee.name) && code.types?.callee(call)?.origin === "lib");
}

/** A class called an error, or built on one. */
function isError(code: Code, made: TSESTree.Node): boolean {
  if (made.type !== "Identifier" || isErrorType(made.name)) return made.type === "Identifier";
  const declared = variableOf(code, made)?.defs.find(({ node }) => node.type === "ClassDeclaration")?.node;
  return declared?.type === "ClassDeclaration" && declared.superClass !== null && isError(code, declared.superClass);
}

/** A variable of the disposer, a field of the object, or a part of what the object alone has. */
function isOwnTarget(self: Self, target: TSESTree.Node): boolean {
  const at = unwrap(target);
  switch (at.type) {
    case "ArrayPattern":
      return at.elements.every((element) => element === null || isOwnTarget(self, element));
    case "Identifier": {
      const place = variableOf(self.code, at);
      return place !== null && (isLocal(self, at) || isOwnPlace(self, { variable: place }));
    }
    case "MemberExpression": {
      const name = propertyName(at);
      if (name !== null && isSelf(self, at.object)) return hasField(self, name) && !stopsWork(self, name);
      return isOwnPlace(self, placeOf(self, at.object));
    }
    default:
      return false;
  }
}

function isLocal(self: Self, identifier: TSESTree.Identifier): boolean {
  const [name] = variableOf(self.code, identifier)?.identifiers ?? [];
  return name !== undefined && isInside(name, self.node);
}

/** Whether a field tells work that goes on by itself when to stop: a loop that waits between its turns asks it, or what a timer calls. */
function stopsWork(self: Self, field: string): boolean {
  return [...nodesIn(self.code, wholeOf(self))].some((node) => {
    if (node.type !== "MemberExpression" || node.object.type !== "ThisExpression" || propertyName(node) !== field) return false;
    const around = functionAround(node);
    return around !== null && around !== self.node && !around.generator && (isAskedInTurns(self.code, node) || startsTimer(self.code, around.body));
  });
}

function isAskedInTurns(code: Code, asked: TSESTree.Node): boolean {
  for (let at = asked.parent; at != null && !isFunction(at); at = at.parent) {
    if (isLoop(at) && ownNodesIn(code, at).some(({ type }) => type === "AwaitExpression")) return true;
  }
  return false;
}

function startsTimer(code: Code, body: TSESTree.Node): boolean {
  return ownNodesIn(code, body).some((at) => at.type === "CallExpression" && isTimer(calleeName(at)));
}

function isOwnCall(self: Self, call: TSESTree.CallExpression): boolean {
  const name = calleeName(call);
  if (isNote(self.code, call) || flushes(name) || isFlush(self, call) || isSettling(self, call)) return true;
  const callee = unwrap(call.callee);
  if (callee.type === "MemberExpression" && worksInMemory(self, call, callee)) return true;
  const isReachable = callee.type !== "MemberExpression" || isSelf(self, callee.object) || isClass(self.code, callee.object) || isOwnPlace(self, placeOf(self, callee.object));
  const body = isReachable ? bodyOf(self.code, call) : null;
  return body !== null && ((body.code === self.code && isInside(body.node, self.node)) || staysInMemory(body));
}

/** The name of a class, whose static functions have no object. */
function isClass(code: Code, node: TSESTree.Node): boolean {
  const variable = node.type === "Identifier" ? variableOf(code, node) : null;
  return variable?.defs.some(({ node: at }) => at.type === "ClassDeclaration") === true;
}

/** What a call only logs or asserts. */
function isNote(code: Code, call: TSESTree.CallExpression): boolean {
  const { callee } = call;
  if (isAssertion(calleeName(call)) || writesLog(call)) return true;
  return callee.type === "MemberExpression" && (isAssertion(rootName(unwrap(callee.object))) || code.types?.callee(call)?.module === "assert");
}

/** The language's own functions, of promises and collections. */
function worksInMemory(self: Self, call: TSESTree.CallExpression, callee: TSESTree.MemberExpression): boolean {
  const { code } = self;
  const name = propertyName(callee);
  if (code.types?.callee(call)?.origin !== "lib") return false;
  if (callee.object.type === "Identifier" && isGlobal(code, callee.object)) return computes(callee.object.name) || (callee.object.name === "Object" && worksOnValues(name));
  if (chains(name)) return code.types.isPromise(callee.object);
  return readsCollection(name) || (changesCollection(name) && isOwnPlace(self, placeOf(self, callee.object)));
}

/** A function that is the `flush` of something: `writers.map((each) => each.flush)`. */
function isFlush(self: Self, call: TSESTree.CallExpression): boolean {
  const variable = call.callee.type === "Identifier" ? variableOf(self.code, call.callee) : null;
  const block = variable === null || !isParameter(variable) ? null : variable.scope.variableScope.block;
  const around = block?.parent;
  return around?.type === "CallExpression" && around.callee.type === "MemberExpression" && areFlushes(self, around.callee.object, 0);
}

function areFlushes(self: Self, given: TSESTree.Node, depth: number): boolean {
  const at = unwrap(given);
  if (depth > deepest) return false;
  if (at.type === "LogicalExpression") return areFlushes(self, at.left, depth + 1);
  if (at.type === "Identifier") {
    const variable = variableOf(self.code, at);
    const init = variable === null || writesOf(variable).length > 1 ? null : declaratorOf(variable)?.init;
    return init != null && areFlushes(self, init, depth + 1);
  }
  if (at.type !== "CallExpression" || at.callee.type !== "MemberExpression") return false;
  const [argument] = at.arguments;
  const picked = argument !== undefined && isFunction(argument) ? returnedBy(self.code, argument).map(unwrap) : [];
  if (picked.length > 0 && picked.every((each) => each.type === "MemberExpression" && flushes(propertyName(each)))) return true;
  const isGlobalObject = at.callee.object.type === "Identifier" && isGlobal(self.code, at.callee.object);
  return areFlushes(self, isGlobalObject && argument !== undefined ? argument : at.callee.object, depth + 1);
}
