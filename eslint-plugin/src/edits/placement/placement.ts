/** Where may `await`, `using` or a new statement stand? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { functionAround, isFunction, isInBody } from "../../ownership/values/functions.js";
import { ancestorsOf, type FunctionNode } from "../../syntax.js";
import type { Edit } from "../text/edit.js";
import { newlineOf } from "../text/lines.js";

/**
 * Whether `await` may stand at a node: in an async function, or at the top level
 * of an ES module, but not in a parameter, a class static block or a field.
 */
export function canAwait(code: Code, node: TSESTree.Node): boolean {
  let inner = node;
  for (const outer of ancestorsOf(node)) {
    if (isFunction(outer)) return outer.async && outer.body === inner;
    if (outer.type === "StaticBlock" || outer.type === "PropertyDefinition") return false;
    inner = outer;
  }
  return code.ast.sourceType === "module";
}

/**
 * Whether a declaration can be turned into `using` or `await using` where it
 * stands: one declarator with a plain name, in a block or a `for…of` head, not
 * exported, not directly in a `case`, not in a static block for `await using`
 * (SEMANTICS.md, S01–S42). Module scope is refused too: there the resource would
 * be disposed before importers run.
 */
export function canUse(code: Code, declaration: TSESTree.VariableDeclaration, keyword: "await using" | "using"): boolean {
  const [declarator, second] = declaration.declarations;
  if (declarator.id.type !== "Identifier" || second !== undefined || declaration.kind === "var") return false;
  const { parent } = declaration;
  const inHead = parent.type === "ForOfStatement" && parent.left === declaration;
  // `for (using of …` is read as a variable named `using`.
  if (inHead && declarator.id.name === "of") return false;
  if (!inHead && (declarator.init == null || (parent.type !== "BlockStatement" && parent.type !== "StaticBlock"))) return false;
  if (functionAround(declaration) === null && parent.type !== "StaticBlock" && !isInBlockStatement(declaration)) return false;
  return keyword === "using" || canAwait(code, declaration);
}

function isInBlockStatement(node: TSESTree.Node): boolean {
  return node.parent?.type === "BlockStatement" || node.parent?.type === "ForOfStatement";
}

/** The function that would have to become async for `await` to be allowed, if its declared result already is a promise. */
export function functionToMakeAsync(code: Code, node: TSESTree.Node): FunctionNode | null {
  const around = functionAround(node);
  if (around === null || around.async || around.generator || code.types === null) return null;
  if (around.parent.type === "MethodDefinition" && around.parent.kind !== "method") return null;
  if (around.parent.type === "Property" && around.parent.kind !== "init") return null;
  if (!mayBeAsync(around) || !isInBody(around, node)) return null;
  return code.types.returnsPromise(around) === "always" ? around : null;
}

/** An async function's declared result must be the global `Promise` (TS1064). */
function mayBeAsync({ returnType }: FunctionNode): boolean {
  if (returnType === undefined) return true;
  const { typeAnnotation } = returnType;
  return typeAnnotation.type === "TSTypeReference" && typeAnnotation.typeName.type === "Identifier" && typeAnnotation.typeName.name === "Promise";
}

/** Whether comments stand in a range that an edit would drop. */
export function hasComments(code: Code, [start, end]: readonly [number, number]): boolean {
  return (code.ast.comments ?? []).some(({ range }) => start <= range[0] && range[1] <= end);
}

/** Puts a statement before another: on a line of its own if the other begins a line. */
export function insertBefore(code: Code, statement: TSESTree.Node, text: string): Edit {
  const [start] = statement.range;
  const before = code.text.slice(start - statement.loc.start.column, start);
  return { range: [start, start], text: `${text}${/\S/u.test(before) ? " " : `${newlineOf(code)}${before}`}` };
}
