import path from "node:path";

import * as parser from "@typescript-eslint/parser";
import type ts from "typescript";

import { codeIn, compilerFixes, refactoringsAt, settingsOf, type Edit, type Parser, type Refactoring } from "../../src/editor.js";
import { fixtures } from "./rule-tester.js";
import { lint, projectAt, strict, Workspace, type SourceText } from "./workspace.js";

const { options } = projectAt(path.join(fixtures, "tsconfig.json"));
const resources = path.join(fixtures, "resources.d.ts");

const workspaces = new Map<string, Workspace>();

/** A workspace with the vocabulary, its compiler options changed if asked for. */
function workspaceWith(changes: ts.CompilerOptions): Workspace {
  const key = JSON.stringify(changes);
  const workspace = workspaces.get(key) ?? new Workspace({ ...options, ...changes });
  workspaces.set(key, workspace);
  return workspace;
}

/** A text to be changed in an editor; `‸` marks the cursor, or both ends of a selection. */
export interface Subject {
  readonly text: string;
  readonly fileName?: string;
  readonly options?: ts.CompilerOptions;
  /** Whether the vocabulary is there; by default it is. */
  readonly ambient?: boolean;
  /** The texts of other files of the program, by their names. */
  readonly beside?: Readonly<Record<string, string>>;
}

interface Opened {
  readonly source: SourceText;
  readonly range: readonly [number, number];
  readonly program: ts.Program;
  readonly options: ts.CompilerOptions;
}

function open({ ambient = true, beside = {}, fileName = "edited.ts", options: changes = {}, text }: Subject): Opened {
  const first = text.indexOf("‸");
  const last = text.lastIndexOf("‸");
  const source = { fileName: path.join(fixtures, fileName), text: text.replaceAll("‸", "") };
  const others = Object.entries(beside).map(([name, other]) => ({ fileName: path.join(fixtures, name), text: other }));
  const range = first === -1 ? ([0, 0] as const) : ([first, first === last ? first : last - 1] as const);
  return { source, range, program: workspaceWith(changes).program([...(ambient ? [resources] : []), ...others, source]), options: changes };
}

function codeOf({ program, source }: Opened): NonNullable<ReturnType<typeof codeIn>> {
  const code = codeIn(program, source.fileName, parser as unknown as Parser, settingsOf({}));
  if (code === null) throw new Error("The parser does not take the text.");
  return code;
}

/** The refactorings at the cursor. */
export function refactorings(subject: Subject): readonly Refactoring[] {
  const opened = open(subject);
  return refactoringsAt(codeOf(opened), opened.range);
}

export function applied(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((one, other) => one.range[0] - other.range[0] || one.range[1] - other.range[1]);
  let result = "";
  let at = 0;
  for (const { range, text: put } of sorted) {
    if (range[0] < at) throw new Error(`Two edits touch: at ${String(range[0])}.`);
    result += text.slice(at, range[0]) + put;
    at = range[1];
  }
  return result + text.slice(at);
}

/** What a change brings that was not there before: TypeScript's errors and findings of the strict config. */
export function news(subject: Subject, changed: string): readonly string[] {
  const before = stateOf(open(subject));
  const after = stateOf(open({ ...subject, text: changed }));
  const open_ = [...before];
  return after.filter((each) => {
    const index = open_.indexOf(each);
    if (index !== -1) open_.splice(index, 1);
    return index === -1;
  });
}

function stateOf({ program, source }: Opened): readonly string[] {
  const findings = lint(source, strict, program).map(({ fatal, message, ruleId }) => (fatal === true ? `does not parse: ${message}` : `${String(ruleId)}: ${message.replace(/\bline \d+/gu, "line …")}`));
  return [...diagnosticsIn(program, source.fileName).map(({ code, text }) => `TS${String(code)}: ${text}`), ...findings];
}

interface Diagnostic {
  readonly code: number;
  readonly range: readonly [number, number];
  readonly text: string;
}

function diagnosticsIn(program: ts.Program, fileName: string): readonly Diagnostic[] {
  const file = program.getSourceFile(fileName);
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(({ code, length = 0, messageText, start = 0 }) => ({
    code,
    range: [start, start + length],
    text: typeof messageText === "string" ? messageText : messageText.messageText,
  }));
}

/** A fix that is offered for a diagnostic of TypeScript's, applied alone. */
export interface Fixed {
  readonly title: string;
  readonly text: string;
  /** What TypeScript said before and does not say any more, by its numbers. */
  readonly gone: readonly number[];
  /** What it says now and did not before. */
  readonly come: readonly number[];
}

/**
 * Every fix for what TypeScript says about a text.
 *
 * @param as a number to say instead of TypeScript 6's, as TypeScript 7 does
 */
export function compilerFixesIn(subject: Subject, as: Readonly<Record<number, number>> = {}): readonly Fixed[] {
  const opened = open(subject);
  const before = diagnosticsIn(opened.program, opened.source.fileName);
  const told = before.map((diagnostic) => ({ ...diagnostic, code: as[diagnostic.code] ?? diagnostic.code }));
  return compilerFixes(codeOf(opened), told).map(({ edits, title }) => {
    const text = applied(opened.source.text, edits);
    const changed = open({ ...subject, text });
    const after = diagnosticsIn(changed.program, changed.source.fileName);
    return { title, text, gone: extra(before, after), come: extra(after, before) };
  });
}

/** The numbers that one list has more often than another. */
function extra(one: readonly Diagnostic[], other: readonly Diagnostic[]): readonly number[] {
  const rest = other.map(({ code }) => code);
  return one.map(({ code }) => code).filter((code) => {
    const index = rest.indexOf(code);
    if (index !== -1) rest.splice(index, 1);
    return index === -1;
  });
}
