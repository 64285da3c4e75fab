/** What does a closure do with a resource that it captures? */

import type { Code } from "../../code.js";
import type { FunctionNode } from "../../syntax.js";
import { isTimed, runsAtOnce, staysInside } from "../values/closures.js";
import { functionAround } from "../values/functions.js";
import { borrowed, isReleasedByHand, unknown, type Effect } from "./use.js";

/**
 * What becomes of a resource by the closure that uses it: one that is done in time
 * and only works with the resource has borrowed it, any other one keeps it.
 *
 * @param inside what the closure does with the resource
 */
export function closureEffect(code: Code, closure: FunctionNode, inside: readonly Effect[]): Effect {
  const borrows = inside.every(({ how, via }) => how === "borrowed" || (how === "transferred" && via === "return" && closure.type === "ArrowFunctionExpression"));
  if (borrows && (staysInside(code, closure) || isTimed(code, closure))) return borrowed(closure);
  if (runsAtOnce(closure)) {
    const release = inside.find((effect) => isReleasedByHand(effect) && functionAround(effect.at) === closure);
    if (release !== undefined && inside.every(({ how }) => how === "borrowed" || how === "disposed")) return { how: "disposed", via: "method", at: closure };
    if (inside.every(({ how, via }) => how === "borrowed" || (how === "unknown" && via === "listener"))) return unknown(closure, "listener");
  }
  const discharges = inside.some(({ how }) => how === "disposed" || how === "transferred");
  return { how: discharges ? "transferred" : "unknown", via: "closure", at: closure };
}
