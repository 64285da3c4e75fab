/** What does the declaration of a function say without its type? */

import type { TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";

import type { Callee } from "../code.js";
import type { FunctionNode } from "../syntax.js";
import { isClassLike } from "./shape.js";

/** What is called, as TypeScript's tree has it. */
export type Declaration = ts.SignatureDeclaration & {
  readonly body?: ts.Node;
  readonly name?: ts.Node;
};

/** The name of a function; of one without, that of what it is assigned to. */
export function declaredName(declaration: Declaration): string {
  const named = declaration.name ?? (declaration.parent as { readonly name?: ts.Node } | undefined)?.name;
  return (named as { readonly text?: string } | undefined)?.text ?? "";
}

/** The name of the class or interface that a function is a member of. */
export function ownerName({ parent }: Declaration): string | null {
  const owner = "members" in parent ? (parent as { readonly name?: { readonly text?: string } }).name : undefined;
  return owner?.text ?? null;
}

/** The function that a declaration is, or that it gives its name: `[Symbol.dispose]: () => { … }`. */
export function functionBy(declaration: ts.Declaration | undefined): Declaration | null {
  const given = (declaration as { readonly initializer?: ts.Node } | undefined)?.initializer;
  return ([declaration, given] as (Partial<Declaration> | undefined)[]).find((each): each is Declaration => each?.parameters !== undefined) ?? null;
}

/** The declaration that has the body: itself, or the implementation behind an overload. */
export function implementationOf(declaration: Declaration, checker: ts.TypeChecker): Declaration | null {
  if (declaration.body !== undefined) return declaration;
  const symbol = declaration.name === undefined ? undefined : checker.getSymbolAtLocation(declaration.name);
  const implementation = symbol?.declarations?.find((other) => (other as Declaration).body !== undefined);
  return (implementation as Declaration | undefined) ?? null;
}

/** Whether two overloads are the same to everybody who asks about a call. */
export function isAlike(one: Callee, other: Callee): boolean {
  return (
    one.name === other.name &&
    one.origin === other.origin &&
    one.module === other.module &&
    one.owner === other.owner &&
    one.handsBackItsInput === other.handsBackItsInput &&
    one.handsBackResult === other.handsBackResult &&
    one.handsBackItself === other.handsBackItself &&
    one.declaresDisposable === other.declaresDisposable &&
    one.returnsBareHandle === other.returnsBareHandle &&
    [...one.tags.keys()].join() === [...other.tags.keys()].join()
  );
}

/**
 * Whether a method cannot run without its object. A body tells; without one it
 * is a class's method, or that of an interface which extends a class. Methods of
 * plain interfaces may be closures, and functions of a namespace need no `this`.
 */
export function needsThis(declaration: Declaration, isStatic: boolean, checker: ts.TypeChecker): boolean {
  const owner = declaration.parent as ts.Node & { readonly members?: unknown; readonly properties?: unknown };
  if (owner.members === undefined && owner.properties === undefined) return false;
  const implementation = implementationOf(declaration, checker);
  if (implementation?.body !== undefined) return /\b(?:super|this)\b/u.test(implementation.body.getText().replace(/\/\*[^]*?\*\/|\/\/.*/gu, ""));
  if (owner.members === undefined || isStatic) return false;
  return isClassLike(checker.getTypeAtLocation(owner), checker);
}

/** The function that a node is, or is a method by. */
export function functionIn(node: TSESTree.Node): FunctionNode | null {
  switch (node.type) {
    case "ArrowFunctionExpression":
    case "FunctionDeclaration":
    case "FunctionExpression":
      return node;
    case "MethodDefinition":
      return node.value.type === "FunctionExpression" ? node.value : null;
    case "Property":
      return node.value.type === "FunctionExpression" ? node.value : null;
    default:
      return null;
  }
}
