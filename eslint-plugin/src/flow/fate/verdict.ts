/** Which fate do the exits of a held resource amount to? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isStackLike } from "../../ownership/scopes/stack.js";
import { isReleasedByHand, type Use } from "../../ownership/uses/use.js";
import { destinationOf } from "../../ownership/values/destination.js";
import { readsOf, type Variable } from "../../ownership/values/variables.js";
import { endsAtFailure } from "../../ownership/waiting/end-at-failure.js";
import { ancestorsOf } from "../../syntax.js";
import { scopeOf } from "../scope.js";
import type { Exit } from "../walk/exit.js";
import { constructionFate } from "./construction-fate.js";
import { settled, type Fate } from "./fate.js";
import { exitsOnceHolding } from "./filled.js";
import { handOverFate, isGivenWith, isHandOver } from "./hand-over-fate.js";
import type { Holder } from "./holder.js";
import { stackFate } from "./stack-fate.js";

/** The fate of a held resource, by the exits that leave it live: those that take no error come first. */
export function verdict(code: Code, holder: Holder, exits: readonly Exit[]): Fate {
  const { uses } = holder;
  const normal = exits.filter(({ by, risk }) => by !== "throw" && risk === null && !(by === "overwrite" && isAliased(holder.variable)));
  const overwritten = normal.find(({ by }) => by === "overwrite");
  if (overwritten !== undefined) return { is: "overwritten", holder, exit: overwritten, exits: normal.filter(({ by }) => by === "overwrite") };
  const discharge = uses.find(({ how }) => how !== "borrowed");
  const exit = normal.find(({ by }) => by !== "end") ?? normal[0] ?? finalThrow(holder);
  if (discharge === undefined) return exit === undefined ? settled : { is: "undischarged", holder, exit: normal.find(({ by }) => by === "end") ?? exit, exits: normal };
  if (exit !== undefined) return { is: "leaks-on-path", holder, exit, exits: normal, discharge };
  const made = uses.some(isReleasedByHand) ? settled : constructionFate(code, holder);
  if (made.is !== "settled") return made;
  const failing = exitsOnceHolding(code, holder, exits);
  const [thrown, ...others] = failing.flatMap(({ risk }): readonly Exit[] => (risk?.node.type === "ThrowStatement" ? [{ by: "throw", node: risk.node, risk: null }] : []));
  if (thrown !== undefined && uses.some((use) => isHandOver(use) || isReleasedByHand(use)) && !endsAtFailure(code, holder.binding)) return { is: "leaks-on-path", holder, exit: thrown, exits: [thrown, ...others], discharge };
  return fateOnThrow(code, holder, failing);
}

/** The fate of what every normal way discharges: only an error can lose it. */
function fateOnThrow(code: Code, holder: Holder, exits: readonly Exit[]): Fate {
  const { uses } = holder;
  const disposal = uses.find(isReleasedByHand);
  if (disposal === undefined) return isStackLike(code, holder.acquisition.call) ? stackFate(code, holder) : handOverFate(holder, exits);
  const handOvers = uses.filter(isHandOver);
  if (uses.some((use) => use.how === "unknown" && use.via !== "argument" && !handOvers.some((each) => isGivenWith(use, each)))) return settled;
  // An outright throw, or what waits for the outside world, is likelier to fail than a call.
  const thrown = exits.find(({ risk }) => risk?.strong === true) ?? exits.find(({ risk }) => risk !== null && !isBeforeItsTry(risk.node, disposal));
  return thrown?.risk == null ? settled : { is: "leaks-on-throw", holder, risk: thrown.risk.node, discharge: disposal };
}

/** The `throw` with which a scope ends that nobody leaves otherwise. */
function finalThrow({ uses, variable }: Holder): Exit | undefined {
  const last = uses.every(({ how }) => how === "borrowed") ? scopeOf(variable)?.body.at(-1) : undefined;
  return last?.type === "ThrowStatement" ? { by: "throw", node: last, risk: null } : undefined;
}

/** A second name may still hold what the first one loses. */
function isAliased(variable: Variable): boolean {
  return readsOf(variable).some((read) => {
    const destination = destinationOf(read);
    return destination.to === "declared" && destination.declarator.id.type === "Identifier";
  });
}

/** A plain call between the acquisition and the `try` that releases is everyday code, not a leak worth a report (RULES.md, F17). */
function isBeforeItsTry(risk: TSESTree.Node, disposal: Use): boolean {
  return [...ancestorsOf(disposal.at)].some((at) => at.type === "TryStatement" && risk.range[1] <= at.range[0]);
}
