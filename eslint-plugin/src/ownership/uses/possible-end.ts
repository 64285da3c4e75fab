/** May a reference be the end of its resource, though it is not released by name? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { neverEnds } from "../../lexicon/releasing.js";
import { isRelease } from "../release/release-name.js";
import { callOf, destinationOf, propertyName } from "../values/destination.js";
import { variableOf } from "../values/variables.js";
import { usesOf } from "./uses.js";

/**
 * Whether something is called on a resource that may be its end, though its name
 * is not one of a release (`pool.drainAndStop()`), directly or in a function that
 * is given the resource. What it is read or told for is none.
 */
export function mayEnd(code: Code, reference: TSESTree.Node, depth = 0): boolean {
  const destination = destinationOf(reference);
  if (destination.to === "receiver") return isCalledForItsEnd(code, destination.member, true);
  if (destination.to !== "argument" || destination.spread || depth > 3) return false;
  const callee = code.types?.callee(destination.call) ?? null;
  const body = callee === null ? null : (code.types?.body(callee) ?? null);
  const parameter = body?.node.params[destination.index];
  const variable = body === null || parameter?.type !== "Identifier" ? null : variableOf(body.code, parameter);
  return body !== null && variable !== null && usesOf(body.code, variable).some((use) => mayEnd(body.code, use.reference, depth + 1));
}

/** What belongs to a resource, rather than the resource itself, is only ended by a release. */
function isCalledForItsEnd(code: Code, member: TSESTree.MemberExpression, own: boolean): boolean {
  const call = callOf(member);
  if (call !== null && (own ? !neverEnds(propertyName(member)) : isRelease(code, member))) return true;
  const destination = destinationOf(call ?? member);
  return destination.to === "receiver" && isCalledForItsEnd(code, destination.member, false);
}
