/** Is a stack lost before it is moved? */

import type { Code } from "../../code.js";
import { registersOnStack } from "../../lexicon/language.js";
import { isFieldInConstruction, mayFail } from "../../ownership/classes/construction.js";
import type { Use } from "../../ownership/uses/use.js";
import { callOf, propertyName } from "../../ownership/values/destination.js";
import type { Exit } from "../walk/exit.js";
import { settled, type Fate } from "./fate.js";
import { exitsFrom } from "./holder-exits.js";
import type { Holder } from "./holder.js";

/** The fate of a stack without a scope that is moved at the end: what it holds by then is lost when something fails before. */
export function stackFate(code: Code, { uses: all, ...rest }: Holder): Fate {
  const uses = all.map((use): Use => (isFieldInConstruction(code, use) ? { ...use, how: "borrowed" } : use));
  const holder = { ...rest, uses };
  const move = uses.find(({ via }) => via === "move");
  if (move === undefined || uses.some(({ how, via }) => how !== "borrowed" && via !== "move")) return settled;
  const lost = exitsOnceFilled(code, holder).find(({ by, risk }) => by !== "overwrite" && risk !== null && (risk.strong || mayFail(code, risk.node)));
  return lost?.risk == null ? settled : { is: "leaks-on-throw", holder, risk: lost.risk.node, discharge: move };
}

/** The exits that leave a stack live with something in it: it holds nothing until it is given the first resource. */
export function exitsOnceFilled(code: Code, holder: Holder): readonly Exit[] {
  const given = holder.uses.map(({ reference: { parent } }) => (parent.type === "MemberExpression" && registersOnStack(propertyName(parent)) ? callOf(parent) : null));
  const first = given.find((call) => call !== null);
  const [resource] = first?.arguments ?? [];
  return first == null || resource === undefined ? [] : exitsFrom(code, holder, first, { acquisition: resource, nullable: false });
}
