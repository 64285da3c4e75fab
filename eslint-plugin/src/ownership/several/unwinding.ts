/** What does a `finally` do by hand that a stack is for? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { ancestorsOf, nodesIn } from "../../syntax.js";
import { textOf } from "../../text.js";
import { releases } from "../generators/manager.js";
import { departuresOf } from "../lifetime/escape.js";
import { acquisitionIn, type Acquisition } from "../owners/acquisition.js";
import { releaseLoopIn, type ReleaseLoop } from "../release/release-loop.js";
import { disposalIn, disposalUnder, type Disposal } from "../release/release-statement.js";
import { usesOf } from "../uses/uses.js";
import { bareOf, isNothing } from "../values/destination.js";
import { closureAround, functionAround, isInside, isLoop } from "../values/functions.js";
import { declaratorOf, isScoped, ownerFunction, readsOf, writesOf, type Variable } from "../values/variables.js";
import { additionBy, collectionWith, type Addition, type Collection } from "./collection.js";

/** A `try` whose `finally` does by hand what a stack is for. */
export type Unwinding =
  /** Three or more, one inside the other, the outermost first. */
  | { readonly is: "nested"; readonly levels: readonly [Level, ...Level[]]; readonly awaited: boolean }
  /** Resources that a collection keeps for it. */
  | { readonly is: "collected"; readonly collection: Collection; readonly loop: ReleaseLoop; readonly lastFirst: boolean; readonly awaited: boolean }
  /** Functions that a collection keeps for it. */
  | { readonly is: "closers"; readonly closers: Closers; readonly loop: ReleaseLoop; readonly awaited: boolean }
  /** Resources some of which are acquired under a condition, in the order of acquisition. */
  | { readonly is: "conditional"; readonly resources: readonly [LateAcquired, ...LateAcquired[]]; readonly first: TSESTree.Statement; readonly awaited: boolean };

/** A `try` among the statements of a block, with a `finally`. */
export type Level = TSESTree.TryStatement & { readonly finalizer: TSESTree.BlockStatement; readonly parent: TSESTree.BlockStatement };

/** A local array of functions. */
export interface Closers {
  readonly variable: Variable;
  readonly declaration: TSESTree.VariableDeclaration;
  readonly additions: readonly Addition[];
}

/** A resource that a `finally` disposes, acquired after its declaration, or right where the other ones are. */
export interface LateAcquired {
  readonly acquisition: Acquisition;
  /** The value: the call, awaited. */
  readonly value: TSESTree.Expression;
  readonly declaration: TSESTree.VariableDeclaration;
  /** The statement that acquires. */
  readonly statement: TSESTree.Statement;
  /** The `if` or `case` under which it is acquired. */
  readonly condition: TSESTree.Node | null;
  readonly disposal: Disposal;
}

/** How many levels a reader keeps apart without effort. */
const fewLevels = 2;

/** What a `finally` does by hand that a stack would do; `null` in generators and at the top level of a module. */
export function unwindingOf(code: Code, node: TSESTree.TryStatement): Unwinding | null {
  const around = functionAround(node);
  const level = levelOf(node);
  if (level === null || around === null || around.generator || code.types === null) return null;
  return nested(code, level) ?? collected(code, level) ?? conditional(code, level);
}

function levelOf(node: TSESTree.TryStatement): Level | null {
  return node.finalizer !== null && node.parent.type === "BlockStatement" ? (node as Level) : null;
}

function nested(code: Code, outermost: Level): Unwinding | null {
  const { parent } = outermost.parent;
  // What stands around it has this one as its last statement, and speaks for it.
  if (parent.type === "TryStatement" && parent.block === outermost.parent && innerOf(code, parent) === outermost) return null;
  const levels: Level[] = [];
  for (let at: Level | null = isReleasing(code, outermost) ? outermost : null; at !== null; at = innerOf(code, at)) levels.push(at);
  const [first, ...others] = levels;
  if (first === undefined || levels.length <= fewLevels) return null;
  return { is: "nested", levels: [first, ...others], awaited: levels.some(({ finalizer }) => finalizer.body.some((statement) => isAwaited(code, statement))) };
}

/** The `try` with which a `try` ends, where both only see to it that something is released. */
function innerOf(code: Code, node: TSESTree.TryStatement): Level | null {
  const last = node.block.body.at(-1);
  const inner = last?.type === "TryStatement" ? levelOf(last) : null;
  const outer = levelOf(node);
  return inner !== null && outer !== null && isReleasing(code, outer) && isReleasing(code, inner) ? inner : null;
}

