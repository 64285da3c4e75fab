/** What does calling a function give, and does anybody take it? */

import type { TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";

import type { FunctionNode } from "../syntax.js";
import { intrinsicName, isAny, isNullish } from "./intrinsic.js";
import { isThenable } from "./promise.js";
import { membersOf, membersWithNothing } from "./shape.js";
import { contextualTypeAt, settled, typeAt, type TypedFile } from "./typed-file.js";

/** How often a function's declared or inferred result is a promise; `null` where unknown. */
export function returnsPromise({ checker, maps }: TypedFile, node: FunctionNode | TSESTree.TSEmptyBodyFunctionExpression): "always" | "never" | "sometimes" | null {
  const declaration = maps.esTreeNodeToTSNodeMap.get(node) as ts.SignatureDeclaration;
  const signature = checker.getSignatureFromDeclaration(declaration);
  if (signature === undefined) return null;
  const members = membersWithNothing(checker.getReturnTypeOfSignature(signature));
  if (members.some((member) => isAny(member) || intrinsicName(member) === "never" || intrinsicName(member) === "unknown")) return null;
  const promises = members.filter((member) => isThenable(member, checker));
  return promises.length === 0 ? "never" : promises.length === members.length ? "always" : "sometimes";
}

/** Whether calling a value gives a promise, by every signature it has. */
export function givesPromise(file: TypedFile, node: TSESTree.Node): boolean {
  const signatures = typeAt(file, node).getCallSignatures();
  return signatures.length > 0 && signatures.every((signature) => isThenable(file.checker.getReturnTypeOfSignature(signature), file.checker));
}

/** Whether calling a value gives `void` or `undefined`, promises looked through. */
export function givesNothing(file: TypedFile, node: TSESTree.Node): boolean {
  const signatures = typeAt(file, node).getCallSignatures();
  return signatures.length > 0 && signatures.every((signature) => membersOf(settled(file, file.checker.getReturnTypeOfSignature(signature)).type).every(isNullish));
}

/** Whether the place of a function throws away what it gives, and takes a promise as well. */
export function ignoresResult(file: TypedFile, node: FunctionNode): boolean {
  if (node.type === "FunctionDeclaration") return false;
  const [signature, second] = contextualTypeAt(file, node)?.getCallSignatures() ?? [];
  if (signature === undefined || second !== undefined) return false;
  const members = membersWithNothing(file.checker.getReturnTypeOfSignature(signature));
  const takesAnything = members.every((member) => intrinsicName(member) === "void" || isThenable(member, file.checker));
  return takesAnything && members.some((member) => intrinsicName(member) === "void");
}
