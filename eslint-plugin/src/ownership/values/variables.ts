/** Which variable does a name stand for, and where is the variable declared, read and written? */

import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { FunctionNode } from "../../syntax.js";
import { isFunction } from "./functions.js";

export type Variable = TSESLint.Scope.Variable;

const resolved = new WeakMap<Code["scopes"], ReadonlyMap<TSESTree.Node, Variable>>();

/** The variable that an identifier reads, writes or declares; `null` for an unresolved global. */
export function variableOf(code: Code, identifier: TSESTree.Node): Variable | null {
  let map = resolved.get(code.scopes);
  if (map === undefined) {
    map = readVariables(code);
    resolved.set(code.scopes, map);
  }
  return map.get(identifier) ?? null;
}

function readVariables(code: Code): Map<TSESTree.Node, Variable> {
  const map = new Map<TSESTree.Node, Variable>();
  for (const scope of code.scopes.scopes) {
    for (const { identifier, resolved: variable } of scope.references) if (variable !== null) map.set(identifier, variable);
    for (const variable of scope.variables) for (const identifier of variable.identifiers) map.set(identifier, variable);
  }
  return map;
}

/** Whether a variable is a parameter of a function. */
export function isParameter({ defs }: Variable): boolean {
  return defs.some(({ type }) => (type as string) === "Parameter");
}

/** The identifiers that read the variable, in source order, closures included. */
export function readsOf(variable: Variable): readonly TSESTree.Identifier[] {
  return variable.references
    .filter((reference) => reference.isRead() && reference.identifier.type === "Identifier")
    .map((reference) => reference.identifier as TSESTree.Identifier);
}

/** The expressions written to the variable, its initialiser included. */
export function writesOf(variable: Variable): readonly { readonly identifier: TSESTree.Node; readonly value: TSESTree.Node | null }[] {
  return variable.references
    .filter((reference) => reference.isWrite())
    .map((reference) => ({ identifier: reference.identifier, value: reference.writeExpr ?? null }));
}

/** The function in whose scope the variable is declared; `null` at the top level. */
export function ownerFunction(variable: Variable): FunctionNode | null {
  const { block } = variable.scope.variableScope;
  return isFunction(block) ? block : null;
}

/** The `const`, `let`, `var`, `using` or `await using` declarator of a variable with exactly one definition. */
export function declaratorOf(variable: Variable): TSESTree.VariableDeclarator | null {
  const [definition, second] = variable.defs;
  return definition?.node.type === "VariableDeclarator" && second === undefined ? definition.node : null;
}

/** Whether a statement is a `using` or `await using` declaration. */
export function isScoped(statement: TSESTree.Node): statement is TSESTree.UsingDeclaration {
  return statement.type === "VariableDeclaration" && (statement.kind === "using" || statement.kind === "await using");
}

/** `using`, `await using`, or `null`. */
export function scopedBy(variable: Variable): "await using" | "using" | null {
  const kind = declaratorOf(variable)?.parent.kind;
  return kind === "using" || kind === "await using" ? kind : null;
}

/** Whether an identifier names a global, which no declaration of the file shadows. */
export function isGlobal(code: Code, identifier: TSESTree.Identifier): boolean {
  return (variableOf(code, identifier)?.defs.length ?? 0) === 0;
}
