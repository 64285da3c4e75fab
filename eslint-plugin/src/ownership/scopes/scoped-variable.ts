/** Which variables does a `using` or `await using` declaration dispose at the end of its scope? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { handsBackFromStack } from "../../lexicon/language.js";
import type { FunctionNode } from "../../syntax.js";
import { callOf, destinationOf, propertyName } from "../values/destination.js";
import { closureAround } from "../values/functions.js";
import { outlasts } from "../values/lasting-place.js";
import { ownerFunction, readsOf, scopedBy, variableOf, writesOf, type Variable } from "../values/variables.js";
import { isStackName } from "./stack.js";

/** A variable that a `using` or `await using` declaration keeps open. */
export interface Scoped {
  readonly variable: Variable;
  readonly keyword: "await using" | "using";
  /** The stack that disposes the variable: itself, or the one whose member it is. */
  readonly stack: Variable | null;
}

/**
 * The variables that a `using` or `await using` declaration keeps open: its own,
 * and what a stack's `use` and `adopt` hand back. None for a stack that moves its
 * members on.
 */
export function scopedIn(code: Code, { kind, declarations }: TSESTree.VariableDeclaration): readonly Scoped[] {
  if (kind !== "using" && kind !== "await using") return [];
  return declarations.flatMap(({ id }): readonly Scoped[] => {
    const variable = variableOf(code, id);
    if (variable === null) return [];
    if (!isStack(code, variable)) return [{ variable, keyword: kind, stack: null }];
    if (isMovedOn(code, variable)) return [];
    const calls = readsOf(variable).map(memberCall).filter((call) => call !== null);
    // What a function inside registers stays in the scope when it leaves that function.
    const members = calls.map((call) => memberIn(code, call)).filter((member): member is Variable => member !== null && ownerFunction(member) === ownerFunction(variable));
    return [variable, ...members].map((each) => ({ variable: each, keyword: kind, stack: variable }));
  });
}

/** Whether a variable holds a stack whose members are moved on, so that they may leave its scope; a timer does that too late. */
export function isMovedOn(code: Code, variable: Variable): boolean {
  const home = ownerFunction(variable);
  return isStack(code, variable) && readsOf(variable).map(memberCall).some((call) => call !== null && methodOf(call) === "move" && !isLater(code, call, home));
}

/** Whether a node stands in a timer's callback. */
function isLater(code: Code, node: TSESTree.Node, home: FunctionNode | null): boolean {
  const closure = closureAround(node, home);
  const destination = closure === null ? null : destinationOf(closure);
  return destination?.to === "argument" && destination.call.type === "CallExpression" && outlasts(code, home, destination.call);
}

/** Whether a method of a stack hands back what it takes: `use` or `adopt`. */
export function isRegistering(member: TSESTree.MemberExpression): boolean {
  return handsBackFromStack(propertyName(member));
}

function isStack(code: Code, variable: Variable): boolean {
  const [identifier] = variable.identifiers;
  return identifier !== undefined && isStackName(code.types?.resource(identifier).name ?? "");
}

function memberCall(read: TSESTree.Identifier): TSESTree.CallExpression | null {
  const destination = destinationOf(read);
  return destination.to === "receiver" ? callOf(destination.member) : null;
}

function methodOf({ callee }: TSESTree.CallExpression): string | null {
  return callee.type === "MemberExpression" ? propertyName(callee) : null;
}

/** The variable that a registration declares. */
function memberIn(code: Code, call: TSESTree.CallExpression): Variable | null {
  if (call.callee.type !== "MemberExpression" || !isRegistering(call.callee)) return null;
  const destination = destinationOf(call);
  return destination.to === "declared" ? constantIn(code, destination.declarator) : null;
}

/** The variable that a declarator gives its only value, unless a scope of its own disposes it. */
export function constantIn(code: Code, { id }: TSESTree.VariableDeclarator): Variable | null {
  const variable = id.type === "Identifier" ? variableOf(code, id) : null;
  return variable === null || scopedBy(variable) !== null || writesOf(variable).length > 1 ? null : variable;
}
