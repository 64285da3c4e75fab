/** Which collection in a field loses the resources that its class acquires? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { Acquisition } from "../owners/acquisition.js";
import { acquiredFor, additionBy, initialElements, isOnlyBorrowed, staysHere } from "../several/collection.js";
import { mayEnd } from "../uses/possible-end.js";
import { mentionsOf, type Mention } from "../values/class-members.js";
import { unwrap } from "../values/destination.js";
import { readsOf, variableOf } from "../values/variables.js";
import { isOfAnother, isReachedAsAWhole, slotsIn, type Slot } from "./fields.js";
import { endsOf } from "./teardown.js";

/** A private field of a class that gathers what its class acquires. */
export interface CollectionField {
  /** As it is written behind `this.`: `#conns`. */
  readonly name: string;
  readonly key: TSESTree.Node;
  readonly acquisition: Acquisition;
}

/**
 * The arrays, maps and sets that surely lose what they gather when the object is
 * disposed: private, empty at first, filled with nothing but what the class
 * acquires, only counted and gone through besides, and not touched by anything
 * that the object's end calls.
 */
export function lostGatherings(code: Code, body: TSESTree.ClassBody): readonly CollectionField[] {
  return code.types === null ? [] : body.body.flatMap(slotsIn).flatMap((slot) => gatheredIn(code, body, slot) ?? []);
}

function gatheredIn(code: Code, body: TSESTree.ClassBody, { kept, key, name, value }: Slot): CollectionField | null {
  if (!kept || value === null || initialElements(code, value)?.length !== 0) return null;
  const mentions = mentionsOf(code, body, name);
  const ends = endsOf(code, body);
  if (mentions.some(({ member }) => ends.has(member)) || (!name.startsWith("#") && isReachedAsAWhole(code, body, name))) return null;
  const additions = mentions.map(({ node }) => additionBy(node));
  if (!mentions.every((mention, index) => isOwn(mention) && (additions[index] != null || staysHere(code, mention.node, isOnlyUsed)))) return null;
  const [first, ...others] = additions.filter((each) => each !== null).map(({ value: added }) => acquiredFor(code, added));
  const isOwned = first != null && [first, ...others].every((each) => each !== null && !isOfAnother(code, each));
  return isOwned ? { name, key, acquisition: first } : null;
}

function isOwn({ node }: Mention): boolean {
  return unwrap(node.object).type === "ThisExpression";
}

/** Whether nothing that may be an end is called on an element. */
function isOnlyUsed(code: Code, name: TSESTree.Node): boolean {
  const variable = isOnlyBorrowed(code, name) ? variableOf(code, name) : null;
  return variable !== null && !readsOf(variable).some((read) => mayEnd(code, read));
}
