/** When can a stack do what a `finally` does by hand? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { fateOf } from "../../flow/fate/acquisition-fate.js";
import { doesWhatDisposerDoes } from "../../ownership/release/equivalent-release.js";
import type { StackName } from "../../ownership/scopes/stack.js";
import { unwindingOf, type LateAcquired, type Level, type Unwinding } from "../../ownership/several/unwinding.js";
import { isFunction, isInside } from "../../ownership/values/functions.js";
import { isScoped, readsOf, type Variable } from "../../ownership/values/variables.js";
import type { Resource } from "../../resource.js";
import type { CallNode } from "../../syntax.js";
import { inFinally } from "../by-hand/by-hand.js";
import { flattened } from "../by-hand/flatten.js";
import { withoutFinally } from "../by-hand/guarded.js";
import { whyNoStack } from "../placement/missing-stack.js";
import { canAwait, hasComments } from "../placement/placement.js";
import type { Edit } from "../text/edit.js";
import { freeName } from "../text/free-name.js";
import { indentAt, newlineOf } from "../text/lines.js";

/** What a stack would do instead of a `finally`, and what it takes to let it. */
export interface OnStack {
  readonly unwinding: Unwinding;
  readonly made: StackName;
  readonly keyword: "await using" | "using";
  /** `null` where the result would not surely do the same. */
  readonly edits: readonly Edit[] | null;
}

/**
 * What a stack would do instead of a `finally`. `null` where the platform has no
 * stack, where `using` would do (the finding is another then), and where one of
 * the resources leaks.
 */
export function onStack(code: Code, node: TSESTree.TryStatement): OnStack | null {
  const unwinding = unwindingOf(code, node);
  if (unwinding === null) return null;
  const made: StackName = unwinding.awaited ? "AsyncDisposableStack" : "DisposableStack";
  const keyword = unwinding.awaited ? "await using" : "using";
  const tries = unwinding.is === "nested" ? unwinding.levels : [node];
  if (unwinding.awaited && !canAwait(code, node)) return null;
  if (tries.some((each) => inFinally(code, each) !== null) || acquiringCalls(unwinding).some((call) => fateOf(code, call).is !== "settled")) return null;
  if (whyNoStack(code, made) !== null) return null;
  const declare = (name: string): string => `${keyword} ${name} = new ${made}();`;
  return { unwinding, made, keyword, edits: rewritten(code, node as Level, unwinding, declare) };
}

function acquiringCalls(unwinding: Unwinding): readonly CallNode[] {
  switch (unwinding.is) {
    case "collected":
      return unwinding.collection.acquisitions.map(({ call }) => call);
    case "conditional":
      return unwinding.resources.map(({ acquisition: { call } }) => call);
    default:
      return [];
  }
}

type Declare = (name: string) => string;

function rewritten(code: Code, node: Level, unwinding: Unwinding, declare: Declare): readonly Edit[] | null {
  switch (unwinding.is) {
    case "closers":
      return deferred(code, node, unwinding, declare);
    case "collected":
      return registered(code, node, unwinding, declare);
    case "conditional":
      return registeredWhereAcquired(code, node, unwinding, declare);
    case "nested": {
      const stack = freeName(code, "stack");
      return flattened(code, unwinding.levels, stack, declare(stack));
    }
  }
}

/** `const closers = []; … closers.push(close)` → `await using closers = new AsyncDisposableStack(); … closers.defer(close)` */
function deferred(code: Code, node: Level, { awaited, closers: { additions, declaration, variable } }: Extract<Unwinding, { is: "closers" }>, declare: Declare): readonly Edit[] | null {
  const isTaken = ({ value }: (typeof additions)[number]): boolean => (isFunction(value) ? value.params.length === 0 : true) && (!awaited || code.types?.givesNothing(value) === true);
  if (!additions.every(isTaken)) return null;
  return inPlaceOf(code, node, declaration, declare(variable.name), additions.map(({ member }) => ({ range: member.property.range, text: "defer" })));
}

/** The stack takes over what a collection is given; it also takes its place where nobody else reads it. */
function registered(code: Code, node: Level, { awaited, collection, lastFirst, loop }: Extract<Unwinding, { is: "collected" }>, declare: Declare): readonly Edit[] | null {
  const { acquisitions, additions, declaration, resource, variable } = collection;
  const taking = takingBy(code, resource, { awaited, call: loop.call, name: "each" });
  if (!lastFirst || taking === null) return null;
  const isOnlyReleased = readsOf(variable).every((read) => isInside(read, loop.statement) || additions.some(({ member }) => member.object === read));
  if (isOnlyReleased) {
    return inPlaceOf(code, node, declaration, declare(variable.name), additions.flatMap(({ member, value: { range: [, end] } }) => [
      { range: member.property.range, text: taking.method },
      { range: [end, end] as const, text: taking.release },
    ]));
  }
  const stack = freeName(code, "stack");
  const values = acquisitions.map(({ call }) => (call.parent.type === "AwaitExpression" ? call.parent : resource.promised ? null : call)).filter((each) => each !== null);
  if (values.length < acquisitions.length) return null;
  return aheadOf(code, node, node, declare(stack), values.flatMap((value) => given(stack, taking, value)));
}

