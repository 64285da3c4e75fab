/** What do the members of a type say of its values? */

import type ts from "typescript";

import { isIterableType, turnsIntoText } from "../lexicon/language.js";
import { needsDisposal, type ResourceKind } from "../resource.js";
import { generic, intrinsicName, isAny, isNullish } from "./intrinsic.js";
import type { Kind } from "./kind.js";
import { symbolNamed } from "./meaning.js";
import { originOf } from "./origin.js";
import { isThenable } from "./promise.js";

/** Whether a type of this kind is a resource by itself, whether or not somebody has to dispose it. */
export function hasDisposer(kind: ResourceKind): boolean {
  return kind === "inert" || needsDisposal(kind);
}

/** The types that a value may have, without `null` and `undefined`. */
export function membersOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types.filter((member) => !isNullish(member)) : [type];
}

/** A type's name for a message: short, one line, without `null` and `undefined`. */
export function nameOf(type: ts.Type, checker: ts.TypeChecker): string {
  const text = checker.typeToString(checker.getNonNullableType(type)).replace(/\s+/gu, " ");
  if (text.length <= 48) return text;
  const name = type.aliasSymbol?.name ?? type.getSymbol()?.name ?? "";
  return name === "" || name.startsWith("__") ? "resource" : name;
}

/** The types that a value may have, `null` and `undefined` included. */
export function membersWithNothing(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

/** What stands in a printed type beside names of types: texts, and the names of members and parameters. */
const noNames = /"(?:[^"\\]|\\.)*"|`[^`]*`|\b[\w$]+\??:/gu;
const ownWords = new Set("any asserts bigint boolean false infer is keyof never new null number object readonly string symbol this true undefined unknown void".split(" "));

/** A type as it is written at the top of a file; `null` where it cannot be. */
export function annotationOf(type: ts.Type, checker: ts.TypeChecker, file: ts.SourceFile): string | null {
  const noTruncation = 1; // TypeFormatFlags.NoTruncation, the same in TypeScript 4.8 to 6.0
  const { typeToString } = checker as unknown as { readonly typeToString: (type: ts.Type, location: ts.Node, flags: number) => string };
  const text = typeToString(type, file, noTruncation);
  if (isAny(type) || /\b(?:import|typeof|unique)\b|=>\s*this\b|\.\.\./u.test(text)) return null;
  const names = text.replace(noNames, "").match(/[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*/gu) ?? [];
  const meaning = 790_504; // SymbolFlags.Type and .Namespace, the same in TypeScript 4.8 to 6.0
  const isKnown = (name: string): boolean => ownWords.has(name) || symbolNamed(name.split(".")[0] ?? "", meaning, checker, file) !== undefined;
  return names.every(isKnown) ? text : null;
}

/** What a parameter's type says of what becomes of its argument. */
export function roleOf(type: ts.Type, checker: ts.TypeChecker, program: ts.Program): "disposable" | "other" | "passthrough" {
  for (const member of membersOf(type)) {
    const bound = member.isTypeParameter() ? checker.getBaseConstraintOfType(member) : member;
    if (bound === undefined) continue;
    const exact = membersOf(bound).some((part) => {
      const symbol = part.getSymbol();
      return (
        (symbol?.name === "AsyncDisposable" || symbol?.name === "Disposable") &&
        symbol.declarations?.some((place) => originOf(place, program).of !== "other") === true
      );
    });
    if (exact) return "disposable";
    if (member.isTypeParameter()) return "passthrough";
  }
  return "other";
}

/** Whether a type is a class, or an interface that extends one. */
export function isClassLike(type: ts.Type, checker: ts.TypeChecker): boolean {
  const declared = generic(type);
  return declared.isClass() || (declared.isClassOrInterface() && checker.getBaseTypes(declared).some((base) => isClassLike(base, checker)));
}

/** What going through a value gives; `undefined` where that is not known. */
export function elementOf(type: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  const indexed = type.getNumberIndexType();
  if (indexed !== undefined) return indexed;
  if (type.isUnion() || !isIterableType(type.getSymbol()?.name ?? null)) return undefined;
  return checker.getTypeArguments(type as ts.TypeReference)[0];
}

/** Whether a value works only while what it was taken from is open. */
export function isView(type: ts.Type, kindOf: (type: ts.Type) => Kind, checker: ts.TypeChecker): boolean {
  const { kind } = kindOf(type);
  if (hasDisposer(kind)) return true;
  if (intrinsicName(type) !== undefined || type.isLiteral() || kind === "unknown") return false;
  return checker
    .getPropertiesOfType(generic(type))
    .some(({ escapedName }) => escapedName === "getReader" || String(escapedName).startsWith("__@asyncIterator"));
}

/** The library's own objects (arrays, dates, promises, buffers) are data. */
export function isHandle(type: ts.Type, checker: ts.TypeChecker, program: ts.Program): boolean {
  if (intrinsicName(type) !== undefined || type.isLiteral()) return false;
  if (type.getCallSignatures().length > 0) return true;
  const declaration = type.getSymbol()?.declarations?.[0];
  if (declaration === undefined || originOf(declaration, program).of === "lib" || isThenable(type, checker)) return false;
  return checker.getPropertiesOfType(generic(type)).some((member) => {
    const at = member.valueDeclaration;
    return at !== undefined && !turnsIntoText(member.name) && checker.getTypeOfSymbolAtLocation(member, at).getCallSignatures().length > 0;
  });
}
