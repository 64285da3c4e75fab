/** Is a value a stack, and what does a call register on it? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Callee, Code } from "../../code.js";
import { propertyName } from "../values/destination.js";
import { declaratorOf, isGlobal, variableOf } from "../values/variables.js";

export type StackName = "AsyncDisposableStack" | "DisposableStack";

/** A call by which a stack takes something over. */
export interface Registration {
  readonly call: TSESTree.CallExpression;
  readonly method: "adopt" | "defer" | "use";
  readonly stack: TSESTree.Expression;
  readonly name: StackName;
  /** TypeScript checks the arguments itself: neither JavaScript nor a stack that is `any`. */
  readonly checked: boolean;
}

/** The registration that a call is, if its receiver is a stack by its initializer or by its type. */
export function registrationBy(code: Code, call: TSESTree.CallExpression): Registration | null {
  const { callee } = call;
  if (callee.type !== "MemberExpression" || call.arguments.length === 0) return null;
  const method = propertyName(callee);
  if (method !== "adopt" && method !== "defer" && method !== "use") return null;
  const stack = callee.object;
  const name = stackNameOf(code, stack) ?? stackOf(code.types?.callee(call) ?? null);
  return name === null ? null : { call, method, stack, name, checked: !code.isJavaScript && !isAny(code, stack) };
}

/** The `new DisposableStack()` or `new AsyncDisposableStack()` that a constant is declared with. */
export function stackDeclaration(code: Code, stack: TSESTree.Node): { readonly declarator: TSESTree.VariableDeclarator; readonly made: TSESTree.NewExpression; readonly name: StackName } | null {
  const variable = stack.type === "Identifier" ? variableOf(code, stack) : null;
  const declarator = variable === null ? null : declaratorOf(variable);
  if (declarator == null || declarator.id.type !== "Identifier" || declarator.parent.kind === "let" || declarator.parent.kind === "var") return null;
  const made = declarator.init;
  if (made?.type !== "NewExpression" || made.callee.type !== "Identifier" || !isGlobal(code, made.callee)) return null;
  const { name } = made.callee;
  return isStackName(name) ? { declarator, made, name } : null;
}

/** Whose method a callee is, where only a part of the stack is asked for: `Pick<DisposableStack, "use">`. */
function stackOf(callee: Callee | null): StackName | null {
  return callee?.origin === "lib" && callee.owner !== null && isStackName(callee.owner) ? callee.owner : null;
}

/** Which stack an expression is, by the initializer of a constant or by its type. */
export function stackNameOf(code: Code, stack: TSESTree.Node): StackName | null {
  return stackDeclaration(code, stack)?.name ?? nameByType(code, stack);
}

function nameByType(code: Code, stack: TSESTree.Node): StackName | null {
  const name = code.types?.resource(stack).name ?? "";
  return isStackName(name) ? name : null;
}

/** Whether a class or a type of this name is a stack. */
export function isStackName(name: string): name is StackName {
  return name === "AsyncDisposableStack" || name === "DisposableStack";
}

function isAny(code: Code, stack: TSESTree.Node): boolean {
  if (code.types !== null) return code.types.isUnknown(stack);
  const id = stackDeclaration(code, stack)?.declarator.id;
  return id?.typeAnnotation?.typeAnnotation.type === "TSAnyKeyword";
}

/** Whether a value is a stack, the platform's or another one with its methods, which holds nothing when it is made. */
export function isStackLike(code: Code, made: TSESTree.Node): boolean {
  const members = code.types?.membersOf(made);
  return stackNameOf(code, made) !== null || (members !== undefined && ["use", "adopt", "defer", "move"].every((name) => members.has(name)));
}
