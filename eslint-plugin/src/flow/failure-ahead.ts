/** May anything fail ahead of a node? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { ownNodesIn } from "../ownership/values/functions.js";

/** Whether anything that a block does ahead of a node may fail; what a `yield` gives is evaluated ahead of it too. */
export function mayFailAhead(code: Code, block: TSESTree.BlockStatement, node: TSESTree.Node): boolean {
  const given = node.type === "YieldExpression" ? node.argument : null;
  return ownNodesIn(code, block).some((each) => each.range[1] <= node.range[0] && (isFallible(each) || stops(each))) || (given !== null && ownNodesIn(code, given).some(isFallible));
}

function isFallible({ type }: TSESTree.Node): boolean {
  return type === "AwaitExpression" || type === "CallExpression" || type === "NewExpression";
}

function stops({ type }: TSESTree.Node): boolean {
  return type === "ThrowStatement" || type === "ForOfStatement";
}
