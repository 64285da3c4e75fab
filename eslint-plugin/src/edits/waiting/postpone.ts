/** How does an expression become a function that evaluates it later? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { ownNodesIn } from "../../ownership/values/functions.js";
import type { Edit } from "../text/edit.js";

/** Turns an expression into a function that evaluates it later; `null` where it awaits or yields. */
export function postpone(code: Code, expression: TSESTree.Node): readonly Edit[] | null {
  if (suspends(code, expression)) return null;
  const [start] = expression.range;
  return [{ range: [start, start], text: "() => " }];
}

/** Turns a method that is passed on without its object into a function that calls it. */
export function callLater(code: Code, method: TSESTree.MemberExpression): readonly Edit[] | null {
  const edits = method.optional ? null : postpone(code, method);
  const [, end] = method.range;
  return edits === null ? null : [...edits, { range: [end, end], text: "()" }];
}

function suspends(code: Code, expression: TSESTree.Node): boolean {
  return ownNodesIn(code, expression).some(({ type }) => type === "AwaitExpression" || type === "YieldExpression");
}
