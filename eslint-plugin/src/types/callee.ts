/** What do ownership and flow get to know of a function that is called? */

import type ts from "typescript";

import type { Callee } from "../code.js";
import { isDisposableContract as namesDisposable } from "../lexicon/language.js";
import { belongsToBareHandle } from "../lexicon/releasing.js";
import { needsDisposal } from "../resource.js";
import { declaredName, ownerName, type Declaration } from "./declaration.js";
import { originOf } from "./origin.js";
import { membersOf } from "./shape.js";
import { settled, type TypedFile } from "./typed-file.js";

/** A declaration in our words, remembered. */
export function calleeOf(file: TypedFile, declaration: Declaration): Callee {
  const { callees } = file.memory;
  let callee = callees.get(declaration);
  if (callee === undefined) {
    callee = describe(file, declaration);
    callees.set(declaration, callee);
  }
  return callee;
}

function describe(file: TypedFile, declaration: Declaration): Callee {
  const { checker, program } = file;
  const { module, of: origin } = originOf(declaration, program);
  const signature = checker.getSignatureFromDeclaration(declaration);
  const result = signature === undefined ? undefined : settled(file, checker.getReturnTypeOfSignature(signature)).type;
  const bound = result === undefined ? [] : membersOf(result).filter((member) => member.isTypeParameter());
  const fromResults = bound.length > 0 && bound.every((parameter) => isBoundByResult(file, declaration, parameter));
  return {
    key: declaration,
    name: declaredName(declaration),
    origin,
    module,
    owner: ownerName(declaration),
    tags: tagsOf(signature),
    handsBackItsInput: bound.length > 0 && !fromResults,
    handsBackResult: fromResults,
    handsBackItself: result !== undefined && membersOf(result).some((member) => (member as { readonly isThisType?: boolean }).isThisType === true),
    declaresDisposable: result !== undefined && membersOf(result).some((member) => (member.isIntersection() ? member.types : [member]).some((part) => isDisposableContract(part, program))),
    takesCallback: takesCallback(declaration),
    returnsBareHandle: result !== undefined && isBareHandle(file, result),
  };
}

/** Whether the last parameter is written as a function: by its type's own syntax, since types cost. */
function takesCallback({ parameters }: Declaration): boolean {
  const type = parameters.at(-1)?.type;
  return type !== undefined && /^\(.*\)\s*=>/su.test(type.getText());
}

/** Whether a type parameter is named by what a parameter's function returns, and by no parameter otherwise. */
function isBoundByResult({ checker }: TypedFile, { parameters }: Declaration, bound: ts.Type): boolean {
  const name = bound.getSymbol()?.name ?? "";
  const naming = parameters.filter((parameter) => parameter.type !== undefined && names(parameter.type, name));
  return naming.length > 0 && naming.every((parameter) => checker.getNonNullableType(checker.getTypeAtLocation(parameter)).getCallSignatures().length > 0);
}

/** Whether an annotation names a type. */
function names(annotation: ts.Node, name: string): boolean {
  return new RegExp(`(?<![\\w$])${name}(?![\\w$])`, "u").test(annotation.getText());
}

function tagsOf(signature: ts.Signature | undefined): ReadonlyMap<string, string> {
  return new Map(signature?.getJsDocTags().map(({ name, text }) => [name, text?.map((part) => part.text).join("") ?? ""]));
}

/** Whether a type is the global `Disposable` or `AsyncDisposable` itself. */
function isDisposableContract(type: ts.Type, program: ts.Program): boolean {
  const symbol = type.getSymbol();
  return namesDisposable(symbol?.name ?? null) && symbol?.declarations?.some((place) => originOf(place, program).of !== "other") === true;
}

/** Whether a resource can do nothing but be disposed. */
function isBareHandle({ checker, memory }: TypedFile, type: ts.Type): boolean {
  return (
    !type.isClass() &&
    needsDisposal(memory.kindOf(type).kind) &&
    checker.getPropertiesOfType(type).every(({ escapedName }) => String(escapedName).startsWith("__@") || belongsToBareHandle(String(escapedName)))
  );
}
