/** When can a generator become a manager, or why can it not? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { yieldFaults } from "../../flow/yield-faults.js";
import { deadAfter, triesAround } from "../../ownership/generators/manager.js";
import type { UnwrappedManager } from "../../ownership/generators/unwrapped-manager.js";
import { isFunction, ownNodesIn, type GeneratorNode } from "../../ownership/values/functions.js";
import { ancestorsOf, nodesIn } from "../../syntax.js";
import { lineOf } from "../../text.js";
import type { Edit } from "../text/edit.js";

/** Why a generator would do less, or something else, as a manager, in a sentence; `null` where it would not. */
export function whyNoManager(code: Code, body: GeneratorNode, at: TSESTree.YieldExpression): string | null {
  const dead = deadAfter(at);
  if (dead !== null) return `Line ${lineOf(dead)} would never run: a manager is left at its \`yield\`. Put it into a \`finally\` first.`;
  const missing = yieldFaults(code, body).missing;
  if (missing !== null) return `It does not yield on every path: see line ${lineOf(missing.node)}.`;
  for (const { part, statement: { handler } } of triesAround(at)) {
    if (part === "finalizer") return `Its \`yield\` on line ${lineOf(at)} stands in \`finally\`, where it interrupts the release.`;
    if (handler !== null) return `The \`catch\` on line ${lineOf(handler)} would never see an error of the code that uses the manager.`;
  }
  if (at.parent.type !== "ExpressionStatement") return `Line ${lineOf(at)} takes what \`next()\` sends back, which a manager is never sent.`;
  const returned = ownNodesIn(code, body.body).find((node) => node.type === "ReturnStatement" && node.argument !== null);
  if (returned !== undefined) return `Line ${lineOf(returned)} returns a value, which nobody gets from a manager.`;
  const receiver = [...nodesIn(code, body, (node) => node === body || !isFunction(node) || node.type === "ArrowFunctionExpression")].find(({ type }) => type === "ThisExpression");
  if (receiver !== undefined) return `Line ${lineOf(receiver)} uses \`this\`, which the helper does not hand on.`;
  const untold = code.isJavaScript ? undefined : body.params.find(isUntold);
  return untold === undefined ? null : "Only a default says the type of a parameter, and the helper would make it `unknown`: annotate it first.";
}

/** Whether only its default says what a parameter is. */
function isUntold(parameter: TSESTree.Parameter): boolean {
  return parameter.type === "AssignmentPattern" && !("typeAnnotation" in parameter.left && parameter.left.typeAnnotation !== undefined);
}

/**
 * Gives an exported generator to the helper, in place; only where it stands in its
 * own export, keeps its parameters' types, and is a manager in good order.
 */
export function wrapInHelper(code: Code, helper: string | null, { at, body, name }: UnwrappedManager): readonly Edit[] | null {
  if (helper === null || whyNoManager(code, body, at) !== null) return null;
  const [outer] = ancestorsOf(body);
  // A function can be called ahead of its declaration, and a default export has no `const`.
  return body.type === "FunctionDeclaration" && outer?.type !== "ExportNamedDeclaration" ? null : wrapped(helper, body, name.name);
}

/** Gives a generator to the helper where it stands; `null` where something says what the variable is. */
export function wrapped(helper: string, body: GeneratorNode, name: string): readonly Edit[] | null {
  const [start, end] = body.range;
  if (body.type === "FunctionDeclaration") return [{ range: [start, start], text: `const ${name} = ${helper}(` }, { range: [end, end], text: ");" }];
  const { parent } = body;
  if (parent.type !== "VariableDeclarator" || parent.id.type !== "Identifier" || parent.id.typeAnnotation !== undefined) return null;
  return [{ range: [start, start], text: `${helper}(` }, { range: [end, end], text: ")" }];
}
