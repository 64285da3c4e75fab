/** Which resource is given to a scope or to a stack? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { bareOf, wrappedIn, type Bare } from "../values/destination.js";
import { symbolOf } from "../values/dispose-symbol.js";
import { isFunction } from "../values/functions.js";
import { declaratorOf, isGlobal, variableOf, writesOf } from "../values/variables.js";

/** A resource, or a promise of one, that is given to a scope or a stack. */
export interface Given {
  /** The expression; where a cast to `any` hides its type, the one under the casts. */
  readonly at: TSESTree.Node;
  /** `unknown` only for a promise that syntax alone proves. */
  readonly kind: "async" | "sync" | "unknown";
  /** `using` can dispose it too. */
  readonly both: boolean;
  readonly promised: boolean;
  /** The type's name, `""` where only syntax is known. */
  readonly type: string;
  /** A cast to `any` hides it from TypeScript. */
  readonly hidden: boolean;
}

/**
 * What is given to a scope or a stack, looked at under casts to `any`. Without
 * type information only what syntax proves counts: a call of an async function, a
 * stack or a class of this file. `null` for everything else.
 */
export function givenBy(code: Code, expression: TSESTree.Node): Given | null {
  const under = underAny(expression);
  const hidden = under !== null;
  const at = under?.at ?? expression;
  if (code.types === null) {
    const bare = under ?? bareOf(expression);
    const proof = proofOf(code, bare.at);
    if (proof === null || (proof.promised && bare.awaited)) return null;
    return { ...proof, at, both: false, hidden };
  }
  const { kind, both, name, promised } = code.types.resource(at);
  if (kind !== "async" && kind !== "sync") return null;
  return { at, kind, both, promised: promised && under?.awaited !== true, type: name, hidden };
}

/** What a `for…of` loop gives to a scope in its head, element by element. */
export function givenByElements(code: Code, loop: TSESTree.ForOfStatement): Given | null {
  if (code.types === null) {
    const elements = loop.right.type === "ArrayExpression" ? loop.right.elements : [];
    const given = elements.map((element) => (element === null || element.type === "SpreadElement" ? null : givenBy(code, element)));
    return given.find((each) => each !== null && !(each.promised && loop.await)) ?? null;
  }
  const { kind, both, name, promised } = code.types.element(loop.right);
  if (kind !== "async" && kind !== "sync") return null;
  return { at: loop.right, kind, both, promised: promised && !loop.await, type: name, hidden: false };
}

/** The expression that a cast to `any` hides; `null` where TypeScript sees the type itself, or one that a further cast gives it. */
export function underAny(expression: TSESTree.Node): Bare | null {
  let at = expression;
  let awaited = false;
  for (let inner = wrappedIn(at); inner !== null; inner = wrappedIn(at)) {
    awaited ||= at.type === "AwaitExpression";
    if (at.type === "TSSatisfiesExpression") return null;
    if (at.type === "TSAsExpression" || at.type === "TSTypeAssertion") {
      if (at.typeAnnotation.type !== "TSAnyKeyword") return null;
      const bare = bareOf(inner);
      return { at: bare.at, awaited: awaited || bare.awaited };
    }
    at = inner;
  }
  return null;
}

type Proof = Pick<Given, "kind" | "promised" | "type">;

function proofOf(code: Code, node: TSESTree.Node): Proof | null {
  if (node.type === "CallExpression") {
    return isAsyncFunction(code, node.callee) ? { kind: "unknown", promised: true, type: "" } : null;
  }
  if (node.type !== "NewExpression" || node.callee.type !== "Identifier") return null;
  const { name } = node.callee;
  const isAsyncOnly = isGlobal(code, node.callee) ? name === "AsyncDisposableStack" : isAsyncOnlyClass(code, node.callee);
  return isAsyncOnly ? { kind: "async", promised: false, type: name } : null;
}

/** Whether an expression is an async function of this file, written in place or named by a constant. */
export function isAsyncFunction(code: Code, node: TSESTree.Node): boolean {
  if (isFunction(node)) return node.async && !node.generator;
  if (node.type !== "Identifier") return false;
  const variable = variableOf(code, node);
  const [definition, second] = variable?.defs ?? [];
  if (variable == null || definition === undefined || second !== undefined) return false;
  // A parameter's definition has the function around it as its node.
  if (definition.node.type === "FunctionDeclaration" && definition.node.id === definition.name) {
    return definition.node.async && !definition.node.generator && writesOf(variable).length === 0;
  }
  const init = declaratorOf(variable)?.id.type === "Identifier" ? declaratorOf(variable)?.init : null;
  return init != null && isFunction(init) && init.async && !init.generator && writesOf(variable).length === 1;
}

function isAsyncOnlyClass(code: Code, identifier: TSESTree.Identifier): boolean {
  const variable = variableOf(code, identifier);
  const [definition, second] = variable?.defs ?? [];
  if (definition?.node.type !== "ClassDeclaration" || second !== undefined) return false;
  const { body, superClass } = definition.node;
  if (superClass !== null) return false;
  const symbols = body.body.map((member) => ("key" in member && !member.static ? symbolOf(member.key, member.computed) : null));
  return symbols.includes("asyncDispose") && !symbols.includes("dispose");
}
