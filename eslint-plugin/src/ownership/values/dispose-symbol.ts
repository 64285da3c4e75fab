/** Does a key spell a well-known symbol: `Symbol.dispose`, `Symbol.asyncDispose`, that of an iterator? */

import type { TSESTree } from "@typescript-eslint/utils";

import { makesIterator } from "../../lexicon/language.js";

export type DisposeSymbol = "asyncDispose" | "dispose";

/** Which well-known symbol a key spells: `Symbol.dispose` or `Symbol.asyncDispose`, or that of a ponyfill: `DisposableSymbols.dispose`. */
export function symbolOf(key: TSESTree.Node, computed: boolean): DisposeSymbol | null {
  if (!computed || key.type !== "MemberExpression" || key.computed) return null;
  if (key.object.type !== "Identifier" || !/Symbols?$/u.test(key.object.name) || key.property.type !== "Identifier") return null;
  const { name } = key.property;
  return name === "asyncDispose" || name === "dispose" ? name : null;
}

/** Whether a member is named by the symbol of an iterator: `rows[Symbol.asyncIterator]`. */
export function isIteratorSymbol({ computed, property }: TSESTree.MemberExpression): boolean {
  return computed && property.type === "MemberExpression" && !property.computed && property.object.type === "Identifier" && property.object.name === "Symbol" && property.property.type === "Identifier" && makesIterator(property.property.name);
}
