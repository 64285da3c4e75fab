/** Which places, and which callbacks, outlive the function that uses them? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { callsLater, listens, observes } from "../../lexicon/calling-back.js";
import { fillsCollection, takesOut } from "../../lexicon/holding.js";
import { nodesIn, type CallNode, type FunctionNode } from "../../syntax.js";
import { propertyName, unwrap } from "./destination.js";
import { declaratorOf, ownerFunction, variableOf } from "./variables.js";

/**
 * Whether an expression stands for something that outlives a function: a field
 * of `this`, a variable around the function, a global. Parameters may be gone
 * with the call, and what the code takes back does not keep.
 */
export function isOutward(code: Code, home: FunctionNode | null, target: TSESTree.Node): boolean {
  let root = unwrap(target);
  while (root.type === "MemberExpression") root = unwrap(root.object);
  return home !== null && outlives(code, home, root) && !isTakenBack(code, home, target);
}

function outlives(code: Code, home: FunctionNode, root: TSESTree.Node): boolean {
  if (root.type !== "Identifier") return root.type === "ThisExpression";
  const holder = variableOf(code, root);
  if (holder === null || holder.defs.length === 0) return root.name === "process" || root.name === "globalThis";
  return ownerFunction(holder) !== home && declaratorOf(holder) !== null;
}

/** Whether the function writes the place again, or the file takes something from the collection. */
function isTakenBack(code: Code, home: FunctionNode, place: TSESTree.Node): boolean {
  const isPlace = (node: TSESTree.Node): boolean => code.text.slice(...node.range) === code.text.slice(...place.range);
  const writes = [...nodesIn(code, home)].filter((at) => at.type === "AssignmentExpression" && isPlace(at.left));
  if (writes.length > 1) return true;
  return [...nodesIn(code, code.ast)].some(
    (at) =>
      (at.type === "UnaryExpression" && at.operator === "delete" && isPlace(at.argument)) ||
      (at.type === "CallExpression" && at.callee.type === "MemberExpression" && takesOut(propertyName(at.callee)) && isPlace(at.callee.object)),
  );
}

/** Whether a call puts its argument into a collection of the standard library. */
export function isStore(code: Code, call: CallNode): call is TSESTree.CallExpression & { readonly callee: TSESTree.MemberExpression } {
  if (call.type === "NewExpression" || call.callee.type !== "MemberExpression") return false;
  return fillsCollection(propertyName(call.callee)) && code.types?.callee(call)?.origin === "lib";
}

/** Whether a call keeps its callback beyond the scope: a timer, or a listener without options on something around the function. */
export function outlasts(code: Code, home: FunctionNode | null, { arguments: { length }, callee }: TSESTree.CallExpression): boolean {
  if (callee.type === "Identifier") return home !== null && callsLater(callee.name);
  const isListening = callee.type === "MemberExpression" && (listens(propertyName(callee)) || observes(propertyName(callee)));
  return isListening && length < 3 && isOutward(code, home, callee.object);
}
