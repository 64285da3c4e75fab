/** Which scopes can take the place of a `finally`, or why can none? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { disposalIn, type Disposal } from "../../ownership/release/release-statement.js";
import { usesOf } from "../../ownership/uses/uses.js";
import { isNothing } from "../../ownership/values/destination.js";
import { symbolOf } from "../../ownership/values/dispose-symbol.js";
import { functionAround, isInside } from "../../ownership/values/functions.js";
import { declaratorOf, readsOf, writesOf } from "../../ownership/values/variables.js";
import { needsDisposal, type Resource } from "../../resource.js";
import { callText, lineOf } from "../../text.js";
import { canAwait, canUse, hasComments } from "../placement/placement.js";
import type { Edit } from "../text/edit.js";
import { awaited } from "../waiting/await.js";
import { guarded, withoutFinally, type Guarded } from "./guarded.js";
import { valuesOf, whyNotDisposedAnyway, workOn } from "./held.js";

export interface Scope {
  readonly declaration: TSESTree.VariableDeclaration;
  readonly keyword: "await using" | "using";
  readonly work: readonly TSESTree.Node[];
  /** The value, where the `try` begins with its assignment. */
  readonly late: TSESTree.AssignmentExpression | null;
}

/** The scopes that take the place of a `finally`, or why none can. */
export type FinallyToUsing =
  | { readonly title: string; readonly disposals: readonly Disposal[]; readonly scopes: readonly Scope[]; readonly edits: readonly Edit[] }
  | { readonly title: string; readonly because: string };

/** What it takes to replace a `finally` that only disposes; `null` where it disposes nothing. */
export function finallyToUsing(code: Code, node: TSESTree.TryStatement): FinallyToUsing | null {
  const whole = guarded(node);
  if (code.types === null || whole === null) return null;
  const statements = whole.finalizer.body;
  const disposals = statements.map((statement) => disposalIn(code, statement));
  const made = disposals.filter((each) => each !== null);
  const [first] = made;
  if (first === undefined) return null;
  const names = made.map(({ variable }) => `\`${variable.name}\``).join(" and ");
  const other = statements[disposals.indexOf(null)];
  const title = `Replace \`finally\` with ${made.some(({ awaited: waits }) => waits) ? "`await using`" : "`using`"}`;
  if (other !== undefined) return { title, because: `The \`finally\` does more than dispose ${names}: see line ${lineOf(other)}.` };
  const place: Place = { caught: whole.handler === null ? null : whole.block, disposing: whole.finalizer };
  const scopes: Scope[] = [];
  for (const [index, disposal] of made.toReversed().entries()) {
    const declaration = declarationBefore(whole, made.length - index);
    const isIts = declaration !== null && declaratorOf(disposal.variable)?.parent === declaration;
    if (!isIts) return { title, because: whyElsewhere(whole, disposal, made) };
    const isLate = isLateOne(declaration);
    const after = isLate ? undefined : readsOf(disposal.variable).find((read) => read.range[0] > whole.range[1]);
    if (after !== undefined) return { title, because: `\`${disposal.variable.name}\` is used after the \`try\`, on line ${lineOf(after)}.` };
    const late = lateAmong(scopes);
    if (!isLate && late > 0) return { title, because: `\`${disposal.variable.name}\` is acquired before what is declared ahead of it.` };
    const scope = isLate ? lateScopeFor(code, declaration, disposal, whole, late) : scopeFor(code, declaration, disposal, place);
    if (typeof scope === "string") return { title, because: scope };
    scopes.push(scope);
  }
  const edits = rewrite(code, whole, scopes);
  return typeof edits === "string" ? { title, because: edits } : { title, disposals: made.toReversed(), scopes, edits };
}

/** The declaration that is so many statements ahead of the `try`. */
function declarationBefore({ parent, range }: Guarded, ahead: number): TSESTree.VariableDeclaration | null {
  const index = parent.body.findIndex((each) => each.range[0] === range[0]);
  const statement = parent.body[index - ahead];
  return statement?.type === "VariableDeclaration" && statement.declarations.length === 1 ? statement : null;
}

function whyElsewhere(node: Guarded, { variable }: Disposal, all: readonly Disposal[]): string {
  const declared = all.map((_, index) => declarationBefore(node, all.length - index));
  return declared.some((declaration) => declaration !== null && declaratorOf(variable)?.parent === declaration)
    ? "`using` disposes in the reverse order of the declarations, which the `finally` does not."
    : `\`${variable.name}\` is not acquired right before the \`try\`.`;
}

/** `let conn;`, also with `= null`: what it holds comes later. */
function isLateOne({ declarations: [{ init }] }: TSESTree.VariableDeclaration): boolean {
  return init === null || isNothing(init);
}

/** The keyword that disposes as a `finally` does, or why none would. */
function keywordIn(code: Code, { awaited: waits, call, variable: { name } }: Disposal, { both, kind }: Resource): string {
  if (kind === "none" || kind === "manual") return `\`${name}\` has no disposer that a scope could call.`;
  const gives = code.types?.isPromise(call) === true;
  const text = callText(code, call);
  const { callee } = call;
  const symbol = callee.type === "MemberExpression" ? symbolOf(callee.property, callee.computed) : null;
  if (gives && !waits) return `The \`finally\` does not wait for \`${text}\`: await it first.`;
  if (!needsDisposal(kind)) return symbol === null || gives !== (symbol === "asyncDispose") ? `Nothing tells how a scope would dispose \`${name}\`.` : gives ? "await using" : "using";
  if (kind === "sync") return gives ? `\`using\` would not wait for \`${text}\`.` : "using";
  if (!gives && !both) return `\`${text}\` is done at once, and only \`await using\` can dispose \`${name}\`.`;
  return gives ? "await using" : "using";
}

