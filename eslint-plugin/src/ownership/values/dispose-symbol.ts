/** Does a key spell `Symbol.dispose` or `Symbol.asyncDispose`? */

import type { TSESTree } from "@typescript-eslint/utils";

export type DisposeSymbol = "asyncDispose" | "dispose";

/** Which well-known symbol a key spells: `Symbol.dispose` or `Symbol.asyncDispose`. */
export function symbolOf(key: TSESTree.Node, computed: boolean): DisposeSymbol | null {
  if (!computed || key.type !== "MemberExpression" || key.computed) return null;
  if (key.object.type !== "Identifier" || key.object.name !== "Symbol" || key.property.type !== "Identifier") return null;
  const { name } = key.property;
  return name === "asyncDispose" || name === "dispose" ? name : null;
}