/** `log = await open(path)` → `log = stack.use(await open(path))` */
function registeredWhereAcquired(code: Code, node: Level, { first, resources }: Extract<Unwinding, { is: "conditional" }>, declare: Declare): readonly Edit[] | null {
  const stack = freeName(code, "stack");
  const edits = resources.map((late) => registeredLate(code, node, stack, late));
  const made = edits.filter((each) => each !== null);
  return made.length < edits.length ? null : aheadOf(code, node, first, declare(stack), made.flat());
}

function registeredLate(code: Code, node: Level, stack: string, { acquisition: { resource }, declaration, disposal, statement, value }: LateAcquired): readonly Edit[] | null {
  const { variable } = disposal;
  const taking = takingBy(code, resource, { ...disposal, name: variable.name });
  if (taking === null) return null;
  if (readsOf(variable).some((read) => !isInside(read, node.finalizer))) return given(stack, taking, value);
  const { range: [start, end] } = statement;
  const [from, to] = value.range;
  const written: readonly Edit[] = [
    { range: [start, from], text: `${stack}.${taking.method}(` },
    { range: [to, end], text: `${taking.release});` },
  ];
  if (hasComments(code, [start, from]) || hasComments(code, [to, end])) return null;
  if (statement === declaration) return written;
  const next = node.parent.body[node.parent.body.indexOf(declaration) + 1];
  const gone = next === undefined || hasComments(code, [declaration.range[0], next.range[0]]) ? null : ([declaration.range[0], next.range[0]] as const);
  return gone === null ? null : [{ range: gone, text: "" }, ...written];
}

/** How a stack takes a resource over, so that it is released as it was. */
interface Taking {
  readonly method: "adopt" | "use";
  /** What follows the resource: nothing, or the release. */
  readonly release: string;
}

interface Release {
  readonly awaited: boolean;
  readonly call: TSESTree.CallExpression;
  /** A name for the resource, where the release has to be written. */
  readonly name: string;
}

/** `use` where the disposer does what the release does, else `adopt`, with the release. */
function takingBy(code: Code, { kind, nullable }: Resource, { awaited, call, name }: Release): Taking | null {
  const symbol = kind === "async" ? "asyncDispose" : "dispose";
  if (kind !== "manual" && (kind === "sync" || awaited) && doesWhatDisposerDoes(code, call, symbol)) return { method: "use", release: "" };
  const { callee } = call;
  if (nullable || callee.type !== "MemberExpression" || call.arguments.length > 0) return null;
  const key = code.text.slice(...callee.property.range);
  const released = `${name}${callee.computed ? `[${key}]` : `.${key}`}()`;
  const givesNothing = code.types?.givesNothing(callee) === true;
  if (givesNothing) return { method: "adopt", release: `, (${name}) => ${released}` };
  return { method: "adopt", release: awaited ? `, async (${name}) => { await ${released}; }` : `, (${name}) => { ${released}; }` };
}

function given(stack: string, { method, release }: Taking, { range: [start, end] }: TSESTree.Node): readonly Edit[] {
  return [
    { range: [start, start], text: `${stack}.${method}(` },
    { range: [end, end], text: `${release})` },
  ];
}

/** Declares a stack ahead of a statement, at or before the `try` whose `finally` goes. */
function aheadOf(code: Code, node: Level, first: TSESTree.Statement, declared: string, others: readonly Edit[]): readonly Edit[] | null {
  const [at] = first.range;
  const newline = newlineOf(code);
  return without(code, node, first, (open) => [{ range: [at, at], text: `${open}${declared}${newline}${open === "" ? indentAt(code, at) : open.slice(open.lastIndexOf("\n") + 1)}` }], others);
}

/**
 * Declares a stack instead of a collection; only where what is declared between that
 * and the `try` is not needed after it, and no scope either, which would then end first.
 */
function inPlaceOf(code: Code, node: Level, declaration: TSESTree.VariableDeclaration, declared: string, others: readonly Edit[]): readonly Edit[] | null {
  const [start] = declaration.range;
  const isNeeded = ({ identifiers, references }: Variable): boolean =>
    identifiers.some(({ range: [at] }) => start <= at && at < node.range[0]) && references.some(({ identifier: { range: [at] } }) => at > node.range[1]);
  const { body } = node.parent;
  if (body.slice(body.indexOf(declaration), body.indexOf(node)).some(isScoped)) return null;
  if (hasComments(code, declaration.range) || code.scopes.scopes.some(({ variables }) => variables.some(isNeeded))) return null;
  return without(code, node, declaration, (open) => [{ range: declaration.range, text: `${open}${declared}` }], others);
}

function without(code: Code, node: Level, first: TSESTree.Statement, scoped: (open: string) => readonly Edit[], others: readonly Edit[]): readonly Edit[] | null {
  if (hasComments(code, [(node.handler ?? node.block).range[1], node.range[1]])) return null;
  const edits = withoutFinally(code, node, first, scoped);
  return typeof edits === "string" ? null : [...edits, ...others];
}
