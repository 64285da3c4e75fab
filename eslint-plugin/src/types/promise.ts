/** What is a type without its promises? */

import type ts from "typescript";

import { generic, isAny, isNullish, isOpen } from "./intrinsic.js";


/** A type with its promises taken off. */
export interface Settled {
  readonly type: ts.Type;
  readonly promised: boolean;
}

/**
 * Looks through promises. A thenable that is itself a resource is left as it is:
 * awaiting it is a choice, not the way to get the resource (SEMANTICS.md A08).
 *
 * @param isResource whether a type is a resource by itself
 */
export function settle(
  type: ts.Type,
  checker: ts.TypeChecker,
  isResource: (type: ts.Type) => boolean,
): Settled {
  if (type.isUnion()) {
    const present = type.types.filter((member) => !isNullish(member));
    const [only] = present;
    if (present.length === 1 && only !== undefined) return settle(only, checker, isResource);
    if (!present.some((member) => isThenable(member, checker) && !isResource(member))) return { type, promised: false };
    return { type: checker.getAwaitedType(type) ?? type, promised: true };
  }
  if (!isThenable(type, checker) || isResource(type)) return { type, promised: false };
  const [value] = type.getSymbol()?.name === "Promise" ? checker.getTypeArguments(type as ts.TypeReference) : [];
  if (value !== undefined && !isThenable(value, checker)) return { type: value, promised: true };
  return { type: checker.getAwaitedType(type) ?? type, promised: true };
}

const thenables = new WeakMap<ts.Type, boolean>();

/** Whether a type, or a member of a union, has a callable `then`; never for `any`. */
export function isThenable(type: ts.Type, checker: ts.TypeChecker): boolean {
  if (isAny(type)) return false;
  if (type.isUnion()) return type.types.some((member) => isThenable(member, checker));
  const target = generic(type);
  let answer = thenables.get(target);
  if (answer === undefined) {
    const then = isOpen(target) ? undefined : checker.getPropertyOfType(target, "then");
    const declaration = then?.valueDeclaration ?? then?.declarations?.[0];
    answer =
      then !== undefined &&
      declaration !== undefined &&
      checker.getTypeOfSymbolAtLocation(then, declaration).getCallSignatures().length > 0;
    thenables.set(target, answer);
  }
  return answer;
}
