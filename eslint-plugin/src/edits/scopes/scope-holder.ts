/** When can the variable that holds a resource be declared with `using` or `await using`? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { Holder } from "../../flow/fate/holder.js";
import { isDisposedOnce } from "../../libraries/node.js";
import { departuresOf } from "../../ownership/lifetime/escape.js";
import { destinationOf } from "../../ownership/values/destination.js";
import { writesOf } from "../../ownership/values/variables.js";
import { equivalentIn, leaveOut, repeatedIn } from "./drop-disposal.js";
import { declareWith, keywordAt, type Scoping } from "./using.js";

/**
 * Turns the declaration of a held resource into `using` or `await using`, awaits
 * the work on it that the scope would otherwise overtake, and leaves out a
 * disposal at its end that the scope repeats. Early ends stay: disposers are
 * idempotent, and a graceful close is often wanted (RULES.md, F20). `null` where the variable is written again, where the resource
 * or what works only while it is open leaves the scope, or where a second
 * disposal would stay.
 */
export function scopeHolder(code: Code, holder: Holder): Scoping | null {
  const { acquisition, declaration, promised, uses, variable } = holder;
  if (declaration === null || promised || writesOf(variable).length > 1) return null;
  if (uses.some(({ how, via }) => how === "transferred" || how === "unknown" || via === "using")) return null;
  if (disposedAgain(code, holder) !== null) return null;
  const keyword = keywordAt(code, acquisition.call, acquisition.resource);
  const departures = departuresOf(code, { variable, keyword, stack: null });
  if (!departures.every(({ is, node }) => is === "pending" && canBeAwaited(code, node))) return null;
  const scoping = declareWith(code, declaration, keyword, departures.map(({ node }) => node));
  const repeated = [...repeatedIn(code, variable, uses), ...equivalentIn(code, variable, uses, keyword === "using" ? "dispose" : "asyncDispose")];
  const replaced = repeated.map((each) => leaveOut(code, each)).filter((each) => each !== null);
  return scoping === null ? null : { ...scoping, edits: [...scoping.edits, ...replaced], replaces: repeated.map(({ call }) => call) };
}

/** A disposal by hand that would stay beside a scope, though it must not; `null` where there is none. */
export function disposedAgain(code: Code, { acquisition, uses, variable }: Pick<Holder, "acquisition" | "uses" | "variable">): TSESTree.Node | null {
  const repeated = repeatedIn(code, variable, uses);
  const kept = repeated.find((each) => leaveOut(code, each) === null);
  if (kept !== undefined) return kept.call;
  const others = uses.filter(({ at, how, via }) => how === "disposed" && via !== "using" && !repeated.some(({ call }) => call === at));
  return isDisposedOnce(acquisition.resource.name) ? (others[0]?.at ?? null) : null;
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
