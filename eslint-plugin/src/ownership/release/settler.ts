/** Does a function only settle a promise that is waited for? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { takesListenerBack } from "../../lexicon/calling-back.js";
import { fillsCollection } from "../../lexicon/holding.js";
import { makesSettlers } from "../../lexicon/language.js";
import { nodesIn } from "../../syntax.js";
import { calleeName, functionNamed } from "../values/callee.js";
import { isNothing, propertyName, unwrap } from "../values/destination.js";
import { isFunction, isInside, ownNodesIn } from "../values/functions.js";
import { declaratorOf, isParameter, variableOf, type Variable } from "../values/variables.js";
import { isSelf, placeOf, valuesOf, wholeOf, type Place, type Self } from "./own-memory.js";

/**
 * Whether a call in a disposer only settles a promise of its object: what it calls
 * was put into the object by somebody who waits, `new Promise((resolve) => this.#waiting.push(resolve))`.
 */
export function isSettling(self: Self, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  if (callee.type === "Identifier") {
    const variable = variableOf(self.code, callee);
    return variable !== null && (isSettlerVariable(self.code, variable, 0) || isElementSettler(self, variable, callee));
  }
  if (callee.type !== "MemberExpression") return false;
  const name = propertyName(callee);
  if (isSelf(self, callee.object)) return name !== null && areSettlers(self.code, valuesOf(self, { field: name }));
  const place = placeOf(self, callee.object);
  return place !== null && (isSettlersPair(self, place) || namedSettlers(self, name));
}

/** `this.#done = Promise.withResolvers()` */
function isSettlersPair(self: Self, place: Place): boolean {
  const values = valuesOf(self, place).filter((value) => value !== null && !isNothing(value));
  return values.length > 0 && values.every((value) => value !== null && isWithResolvers(value));
}

function isWithResolvers(value: TSESTree.Node): boolean {
  const call = unwrap(value);
  return call.type === "CallExpression" && call.callee.type === "MemberExpression" && makesSettlers(propertyName(call.callee));
}

/** An element of a collection of settlers, or the part of one that is called so. */
function isElementSettler(self: Self, variable: Variable, callee: TSESTree.Identifier): boolean {
  const part = partOf(variable);
  if (part !== null) return namedSettlers(self, part);
  const place = placeOf(self, callee);
  return place !== null && areSettlers(self.code, putInto(self, place));
}

/** The name of the part that a pattern takes into a variable: `const { resolve } of this.#waiting`. */
function partOf({ identifiers: [identifier] }: Variable): string | null {
  const { parent } = identifier ?? {};
  return parent?.type === "Property" && parent.parent.type === "ObjectPattern" && parent.key.type === "Identifier" ? parent.key.name : null;
}

/** What the object puts into a collection of its own. */
function putInto(self: Self, place: Place): readonly TSESTree.Node[] {
  return [...nodesIn(self.code, wholeOf(self))].flatMap((node) => {
    if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression" || !fillsCollection(propertyName(node.callee))) return [];
    const into = unwrap(node.callee.object);
    const isPlace = "field" in place ? into.type === "MemberExpression" && into.object.type === "ThisExpression" && propertyName(into) === place.field : variableOf(self.code, into) === place.variable;
    const value = node.arguments.at(-1);
    return isPlace && value !== undefined ? [value] : [];
  });
}

/** Whether all that the object ever calls by a name settles: `{ resolve, reject }`, `waiting.resolve = …`. */
function namedSettlers(self: Self, name: string | null): boolean {
  const values = [...nodesIn(self.code, wholeOf(self))].flatMap((node) => {
    if (node.type === "Property" && node.parent.type === "ObjectExpression") return node.key.type === "Identifier" && node.key.name === name ? [node.value] : [];
    const isWritten = node.type === "AssignmentExpression" && node.left.type === "MemberExpression" && propertyName(node.left) === name;
    return isWritten ? [node.right] : [];
  });
  return areSettlers(self.code, values);
}

function areSettlers(code: Code, values: readonly (TSESTree.Node | null)[]): boolean {
  const present = values.filter((value) => value !== null && !isNothing(value));
  return present.length > 0 && present.every((value) => value !== null && isSettler(code, value, 0));
}

function isSettler(code: Code, given: TSESTree.Node, depth: number): boolean {
  const value = unwrap(given);
  if (depth > 3) return false;
  if (isFunction(value)) return onlySettles(code, value.body, depth);
  if (value.type === "MemberExpression") {
    const pair = variableOf(code, unwrap(value.object));
    const init = pair === null ? null : declaratorOf(pair)?.init;
    return init != null && isWithResolvers(init);
  }
  const variable = value.type === "Identifier" ? variableOf(code, value) : null;
  return variable !== null && isSettlerVariable(code, variable, depth);
}

/** `resolve` and `reject` of a promise's executor or of `Promise.withResolvers()`, or a function that calls them. */
function isSettlerVariable(code: Code, variable: Variable, depth: number): boolean {
  const executor = isParameter(variable) ? (variable.scope.block as TSESTree.Node) : null;
  if (executor !== null) return executor.parent?.type === "NewExpression" && executor.parent.callee.type === "Identifier" && executor.parent.callee.name === "Promise";
  const named = functionNamed(variable);
  if (named !== null) return onlySettles(code, named.body, depth);
  const declarator = declaratorOf(variable);
  return declarator?.init != null && declarator.id.type === "ObjectPattern" && isWithResolvers(declarator.init);
}

/** Whether all that a function calls settles a promise, or takes back what listened for its caller meanwhile. */
function onlySettles(code: Code, body: TSESTree.Node, depth: number): boolean {
  const calls = ownNodesIn(code, body).filter((at): at is TSESTree.CallExpression => at.type === "CallExpression");
  const settling = calls.filter(({ callee }) => isSettler(code, callee, depth + 1));
  return settling.length > 0 && calls.every((call) => settling.includes(call) || takesListenerBack(calleeName(call)) || settling.some((each) => isInside(call, each)));
}
