/** Which keyword disposes a resource, and what does it take to write that keyword? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { Resource } from "../../resource.js";
import { canAwait, canUse, functionToMakeAsync } from "../placement/placement.js";
import type { Edit } from "../text/edit.js";
import { awaited, makeAsync } from "../waiting/await.js";

/** The keyword that disposes a resource of this kind. */
export function keywordFor(kind: string): "await using" | "using" {
  return kind === "async" ? "await using" : "using";
}

/** The keyword for a resource that a call acquires: where `await` may never stand, `using`, if that can dispose it too. */
export function keywordAt(code: Code, call: TSESTree.Node, { both, kind }: Resource): "await using" | "using" {
  const isAsync = canAwait(code, call) || functionToMakeAsync(code, call) !== null;
  return both && !isAsync ? "using" : keywordFor(kind);
}

/** Edits that give a resource a scope, and what else they do to the function around. */
export interface Scoping {
  readonly edits: readonly Edit[];
  readonly makesAsync: boolean;
  readonly awaitsWork: boolean;
  /** The disposals by hand that it takes the place of. */
  readonly replaces: readonly TSESTree.Node[];
}

/**
 * Replaces the keyword of a declaration by `using` or `await using`; `null` where
 * the result would not parse or would mean something else.
 *
 * @param work promises made from the resource that have to be awaited before the scope ends
 */
export function declareWith(code: Code, declaration: TSESTree.VariableDeclaration, keyword: "await using" | "using", work: readonly TSESTree.Node[]): Scoping | null {
  if (!canUse(code, declaration, "using")) return null;
  const needsAsync = (keyword === "await using" || work.length > 0) && !canAwait(code, declaration);
  const around = needsAsync ? functionToMakeAsync(code, declaration) : null;
  if (needsAsync && around === null) return null;
  const edits = [replaceKeyword(declaration, keyword), ...work.flatMap((promise) => awaited(promise))];
  return { edits: around === null ? edits : [makeAsync(code, around), ...edits], makesAsync: needsAsync, awaitsWork: work.length > 0, replaces: [] };
}

function replaceKeyword(declaration: TSESTree.VariableDeclaration, keyword: string): Edit {
  const [start] = declaration.range;
  return { range: [start, start + declaration.kind.length], text: keyword };
}
