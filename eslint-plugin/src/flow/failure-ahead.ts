import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { nodesOf } from "../ownership/values/functions.js";

/** Whether anything that a block does ahead of a node may fail. */
export function mayFailAhead(code: Code, block: TSESTree.BlockStatement, node: TSESTree.Node): boolean {
  return nodesOf(code, block).some(({ range, type }) => range[0] < node.range[0] && /^(?:Await|Call|New)Expression$|^ThrowStatement$|^ForOfStatement$/u.test(type) && range[1] <= node.range[0]) ||
    (node.type === "YieldExpression" && node.argument !== null && nodesOf(code, node.argument).some(({ type }) => /^(?:Await|Call|New)Expression$/u.test(type)));
}
