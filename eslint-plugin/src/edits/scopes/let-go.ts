/** How can a scope let go of a resource that it must not dispose? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { departuresOf } from "../../ownership/lifetime/escape.js";
import type { Scoped } from "../../ownership/scopes/scoped-variable.js";
import { unwrap } from "../../ownership/values/destination.js";
import { functionAround, ownNodesIn } from "../../ownership/values/functions.js";
import { readsOf } from "../../ownership/values/variables.js";
import type { Edit } from "../text/edit.js";

/**
 * Declares with `const` what is handed out anyway; only where the function has
 * one way out, on which the resource goes to its new owner, and nothing between
 * may throw, so that nothing leaks.
 */
export function letGo(code: Code, scoped: Scoped, declaration: TSESTree.VariableDeclaration, node: TSESTree.Node): readonly Edit[] | null {
  const around = functionAround(declaration);
  if (scoped.stack !== null || around?.body.type !== "BlockStatement" || declaration.declarations.length > 1) return null;
  if (declaration.parent !== around.body || departuresOf(code, scoped).length > 1) return null;
  const statements = around.body.body.slice(around.body.body.indexOf(declaration) + 1);
  const last = statements.pop();
  if (last?.type !== "ReturnStatement" || last.argument === null || unwrap(last.argument) !== node) return null;
  if ((node.type !== "Identifier" && node.type !== "NewExpression") || hasOtherReturn(code, around.body, last)) return null;
  const parts = node.type === "NewExpression" ? [...statements, ...node.arguments] : statements;
  const [start] = declaration.range;
  return parts.some((part) => mayThrow(code, part)) ? null : [{ range: [start, start + declaration.kind.length], text: "const" }];
}

/** Declares with `const` what a scope would dispose too early, and what then nobody disposes on its own. */
export function keepOpen({ declarations, kind, range: [start] }: TSESTree.VariableDeclaration): readonly Edit[] | null {
  return declarations.length > 1 ? null : [{ range: [start, start + kind.length], text: "const" }];
}

function hasOtherReturn(code: Code, body: TSESTree.BlockStatement, last: TSESTree.ReturnStatement): boolean {
  return ownNodesIn(code, body).some((at) => at.type === "ReturnStatement" && at !== last);
}

const throws = new Set(["AwaitExpression", "CallExpression", "ImportExpression", "NewExpression", "TaggedTemplateExpression", "ThrowStatement", "YieldExpression"]);

function mayThrow(code: Code, node: TSESTree.Node): boolean {
  return ownNodesIn(code, node).some(({ type }) => throws.has(type));
}

/** Writes `stack.move()` where a scoped stack itself is handed out. */
export function moveStack({ stack }: Scoped, node: TSESTree.Node): readonly Edit[] | null {
  if (stack === null) return null;
  const [read, second] = readsOf(stack).filter((each) => isHandedOutIn(node, each));
  if (read === undefined || second !== undefined) return null;
  const [start, end] = read.range;
  const isShorthand = read.parent.type === "Property" && read.parent.shorthand;
  return [isShorthand ? { range: [start, end], text: `${read.name}: ${read.name}.move()` } : { range: [end, end], text: ".move()" }];
}

function isHandedOutIn(node: TSESTree.Node, { parent, range }: ReturnType<typeof readsOf>[number]): boolean {
  return node.range[0] <= range[0] && range[1] <= node.range[1] && parent.type !== "MemberExpression";
}
