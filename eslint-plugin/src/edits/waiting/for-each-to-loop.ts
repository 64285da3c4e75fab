/** When can a `forEach` become a loop that awaits? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { destinationOf } from "../../ownership/values/destination.js";
import { ownNodesIn } from "../../ownership/values/functions.js";
import { nodesIn } from "../../syntax.js";
import { canAwait, hasComments } from "../placement/placement.js";
import type { Edit } from "../text/edit.js";
import { awaited } from "./await.js";

/**
 * Turns the statement `xs.forEach((x) => …)` into `for (const x of xs) …`, in which
 * a promise is awaited; `null` where more than the waiting would change.
 */
export function forEachToLoop(code: Code, call: TSESTree.CallExpression, promise: TSESTree.Node): readonly Edit[] | null {
  const { callee, parent: statement } = call;
  const [callback, second] = call.arguments;
  if (callee.type !== "MemberExpression" || callee.optional || statement.type !== "ExpressionStatement" || second !== undefined) return null;
  if (callback?.type !== "ArrowFunctionExpression" || !canAwait(code, statement)) return null;
  const [parameter, index] = callback.params;
  if (parameter?.type !== "Identifier" || index !== undefined) return null;
  // An element of a Map or of an unknown collection is not what its `forEach` gives.
  if (code.types === null || code.types.element(callee.object).kind === "unknown") return null;
  const { body } = callback;
  const head: [number, number] = [statement.range[0], body.range[0]];
  const tail: [number, number] = [body.range[1], statement.range[1]];
  if (hasComments(code, head) || hasComments(code, tail)) return null;
  if (ownNodesIn(code, body).some(({ type }) => type === "ReturnStatement")) return null;
  if ([...nodesIn(code, callee.object)].some((at) => at.type === "Identifier" && at.name === parameter.name)) return null;
  return [
    { range: head, text: `for (const ${parameter.name} of ${code.text.slice(...callee.object.range)}) ` },
    ...(destinationOf(promise).awaited ? [] : awaited(promise)),
    { range: tail, text: body.type === "BlockStatement" ? "" : ";" },
  ];
}
