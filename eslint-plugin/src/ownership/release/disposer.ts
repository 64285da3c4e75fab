/** Which disposer does a class or an object define? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { FunctionNode } from "../../syntax.js";
import { unwrap } from "../values/destination.js";
import { symbolOf, type DisposeSymbol } from "../values/dispose-symbol.js";
import { isFunction } from "../values/functions.js";
import { isGlobal, ownerFunction, readsOf, scopedBy, variableOf, writesOf } from "../values/variables.js";

/** What gives an object or the instances of a class their disposer, as it is written. */
export interface Disposer {
  readonly symbol: DisposeSymbol;
  /** `Symbol.dispose` or `Symbol.asyncDispose`, where it is written as the key. */
  readonly key: TSESTree.MemberExpression;
  /** What is called to dispose: a method, a function, or whatever expression the member is given. */
  readonly value: TSESTree.Node;
  /** The function, where it is written in place. */
  readonly body: FunctionNode | null;
  /** The class or object that has it; `null` for an assignment. */
  readonly owner: TSESTree.ClassBody | TSESTree.ObjectExpression | null;
}

/** The disposer that a key defines; `null` for a call, a read, an accessor, a pattern, a member without a body, or another `Symbol`. */
export function disposerAt(code: Code, key: TSESTree.MemberExpression): Disposer | null {
  const symbol = symbolOf(key, true);
  if (symbol === null || key.object.type !== "Identifier" || !isGlobal(code, key.object)) return null;
  const written = definition(key);
  if (written === null || written.value === null || written.value.type === "TSEmptyBodyFunctionExpression") return null;
  const value = unwrap(written.value);
  return { symbol, key, value, body: isFunction(value) ? value : null, owner: written.owner };
}

function definition(key: TSESTree.MemberExpression): { readonly value: TSESTree.Node | null; readonly owner: Disposer["owner"] } | null {
  const { parent } = key;
  switch (parent.type) {
    case "MemberExpression": {
      const assignment = parent.parent;
      const isAssigned = parent.computed && parent.property === key && assignment.type === "AssignmentExpression" && assignment.left === parent && assignment.operator === "=";
      return isAssigned ? { value: assignment.right, owner: null } : null;
    }
    case "MethodDefinition":
      return parent.computed && parent.key === key && parent.kind === "method" ? { value: parent.value, owner: parent.parent } : null;
    case "Property":
      return parent.computed && parent.key === key && parent.kind === "init" && parent.parent.type === "ObjectExpression"
        ? { value: parent.value, owner: parent.parent }
        : null;
    case "PropertyDefinition":
      return parent.computed && parent.key === key ? { value: parent.value, owner: parent.parent } : null;
    default:
      return null;
  }
}

/** Which disposers a class or an object defines. */
export function symbolsOf(owner: TSESTree.ClassBody | TSESTree.ObjectExpression): ReadonlySet<DisposeSymbol> {
  const members: readonly TSESTree.Node[] = owner.type === "ClassBody" ? owner.body : owner.properties;
  const symbols = members.map((member) => ("key" in member && "computed" in member ? symbolOf(member.key as TSESTree.Node, member.computed) : null));
  return new Set(symbols.filter((symbol) => symbol !== null));
}

/** An object that is written for the sake of its disposer. */
export interface Uncalled {
  readonly binding: TSESTree.Identifier;
  readonly declaration: TSESTree.VariableDeclaration;
  readonly key: TSESTree.MemberExpression;
  readonly symbol: DisposeSymbol;
}

/** The object with a disposer that a declarator of a function makes and nothing reads, so that nobody can call the disposer. */
export function uncalledDisposer(code: Code, { id, init, parent }: TSESTree.VariableDeclarator): Uncalled | null {
  const made = init === null ? null : unwrap(init);
  if (made?.type !== "ObjectExpression" || id.type !== "Identifier") return null;
  const variable = variableOf(code, id);
  if (variable === null || ownerFunction(variable) === null || scopedBy(variable) !== null || readsOf(variable).length > 0 || writesOf(variable).length !== 1) return null;
  const keys = made.properties.flatMap((property) => (property.type === "Property" && property.computed && property.key.type === "MemberExpression" ? [property.key] : []));
  const disposers = keys.map((key) => disposerAt(code, key)).filter((disposer) => disposer !== null);
  const disposer = disposers.find(({ symbol }) => symbol === "asyncDispose") ?? disposers[0];
  return disposer === undefined ? null : { binding: id, declaration: parent, key: disposer.key, symbol: disposer.symbol };
}

/** The class, object or assignment that a function is the disposer of, if it is one. */
export function disposerWith(code: Code, body: FunctionNode): Disposer | null {
  const { parent } = body;
  const key =
    parent.type === "MethodDefinition" || parent.type === "Property" || parent.type === "PropertyDefinition"
      ? parent.key
      : parent.type === "AssignmentExpression" && parent.left.type === "MemberExpression"
        ? parent.left.property
        : null;
  return key?.type === "MemberExpression" ? disposerAt(code, key) : null;
}
