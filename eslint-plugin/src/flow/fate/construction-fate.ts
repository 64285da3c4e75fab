/** Is what is acquired for an object lost while the object is being made? */

import type { Code } from "../../code.js";
import { isBuiltIn, isGivenToHeld, mayFail, throughParts } from "../../ownership/classes/construction.js";
import { isStackLike } from "../../ownership/scopes/stack.js";
import { settled, type Fate } from "./fate.js";
import { exitsFrom } from "./holder-exits.js";
import type { Holder } from "./holder.js";
import { exitsOnceFilled } from "./stack-fate.js";

/** The fate of what is acquired only for the object that is being made. */
export function constructionFate(code: Code, holder: Holder): Fate {
  const uses = throughParts(code, holder.uses.filter(({ how }) => how !== "borrowed"));
  if (!uses.some((use) => isBuiltIn(code, use)) || !uses.every((use) => isBuiltIn(code, use) || isGivenToHeld(code, use))) return settled;
  const exits = isStackLike(code, holder.acquisition.call) ? exitsOnceFilled(code, holder) : exitsFrom(code, { ...holder, uses }, holder.binding.parent);
  const thrown = exits.find(({ risk }) => risk !== null && (risk.strong || mayFail(code, risk.node)));
  return thrown?.risk == null ? settled : { is: "leaks-in-construction", holder, risk: thrown.risk.node };
}