/** Whether a `finally` releases and does nothing else, and whether nothing is caught ahead of it. */
function isReleasing(code: Code, { finalizer, handler }: Level): boolean {
  return handler === null && finalizer.body.length > 0 && finalizer.body.every((statement) => isRelease(code, statement));
}

/** A release that, if it takes time, is waited for. */
function isRelease(code: Code, statement: TSESTree.Statement): boolean {
  const released = statement.type === "IfStatement" ? disposalIn(code, statement)?.call : releases(code, statement) ? releaseIn(statement) : null;
  return released != null && (isAwaited(code, statement) || code.types?.isPromise(released) === false);
}

function releaseIn(statement: TSESTree.Statement): TSESTree.Expression | null {
  return statement.type === "ExpressionStatement" ? statement.expression : null;
}

function isAwaited(code: Code, statement: TSESTree.Statement): boolean {
  return statement.type === "ExpressionStatement" ? bareOf(statement.expression).awaited : disposalIn(code, statement)?.awaited === true;
}

/**
 * Three or more blocks, the outermost first, each of which has a scope and ends with
 * the next one: that is opened only for its scope, as all end at the same place.
 * `null` for a block that is not the outermost of them.
 */
export function nestedScopes(block: TSESTree.BlockStatement): readonly TSESTree.BlockStatement[] | null {
  const { parent } = block;
  if (functionAround(block)?.generator !== false || (parent.type === "BlockStatement" && innerScope(parent) === block)) return null;
  const blocks: TSESTree.BlockStatement[] = [];
  for (let at: TSESTree.BlockStatement | null = block; at !== null; at = innerScope(at)) blocks.push(at);
  return blocks.length > fewLevels ? blocks : null;
}

function innerScope({ body }: TSESTree.BlockStatement): TSESTree.BlockStatement | null {
  const last = body.at(-1);
  return last?.type === "BlockStatement" && body.some(isScoped) && last.body.some(isScoped) ? last : null;
}

/** `finally { for (const conn of conns.reverse()) await conn.close(); }` */
function collected(code: Code, { block, finalizer, parent, range }: Level): Unwinding | null {
  const [only, second] = finalizer.body;
  const loop = only === undefined || second !== undefined ? null : releaseLoopIn(code, only);
  const declarator = loop === null ? null : declaratorOf(loop.collection);
  if (loop === null || declarator === null || declarator.parent.parent !== parent || declarator.parent.declarations.length > 1 || declarator.parent.range[0] > range[0]) return null;
  const { awaited, collection: variable } = loop;
  if (!awaited && code.types?.isPromise(loop.call) !== false) return null;
  if (readsOf(variable).some((read) => read.range[0] > range[1])) return null;
  if (loop.calls) {
    const closers = closersIn(code, declarator, loop);
    if (closers === null || !isLastFirst(closers.additions, loop) || !closers.additions.every(({ call }) => isInside(call, block))) return null;
    return { is: "closers", closers, loop, awaited };
  }
  const collection = collectionWith(code, declarator, (read) => isInside(read, loop.statement));
  if (collection === null || collection.acquisitions.length > collection.additions.length) return null;
  if (!collection.additions.every(({ call }) => isInside(call, block))) return null;
  return { is: "collected", collection, loop, lastFirst: isLastFirst(collection.additions, loop), awaited };
}

/** Whether what was added last is released first, as by a stack. */
function isLastFirst(additions: readonly Addition[], { backwards }: ReleaseLoop): boolean {
  return additions.every(({ method }) => (method === "unshift" ? !backwards : backwards));
}

/** An array that begins empty, gets functions, and is not used but by the loop that calls them. */
function closersIn(code: Code, declarator: TSESTree.VariableDeclarator, { awaited, collection: variable, statement }: ReleaseLoop): Closers | null {
  const { id, init, parent: declaration } = declarator;
  const isEmpty = init?.type === "ArrayExpression" && init.elements.length === 0;
  if (!isEmpty || id.type !== "Identifier" || declaration.kind === "var" || writesOf(variable).length > 1) return null;
  const home = ownerFunction(variable);
  const reads = readsOf(variable).filter((read) => !isInside(read, statement));
  const additions = reads.map((read) => (closureAround(read, home) === null ? additionBy(read) : null)).filter((each) => each !== null);
  // One that gives a promise which the loop does not await is another finding.
  const isWaitedFor = awaited || additions.every(({ value }) => code.types?.givesPromise(value) === false);
  return additions.length === 0 || additions.length < reads.length || !isWaitedFor ? null : { variable, declaration, additions };
}

