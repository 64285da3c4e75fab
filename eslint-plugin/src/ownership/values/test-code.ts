import type { TSESTree } from "@typescript-eslint/utils";

import { ancestorsOf } from "../../syntax.js";

const runners = /^(?:after|afterAll|afterEach|before|beforeAll|beforeEach|bench|describe|it|specify|suite|test)$/u;

/** Whether a node stands in a test: there code steps generators, bounds work and uses what is disposed to see what they do. */
export function isInTest(node: TSESTree.Node): boolean {
  for (const at of ancestorsOf(node)) {
    if (at.type !== "CallExpression") continue;
    let root: TSESTree.Node = at.callee;
    while (root.type === "CallExpression" || root.type === "MemberExpression" || root.type === "TaggedTemplateExpression") {
      root = root.type === "CallExpression" ? root.callee : root.type === "MemberExpression" ? root.object : root.tag;
    }
    if (root.type === "Identifier" && runners.test(root.name)) return true;
  }
  return false;
}
