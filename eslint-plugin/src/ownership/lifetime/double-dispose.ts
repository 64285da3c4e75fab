/** Is a resource disposed twice: by two scopes, by a scope and a stack, or by a scope and by hand? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { needsDisposal } from "../../resource.js";
import { doesWhatDisposerDoes } from "../release/equivalent-release.js";
import { registrationBy, stackNameOf } from "../scopes/stack.js";
import { destinationOf, unwrap } from "../values/destination.js";
import { symbolOf, type DisposeSymbol } from "../values/dispose-symbol.js";
import { functionAround, ownNodesIn } from "../values/functions.js";
import { declaratorOf, isScoped, scopedBy, variableOf, type Variable } from "../values/variables.js";
import { neverReturns } from "../waiting/failure.js";

/** A resource that is given to two scopes, or to a scope and a stack. */
export interface TwoScopes {
  /** What is given to the second one. */
  readonly given: TSESTree.Node;
  /** What the resource is called in the first one. */
  readonly first: TSESTree.Node;
}

/** The first scope, or stack, of what a `using` declarator is given. */
export function scopedBefore(code: Code, declarator: TSESTree.VariableDeclarator): TwoScopes | null {
  const given = declarator.init === null ? null : unwrap(declarator.init);
  if (given?.type === "CallExpression") {
    const registration = registrationBy(code, given);
    return registration?.method === "use" && isResource(code, given) ? { given, first: registration.stack } : null;
  }
  const variable = given?.type === "Identifier" ? variableOf(code, given) : null;
  if (given === null || variable === null || !isResource(code, given)) return null;
  const first = scopedBy(variable) === null ? earlierScope(variable, declarator) : (variable.identifiers[0] ?? null);
  return first === null ? null : { given, first };
}

/** A scoped resource that is given to a stack as well. */
export function scopedAndRegistered(code: Code, call: TSESTree.CallExpression): TwoScopes | null {
  const registration = registrationBy(code, call);
  const [given] = call.arguments;
  const variable = registration?.method !== "use" || given?.type !== "Identifier" ? null : variableOf(code, given);
  const first = variable === null || scopedBy(variable) === null ? undefined : variable.identifiers[0];
  return given === undefined || first === undefined || !isResource(code, given) ? null : { given, first };
}

/** An earlier scope of the same block that was given the same constant. */
function earlierScope(variable: Variable, declarator: TSESTree.VariableDeclarator): TSESTree.Node | null {
  if (declaratorOf(variable)?.parent.kind !== "const") return null;
  for (const { identifier } of variable.references) {
    const destination = destinationOf(identifier);
    if (destination.to !== "declared" || destination.mixed) continue;
    const { declarator: other } = destination;
    if (isScoped(other.parent) && other.range[0] < declarator.range[0] && other.parent.parent === declarator.parent.parent) return other.id;
  }
  return null;
}

function isResource({ types }: Code, node: TSESTree.Node): boolean {
  return types === null || needsDisposal(types.resource(node).kind);
}

/** A disposal by the symbol, whole and on every way, which the variable's own scope, if it has one, repeats at its end. */
export interface Repeated {
  readonly variable: Variable;
  readonly call: TSESTree.CallExpression;
  readonly statement: TSESTree.ExpressionStatement;
}

/**
 * The disposal that a scope repeats; `null` under a condition, in a loop or in a
 * function inside: that is an early end. Also where the program may end behind
 * it, which skips the end of the scope, and for stacks, which bear it.
 */
export function repeatedBy(code: Code, call: TSESTree.CallExpression): Repeated | null {
  const symbol = call.callee.type === "MemberExpression" ? symbolOf(call.callee.property, call.callee.computed) : null;
  return symbol === null ? null : repeatedAtEnd(code, call, symbol);
}

/**
 * The same for a disposal by the symbol or by a release method that does what the disposer does.
 *
 * @param symbol by which the scope disposes
 */
export function repeatedAsBy(code: Code, call: TSESTree.CallExpression, symbol: DisposeSymbol): Repeated | null {
  return doesWhatDisposerDoes(code, call, symbol) ? repeatedAtEnd(code, call, symbol) : null;
}

function repeatedAtEnd(code: Code, call: TSESTree.CallExpression, symbol: DisposeSymbol): Repeated | null {
  const { callee } = call;
  if (callee.type !== "MemberExpression" || callee.optional) return null;
  const variable = variableOf(code, unwrap(callee.object));
  if (variable === null || stackNameOf(code, callee.object) !== null) return null;
  const { awaited, value } = destinationOf(call);
  const { parent: statement } = value;
  if (statement?.type !== "ExpressionStatement" || unwrap(statement.expression) !== call || (symbol === "asyncDispose" && !awaited && (code.types === null || code.types.isPromise(call)))) return null;
  return isOnEveryWay(variable, statement) && !mayEndBehind(code, statement) ? { variable, call, statement } : null;
}

/** Whether a statement stands among those of a variable's scope, or of a `try` or `finally` among them. */
function isOnEveryWay(variable: Variable, statement: TSESTree.Statement): boolean {
  const scope = variable.scope.block as TSESTree.Node;
  let block: TSESTree.Node = statement.parent;
  while (block.type === "BlockStatement" && block !== scope && block.parent.type === "TryStatement" && block.parent.handler?.body !== block) {
    block = block.parent.parent;
  }
  return block === scope || ("body" in scope && block === scope.body);
}

/** Whether the program may end behind a statement, in its function. */
function mayEndBehind(code: Code, statement: TSESTree.Statement): boolean {
  const behind = ownNodesIn(code, functionAround(statement)?.body ?? code.ast).filter(({ range: [start] }) => start > statement.range[0]);
  return behind.some((node) => node.type === "CallExpression" && neverReturns(code, node));
}
