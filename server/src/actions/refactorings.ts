import { refactoringsAt, type Code } from "eslint-plugin-await-using/editor";
import ts from "typescript";

import type { Refactoring } from "../analysis/messages.js";
import type { Range } from "../finding.js";
import { offsets, positions } from "../text.js";

/**
 * What can be rewritten at the cursor.
 *
 * @param codeOf reads the file for the plugin; it is asked only where the cursor may matter
 */
export function refactorings(file: ts.SourceFile, range: Range, codeOf: () => Code | null): readonly Refactoring[] {
  const offset = offsets(file.text);
  const [start, end] = [offset(range.start), offset(range.end)];
  const code = mayMatter(file, start, end) ? codeOf() : null;
  if (code === null) return [];
  const toRange = positions(file.text);
  return refactoringsAt(code, [start, end]).map(({ edits, ...found }) => ({ ...found, edits: edits.map(({ range: [from, to], text }) => ({ range: toRange(from, to), newText: text })) }));
}

/** The cheap question, which is asked at every move of the cursor: whether a declaration, a `try`, a `return`, a class, a generator, its `yield` or a `Promise.all` is there at all. */
function mayMatter(file: ts.SourceFile, start: number, end: number): boolean {
  let matters = false;
  for (let node: ts.Node | undefined = file; node !== undefined; node = childAround(node, start, end)) {
    if (concerns(file, node)) matters = true;
    else if ((ts.isBlock(node) && !isFinally(node)) || ts.isFunctionLike(node)) matters = false;
  }
  return matters;
}

function childAround(node: ts.Node, start: number, end: number): ts.Node | undefined {
  return ts.forEachChild(node, (child) => (child.pos <= start && end <= child.end ? child : undefined));
}

function concerns({ text }: ts.SourceFile, node: ts.Node): boolean {
  if (ts.isVariableDeclarationList(node)) return node.declarations.some(({ initializer }) => initializer === undefined || /\(|\bnew\b/u.test(text.slice(initializer.pos, initializer.end)));
  if (ts.isReturnStatement(node)) return node.expression !== undefined && text.includes("DisposableStack");
  if (ts.isCallExpression(node)) return ts.isPropertyAccessExpression(node.expression) && ts.isIdentifier(node.expression.expression) && node.expression.expression.text === "Promise";
  if (ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isMethodDeclaration(node)) return node.asteriskToken !== undefined;
  if (ts.isYieldExpression(node)) return true;
  if (ts.isExpressionStatement(node)) return ts.isYieldExpression(node.expression);
  return (ts.isTryStatement(node) && node.finallyBlock !== undefined) || ts.isClassDeclaration(node) || ts.isPropertyDeclaration(node);
}

function isFinally({ parent, pos }: ts.Block): boolean {
  return ts.isTryStatement(parent) && parent.finallyBlock?.pos === pos;
}
