import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import ts from "typescript";
import { afterAll } from "vitest";

import { vocabularyFile, type Case } from "./cases.js";
import { typesOf, type majors } from "./runtimes.js";

/** A folder outside the repository; removed after the tests of the file. */
export function temporary(name: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), `await-using-${name}-`));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A temporary folder with all cases, and the vocabulary beside them. */
export function writeCases(cases: readonly Case[]): string {
  const folder = temporary("snippets");
  write(path.join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  write(path.join(folder, "vocabulary.ts"), readFileSync(vocabularyFile, "utf8"));
  for (const { file, text } of cases) write(path.join(folder, file), text);
  return folder;
}

export function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  jsx: ts.JsxEmit.Preserve,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitReturns: true,
  isolatedModules: true,
  erasableSyntaxOnly: true,
  allowJs: true,
  checkJs: true,
  noEmit: true,
  skipLibCheck: true,
};

/** A program as a project has it that targets some Node, with `ESNext.Disposable` or with what the types bring themselves. */
export function programFor(major: (typeof majors)[number], files: readonly string[], lib: "ES2022" | "ESNext.Disposable" = "ESNext.Disposable"): ts.Program {
  const libs = lib === "ES2022" ? ["lib.es2022.d.ts"] : ["lib.es2022.d.ts", "lib.esnext.disposable.d.ts"];
  const program = ts.createProgram({ rootNames: files, options: { ...options, lib: libs, typeRoots: [typesOf(major)], types: ["node"] } });
  if (program.getSourceFiles().some(({ fileName }) => fileName.includes("/@types/node/"))) throw new Error(`the program for Node ${String(major)} has the types of another one`);
  return program;
}

/** The errors of one file. JavaScript has no types to leave out: what is implicitly `any` there is no error. */
export function errorsOf(program: ts.Program, fileName: string): readonly string[] {
  const file = program.getSourceFile(fileName);
  if (file === undefined) return [`${fileName} is not in the program`];
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    .filter(({ code }) => !(/\.jsx?$/u.test(fileName) && code >= 7005 && code <= 7053))
    .map(({ code, messageText, start = 0 }) => `line ${String(file.getLineAndCharacterOfPosition(start).line + 1)}: TS${String(code)} ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
}

/** JavaScript of a text: for a Node that knows `using`, or without it. */
export function javascriptOf(fileName: string, text: string, target: "lowered" | "native"): string {
  const { diagnostics = [], outputText } = ts.transpileModule(text, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: { target: target === "native" ? ts.ScriptTarget.ESNext : ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, jsx: ts.JsxEmit.Preserve },
  });
  if (diagnostics[0] !== undefined) throw new Error(`${fileName}: ${ts.flattenDiagnosticMessageText(diagnostics[0].messageText, " ")}`);
  return outputText;
}

/** The text as the editor's own formatter leaves it, with VS Code's defaults. */
export function formatted(fileName: string, text: string): string {
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => ({}),
    getCurrentDirectory: () => "/",
    getDefaultLibFileName: () => "/lib.d.ts",
    getScriptFileNames: () => [fileName],
    getScriptSnapshot: (name) => (name === fileName ? ts.ScriptSnapshot.fromString(text) : undefined),
    getScriptVersion: () => "1",
    fileExists: () => false,
    readFile: () => undefined,
  };
  const edits = ts.createLanguageService(host, undefined, ts.LanguageServiceMode.Syntactic).getFormattingEditsForDocument(fileName, { ...ts.getDefaultFormatCodeSettings("\n"), indentSize: 2, convertTabsToSpaces: true, insertSpaceAfterFunctionKeywordForAnonymousFunctions: true });
  return edits.sort((a, b) => b.span.start - a.span.start).reduce((rest, { newText, span }) => rest.slice(0, span.start) + newText + rest.slice(span.start + span.length), text);
}
