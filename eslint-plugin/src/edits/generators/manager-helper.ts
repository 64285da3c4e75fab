/** Which manager helper can a file call, and how is it imported? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { Edit } from "../text/edit.js";
import { newlineOf } from "../text/lines.js";

/** A manager helper that a file can call, and what makes it so. */
export interface Helper {
  /** What the file calls it. */
  readonly name: string;
  /** Its import, where there is none yet. */
  readonly edits: readonly Edit[];
  /** Where its constant is declared; before that it cannot be called. */
  readonly since: number;
}

/** The manager helper that a file has at hand, as a rule sees it; `null` where it would have to be imported first. */
export function helperAtHand(code: Code): string | null {
  return ownHelper(code)?.name ?? null;
}

/** The manager helper of the file, of another module of the program, or of the global scope; `null` where there is none. */
export function helperFor(code: Code): Helper | null {
  const own = ownHelper(code);
  if (own !== null) return own;
  const { settings: { managerHelpers }, types } = code;
  const exported = types?.exporter(managerHelpers) ?? null;
  if (exported !== null && !isTaken(code, exported.name) && !isCommonJS(code)) return { name: exported.name, edits: [importOf(code, exported.name, exported.from)], since: 0 };
  const global = [...managerHelpers].find((name) => types?.hasGlobal(name) === true);
  return global === undefined ? null : { name: global, edits: [], since: 0 };
}

function ownHelper({ scopes, settings: { managerHelpers } }: Code): Helper | null {
  const names = scopes.scopes.find(({ type }) => type === "module")?.variables ?? [];
  for (const { defs: [definition], name } of names) {
    const { node } = definition ?? {};
    const original = node?.type === "ImportSpecifier" && node.imported.type === "Identifier" ? node.imported.name : name;
    if (node === undefined || !managerHelpers.has(original) || isTypeOnly(node)) continue;
    return { name, edits: [], since: node.type === "VariableDeclarator" ? node.range[1] : 0 };
  }
  return null;
}

function isTypeOnly(node: TSESTree.Node): boolean {
  return node.type === "ImportSpecifier" && (node.importKind === "type" || (node.parent as TSESTree.ImportDeclaration).importKind === "type");
}

function isTaken({ scopes: { scopes } }: Code, name: string): boolean {
  return scopes.some(({ set, type }) => type !== "global" && set.has(name));
}

/** Whether a JavaScript file has no `import`, but `require`. */
export function isCommonJS({ ast, isJavaScript, text }: Code): boolean {
  return isJavaScript && !ast.body.some(({ type }) => /^(?:Import|Export)/u.test(type)) && /\brequire\(|\bmodule\.exports\b/u.test(text);
}

/** Imports a name from a module: beside others from there, else behind the other imports, else ahead of everything else. */
export function importOf(code: Code, name: string, from: string): Edit {
  const imports = code.ast.body.filter((each) => each.type === "ImportDeclaration");
  const beside = imports.find((each) => each.source.value === from && each.importKind !== "type" && each.specifiers.at(-1)?.type === "ImportSpecifier");
  const last = beside?.specifiers.at(-1);
  if (last !== undefined) return { range: [last.range[1], last.range[1]], text: `, ${name}` };
  const [first] = imports;
  const quote = first?.source.raw.charAt(0) ?? /["']/u.exec(code.text.replace(/\/\*[^]*?\*\/|\/\/.*/gu, ""))?.[0] ?? "\"";
  const end = first === undefined || code.text.endsWith(";", first.range[1]) ? ";" : "";
  const line = `import { ${name} } from ${quote}${from}${quote}${end}`;
  const newline = newlineOf(code);
  const before = imports.at(-1);
  if (before !== undefined) return { range: [before.range[1], before.range[1]], text: `${newline}${line}` };
  const statement = code.ast.body.find((each) => each.type !== "ExpressionStatement" || each.directive === undefined);
  const at = statement === undefined ? code.text.length : startWithComments(code, statement);
  return { range: [at, at], text: `${line}${newline}${newline}` };
}

/** Where a statement begins with the comments that belong to it: those right above it. */
export function startWithComments(code: Code, statement: TSESTree.Node): number {
  let [start] = statement.range;
  for (const { range, value } of (code.ast.comments ?? []).toReversed()) {
    if (range[0] >= start || !/^[^\S\n]*\r?\n?[^\S\n]*$/u.test(code.text.slice(range[1], start))) continue;
    // eslint-disable-next-line no-restricted-syntax -- the words that a file's first comment begins with
    const isOfFile = /^!|^\s*(?:@ts-|eslint-(?:disable|enable)\s|.*@(?:file|license|copyright))/isu.test(value) || range[0] === 0 && /^\s*(?:copyright|spdx)/iu.test(value);
    const isOwnLine = !/\S/u.test(code.text.slice(code.text.lastIndexOf("\n", range[0] - 1) + 1, range[0]));
    if (isOfFile || !isOwnLine) break;
    [start] = range;
  }
  return start;
}
