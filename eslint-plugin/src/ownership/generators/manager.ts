/** Which generators does a manager helper turn into managers, and what stands around their `yield`? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { takesBack } from "../../lexicon/releasing.js";
import { ancestorsOf, nodesIn, type FunctionNode } from "../../syntax.js";
import { isRelease } from "../release/release-name.js";
import { bodyOf, calleeName, functionNamed } from "../values/callee.js";
import { callOf, destinationOf, propertyName, unwrap } from "../values/destination.js";
import { symbolOf } from "../values/dispose-symbol.js";
import { isFunction, isGenerator, ownNodesIn, type GeneratorNode } from "../values/functions.js";
import { readsOf, variableOf, type Variable } from "../values/variables.js";

/** A generator that a helper turns into a factory of resources (RULES.md, *manager*), or that is used as such without one. */
export interface Manager {
  /** The generator function. */
  readonly body: GeneratorNode;
  /** The name of the helper, as it is called; `null` for a bare generator. */
  readonly helper: TSESTree.Identifier | TSESTree.PrivateIdentifier | null;
}

type HelperName = NonNullable<Manager["helper"]>;

/** The manager that a call of a helper makes; `null` where the helper, or another use of the generator, may resume it after its `yield`. */
export function managerBy(code: Code, call: TSESTree.CallExpression): (Manager & { readonly helper: HelperName }) | null {
  const helper = helperOf(code, call);
  if (helper === null || !leavesByReturn(code, call)) return null;
  for (const argument of call.arguments) {
    const generator = generatorIn(code, argument);
    if (generator === null) continue;
    const isOnlyManaged = generator.name === null || readsOf(generator.name).every((read) => managesAt(code, read) !== null);
    return isOnlyManaged ? { body: generator.body, helper } : null;
  }
  return null;
}

/** Whether a function is the generator of a manager: what it yields it lends to its scope, and has to release itself. */
export function isManaged(code: Code, node: FunctionNode): boolean {
  if (!isGenerator(node)) return false;
  const destination = destinationOf(node);
  const id = node.type === "FunctionDeclaration" ? node.id : destination.to === "declared" ? destination.declarator.id : null;
  const name = id === null ? null : variableOf(code, id);
  const [given = node] = name === null ? [] : readsOf(name);
  const call = managesAt(code, given);
  return call !== null && managerBy(code, call)?.body === node;
}

/** The helper's call that an expression is given to. */
export function managesAt(code: Code, given: TSESTree.Node): TSESTree.CallExpression | null {
  const { parent } = given;
  return parent?.type === "CallExpression" && parent.callee !== given && helperOf(code, parent) !== null ? parent : null;
}

/** The name of the manager helper that a call calls; imports under another name are looked through. */
function helperOf({ settings, ...code }: Code, { callee }: TSESTree.CallExpression): HelperName | null {
  if (callee.type === "MemberExpression" && !callee.computed) return settings.managerHelpers.has(callee.property.name) ? callee.property : null;
  if (callee.type !== "Identifier") return null;
  const definition = variableOf({ settings, ...code }, callee)?.defs[0]?.node;
  const imported = definition?.type === "ImportSpecifier" && definition.imported.type === "Identifier" ? definition.imported.name : callee.name;
  return settings.managerHelpers.has(imported) ? callee : null;
}

/** The generator function that an expression is, or names. */
export function generatorIn(code: Code, expression: TSESTree.Node): { readonly body: GeneratorNode; readonly name: Variable | null } | null {
  const inner = unwrap(expression);
  if (isGenerator(inner)) return { body: inner, name: null };
  const name = inner.type === "Identifier" ? variableOf(code, inner) : null;
  const named = name === null ? null : functionNamed(name);
  return named !== null && isGenerator(named) ? { body: named, name } : null;
}

/**
 * Whether a helper leaves its generators by `return()`: so it is said of its name,
 * unless its body is known and says otherwise. One that resumes by a second
 * `next()`, passes errors in by `throw()`, or hands the generator on, runs what
 * `return()` never does.
 */
function leavesByReturn(code: Code, call: TSESTree.CallExpression): boolean {
  const helper = bodyOf(code, call);
  if (helper === null) return true;
  let returns = false;
  for (const node of nodesIn(helper.code, helper.node)) {
    if (node.type !== "MemberExpression" || callOf(node) === null) continue;
    const name = propertyName(node);
    if (name === "throw") return false;
    if (name === "return" || symbolOf(node.property, node.computed) !== null) returns = true;
  }
  return returns;
}

/** The `yield` and `yield*` expressions of a generator. */
export function yieldsIn(code: Code, { body }: GeneratorNode): readonly TSESTree.YieldExpression[] {
  return ownNodesIn(code, body).filter((node) => node.type === "YieldExpression");
}

/** The `try` statements around a node inside its function, innermost first, with the part that the node stands in. */
export function* triesAround(node: TSESTree.Node): Generator<{ readonly statement: TSESTree.TryStatement; readonly part: "block" | "finalizer" | "handler" }, void, void> {
  let inner = node;
  for (const at of ancestorsOf(node)) {
    if (isFunction(at)) return;
    if (at.type === "TryStatement") yield { statement: at, part: at.block === inner ? "block" : at.finalizer === inner ? "finalizer" : "handler" };
    inner = at;
  }
}

/**
 * The first statement after a `yield` that only a resumed generator runs: no
 * `finally`, and nothing that another path reaches without the `yield`.
 */
export function deadAfter(at: TSESTree.YieldExpression): TSESTree.Statement | null {
  let inner: TSESTree.Node = at;
  for (const outer of ancestorsOf(at)) {
    if (outer.type === "BlockStatement") {
      const next = outer.body.slice(outer.body.indexOf(inner as TSESTree.Statement) + 1).find(doesSomething);
      if (next !== undefined) return next;
    }
    const goesOn =
      outer.type === "BlockStatement" || outer.type === "ExpressionStatement" || outer.type === "VariableDeclaration" || outer.type === "VariableDeclarator" ||
      (outer.type === "AssignmentExpression" && outer.right === inner) || outer.type === "AwaitExpression" || outer.type.startsWith("TS") ||
      (outer.type === "TryStatement" && outer.block === inner && outer.handler === null);
    if (!goesOn) return null;
    inner = outer;
  }
  return null;
}

/** Whether all that a statement does is to release something. */
export function releases(code: Code, statement: TSESTree.Statement): boolean {
  if (statement.type !== "ExpressionStatement") return false;
  const call = unwrap(statement.expression);
  if (call.type !== "CallExpression") return false;
  const { callee } = call;
  return (callee.type === "MemberExpression" && callOf(callee) !== null && isRelease(code, callee)) || takesBack(calleeName(call));
}

function doesSomething({ type }: TSESTree.Statement): boolean {
  return !/^(?:Break|Class|Continue|Empty|Function|Return|Throw|TS)/u.test(type);
}
