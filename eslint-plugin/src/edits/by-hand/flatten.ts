/** How do blocks or `try` statements inside each other become one block? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { disposalIn } from "../../ownership/release/release-statement.js";
import type { Level } from "../../ownership/several/unwinding.js";
import { bareOf } from "../../ownership/values/destination.js";
import { isFunction, isInside } from "../../ownership/values/functions.js";
import { isScoped } from "../../ownership/values/variables.js";
import { nodesIn } from "../../syntax.js";
import { isConstant } from "../placement/evaluation-order.js";
import { hasComments } from "../placement/placement.js";
import type { Edit } from "../text/edit.js";
import { indentAt, moved, newlineOf, unitOf } from "../text/lines.js";
import { clashes } from "./guarded.js";

/**
 * Writes nested `try` statements as one block: where each began, a stack gets what
 * its `finally` does. Only where nothing that a `finally` names changes, where no
 * two names become one, and where no comment is lost.
 *
 * @param declared the declaration of the stack
 */
export function flattened(code: Code, levels: readonly [Level, ...Level[]], stack: string, declared: string): readonly Edit[] | null {
  const [outermost] = levels;
  if (!levels.every((level, index) => keepsComments(code, level, levels[index + 1]) && isSame(code, level))) return null;
  // What a scope disposes between two releases would come before both.
  if (sharesNames(code, levels.map(({ block }) => block), outermost) || levels.slice(0, -1).some(({ block }) => block.body.some(isScoped))) return null;
  const { parent, range } = outermost;
  const outer = indentAt(code, range[0]);
  const unit = unitOf(code, outermost.block);
  const isLast = parent.body.at(-1) === (outermost as TSESTree.Statement) && !levels.some(({ block }) => clashes(code, block, parent));
  const indent = isLast ? outer : `${outer}${unit}`;
  const newline = newlineOf(code);
  const pieces = [
    declared,
    ...levels.flatMap((level, index) => [`${stack}.defer(${callbackFor(code, level, `${newline}${indent}`, unit)});`, ...bodyOf(code, level.block, levels[index + 1], indent)]),
  ].join(`${newline}${indent}`);
  return [{ range, text: isLast ? pieces : `{${newline}${indent}${pieces}${newline}${outer}}` }];
}

/**
 * Writes blocks inside each other, each of which ends with the next one, as one; only
 * where no two names become one and no comment is lost.
 *
 * @param blocks the outermost first, which stays
 */
export function merged(code: Code, [outermost, ...inner]: readonly TSESTree.BlockStatement[]): readonly Edit[] | null {
  const [first] = inner;
  if (outermost === undefined || first === undefined || sharesNames(code, inner, isFunction(outermost.parent) ? outermost.parent : outermost)) return null;
  if (inner.some((block, index) => index > 0 && hasComments(code, [block.range[1], inner[index - 1]?.range[1] ?? 0]))) return null;
  const indent = indentAt(code, first.range[0]);
  return [{ range: first.range, text: inner.flatMap((block, index) => bodyOf(code, block, inner[index + 1], indent)).join(`${newlineOf(code)}${indent}`) }];
}

/** What stands in a block ahead of the next one, or all of it. */
function bodyOf(code: Code, { range: [open, close] }: TSESTree.BlockStatement, inner: TSESTree.Node | undefined, indent: string): readonly string[] {
  const text = code.text.slice(open + 1, inner?.range[0] ?? close - 1);
  const start = open + 1 + (text.length - text.trimStart().length);
  const end = open + 1 + text.trimEnd().length;
  return start >= end ? [] : [moved(code, [start, end], indentAt(code, start), indent)];
}

/** A function that does what a `finally` does. */
function callbackFor(code: Code, { finalizer: { body } }: Level, lineBreak: string, unit: string): string {
  const [first, second] = body;
  const only = second === undefined && first?.type === "ExpressionStatement" ? bareOf(first.expression) : null;
  if (only?.at.type === "CallExpression" && code.types?.givesNothing(only.at.callee) === true) {
    const released = only.at.parent.type === "ChainExpression" ? only.at.parent : only.at;
    return `() => ${code.text.slice(...released.range)}`;
  }
  const isAsync = body.some((statement) => [...nodesIn(code, statement)].some(({ type }) => type === "AwaitExpression"));
  const statements = body.map(({ range }) => moved(code, range, indentAt(code, range[0]), `${lineBreak.replace(/^\r?\n/u, "")}${unit}`));
  return `${isAsync ? "async " : ""}() => {${lineBreak}${unit}${statements.join(`${lineBreak}${unit}`)}${lineBreak}}`;
}

/** Whether what goes has no comments. */
function keepsComments(code: Code, { block, range: [start, end] }: Level, inner: Level | undefined): boolean {
  return !hasComments(code, [start, block.range[0]]) && !hasComments(code, [block.range[1], end]) && (inner === undefined || !hasComments(code, [inner.range[1], block.range[1]]));
}

/** Whether the names in a `finally` mean the same in a function, to TypeScript too: they are constant, or asked for on the spot. */
function isSame(code: Code, { finalizer }: Level): boolean {
  return finalizer.body.every((statement) => {
    const isGuarded = statement.type === "IfStatement" || [...nodesIn(code, statement)].some(({ type }) => type === "ChainExpression");
    const asked = isGuarded ? disposalIn(code, statement)?.variable : undefined;
    return [...nodesIn(code, statement)].every((node) => node.type !== "Identifier" || isConstant(code, node) || asked?.references.some(({ identifier }) => identifier === node) === true);
  });
}

/** Whether a name that one of the blocks declares means something else elsewhere in the code around them. */
function sharesNames({ scopes }: Code, blocks: readonly TSESTree.BlockStatement[], around: TSESTree.Node): boolean {
  const declared = blocks.flatMap((block) => scopes.acquire(block)?.variables ?? []);
  const isHere = (node: TSESTree.Node): boolean => isInside(node, around);
  return declared.some((variable) => {
    const { name } = variable;
    return scopes.scopes.some(({ references, variables }) =>
      variables.some((other) => other.name === name && other !== variable && other.identifiers.some(isHere)) ||
      references.some(({ identifier, resolved }) => identifier.name === name && resolved !== variable && isHere(identifier)));
  });
}
