/** Where does a statement go that is to run at the end of a function? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isInside, ownNodesIn } from "../../ownership/values/functions.js";
import type { FunctionNode } from "../../syntax.js";
import type { Edit } from "../text/edit.js";
import { beginsLine, indentAt, newlineOf, unitOf } from "../text/lines.js";
import { insertBefore } from "./placement.js";

/**
 * Puts a statement at the end of a function that gives nothing, ahead of a call of
 * the base class there; `null` where the end is not reached but for guards at
 * the beginning, and where `await` may not stand.
 */
export function appendTo(code: Code, around: FunctionNode, statement: string): readonly Edit[] | null {
  const { body } = around;
  if (body.type !== "BlockStatement" || around.generator || (statement.startsWith("await ") && !around.async)) return null;
  const last = body.body.at(-1);
  const guards = body.body.slice(0, body.body.findIndex(({ type }) => type !== "IfStatement"));
  const returns = ownNodesIn(code, body).filter((node) => node.type === "ReturnStatement");
  if (last?.type === "ThrowStatement" || returns.some((each) => each.argument !== null || !guards.some((guard) => isInside(each, guard)))) return null;
  if (last !== undefined && isBaseCall(last)) return [insertBefore(code, last, statement)];
  const [start, end] = body.range;
  const close = end - 1;
  if (beginsLine(code, close)) {
    const outer = indentAt(code, close);
    return [{ range: [close - outer.length, close - outer.length], text: `${outer}${unitOf(code, body)}${statement}${newlineOf(code)}` }];
  }
  const inner = code.text.slice(start + 1, close);
  if (/\/\/[^\n]*$/u.test(inner)) return null;
  return [{ range: [start + 1 + inner.trimEnd().length, close], text: ` ${statement} ` }];
}

function isBaseCall(statement: TSESTree.Statement): boolean {
  if (statement.type !== "ExpressionStatement") return false;
  const call = statement.expression.type === "AwaitExpression" ? statement.expression.argument : statement.expression;
  return call.type === "CallExpression" && call.callee.type === "MemberExpression" && call.callee.object.type === "Super";
}
