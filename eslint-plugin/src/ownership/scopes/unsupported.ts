/** Which code with scopes and disposers do some versions of Node or some compilers not support? */

import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { ancestorsOf } from "../../syntax.js";
import { bodyOf } from "../values/callee.js";
import { propertyName } from "../values/destination.js";
import { isFunction, isGenerator, isInside, isLoop } from "../values/functions.js";
import { isGlobal, type Variable } from "../values/variables.js";

/** The generator function whose object a scope's declarator holds, if its call is in the initializer. */
export function scopedGenerator(code: Code, { init }: TSESTree.VariableDeclarator): "async" | "sync" | null {
  if (init?.type !== "CallExpression") return null;
  const body = bodyOf(code, init);
  return body !== null && isGenerator(body.node) ? (body.node.async ? "async" : "sync") : null;
}

/** A variable of a loop, declared in its head or in its body, that a closure captures. */
export function capturedIn(code: Code, loop: TSESTree.ForStatement): Variable | null {
  for (const scope of code.scopes.scopes) {
    if (!isInside(scope.block, loop) || scope.variableScope !== code.scopes.acquire(loop)?.variableScope) continue;
    const captured = scope.variables.find(({ references }) => references.some(({ from }) => from.variableScope !== scope.variableScope));
    if (captured !== undefined) return captured;
  }
  return null;
}

/** What Node 24 refuses as a disposer: a bound function or a Proxy, written in place. */
export function refusedDisposer(code: Code, value: TSESTree.Node): "a bound function" | "a Proxy" | null {
  if (value.type === "CallExpression" && value.callee.type === "MemberExpression" && propertyName(value.callee) === "bind") return "a bound function";
  return value.type === "NewExpression" && value.callee.type === "Identifier" && value.callee.name === "Proxy" && isGlobal(code, value.callee) ? "a Proxy" : null;
}

/** The loop whose pass goes on after a scope has failed: the scope's `try` catches inside the loop. */
export function retryLoopAround(declaration: TSESTree.VariableDeclaration): TSESTree.Node | null {
  let isCaught = false;
  let inner: TSESTree.Node = declaration;
  for (const at of ancestorsOf(declaration)) {
    if (isFunction(at)) return null;
    if (at.type === "TryStatement" && at.handler !== null && at.block === inner) isCaught = true;
    if (isLoop(at)) return isCaught ? at : null;
    inner = at;
  }
  return null;
}

/** The global that an identifier reads as a value; `null` for what the file declares, for types, and where the file asks whether it exists. */
export function globalRead(code: Code, identifier: TSESTree.Identifier): string | null {
  const { name } = identifier;
  const reads = globalReferences(code, name).filter((reference) => reference.isRead() && !reference.isTypeReference);
  if (!reads.some((reference) => reference.identifier === identifier)) return null;
  return reads.some(({ identifier: { parent } }) => parent.type === "UnaryExpression" && parent.operator === "typeof") ? null : name;
}

function globalReferences({ scopes }: Code, name: string): readonly TSESLint.Scope.Reference[] {
  const { globalScope } = scopes;
  if (globalScope === null) return [];
  const variable = globalScope.set.get(name);
  if (variable !== undefined && variable.defs.length > 0) return [];
  return [...globalScope.through.filter(({ identifier }) => identifier.name === name), ...(variable?.references ?? [])];
}
