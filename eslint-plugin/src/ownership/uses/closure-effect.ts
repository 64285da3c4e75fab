/** What does a closure do with a resource that it captures? */

import type { Code } from "../../code.js";
import type { FunctionNode } from "../../syntax.js";
import { isTimed, staysInside } from "../values/closures.js";
import { borrowed, type Effect } from "./use.js";

/**
 * What becomes of a resource by the closure that uses it: one that is done in time
 * and only works with the resource has borrowed it, any other one keeps it.
 *
 * @param inside what the closure does with the resource
 */
export function closureEffect(code: Code, closure: FunctionNode, inside: readonly Effect[]): Effect {
  const borrows = inside.every(({ how, via }) => how === "borrowed" || (how === "transferred" && via === "return" && closure.type === "ArrowFunctionExpression"));
  if (borrows && (staysInside(code, closure) || isTimed(code, closure))) return borrowed(closure);
  const discharges = inside.some(({ how }) => how === "disposed" || how === "transferred");
  return { how: discharges ? "transferred" : "unknown", via: "closure", at: closure };
}
