/** Does a node stand in a test, or among the tests of a suite? */

import type { TSESTree } from "@typescript-eslint/utils";

import { isHook as isHookName, isRunner, isRunnerObject, isSuite, runsTestCase } from "../../lexicon/testing.js";
import { ancestorsOf, type FunctionNode } from "../../syntax.js";
import { destinationOf, propertyName } from "./destination.js";
import { closureAround, functionAround } from "./functions.js";
import { ownerFunction, readsOf, type Variable } from "./variables.js";

/** Whether a node stands in a test: there code steps generators, bounds work and uses what is disposed to see what they do. */
export function isInTest(node: TSESTree.Node): boolean {
  for (const at of ancestorsOf(node)) if (at.type === "CallExpression" && isRunner(runnerOf(at))) return true;
  return false;
}

/** Whether a statement of a module gives something to a test runner: tests, or a group of them. */
export function runsTests(statement: TSESTree.Node): boolean {
  return statement.type === "ExpressionStatement" && statement.expression.type === "CallExpression" && statement.expression.arguments.length > 0 && isRunner(runnerOf(statement.expression));
}

/** Whether a function is a test: not a hook, nor a group of tests, whose resources outlive it. */
export function isTestCase(node: FunctionNode): boolean {
  const { parent } = node;
  return parent.type === "CallExpression" && parent.callee !== node && runsTestCase(runnerOf(parent));
}

/** Whether a function is what a runner calls before or after tests. */
export function isHook({ parent }: FunctionNode): boolean {
  return parent.type === "CallExpression" && isHookName(runnerOf(parent));
}

/** Whether a node stands directly in the callback of a suite, `describe("…", () => { … })`, which has returned when the tests in it run. */
export function isInSuite(node: TSESTree.Node): boolean {
  const callback = functionAround(node);
  const destination = callback === null ? null : destinationOf(callback);
  return destination?.to === "argument" && destination.call.type === "CallExpression" && isSuite(runnerOf(destination.call));
}

/** Whether the tests of a suite use what a variable of the suite's callback holds, as far as closures tell. */
export function isForTests(variable: Variable): boolean {
  const [name] = variable.identifiers;
  return name !== undefined && isInSuite(name) && readsOf(variable).some((read) => closureAround(read, ownerFunction(variable)) !== null);
}

/** The name that a runner is called by: `test` of `test.each([1])("a", …)`, `Deno.test` of `Deno.test("a", …)`. */
function runnerOf({ callee }: TSESTree.CallExpression): string | null {
  let root: TSESTree.Node = callee;
  while (root.type === "CallExpression" || root.type === "MemberExpression" || root.type === "TaggedTemplateExpression") {
    if (root.type === "MemberExpression" && root.object.type === "Identifier" && isRunnerObject(root.object.name)) return propertyName(root);
    root = root.type === "CallExpression" ? root.callee : root.type === "MemberExpression" ? root.object : root.tag;
  }
  return root.type === "Identifier" ? root.name : null;
}
