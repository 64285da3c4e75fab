/** How does a scope get the keyword that its resource needs? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { canAwait, functionToMakeAsync } from "../placement/placement.js";
import type { Edit } from "../text/edit.js";
import { awaited, makeAsync } from "../waiting/await.js";

/**
 * Turns a `using` scope into the one that its resource needs.
 *
 * @param keyword the keyword to write
 * @param promise the part of the initializer that has to be awaited, if any; in
 *   the head of a loop the loop awaits its elements instead
 * @returns `null` where `await` may not stand, for several declarators, and for
 *   the head of a C-style loop: there `await using` crashes Node 24 (SEMANTICS.md, C22)
 */
export function rescope(code: Code, declaration: TSESTree.VariableDeclaration, keyword: "await using" | "using", promise: TSESTree.Node | null): readonly Edit[] | null {
  const { parent } = declaration;
  if (declaration.declarations.length !== 1 || parent.type === "ForStatement") return null;
  const around = canAwait(code, declaration) ? null : functionToMakeAsync(code, declaration);
  if (around === null && !canAwait(code, declaration)) return null;
  const [start] = declaration.range;
  const edits: Edit[] = [{ range: [start, start + declaration.kind.length], text: keyword }];
  if (around !== null) edits.push(makeAsync(code, around));
  if (promise !== null) edits.push(...(parent.type === "ForOfStatement" ? awaitElements(parent) : awaited(promise)));
  return edits;
}

/** Makes a `for…of` loop await what it iterates over: `for await (…)`. */
export function awaitElements(loop: TSESTree.ForOfStatement): readonly Edit[] {
  const end = loop.range[0] + "for".length;
  return loop.await ? [] : [{ range: [end, end], text: " await" }];
}
