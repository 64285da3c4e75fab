/** What does it take to remove a `finally` and keep the code of its `try`? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { hasComments } from "../placement/placement.js";
import type { Edit } from "../text/edit.js";
import { beginsLine, dedent, indent, indentAt, newlineOf, unitOf } from "../text/lines.js";

/** A `try` with a `finally`, among the statements of a block. */
export type Guarded = TSESTree.TryStatement & { readonly finalizer: TSESTree.BlockStatement; readonly parent: TSESTree.BlockStatement };

export function guarded(node: TSESTree.TryStatement): Guarded | null {
  return node.finalizer !== null && node.parent.type === "BlockStatement" ? (node as Guarded) : null;
}

/**
 * Takes a `finally` away whose work a scope does instead, and the `try` with it
 * where nothing is caught; the scope ends where the `try` did. Or why that cannot be.
 *
 * @param first the statement with which the scope begins: ahead of the `try`, or the `try` itself
 * @param scoped makes the scopes, the first of them behind a text that opens their block
 * @param begin where what is kept of the `try` begins; at its first statement if left out
 */
export function withoutFinally(code: Code, node: Guarded, first: TSESTree.Statement, scoped: (open: string) => readonly Edit[], begin?: number): readonly Edit[] | string {
  const { block, finalizer, handler, parent, range: [start, end] } = node;
  if (handler === null && hasComments(code, [start, block.range[0]])) return "The comment after `try` would be lost.";
  const isLast = parent.body.at(-1) === (node as TSESTree.Statement) && !(handler === null && clashes(code, block, parent));
  const newline = newlineOf(code);
  const outer = indentAt(code, first.range[0]);
  const unit = unitOf(code, block.body.length > 0 ? block : finalizer);
  const open = isLast ? "" : `{${newline}${outer}${unit}`;
  const close = isLast ? "" : `${newline}${outer}}`;
  const shared = scoped(open);
  if (handler !== null) {
    const lines = isLast ? [] : indent(code, [first.range[0], handler.range[1]], unit);
    return [...shared, ...lines, { range: [handler.range[1], end], text: close }];
  }
  const inner = code.text.slice(block.range[0] + 1, block.range[1] - 1);
  const from = begin ?? block.range[0] + 1 + (/^\s*/u.exec(inner)?.[0].length ?? 0);
  const to = block.range[0] + 1 + inner.trimEnd().length;
  if (from >= to) return "The `try` is empty.";
  const ahead = isLast ? [] : indent(code, [first.range[0], start], unit).filter(({ range: [at] }) => at + outer.length < start);
  const lines = isLast && beginsLine(code, from) ? dedent(code, [from, to], unit) : [];
  return [...shared, ...ahead, { range: [start, from], text: isLast || first === node || !beginsLine(code, start) ? "" : unit }, ...lines, { range: [to, end], text: close }];
}

/** Whether a name declared in a block is one of the block around it too. */
export function clashes({ scopes }: Code, block: TSESTree.BlockStatement, parent: TSESTree.BlockStatement): boolean {
  const inner = scopes.acquire(block);
  const outer = scopes.acquire(parent) ?? inner?.upper;
  if (inner == null || outer == null) return false;
  const taken = new Set<unknown>([...outer.variables.map(({ name }) => name), ...outer.references.map(({ identifier }) => identifier.name), ...outer.through.map(({ identifier }) => identifier.name)]);
  return inner.variables.some(({ name }) => taken.has(name));
}