/** Where a disposal stands that a scope is to do instead. */
export interface Place {
  /** What disposes, and goes: a `finally`, or a statement. */
  readonly disposing: TSESTree.Node;
  /** The code whose failure somebody catches before the disposal. */
  readonly caught: TSESTree.Node | null;
}

/** The scope that takes the place of a disposal, or why none can. */
export function scopeFor(code: Code, declaration: TSESTree.VariableDeclaration, { awaited: waits, call, variable }: Disposal, { caught, disposing }: Place): Scope | string {
  const { name } = variable;
  const [declarator] = declaration.declarations;
  const resource = code.types?.resource(declarator.id);
  const keyword = resource === undefined ? "" : keywordIn(code, { awaited: waits, call, variable }, resource);
  if (resource === undefined || (keyword !== "using" && keyword !== "await using")) return keyword;
  if (isLateOne(declaration)) return `\`${name}\` is not acquired right before the \`try\`.`;
  const because = whyNotDisposedAnyway(code, { name, promised: resource.promised, uses: usesOf(code, variable), variable });
  if (because !== null) return because;
  // The synchronous disposer may be wanted; in async code it is no-sync-using's to judge.
  if (keyword === "using" && resource.kind === "async" && canAwait(code, declaration)) return `\`${callText(code, call)}\` skips the asynchronous disposer, which \`await using\` would not.`;
  if (!canUse(code, declaration, keyword) || writesOf(variable).length > 1) return `\`${keyword}\` cannot stand here.`;
  const work = workOn(code, { variable }).filter((each) => !isInside(each, disposing));
  const seen = caught === null ? undefined : work.find((each) => isInside(each, caught));
  if (seen !== undefined) return `Line ${lineOf(seen)} does not wait for its work on \`${name}\`, and \`catch\` would see it fail if it did: decide on that first.`;
  return work.length > 0 && !canAwait(code, declaration) ? "`await` cannot stand here: make the function `async` first." : { declaration, keyword, work, late: null };
}

function lateAmong(scopes: readonly Scope[]): number {
  return scopes.filter(({ late }) => late !== null).length;
}

/**
 * The same for `let conn; try { conn = await open(); … }`, whose declaration gets the value.
 *
 * @param ahead how many statements of the `try` acquire what is declared ahead of it
 */
function lateScopeFor(code: Code, declaration: TSESTree.VariableDeclaration, { awaited: waits, call, variable }: Disposal, node: Guarded, ahead: number): Scope | string {
  const { name } = variable;
  const nowhere = `\`${name}\` is not acquired right before the \`try\`.`;
  const [first, second] = node.block.body.slice(ahead);
  const late = first?.type === "ExpressionStatement" && first.expression.type === "AssignmentExpression" ? first.expression : null;
  const [written, again] = valuesOf(variable);
  if (late === null || second === undefined || late.operator !== "=" || written?.identifier !== late.left || again !== undefined) return nowhere;
  if (node.handler !== null) return `\`catch\` would no longer see \`${callText(code, call)}\` come after it.`;
  const keyword = keywordIn(code, { awaited: waits, call, variable }, (code.types as NonNullable<Code["types"]>).resource(late.right));
  if (keyword !== "using" && keyword !== "await using") return keyword;
  const outside = readsOf(variable).find((read) => !isInside(read, node) || read.range[0] < late.range[1]);
  if (outside !== undefined) return `\`${name}\` is used outside the \`try\`, on line ${lineOf(outside)}.`;
  const because = whyNotDisposedAnyway(code, { name, promised: false, uses: usesOf(code, variable), variable });
  if (because !== null) return because;
  if (keyword === "using" && code.types?.resource(late.right).kind === "async" && canAwait(code, declaration)) return `\`${callText(code, call)}\` skips the asynchronous disposer, which \`await using\` would not.`;
  if (functionAround(declaration) === null || (keyword === "await using" && !canAwait(code, declaration))) return `\`${keyword}\` cannot stand here.`;
  if (hasComments(code, declaration.range) || hasComments(code, [node.range[0], second.range[0]])) return "A comment ahead of the acquisition would be lost.";
  const work = workOn(code, { variable }).filter((each) => !isInside(each, node.finalizer));
  return work.length > 0 && !canAwait(code, declaration) ? "`await` cannot stand here: make the function `async` first." : { declaration, keyword, work, late };
}

/** Takes the `finally` away; the scopes end where the `try` did. */
function rewrite(code: Code, node: Guarded, scopes: readonly Scope[]): readonly Edit[] | string {
  const [first] = scopes.map(({ declaration }) => declaration);
  if (first === undefined) return "Nothing is acquired.";
  if (hasComments(code, [(node.handler ?? node.block).range[1], node.range[1]])) return "The comment in the `finally` would be lost.";
  const keywords = (open: string): readonly Edit[] =>
    scopes.map(({ declaration: { kind, range: [at, last] }, keyword, late }, index) => ({
      range: [at, late === null ? at + kind.length : last] as const,
      text: `${index === 0 ? open : ""}${keyword}${late === null ? "" : ` ${code.text.slice(...late.left.range)} = ${code.text.slice(...late.right.range)};`}`,
    }));
  // The assignments that a `try` begins with have become the scopes'.
  const late = lateAmong(scopes);
  const edits = withoutFinally(code, node, first, keywords, late === 0 ? undefined : node.block.body[late]?.range[0]);
  return typeof edits === "string" ? edits : [...edits, ...scopes.flatMap(({ work }) => work.flatMap((promise) => awaited(promise)))];
}
