/** Which refactorings are there at the cursor? */

import type { Code } from "../../code.js";
import { nodeAround } from "../../syntax.js";
import { acquireTogether } from "./acquire-together.js";
import { collectOnStack } from "./collect-on-stack.js";
import { extractManager } from "./extract-manager.js";
import { makeDisposable } from "./make-disposable.js";
import { makeManager } from "./make-manager.js";
import { moveOut } from "./move-out.js";
import type { Refactor, Refactoring } from "./refactoring.js";
import { putInFinally } from "./release-in-finally.js";
import { scopeDeclaration } from "./scope-declaration.js";
import { tryToUsing } from "./try-to-using.js";

export type { Refactoring } from "./refactoring.js";

const all: readonly Refactor[] = [scopeDeclaration, collectOnStack, moveOut, acquireTogether, makeDisposable, makeManager, extractManager, putInFinally];

/** The changes to the code at the cursor or the selection, and those that nearly apply with the reason why they do not. */
export function refactoringsAt(code: Code, range: readonly [start: number, end: number]): readonly Refactoring[] {
  const text = code.text.slice(...range);
  const start = range[0] + (text.length - text.trimStart().length);
  const end = Math.max(start, range[1] - (text.length - text.trimEnd().length));
  const selection = { start, end, node: nodeAround(code, [start, end]) };
  const written = tryToUsing(code, selection);
  // Who disposes in a `finally` wants its scope instead of it, not beside it.
  const others = all.filter((refactor) => refactor !== scopeDeclaration || written?.disabled !== null).map((refactor) => refactor(code, selection));
  return [written, ...others].filter((found) => found !== null);
}
