/** How is `await` written before an expression, and `async` before a function? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { destinationOf } from "../../ownership/values/destination.js";
import type { FunctionNode } from "../../syntax.js";
import { canAwait, functionToMakeAsync } from "../placement/placement.js";
import type { Edit } from "../text/edit.js";

const bindsTighter = new Set(["CallExpression", "Identifier", "ImportExpression", "Literal", "MemberExpression", "NewExpression", "ThisExpression", "TaggedTemplateExpression"]);

/**
 * Puts `await` before an expression, with the parentheses it needs; `null` where
 * `await` may not stand.
 */
export function insertAwait(code: Code, expression: TSESTree.Node): readonly Edit[] | null {
  return canAwait(code, expression) ? awaited(expression) : null;
}

/**
 * Puts `await` before an expression and makes the function around it async; only
 * where that function already returns a promise.
 */
export function insertAwaitAndAsync(code: Code, expression: TSESTree.Node): readonly Edit[] | null {
  const around = functionToMakeAsync(code, expression);
  return around === null ? null : [makeAsync(code, around), ...awaited(expression)];
}

/** Puts `await` before an expression, with the parentheses it needs, wherever that is; it takes the place of `void`. */
export function awaited(expression: TSESTree.Node): readonly Edit[] {
  const outer = expression.parent?.type === "ChainExpression" ? expression.parent : expression;
  const [start, end] = outer.range;
  if (outer.parent?.type === "UnaryExpression" && outer.parent.operator === "void") {
    const [at] = outer.parent.range;
    return [{ range: [at, at + "void".length], text: "await" }];
  }
  const tight = outer.type === "ChainExpression" || bindsTighter.has(outer.type);
  const isOperand = destinationOf(outer).to === "receiver";
  const before = `${isOperand ? "(" : ""}await ${tight ? "" : "("}`;
  const after = `${tight ? "" : ")"}${isOperand ? ")" : ""}`;
  return after === "" ? [{ range: [start, start], text: before }] : [{ range: [start, start], text: before }, { range: [end, end], text: after }];
}

/** Waits for an array of promises: `await Promise.all(…)`; `null` where `await` may not stand. */
export function gather(code: Code, list: TSESTree.Node): readonly Edit[] | null {
  const [start, end] = list.range;
  return canAwait(code, list) ? [{ range: [start, start], text: "await Promise.all(" }, { range: [end, end], text: ")" }] : null;
}

/** Adds the keyword `async` to a function. */
export function makeAsync(code: Code, node: FunctionNode): Edit {
  const { parent } = node;
  if (parent.type === "MethodDefinition" || (parent.type === "Property" && parent.method)) {
    const at = parent.computed ? code.text.lastIndexOf("[", parent.key.range[0]) : parent.key.range[0];
    return { range: [at, at], text: "async " };
  }
  return { range: [node.range[0], node.range[0]], text: "async " };
}

/** The declared result as an async function must have it; `null` where that is not plain. */
export function promisedResult({ returnType }: FunctionNode): readonly Edit[] | null {
  if (returnType === undefined) return [];
  const { typeAnnotation } = returnType;
  if (typeAnnotation.type === "TSVoidKeyword") return [{ range: [...typeAnnotation.range], text: "Promise<void>" }];
  if (typeAnnotation.type === "TSAnyKeyword") return [{ range: [...typeAnnotation.range], text: "Promise<any>" }];
  const isPromise = typeAnnotation.type === "TSTypeReference" && typeAnnotation.typeName.type === "Identifier" && typeAnnotation.typeName.name === "Promise";
  return isPromise ? [] : null;
}