/** `if (path) log = await open(path); … finally { await log?.close(); }` */
function conditional(code: Code, node: Level): Unwinding | null {
  const late = node.finalizer.body.toReversed().map((statement) => lateIn(code, node, statement));
  const [first, ...others] = late.filter((each) => each !== null);
  if (first === undefined || others.length + 1 < late.length) return null;
  const resources: readonly [LateAcquired, ...LateAcquired[]] = [first, ...others];
  if (!resources.some(({ condition }) => condition !== null)) return null;
  const isInOrder = resources.every(({ value }, index) => index === 0 || (resources[index - 1]?.value.range[0] ?? 0) < value.range[0]);
  const statements: readonly TSESTree.Statement[] = node.parent.body;
  const begin = Math.min(...resources.map(({ value }) => statements.findIndex((statement) => isInside(value, statement))));
  const start = statements[begin];
  const between = statements.slice(begin, statements.indexOf(node));
  const isOnlyAcquiring = between.every((statement) => resources.some(({ declaration, value }) => statement === declaration || isInside(value, statement)));
  if (start === undefined || !isInOrder || !isOnlyAcquiring) return null;
  return { is: "conditional", resources, first: start, awaited: resources.some(({ disposal }) => disposal.awaited) };
}

/** What a statement of a `finally` disposes, and where that is acquired. */
function lateIn(code: Code, node: Level, statement: TSESTree.Statement): LateAcquired | null {
  const disposal = disposalIn(code, statement) ?? (statement.type === "IfStatement" ? disposalUnder(code, statement) : null);
  const declarator = disposal === null ? null : declaratorOf(disposal.variable);
  if (disposal === null || declarator === null) return null;
  const { call, variable } = disposal;
  const { parent: declaration } = declarator;
  if (declaration.parent !== node.parent || declaration.declarations.length > 1 || declaration.kind === "var" || declarator.id.type !== "Identifier") return null;
  const value = onlyValueOf(variable);
  const acquired = value === null ? null : statementAround(value);
  const acquisition = value === null ? null : acquisitionIn(code, value);
  if (value === null || acquired === null || acquisition === null || functionAround(value) !== functionAround(node)) return null;
  if (acquisition.resource.promised && !bareOf(value).awaited) return null;
  if (!disposal.awaited && code.types?.isPromise(call) !== false) return null;
  if (value.range[0] > node.block.range[1] || readsOf(variable).some((read) => read.range[0] > node.range[1])) return null;
  if (usesOf(code, variable).some(({ at, how }) => how !== "borrowed" && at !== call)) return null;
  if (departuresOf(code, { variable, keyword: "await using", stack: null }).length > 0) return null;
  const around = waysTo(acquired, node);
  if (around.some(isLoop)) return null;
  const condition = around.find(({ type }) => type === "IfStatement" || type === "SwitchStatement") ?? null;
  const late: LateAcquired = { acquisition, value, declaration, statement: acquired, condition, disposal };
  return isAskedFor(code, late, statement) ? late : null;
}

/** The only value that a variable ever gets, besides the nothing that it may begin with. */
function onlyValueOf(variable: Variable): TSESTree.Expression | null {
  const [written, again] = writesOf(variable).filter(({ identifier, value }) => value === null || !isNothing(value) || identifier.parent?.type !== "VariableDeclarator");
  return again === undefined && written?.value != null ? (written.value as TSESTree.Expression) : null;
}

/** The declaration or the plain assignment that gives a value. */
function statementAround(value: TSESTree.Expression): TSESTree.ExpressionStatement | TSESTree.VariableDeclaration | null {
  const { parent } = value;
  if (parent.type === "VariableDeclarator") return parent.parent;
  return parent.type === "AssignmentExpression" && parent.operator === "=" && parent.parent.type === "ExpressionStatement" ? parent.parent : null;
}

/** What stands around a statement, up to the block of the `try`. */
function waysTo(statement: TSESTree.Node, { parent }: Level): readonly TSESTree.Node[] {
  const around = [...ancestorsOf(statement)];
  return around.slice(0, around.indexOf(parent));
}

/** Whether a `finally` asks for what may not have been acquired: for its presence, or by the condition of the acquisition. */
function isAskedFor(code: Code, { condition, disposal: { call }, value }: LateAcquired, statement: TSESTree.Statement): boolean {
  if (statement.type !== "IfStatement") return condition === null || call.parent.type === "ChainExpression";
  if (disposalIn(code, statement) !== null) return true;
  const { test } = statement;
  const isSame = condition?.type === "IfStatement" && isInside(value, condition.consequent) && textOf(code, condition.test) === textOf(code, test);
  return isSame && [...nodesIn(code, test)].every(({ type }) => /^(?:BinaryExpression|Identifier|Literal|LogicalExpression|MemberExpression|UnaryExpression)$/u.test(type));
}
