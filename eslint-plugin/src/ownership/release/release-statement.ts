/** Does a statement do nothing but dispose what a variable holds? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { callOf, destinationOf, isNothing, unwrap } from "../values/destination.js";
import { symbolOf } from "../values/dispose-symbol.js";
import { variableOf, type Variable } from "../values/variables.js";
import { disposesReceiver } from "./release-name.js";

/** A statement that disposes what a variable holds. */
export interface Disposal {
  readonly variable: Variable;
  readonly call: TSESTree.CallExpression;
  readonly awaited: boolean;
}

/** What a statement disposes, if that is all it does: `await conn.close();`, also with `?.` or under `if (conn)`. */
export function disposalIn(code: Code, statement: TSESTree.Statement): Disposal | null {
  if (statement.type === "IfStatement") {
    const disposal = disposalUnder(code, statement);
    return disposal !== null && isPresent(code, statement.test, disposal.variable) ? disposal : null;
  }
  if (statement.type !== "ExpressionStatement") return null;
  const { expression } = statement;
  const call = unwrap(expression.type === "UnaryExpression" && expression.operator === "void" ? expression.argument : expression);
  if (call.type !== "CallExpression" || call.callee.type !== "MemberExpression" || callOf(call.callee) !== call) return null;
  const { callee } = call;
  const isDisposal = symbolOf(callee.property, callee.computed) !== null || disposesReceiver(code, { ...call, callee });
  const variable = isDisposal ? variableOf(code, unwrap(callee.object)) : null;
  return variable === null ? null : { variable, call, awaited: destinationOf(call).awaited };
}

/** What an `if` disposes, if that is all it does, whatever its condition asks for. */
export function disposalUnder(code: Code, { alternate, consequent }: TSESTree.IfStatement): Disposal | null {
  const only = onlyStatement(consequent);
  return only === null || alternate !== null ? null : disposalIn(code, only);
}

/** Whether a condition asks for nothing but that a variable has a value. */
function isPresent(code: Code, test: TSESTree.Expression, variable: Variable): boolean {
  if (test.type === "BinaryExpression") return /^!==?$/u.test(test.operator) && isNothing(test.right) && variableOf(code, test.left) === variable;
  return variableOf(code, test) === variable;
}

/** The statement of a block that has one only, or the statement that stands without a block. */
export function onlyStatement(body: TSESTree.Statement): TSESTree.Statement | null {
  if (body.type !== "BlockStatement") return body;
  const [only, second] = body.body;
  return only === undefined || second !== undefined ? null : only;
}
