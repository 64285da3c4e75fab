import type { TSESTree } from "@typescript-eslint/utils";

import { ancestorsOf, nodesIn, type Code, type FunctionNode } from "../../code.js";
import type { FunctionInCode } from "../../types/types.js";
import { isRelease, symbolOf } from "../release/release-name.js";
import { calleeName } from "../values/callee.js";
import { callOf, destinationOf, propertyName, unwrap } from "../values/destination.js";
import { declaratorOf, isFunction, isInside, nodesOf, readsOf, variableOf, writesOf, type Variable } from "../values/variables.js";

/** A generator that a helper turns into a factory of resources (RULES.md, *manager*), or that is used as such without one. */
export interface Manager {
  /** The generator function. */
  readonly body: GeneratorNode;
  /** The name of the helper, as it is called; `null` for a bare generator. */
  readonly helper: TSESTree.Identifier | TSESTree.PrivateIdentifier | null;
}

type HelperName = NonNullable<Manager["helper"]>;

export type GeneratorNode = FunctionNode & { readonly body: TSESTree.BlockStatement };

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

export function isGenerator(node: TSESTree.Node): node is GeneratorNode {
  return isFunction(node) && node.generator;
}

/** The function that a variable always is. */
function functionNamed(variable: Variable): FunctionNode | null {
  const [definition, second] = variable.defs;
  if (definition === undefined || second !== undefined) return null;
  if (definition.node.type === "FunctionDeclaration" && definition.node.id === definition.name) return writesOf(variable).length === 0 ? definition.node : null;
  const declarator = declaratorOf(variable);
  const init = declarator?.id.type === "Identifier" && writesOf(variable).length === 1 ? declarator.init : null;
  return init != null && isFunction(init) ? init : null;
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

/** The body of the function that a call calls, if it can be seen. */
export function bodyOf(code: Code, call: TSESTree.CallExpression): FunctionInCode | null {
  const variable = call.callee.type === "Identifier" ? variableOf(code, call.callee) : null;
  const node = variable === null ? null : functionNamed(variable);
  if (node !== null) return { code, node };
  const callee = code.types?.callee(call) ?? null;
  return callee === null ? null : (code.types?.body(callee) ?? null);
}

/** The `yield` and `yield*` expressions of a generator. */
export function yieldsIn(code: Code, { body }: GeneratorNode): readonly TSESTree.YieldExpression[] {
  return nodesOf(code, body).filter((node) => node.type === "YieldExpression");
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

/** Functions that take something back, besides those that release their object. */
const takesBack = /^(?:cancel|clear|close|delete|destroy|remove|release|reset|restore|rm|stop|terminate|unlink|unregister|unsubscribe|unwatch)(?:[A-Z]|$)/u;

/** Whether all that a statement does is to release something. */
export function releases(code: Code, statement: TSESTree.Statement): boolean {
  if (statement.type !== "ExpressionStatement") return false;
  const call = unwrap(statement.expression);
  if (call.type !== "CallExpression") return false;
  const { callee } = call;
  return (callee.type === "MemberExpression" && callOf(callee) !== null && isRelease(code, callee)) || takesBack.test(calleeName(call) ?? "");
}

function doesSomething({ type }: TSESTree.Statement): boolean {
  return !/^(?:Break|Class|Continue|Empty|Function|Return|Throw|TS)/u.test(type);
}

/** What a `finally` releases that the `try` acquires: then, if acquiring fails, there is nothing to release. */
export interface LateAcquisition {
  readonly acquired: TSESTree.AssignmentExpression;
  readonly name: TSESTree.Identifier;
  readonly release: TSESTree.MemberExpression;
}

/**
 * A variable that the `try` around a `yield` fills and its `finally` releases
 * without asking whether it is there; only where TypeScript does not object
 * (JavaScript, `let c!: Conn`, `any`).
 */
export function lateAcquisitionIn(code: Code, { block, finalizer }: TSESTree.TryStatement): LateAcquisition | null {
  if (finalizer === null) return null;
  for (const member of nodesOf(code, finalizer)) {
    if (member.type !== "MemberExpression" || member.optional || member.object.type !== "Identifier" || callOf(member)?.optional !== false || !isRelease(code, member)) continue;
    const variable = variableOf(code, member.object);
    const declarator = variable === null ? null : declaratorOf(variable);
    const written = variable === null ? [] : writesOf(variable);
    if (declarator == null || declarator.init !== null || written.length !== 1 || !isUnchecked(code, declarator)) continue;
    const acquired = written[0]?.identifier.parent;
    if (acquired?.type !== "AssignmentExpression" || acquired.operator !== "=" || acquired.left.type !== "Identifier" || !isInside(acquired, block)) continue;
    if (!/^(?:Await|Call|New)Expression$/u.test(acquired.right.type) || isGuarded(member, finalizer)) continue;
    return { acquired, name: acquired.left, release: member };
  }
  return null;
}

function isUnchecked({ isJavaScript }: Code, { definite, id }: TSESTree.VariableDeclarator): boolean {
  return isJavaScript || definite || (id.type === "Identifier" && id.typeAnnotation?.typeAnnotation.type === "TSAnyKeyword");
}

/** Whether anything may keep a release from running, or may deal with its failure. */
function isGuarded(release: TSESTree.Node, finalizer: TSESTree.BlockStatement): boolean {
  for (const at of ancestorsOf(release)) {
    if (at === finalizer) return false;
    if (!/^(?:AwaitExpression|CallExpression|ExpressionStatement)$/u.test(at.type)) return true;
  }
  return true;
}
