import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import type { Holder } from "../flow/fate.js";
import { destinationOf } from "../ownership/destination.js";
import { departuresOf } from "../ownership/escape.js";
import { writesOf } from "../ownership/references.js";
import { declareWith, keywordAt, type Scoping } from "./using.js";

/** Node's classes whose second disposal rejects, so that a manual one must not stay beside a scope (SEMANTICS.md, 4). */
export const disposedOnce = /(?:Server|Socket|Stream)$/u;

/**
 * Turns the declaration of a held resource into `using` or `await using`, and
 * awaits the work on it that the scope would otherwise overtake. Explicit
 * disposals stay: disposers are idempotent, and an early graceful close is often
 * wanted (RULES.md, F20). `null` where the variable is written again, where the
 * resource or what works only while it is open leaves the scope, or where a
 * second disposal would fail.
 */
export function scopeHolder(code: Code, holder: Holder): Scoping | null {
  const { acquisition, declaration, promised, uses, variable } = holder;
  if (declaration === null || promised || writesOf(variable).length > 1) return null;
  if (uses.some(({ how, via }) => how === "transferred" || how === "unknown" || via === "using")) return null;
  if (uses.some(({ how }) => how === "disposed") && disposedOnce.test(acquisition.resource.name)) return null;
  const keyword = keywordAt(code, acquisition.call, acquisition.resource);
  const departures = departuresOf(code, { variable, keyword, stack: null });
  if (!departures.every(({ is, node }) => is === "pending" && canBeAwaited(code, node))) return null;
  return declareWith(code, declaration, keyword, departures.map(({ node }) => node));
}

/** Gives a stack that is moved on every way out a scope, which disposes only what was not moved; `null` where it is written again. */
export function scopeStack(code: Code, { acquisition, declaration, variable }: Holder): Scoping | null {
  if (declaration === null || writesOf(variable).length > 1) return null;
  return declareWith(code, declaration, keywordAt(code, acquisition.call, acquisition.resource), []);
}

/** An array of promises has to be gathered first, and an element of a literal keeps its type, which `await` would change. */
export function canBeAwaited({ types }: Code, work: TSESTree.Node): boolean {
  return types?.isPromise(work) === true && destinationOf(work).to !== "literal";
}
