/** From when on does a resource hold anything that could be lost? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { leavesRunning, opensAtOnce, setsGoing } from "../../lexicon/acquiring.js";
import { isMadeEmpty } from "../../ownership/classes/empty-instance.js";
import { isStackLike } from "../../ownership/scopes/stack.js";
import { isReleasedByHand } from "../../ownership/uses/use.js";
import { calleeName } from "../../ownership/values/callee.js";
import { callOf, propertyName } from "../../ownership/values/destination.js";
import { functionAround } from "../../ownership/values/functions.js";
import { declaratorOf, ownerFunction, variableOf } from "../../ownership/values/variables.js";
import { nodesIn, type CallNode } from "../../syntax.js";
import type { Exit } from "../walk/exit.js";
import { isOpened } from "./hand-over-fate.js";
import { exitsFrom } from "./holder-exits.js";
import type { Holder } from "./holder.js";
import { exitsOnceFilled } from "./stack-fate.js";

/**
 * Those of some exits on which a resource holds something by then. A stack holds what it was given, an empty instance what its
 * methods and fields hold, and what has an `open()` of its own is open when that was called. What its own function releases by hand holds something,
 * or nobody would.
 *
 * @param exits all that leave it live
 */
export function exitsOnceHolding(code: Code, holder: Holder, exits: readonly Exit[]): readonly Exit[] {
  const { acquisition: { call }, uses } = holder;
  if (uses.some(isReleasedByHand)) return exits;
  if (isStackLike(code, call)) return exitsOnceFilled(code, holder);
  if (isMadeEmpty(code, call)) return exitsSince(code, holder, memberOf(holder, () => true));
  if (refersToLater(code, call)) return [];
  const opening = openingOf(code, holder);
  return opening === null ? exits : exitsSince(code, holder, memberOf(holder, (member) => callOf(member) !== null && opening(propertyName(member))));
}

/** The names by which what a call makes is opened; `null` where it is open when it is made. */
function openingOf({ types }: Code, { acquisition: { call }, binding }: Holder): ((name: string | null) => boolean) | null {
  const name = calleeName(call);
  if (types === null || name === null || (call.type === "CallExpression" && (opensAtOnce(name) || setsGoing(name)))) return null;
  const opens = types.isPromise(call) ? (each: string | null) => each === "open" : (each: string | null) => setsGoing(each) || leavesRunning(each);
  return [...types.membersOf(binding)].some(opens) ? opens : null;
}

/** Whether a function that a call is given uses what its own function declares only behind the call: nobody could end the resource before that. */
function refersToLater(code: Code, call: CallNode): boolean {
  const around = functionAround(call);
  return call.arguments.flatMap((argument) => [...nodesIn(code, literalOf(code, argument))]).some((node) => {
    const variable = node.type === "Identifier" && functionAround(node) !== around ? variableOf(code, node) : null;
    const declarator = variable === null ? null : declaratorOf(variable);
    return variable !== null && declarator !== null && ownerFunction(variable) === around && declarator.range[0] > call.range[1];
  });
}

/** The object that a constant is declared with. */
function literalOf(code: Code, argument: TSESTree.Node): TSESTree.Node {
  const variable = argument.type === "Identifier" ? variableOf(code, argument) : null;
  const init = variable === null ? null : declaratorOf(variable)?.init;
  return init?.type === "ObjectExpression" ? init : argument;
}

function memberOf({ uses }: Holder, is: (member: TSESTree.MemberExpression) => boolean): TSESTree.MemberExpression | null {
  const members = uses.map(({ reference: { parent } }) => parent).filter((parent) => parent.type === "MemberExpression");
  return members.find(is) ?? null;
}

/** The exits that leave it live since a member of it was called or filled. */
function exitsSince(code: Code, holder: Holder, member: TSESTree.MemberExpression | null): readonly Exit[] {
  // Whoever has it by then disposes it.
  if (member === null || holder.uses.some((use) => use.how !== "borrowed" && !isOpened(use) && use.at.range[0] < member.range[0])) return [];
  const filling = member.parent.type === "AssignmentExpression" && member.parent.left === member ? member.parent : null;
  return exitsFrom(code, { ...holder, uses: holder.uses.filter((use) => !isOpened(use)) }, filling ?? member, { acquisition: filling?.right ?? member.object, nullable: false });
}
