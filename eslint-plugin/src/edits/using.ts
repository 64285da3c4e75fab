import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { destinationOf } from "../ownership/destination.js";
import { makeAsync } from "./await.js";
import type { Edit } from "./edit.js";
import { canAwait, canUse, functionToMakeAsync } from "./placement.js";

/** The keyword that disposes a resource of this kind. */
export function keywordFor(kind: string): "await using" | "using" {
  return kind === "async" ? "await using" : "using";
}

/**
 * Replaces the keyword of a declaration by `using` or `await using`; `null` where
 * the result would not parse or would mean something else.
 */
export function declareWith(code: Code, declaration: TSESTree.VariableDeclaration, keyword: "await using" | "using"): readonly Edit[] | null {
  if (canUse(code, declaration, keyword)) return [replaceKeyword(declaration, keyword)];
  const around = functionToMakeAsync(code, declaration);
  if (around === null || keyword === "using" || !canUse(code, declaration, "using")) return null;
  return [makeAsync(code, around), replaceKeyword(declaration, keyword)];
}

function replaceKeyword(declaration: TSESTree.VariableDeclaration, keyword: string): Edit {
  const [start] = declaration.range;
  return { range: [start, start + declaration.kind.length], text: keyword };
}

/**
 * Gives a discarded resource a holder: `await open();` becomes
 * `await using _ = await open();`. The name is free in its scope.
 */
export function holdStatement(code: Code, expression: TSESTree.Node, keyword: "await using" | "using", promised: boolean): readonly Edit[] | null {
  const { value, to, awaited } = destinationOf(expression);
  const statement = value.parent;
  if (to !== "discarded" || statement?.type !== "ExpressionStatement" || statement.parent.type !== "BlockStatement") return null;
  const needsAwait = keyword === "await using" || promised;
  if (needsAwait && !canAwait(code, statement)) return null;
  const start = statement.range[0];
  const text = `${keyword} ${freeName(code)} = ${promised && !awaited ? "await " : ""}`;
  return [{ range: [start, start], text }];
}

function freeName(code: Code): string {
  const taken = new Set(code.scopes.scopes.flatMap((scope) => scope.variables.map(({ name }) => name)));
  let name = "_";
  while (taken.has(name)) name += "_";
  return name;
}
