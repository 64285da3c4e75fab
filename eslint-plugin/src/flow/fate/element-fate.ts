/** What becomes of the resources that a loop takes out of a fresh collection? */

import type { TSESTree } from "@typescript-eslint/utils";

import { memory, type Code } from "../../code.js";
import { acquisitionOfElements } from "../../ownership/several/loop-elements.js";
import { usesOf } from "../../ownership/uses/uses.js";
import { functionAround } from "../../ownership/values/functions.js";
import { variableOf, writesOf } from "../../ownership/values/variables.js";
import { liveExits } from "../walk/live-exits.js";
import { settled, type Fate } from "./fate.js";
import { trackedBy } from "./holder-exits.js";
import type { Holder } from "./holder.js";
import { verdict } from "./verdict.js";

const elements = memory<Fate>();

/**
 * The fate of the resources that a `for…of` loop over a fresh collection takes
 * out of it one by one: *undischarged*, or *settled* where the body does anything
 * with them that may discharge them.
 */
export function fateOfElements(code: Code, loop: TSESTree.ForOfStatement): Fate {
  return elements(code, loop, () => (code.types === null ? settled : judgeElements(code, loop)));
}

function judgeElements(code: Code, loop: TSESTree.ForOfStatement): Fate {
  const { body, left } = loop;
  if (left.type !== "VariableDeclaration" || (left.kind !== "const" && left.kind !== "let")) return settled;
  const [declarator] = left.declarations;
  if (declarator?.id.type !== "Identifier") return settled;
  const variable = variableOf(code, declarator.id);
  if (variable === null || functionAround(loop) === null || writesOf(variable).length > 1) return settled;
  const acquisition = acquisitionOfElements(code, loop);
  if (acquisition === null) return settled;
  const uses = usesOf(code, variable);
  if (uses.some(({ how }) => how !== "borrowed")) return settled;
  const holder: Holder = { acquisition, variable, name: declarator.id.name, binding: declarator.id, declaration: left, promised: false, uses, given: null };
  const exits = liveExits(code, body.type === "BlockStatement" ? body.body : [body], body, { ...trackedBy(code, holder, declarator, null), isBorn: true });
  return exits === null ? settled : verdict(code, holder, exits);
}
