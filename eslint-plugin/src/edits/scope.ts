import type { Code } from "../code.js";
import type { Holder } from "../flow/fate.js";
import { writesOf } from "../ownership/references.js";
import type { Edit } from "./edit.js";
import { declareWith, keywordFor } from "./using.js";

/** Node's classes whose second disposal rejects, so that a manual one must not stay beside a scope (SEMANTICS.md, 4). */
const disposedOnce = /(?:Server|Socket|Stream)$/u;

/**
 * Turns the declaration of a held resource into `using` or `await using`.
 * Explicit disposals stay: disposers are idempotent, and an early graceful close
 * is often wanted (RULES.md, F20). `null` where the variable is written again,
 * where the resource leaves the scope on some path, or where a second disposal
 * would fail.
 */
export function scopeHolder(code: Code, holder: Holder): readonly Edit[] | null {
  const { acquisition, declaration, promised, uses, variable } = holder;
  if (declaration === null || promised || writesOf(variable).length > 1) return null;
  if (uses.some(({ how, via }) => how === "transferred" || how === "unknown" || via === "using")) return null;
  if (uses.some(({ how }) => how === "disposed") && disposedOnce.test(acquisition.resource.name)) return null;
  return declareWith(code, declaration, keywordFor(acquisition.resource.kind));
}
