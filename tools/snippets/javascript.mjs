// @ts-check
// TypeScript without its types, with all that a person sees left as it was: comments, blank lines, indentation.
import ts from "typescript";

/** @typedef {{ readonly from: number, readonly to: number }} Range */

/**
 * Takes the types out of a TypeScript source.
 *
 * @param {string} text with no syntax but JavaScript's and types (`erasableSyntaxOnly`)
 * @returns {string}
 */
export function withoutTypes(text) {
  const file = ts.createSourceFile("source.ts", text, ts.ScriptTarget.ESNext, true);
  /** @type {Range[]} */
  const erased = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    const ranges = erasedBy(node, file);
    erased.push(...ranges);
    ts.forEachChild(node, (child) => {
      if (!ranges.some(({ from, to }) => from <= child.getStart(file) && child.end <= to)) visit(child);
    });
  };
  visit(file);
  const left = erased.sort((a, b) => b.from - a.from).reduce((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), text);
  return left.replace(parameterLines, (lines, /** @type {string} */ parameters) => (parameters.length > 60 ? lines : `(${parameters.trim().replace(/,\s+/gu, ", ").replace(/,$/u, "")})`));
}

/** Parameters on lines of their own, which without types have room on one. */
const parameterLines = /\(\n(?<parameters>(?: +[\w.]+,\n)+) *\)/gu;

/** What of a node itself is types. @param {ts.Node} node @param {ts.SourceFile} file @returns {Range[]} */
function erasedBy(node, file) {
  if (isType(node)) return [statementOf(node, file)];
  const { questionToken, type, typeParameters, typeArguments, modifiers, heritageClauses } = /** @type {any} */ (node);
  return [
    ...(ts.canHaveModifiers(node) ? (modifiers ?? []).filter(isTypeModifier).map((/** @type {ts.Node} */ each) => upToNext(each, file)) : []),
    ...(heritageClauses ?? []).filter((/** @type {ts.HeritageClause} */ { token }) => token === ts.SyntaxKind.ImplementsKeyword).map((/** @type {ts.HeritageClause} */ { end, pos }) => ({ from: pos, to: end })),
    ...[typeParameters, typeArguments].filter((list) => list !== undefined).map((/** @type {ts.NodeArray<ts.Node>} */ { end, pos }) => ({ from: pos - 1, to: file.text.indexOf(">", end) + 1 })),
    ...(questionToken === undefined || ts.isConditionalExpression(node) ? [] : [{ from: questionToken.getStart(file), to: questionToken.end }]),
    ...(type === undefined ? [] : [{ from: typeStart(node, type, file), to: type.end }]),
    ...(ts.isNonNullExpression(node) ? [{ from: node.expression.end, to: node.end }] : []),
  ];
}

/** @param {ts.Node} node */
const isType = (node) => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || (ts.isImportSpecifier(node) && node.isTypeOnly);

/** @param {ts.Node} modifier */
const isTypeModifier = ({ kind }) =>
  [ts.SyntaxKind.AbstractKeyword, ts.SyntaxKind.DeclareKeyword, ts.SyntaxKind.OverrideKeyword, ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword, ts.SyntaxKind.PublicKeyword, ts.SyntaxKind.ReadonlyKeyword].includes(kind);

/** A declaration with its comment and the empty lines behind it, or an import with its comma. @param {ts.Node} node @param {ts.SourceFile} file @returns {Range} */
function statementOf(node, file) {
  const behind = ts.isImportSpecifier(node) ? /^,?\s*/u : /^(?:[ \t]*\n)*/u;
  const comment = ts.getLeadingCommentRanges(file.text, node.getFullStart())?.at(-1);
  const isItsOwn = comment !== undefined && !file.text.slice(comment.end, node.getStart(file)).includes("\n\n");
  return { from: isItsOwn ? comment.pos : node.getStart(file), to: node.end + (behind.exec(file.text.slice(node.end))?.[0].length ?? 0) };
}

/** @param {ts.Node} node @param {ts.SourceFile} file @returns {Range} */
const upToNext = (node, file) => ({ from: node.getStart(file), to: node.end + (/^\s*/u.exec(file.text.slice(node.end))?.[0].length ?? 0) });

/** Where an annotation begins: at its colon, or behind the expression that `as` or `satisfies` follows. @param {ts.Node} node @param {ts.Node} type @param {ts.SourceFile} file */
function typeStart(node, type, file) {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return node.expression.end;
  return file.text.lastIndexOf(":", type.getStart(file));
}
