/** Does a disposer only take off what its object has registered elsewhere: listeners, subscriptions? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code, FunctionInCode } from "../../code.js";
import { takesRegistrationOff } from "../../lexicon/releasing.js";
import { bodyOf, calleeName } from "../values/callee.js";
import { ownNodesIn } from "../values/functions.js";
import { disposersOf } from "./idempotent-disposer.js";

const deepest = 3;

/**
 * Whether all that the synchronous disposer of a value does is to take registrations
 * off, by its own methods or directly. What they were registered with may well be
 * gone with the object: in a test, which makes both, it is.
 */
export function onlyTakesRegistrationsOff(code: Code, value: TSESTree.Node): boolean {
  const disposers = disposersOf(code, value, "dispose");
  return disposers.length > 0 && disposers.every((disposer) => disposer !== null && takesOff(disposer, 0));
}

function takesOff({ code, node }: FunctionInCode, depth: number): boolean {
  const parts = ownNodesIn(code, node.body);
  const calls = parts.filter((part) => part.type === "CallExpression");
  if (calls.length === 0 || parts.some(({ type }) => type === "AwaitExpression" || type === "NewExpression")) return false;
  return calls.every((call) => {
    const body = depth < deepest ? bodyOf(code, call) : null;
    return body === null ? takesRegistrationOff(calleeName(call)) : takesOff(body, depth + 1);
  });
}
