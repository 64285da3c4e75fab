/** Does a node stand in a test, or among the tests of a suite? */

import type { TSESTree } from "@typescript-eslint/utils";

import { isRunner, isSuite } from "../../lexicon/testing.js";
import { ancestorsOf } from "../../syntax.js";
import { destinationOf } from "./destination.js";
import { closureAround, functionAround } from "./functions.js";
import { ownerFunction, readsOf, type Variable } from "./variables.js";

/** Whether a node stands in a test: there code steps generators, bounds work and uses what is disposed to see what they do. */
export function isInTest(node: TSESTree.Node): boolean {
  for (const at of ancestorsOf(node)) {
    if (at.type === "CallExpression" && isRunner(rootName(at))) return true;
  }
  return false;
}

/** Whether a node stands directly in the callback of a suite, `describe("…", () => { … })`, which has returned when the tests in it run. */
export function isInSuite(node: TSESTree.Node): boolean {
  const callback = functionAround(node);
  const destination = callback === null ? null : destinationOf(callback);
  return destination?.to === "argument" && destination.call.type === "CallExpression" && isSuite(rootName(destination.call));
}

/** Whether the tests of a suite use what a variable of the suite's callback holds, as far as closures tell. */
export function isForTests(variable: Variable): boolean {
  const [name] = variable.identifiers;
  return name !== undefined && isInSuite(name) && readsOf(variable).some((read) => closureAround(read, ownerFunction(variable)) !== null);
}

/** The name that a callee begins with: `describe` of `describe.each(cases)("…", …)`. */
function rootName(call: TSESTree.CallExpression): string | null {
  let root: TSESTree.Node = call.callee;
  while (root.type === "CallExpression" || root.type === "MemberExpression" || root.type === "TaggedTemplateExpression") {
    root = root.type === "CallExpression" ? root.callee : root.type === "MemberExpression" ? root.object : root.tag;
  }
  return root.type === "Identifier" ? root.name : null;
}
