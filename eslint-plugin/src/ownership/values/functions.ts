/** Which function does a node stand in, and which nodes belong to a function? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { ancestorsOf, nodesIn, type FunctionNode } from "../../syntax.js";

/** The innermost function around a node, or `null` at the top level of a module. A class's static block and field initialisers count as their class's surroundings. */
export function functionAround(node: TSESTree.Node): FunctionNode | null {
  for (const at of ancestorsOf(node)) if (isFunction(at)) return at;
  return null;
}

export function isFunction(node: TSESTree.Node): node is FunctionNode {
  return node.type === "ArrowFunctionExpression" || node.type === "FunctionDeclaration" || node.type === "FunctionExpression";
}

/** Whether a node stands in a function's body proper: not in a parameter, nor in a static block or a field of a class inside, where `await` may never stand. */
export function isInBody(around: FunctionNode, node: TSESTree.Node): boolean {
  let inner = node;
  for (const at of ancestorsOf(node)) {
    if (at === around) return around.body === inner;
    if (at.type === "StaticBlock" || at.type === "PropertyDefinition") return false;
    inner = at;
  }
  return false;
}

export function isLoop(node: TSESTree.Node): boolean {
  return /^(?:DoWhile|For(?:In|Of)?|While)Statement$/u.test(node.type);
}

/** Whether `inner` is `outer` or stands inside it. */
export function isInside(inner: TSESTree.Node, outer: TSESTree.Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

/** The nodes of a body, those of nested functions left out. */
export function ownNodesIn(code: Code, body: TSESTree.Node): readonly TSESTree.Node[] {
  return [...nodesIn(code, body, (node) => !isFunction(node))];
}

export type GeneratorNode = FunctionNode & { readonly body: TSESTree.BlockStatement };

export function isGenerator(node: TSESTree.Node): node is GeneratorNode {
  return isFunction(node) && node.generator;
}

/** The expressions a function returns, nested functions left out. */
export function returnedBy(code: Code, node: FunctionNode): readonly TSESTree.Node[] {
  if (node.body.type !== "BlockStatement") return [node.body];
  return ownNodesIn(code, node.body)
    .map((at) => (at.type === "ReturnStatement" ? at.argument : null))
    .filter((value) => value !== null);
}

/** The outermost function that stands between a reference and the variable's own function. */
export function closureAround(reference: TSESTree.Node, home: FunctionNode | null): FunctionNode | null {
  let closure: FunctionNode | null = null;
  for (let at = functionAround(reference); at !== null && at !== home; at = functionAround(at)) closure = at;
  return closure;
}
