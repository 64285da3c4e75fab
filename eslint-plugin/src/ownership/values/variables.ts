import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { ancestorsOf, nodesIn, type Code, type FunctionNode } from "../../code.js";

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

/** The innermost function around a node, or `null` at the top level of a module. A class's static block and field initialisers count as their class's surroundings. */
export function functionAround(node: TSESTree.Node): FunctionNode | null {
  for (const at of ancestorsOf(node)) if (isFunction(at)) return at;
  return null;
}

export function isFunction(node: TSESTree.Node): node is FunctionNode {
  return node.type === "ArrowFunctionExpression" || node.type === "FunctionDeclaration" || node.type === "FunctionExpression";
}

/** Whether a node stands in a function's body proper: not in a parameter, nor in a static block or a field of a class inside, where `await` may never stand. */
export function isInBody(around: FunctionNode, node: TSESTree.Node): boolean {
  let inner = node;
  for (const at of ancestorsOf(node)) {
    if (at === around) return around.body === inner;
    if (at.type === "StaticBlock" || at.type === "PropertyDefinition") return false;
    inner = at;
  }
  return false;
}

export function isLoop(node: TSESTree.Node): boolean {
  return /^(?:DoWhile|For(?:In|Of)?|While)Statement$/u.test(node.type);
}

/** Whether `inner` is `outer` or stands inside it. */
export function isInside(inner: TSESTree.Node, outer: TSESTree.Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
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

/** The nodes of a body, those of nested functions left out. */
export function nodesOf(code: Code, body: TSESTree.Node): readonly TSESTree.Node[] {
  return [...nodesIn(code, body, (node) => !isFunction(node))];
}
