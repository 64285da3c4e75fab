/** Which declarations may a call mean, and what do they say of it? */

import type { TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";

import type { Callee, ParameterRole, Types } from "../code.js";
import type { CallNode } from "../syntax.js";
import { calleeOf } from "./callee.js";
import { isAlike, type Declaration } from "./declaration.js";
import { intrinsicName } from "./intrinsic.js";
import { someReturnsResource } from "./returned.js";
import { roleOf } from "./shape.js";
import { resourceOf, typeAt, type TypedFile } from "./typed-file.js";

/** The signatures of what is called. */
export function signaturesOf(file: TypedFile, call: CallNode): readonly ts.Signature[] {
  const type = typeAt(file, call.callee);
  return call.type === "NewExpression" ? type.getConstructSignatures() : type.getCallSignatures();
}

/** Whether any declared signature of the callee returns a resource. */
export function canReturnResource(file: TypedFile, call: CallNode): boolean {
  if (call.callee.type === "Super") return false;
  const { checker, memory } = file;
  return someReturnsResource(typeAt(file, call.callee), call.type === "NewExpression" ? "new" : "call", checker, memory.kindOf, memory.canReturnResource);
}

/** The function that a call resolves to; overloads that are alike to everybody who asks are not told apart. */
export function calleeBy(file: TypedFile, call: CallNode): Callee | null {
  const [first, ...others] = declaredFor(file, call);
  if (first !== undefined && others.every((other) => isAlike(calleeOf(file, first), calleeOf(file, other)))) return calleeOf(file, first);
  const declaration = resolvedFor(file, call);
  return declaration === null ? null : calleeOf(file, declaration);
}

/** What calling a function value with one signature gives. */
export function referenceAt(file: TypedFile, node: TSESTree.Node): ReturnType<Types["reference"]> {
  const [signature, second] = typeAt(file, node).getCallSignatures();
  const declaration = signature?.declaration as Declaration | undefined;
  if (signature === undefined || second !== undefined || declaration?.parameters === undefined) return null;
  return { callee: calleeOf(file, declaration), resource: resourceOf(file, file.checker.getReturnTypeOfSignature(signature)) };
}

/** What the declared parameter at an argument's position says about ownership. */
export function parameterRole(file: TypedFile, call: CallNode, argument: number): ParameterRole {
  if (call.type === "NewExpression") return "constructor";
  const roles = declaredFor(file, call).map((declaration) => roleAt(file, declaration, argument));
  const [first] = roles;
  if (first !== undefined && roles.every((role) => role === first)) return first;
  const declaration = resolvedFor(file, call);
  return declaration === null ? "other" : roleAt(file, declaration, argument);
}

/** Whether a call never returns, by every signature of what it calls. */
export function neverReturns(file: TypedFile, call: TSESTree.CallExpression): boolean {
  const signatures = signaturesOf(file, call);
  return signatures.length > 0 && signatures.every((signature) => intrinsicName(file.checker.getReturnTypeOfSignature(signature)) === "never");
}

/**
 * The declarations that a call may mean: those without a body may be several, a
 * function of the program is one. To choose among them by the arguments is what
 * takes TypeScript long. Empty where that has to be asked.
 */
function declaredFor(file: TypedFile, call: CallNode): readonly Declaration[] {
  const declarations = signaturesOf(file, call).map(({ declaration }) => declaration as Declaration | undefined);
  const known = declarations.filter((declaration) => declaration?.parameters !== undefined) as Declaration[];
  if (known.length < declarations.length) return [];
  return known.length < 2 || known.every((declaration) => declaration.getSourceFile().isDeclarationFile) ? known : [];
}

function resolvedFor({ checker, maps }: TypedFile, call: CallNode): Declaration | null {
  const declaration = checker.getResolvedSignature(maps.esTreeNodeToTSNodeMap.get(call))?.declaration as Declaration | undefined;
  return declaration?.parameters === undefined ? null : declaration;
}

function roleAt({ checker, program }: TypedFile, { parameters }: Declaration, argument: number): ParameterRole {
  const parameter = parameters[Math.min(argument, parameters.length - 1)];
  return parameter === undefined ? "other" : roleOf(checker.getTypeAtLocation(parameter), checker, program);
}
