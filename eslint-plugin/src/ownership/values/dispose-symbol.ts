/** Does a key spell `Symbol.dispose` or `Symbol.asyncDispose`? */

import type { TSESTree } from "@typescript-eslint/utils";

export type DisposeSymbol = "asyncDispose" | "dispose";

/** Which well-known symbol a key spells: `Symbol.dispose` or `Symbol.asyncDispose`, or that of a ponyfill: `DisposableSymbols.dispose`. */
export function symbolOf(key: TSESTree.Node, computed: boolean): DisposeSymbol | null {
  if (!computed || key.type !== "MemberExpression" || key.computed) return null;
  if (key.object.type !== "Identifier" || !/Symbols?$/u.test(key.object.name) || key.property.type !== "Identifier") return null;
  const { name } = key.property;
  return name === "asyncDispose" || name === "dispose" ? name : null;
}
