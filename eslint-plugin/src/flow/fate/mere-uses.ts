/** Which uses of a resource settle nothing, since the same function releases it by hand further on? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isReleasedByHand, type Use } from "../../ownership/uses/use.js";
import { destinationOf } from "../../ownership/values/destination.js";
import { withoutFailures } from "../course.js";
import type { Scope } from "../scope.js";
import { phasesAt } from "../walk/phases-at.js";
import { trackedBy } from "./holder-exits.js";
import type { Holder } from "./holder.js";

/**
 * The uses of a resource where those are only borrowing that a release by hand follows on a way on which nothing fails (RULES.md, "Who
 * releases, owns"): listeners, calls that nobody can see into, what is derived from it.
 */
export function withMereUses(code: Code, holder: Holder, birth: TSESTree.Node, { body, end: scopeEnd }: Scope): readonly Use[] {
  const { uses } = holder;
  const releases = new Set(uses.filter(isReleasedByHand).map(({ at }) => at));
  if (releases.size === 0) return uses;
  return uses.map((use): Use => {
    // Whoever waits for the end behind a release has asked for it.
    if (use.how === "transferred" && use.via === "state" && [...releases].some(({ range: [, end] }) => end <= use.at.range[0])) return { ...use, how: "borrowed", via: null };
    if (!mayBeMere(use)) return use;
    const tracked = { ...trackedBy(code, { ...holder, uses: [{ ...use, how: "unknown" }] }, birth, null), ...withoutFailures(code), overwrites: new Set<TSESTree.Node>() };
    const phases = phasesAt(code, body, scopeEnd, tracked, releases);
    const isFollowed = phases !== null && [...phases.values()].some((each) => each.has("discharged"));
    return isFollowed ? { ...use, how: "borrowed", via: null } : use;
  });
}

function mayBeMere({ at, how, via }: Use): boolean {
  if (how === "transferred") return via === "literal" && isOption(at);
  return how === "unknown" && via !== "end" && via !== "closure" && via !== "state";
}

/** `fetch(url, { dispatcher })` */
function isOption(literal: TSESTree.Node): boolean {
  const destination = destinationOf(literal);
  return destination.to === "argument" && destination.call.type === "CallExpression";
}
