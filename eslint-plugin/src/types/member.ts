/** Which member of a class or a value is meant, and is it a method? */

import type { TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";

import type { FunctionInCode, InheritedDisposer } from "../code.js";
import { functionBy, implementationOf, needsThis, type Declaration } from "./declaration.js";
import { isClassLike } from "./shape.js";
import { typeAt, type TypedFile } from "./typed-file.js";
import { propertiesAt } from "./value.js";

/** How a member is named: by a text, or by one of the two well-known symbols. */
type Naming = { readonly name: string } | { readonly symbol: "asyncDispose" | "dispose" };

/**
 * The disposer that a class inherits, whether or not it overrides it.
 *
 * @param bodyOf finds the body of a declaration
 */
export function inheritedDisposer(file: TypedFile, node: TSESTree.ClassDeclaration, by: Naming, bodyOf: (declaration: Declaration) => FunctionInCode | null): InheritedDisposer | null {
  const { checker } = file;
  const declared = typeAt(file, node);
  const bases = declared.isClassOrInterface() ? checker.getBaseTypes(declared) : [];
  const disposer = memberBy(bases.flatMap((base) => checker.getPropertiesOfType(base)), by);
  const declaration = disposer?.valueDeclaration as (Declaration & { readonly modifiers?: readonly ts.Node[]; readonly questionToken?: ts.Node }) | undefined;
  if (declaration === undefined) return null;
  const isMethod = "parameters" in declaration && declaration.questionToken === undefined && isClassLike(checker.getTypeAtLocation(declaration.parent), checker);
  const callable = isMethod && declaration.modifiers?.some((modifier) => modifier.getText() === "abstract") !== true;
  const { name } = declaration.parent as { readonly name?: { readonly text?: string } };
  return { callable, owner: name?.text ?? "", body: callable ? bodyOf(declaration) : null };
}

/** The declaration that has the body of a value's disposer. */
export function disposerAt(file: TypedFile, node: TSESTree.Node, symbol: "asyncDispose" | "dispose"): Declaration | null {
  const declaration = functionBy(memberBy(propertiesAt(file, node), { symbol })?.valueDeclaration);
  return declaration === null ? null : implementationOf(declaration, file.checker);
}

/** Whether a member expression names a method that needs its `this`. */
export function isMethodReference(file: TypedFile, node: TSESTree.MemberExpression): boolean {
  const { checker, maps } = file;
  // A computed key has a symbol of its own; the method is that of the member's type.
  const symbol = node.computed ? checker.getNonNullableType(typeAt(file, node)).getSymbol() : checker.getSymbolAtLocation(maps.esTreeNodeToTSNodeMap.get(node.property));
  const accessor = 98_304; // SymbolFlags.Accessor, the same in TypeScript 4.8 to 6.0
  const declaration = symbol?.valueDeclaration as Declaration | undefined;
  if (symbol === undefined || (symbol.flags & accessor) !== 0 || declaration?.parameters === undefined) return false;
  const isStatic = typeAt(file, node.object).getConstructSignatures().length > 0;
  return needsThis(declaration, isStatic, checker);
}

/** The member of that name, or under that well-known symbol. */
function memberBy(members: readonly ts.Symbol[], by: Naming): ts.Symbol | undefined {
  return members.find(({ escapedName }) => ("name" in by ? escapedName === by.name : String(escapedName).startsWith(`__@${by.symbol}@`)));
}
