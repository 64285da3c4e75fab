/** Can what is called return a resource, by its declared result? */

import type ts from "typescript";

import { needsDisposal } from "../resource.js";
import { isOpen } from "./intrinsic.js";
import type { Kind } from "./kind.js";
import { settle } from "./promise.js";
import { hasDisposer, membersOf } from "./shape.js";

/**
 * Whether a declared result is a resource, promises looked through; a type parameter
 * hands back what it was given, and what is computed from one is what it is at most.
 */
export function isHeld(result: ts.Type, checker: ts.TypeChecker, kindOf: (type: ts.Type) => Kind): boolean {
  if (result.isTypeParameter()) return false;
  const { type } = settle(result, checker, (each) => hasDisposer(kindOf(each).kind));
  const widest = isOpen(type) && !type.isTypeParameter() ? (checker.getBaseConstraintOfType(type) ?? type) : type;
  return membersOf(widest).some((member) => needsDisposal(kindOf(member).kind));
}

/** Whether a function type has a signature whose declared result is a resource, promises looked through; remembered. */
export function someReturnsResource(
  type: ts.Type,
  by: "call" | "new",
  checker: ts.TypeChecker,
  kindOf: (type: ts.Type) => Kind,
  known: WeakMap<ts.Type, boolean>,
): boolean {
  let answer = known.get(type);
  if (answer === undefined) {
    known.set(type, false); // a function that calls itself ends here
    const signatures = by === "new" ? type.getConstructSignatures() : type.getCallSignatures();
    answer = signatures.some((signature) => isHeld(checker.getReturnTypeOfSignature(signature), checker, kindOf));
    known.set(type, answer);
  }
  return answer;
}
