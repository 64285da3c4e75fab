/** Is a resource lost when something fails before it is handed over? */

import { setsGoing } from "../../lexicon/acquiring.js";
import type { Use } from "../../ownership/uses/use.js";
import { calleeName } from "../../ownership/values/callee.js";
import { isInside } from "../../ownership/values/functions.js";
import { ancestorsOf } from "../../syntax.js";
import type { Exit } from "../walk/exit.js";
import { settled, type Fate } from "./fate.js";
import type { Holder } from "./holder.js";

/**
 * The fate of what its function only hands over: as its result, alone, in a literal or in a closure, to a wrapper, to a
 * stack, to a scope that is declared later, to a field. Nobody has it before that.
 */
export function handOverFate(holder: Holder, exits: readonly Exit[]): Fate {
  const { uses } = holder;
  const handOver = uses.find(isHandOver);
  if (handOver === undefined || uses.some((use) => use.how === "unknown" && !isOpened(use) && !isGivenWith(use, handOver))) return settled;
  const lost = exits.find(({ risk }) => risk?.strong === true);
  return lost?.risk == null ? settled : { is: "leaks-on-throw", holder, risk: lost.risk.node, discharge: handOver };
}

/** `await feed.open()`, which asks for no state. */
export function isOpened({ at, via }: Use): boolean {
  return via === "state" && at.type === "CallExpression" && setsGoing(calleeName(at));
}

/** Whether a use stands in the `return` of another: what else works with the resource there, goes where it goes. */
export function isGivenWith({ at }: Use, { reference: given }: Use): boolean {
  const statement = [...ancestorsOf(given)].find(({ type }) => type === "ReturnStatement");
  return statement !== undefined && isInside(at, statement);
}

/** Whether a use gives the resource to somebody who is to dispose it. */
export function isHandOver({ how, via }: Use): boolean {
  return (how === "transferred" && via !== "iteration" && via !== "state" && via !== "move") || (how === "disposed" && via === "using");
}
