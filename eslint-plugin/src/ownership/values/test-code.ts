/** Does a node stand in a test? */

import type { TSESTree } from "@typescript-eslint/utils";

import { isRunner } from "../../lexicon/testing.js";
import { ancestorsOf } from "../../syntax.js";

/** Whether a node stands in a test: there code steps generators, bounds work and uses what is disposed to see what they do. */
export function isInTest(node: TSESTree.Node): boolean {
  for (const at of ancestorsOf(node)) {
    if (at.type !== "CallExpression") continue;
    let root: TSESTree.Node = at.callee;
    while (root.type === "CallExpression" || root.type === "MemberExpression" || root.type === "TaggedTemplateExpression") {
      root = root.type === "CallExpression" ? root.callee : root.type === "MemberExpression" ? root.object : root.tag;
    }
    if (root.type === "Identifier" && isRunner(root.name)) return true;
  }
  return false;
}
