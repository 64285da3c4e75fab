/** Which function implements a member that only an interface declares? */

import type ts from "typescript";

import { functionBy, implementationOf as bodyBehind, type Declaration } from "./declaration.js";
import type { Memory } from "./memory.js";
import { isObject } from "./tree.js";

/**
 * The declaration that has the body of a function: itself, the one behind an
 * overload, or, for a member of an interface or a type of the program's own, the
 * only object or class of the program that is declared to be one.
 */
export function implementationOf(declaration: Declaration, checker: ts.TypeChecker, { implementations, names }: Memory): Declaration | null {
  const behind = bodyBehind(declaration, checker);
  if (behind !== null || declaration.getSourceFile().isDeclarationFile) return behind;
  let known = implementations.get(declaration);
  if (known === undefined) {
    known = onlyImplementation(declaration, checker, names.valuesNamed);
    implementations.set(declaration, known);
  }
  return known;
}

function onlyImplementation(declaration: Declaration, checker: ts.TypeChecker, valuesNamed: Memory["names"]["valuesNamed"]): Declaration | null {
  const member = memberWith(declaration);
  const name = (member?.name as { readonly text?: unknown } | undefined)?.text;
  const owner = member === null ? undefined : checker.getTypeAtLocation(member.parent).getSymbol();
  if (owner === undefined || typeof name !== "string") return null;
  const functions = valuesNamed(name).flatMap((each) => {
    const written = functionBy(each as ts.Declaration);
    return written?.body === undefined || !isDeclaredAs(each.parent, owner, checker) ? [] : [written];
  });
  const [only, another] = functions;
  return only === undefined || another !== undefined ? null : only;
}

/** The member of an interface or a type that a signature belongs to: its own, or that of a property which has it as its type. */
function memberWith(declaration: Declaration): Declaration | null {
  const at = declaration.name === undefined ? (declaration.parent as Declaration) : declaration;
  return at.name !== undefined && at.body === undefined && "members" in at.parent ? at : null;
}

/** Whether an object literal is written where such a type is asked for, or a class says that it implements it. */
function isDeclaredAs(holder: ts.Node, owner: ts.Symbol, checker: ts.TypeChecker): boolean {
  if (isObject(holder)) return checker.getContextualType(holder as ts.Expression)?.getSymbol() === owner;
  const { heritageClauses = [] } = holder as Partial<ts.ClassDeclaration>;
  return heritageClauses.some(({ types }) => types.some((type) => checker.getTypeAtLocation(type).getSymbol() === owner));
}
