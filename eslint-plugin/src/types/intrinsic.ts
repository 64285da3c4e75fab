/** Is a type `any`, nothing, or not known before its type arguments are? */

import type ts from "typescript";

/** TypeScript's own name of an intrinsic type (`any`, `string`, …); flags differ between its versions, this does not. */
export function intrinsicName(type: ts.Type): string | undefined {
  return (type as { readonly intrinsicName?: string }).intrinsicName;
}

export function isAny(type: ts.Type): boolean {
  const name = intrinsicName(type);
  return name === "any" || name === "error" || name === "unresolved";
}

const nullish = new Set(["null", "undefined", "void"]);

export function isNullish(type: ts.Type): boolean {
  return nullish.has(intrinsicName(type) ?? "");
}

/** All instantiations of a generic class have the same members: the one to remember answers by. */
export function generic(type: ts.Type): ts.Type {
  const target = (type as Partial<ts.TypeReference>).target as ts.Type | undefined;
  return target?.isClassOrInterface() === true ? target : type;
}

/** Whether a declared type is not known before type arguments are: a type parameter, or what is computed from one. */
export function isOpen(type: ts.Type): boolean {
  if (type.isUnionOrIntersection()) return type.types.some(isOpen);
  return type.isTypeParameter() || "checkType" in type || "objectType" in type;
}
