/** Can what is called return a resource, by its declared result? */

import type ts from "typescript";

import { needsDisposal } from "../resource.js";
import type { Kind } from "./kind.js";
import { settle } from "./promise.js";
import { hasDisposer } from "./shape.js";

/** Whether a declared result is a resource, promises looked through; a type parameter hands back what it was given. */
export function isHeld(result: ts.Type, checker: ts.TypeChecker, kindOf: (type: ts.Type) => Kind): boolean {
  if (result.isTypeParameter()) return false;
  const { kind } = kindOf(settle(result, checker, (type) => hasDisposer(kindOf(type).kind)).type);
  return needsDisposal(kind);
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
