/** Does a temporary live on in what is made of it? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { keepsItsObject } from "../../lexicon/holding.js";
import { livesOn } from "../../lexicon/living.js";
import { acquisitionBy } from "../../ownership/owners/acquisition.js";
import { isConsumption, isRelease } from "../../ownership/release/release-name.js";
import { callOf, destinationOf, propertyName } from "../../ownership/values/destination.js";

/**
 * The part of `isKept` that names alone decide, for this member and for those
 * that follow in the chain. It comes before the type of the receiver is asked
 * for: for `client.call(…).pipe(…)` a whole generator would be inferred.
 */
export function isKeptByName(code: Code, member: TSESTree.MemberExpression): boolean {
  const call = callOf(member);
  if (isRelease(code, member) || isConsumption(member)) return true;
  if (member.parent.type === "AssignmentExpression" && member.parent.left === member) return true;
  if (call !== null && (livesOn(propertyName(member)) || keepsItsObject(propertyName(member)))) return true;
  const destination = destinationOf(call ?? member);
  return destination.to === "receiver" && isKeptByName(code, destination.member);
}

/** Whether a temporary's member hands on the resource or a view of it, or releases it. */
export function isKept(code: Code, member: TSESTree.MemberExpression): boolean {
  const call = callOf(member);
  const { types } = code;
  if (types === null || isKeptByName(code, member)) return true;
  if (call !== null && types.callee(call)?.handsBackItsInput !== false) return true;
  const made = call ?? member;
  const destination = destinationOf(made);
  if (destination.to === "receiver") return isKept(code, destination.member);
  if (destination.to === "discarded") return false;
  if (!destination.awaited && types.isHandle(destination.value)) return true;
  if (!types.isLazyView(destination.value)) return false;
  // A page opened from a temporary browser does not close the browser; a stream may well close its file.
  return types.carriesData(destination.value) || call === null || acquisitionBy(code, call) === null;
}
