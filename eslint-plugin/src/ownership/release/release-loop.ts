/** Does a loop do nothing but dispose each element of a collection? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { turnsRound } from "../../lexicon/language.js";
import { bareOf, propertyName, unwrap } from "../values/destination.js";
import { isInside } from "../values/functions.js";
import { readsOf, variableOf, type Variable } from "../values/variables.js";
import { isRelease } from "./release-name.js";
import { onlyStatement } from "./release-statement.js";

/** A loop that releases each element of a collection, and does nothing else. */
export interface ReleaseLoop {
  readonly statement: TSESTree.Statement;
  readonly collection: Variable;
  /** The release of one element, or the call of an element that is a function. */
  readonly call: TSESTree.CallExpression;
  readonly awaited: boolean;
  /** The elements are functions. */
  readonly calls: boolean;
  /** What is the last one in the collection is released first. */
  readonly backwards: boolean;
}

/** How a loop goes through a collection. */
interface Way {
  readonly collection: Variable;
  readonly backwards: boolean;
  /** Whether an expression is the element of this turn. */
  readonly isElement: (node: TSESTree.Node) => boolean;
  /** What the loop does with it. */
  readonly does: TSESTree.Statement | null;
}

/** The loop over a collection that a statement is, if all it does is to release the elements. */
export function releaseLoopIn(code: Code, statement: TSESTree.Statement): ReleaseLoop | null {
  const way = wayOf(code, statement);
  if (way?.does?.type !== "ExpressionStatement") return null;
  const { at: call, awaited } = bareOf(way.does.expression);
  if (call.type !== "CallExpression" || call.arguments.length > 0) return null;
  const { backwards, collection } = way;
  const callee = unwrap(call.callee);
  const calls = way.isElement(callee);
  if (!calls && !(callee.type === "MemberExpression" && isRelease(code, callee) && way.isElement(unwrap(callee.object)))) return null;
  return { statement, collection, call, awaited, calls, backwards };
}

function wayOf(code: Code, statement: TSESTree.Statement): Way | null {
  switch (statement.type) {
    case "ForOfStatement":
      return throughAll(code, statement);
    case "ForStatement":
      return countingDown(code, statement);
    case "WhileStatement":
      return emptying(code, statement);
    default:
      return null;
  }
}

/** `for (const conn of conns.toReversed()) …` */
function throughAll(code: Code, { await: isAwaited, body, left, right }: TSESTree.ForOfStatement): Way | null {
  const element = left.type === "VariableDeclaration" ? variableOf(code, left.declarations[0].id) : null;
  const turned = right.type === "CallExpression" && right.arguments.length === 0 && right.callee.type === "MemberExpression" && turnsRound(propertyName(right.callee)) ? right.callee.object : null;
  const collection = variableOf(code, copied(turned ?? right));
  if (isAwaited || element === null || collection === null) return null;
  return { collection, backwards: turned !== null, isElement: (node) => variableOf(code, node) === element, does: onlyStatement(body) };
}

/** The array that `[...conns]` or `conns.slice()` copies. */
function copied(array: TSESTree.Node): TSESTree.Node {
  if (array.type === "ArrayExpression") {
    const [only, second] = array.elements;
    return only?.type === "SpreadElement" && second === undefined ? only.argument : array;
  }
  const isSlice = array.type === "CallExpression" && array.arguments.length === 0 && array.callee.type === "MemberExpression" && propertyName(array.callee) === "slice";
  return isSlice ? (array.callee as TSESTree.MemberExpression).object : array;
}

/** `for (let i = conns.length - 1; i >= 0; i--) …` */
function countingDown(code: Code, { body, init, test, update }: TSESTree.ForStatement): Way | null {
  const start = init?.type === "VariableDeclaration" ? init.declarations[0] : undefined;
  const index = start === undefined ? null : variableOf(code, start.id);
  const collection = start?.init?.type === "BinaryExpression" && start.init.operator === "-" && isNumber(start.init.right, 1) ? lengthOf(code, start.init.left) : null;
  const isDown = test?.type === "BinaryExpression" && test.operator === ">=" && isNumber(test.right, 0) && variableOf(code, test.left) === index && update?.type === "UpdateExpression" && update.operator === "--" && variableOf(code, update.argument) === index;
  if (index === null || collection === null || !isDown) return null;
  const isElement = (node: TSESTree.Node): boolean => node.type === "MemberExpression" && node.computed && variableOf(code, node.object) === collection && variableOf(code, node.property) === index;
  return { collection, backwards: true, isElement, does: onlyStatement(body) };
}

/** `while (conns.length > 0) …conns.pop()…` */
function emptying(code: Code, { body, test }: TSESTree.WhileStatement): Way | null {
  const asked = test.type === "BinaryExpression" && /^(?:>|!==?)$/u.test(test.operator) && isNumber(test.right, 0) ? test.left : test;
  const collection = lengthOf(code, asked);
  if (collection === null) return null;
  const isLast = (node: TSESTree.Node): boolean => node.type === "CallExpression" && node.callee.type === "MemberExpression" && propertyName(node.callee) === "pop" && variableOf(code, node.callee.object) === collection;
  const [first, second, third] = body.type === "BlockStatement" ? body.body : [];
  const taken = first?.type === "VariableDeclaration" && first.declarations.length === 1 && second !== undefined && third === undefined ? first.declarations[0] : undefined;
  if (taken === undefined) return readsIn(collection, body) === 1 ? { collection, backwards: true, isElement: isLast, does: onlyStatement(body) } : null;
  const element = variableOf(code, taken.id);
  const isTaken = element !== null && taken.init != null && isLast(unwrap(taken.init)) && readsIn(collection, body) === 1;
  return isTaken ? { collection, backwards: true, isElement: (node) => variableOf(code, node) === element, does: second ?? null } : null;
}

function readsIn(variable: Variable, body: TSESTree.Node): number {
  return readsOf(variable).filter((read) => isInside(read, body)).length;
}

function lengthOf(code: Code, node: TSESTree.Node): Variable | null {
  return node.type === "MemberExpression" && propertyName(node) === "length" ? variableOf(code, node.object) : null;
}

function isNumber(node: TSESTree.Node, value: number): boolean {
  return node.type === "Literal" && node.value === value;
}
