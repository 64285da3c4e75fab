import path from "node:path";

import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import ts from "typescript";

import type { Site } from "../../src/rules/related-sites.js";
import plugin from "../../src/index.js";

/** The repository, whose packages every file in memory may import. */
export const repository = path.join(import.meta.dirname, "../../..");

/** The rules of the strict config: all there are, as strict as they get. */
export const strict = plugin.configs.strict.rules as Linter.RulesRecord;

/** The rules that need no types. */
export const untyped = plugin.configs.untyped.rules as Linter.RulesRecord;

/** A file in memory, by absolute name. */
export interface SourceText {
  readonly fileName: string;
  readonly text: string;
}

export interface Project {
  readonly fileNames: readonly string[];
  readonly options: ts.CompilerOptions;
}

/** The files and the compiler options of a `tsconfig.json`. */
export function projectAt(configFile: string): Project {
  const { error, config } = ts.readConfigFile(configFile, (name) => ts.sys.readFile(name)) as { config: unknown; error?: ts.Diagnostic };
  if (error !== undefined) throw new Error(flat(error.messageText));
  const { errors, fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, path.dirname(configFile));
  if (errors[0] !== undefined) throw new Error(flat(errors[0].messageText));
  return { fileNames, options };
}

/** Programs over files in memory that lie between the files on disk. Files from disk are parsed once. */
export class Workspace {
  readonly #fromDisk = new Map<string, ts.SourceFile | undefined>();
  readonly #host: ts.CompilerHost;
  readonly #options: ts.CompilerOptions;
  #overlay: ReadonlyMap<string, string> = new Map();
  #inMemory = new Map<string, ts.SourceFile>();

  constructor(options: ts.CompilerOptions) {
    this.#options = { ...options, noEmit: true };
    const host = ts.createCompilerHost(this.#options, true);
    const resolutions = ts.createModuleResolutionCache(repository, (name) => name, this.#options);
    this.#host = {
      ...host,
      fileExists: (name) => this.#overlay.has(name) || host.fileExists(name),
      readFile: (name) => this.#overlay.get(name) ?? host.readFile(name),
      getSourceFile: (name, version) => {
        const text = this.#overlay.get(name);
        if (text === undefined) {
          if (!this.#fromDisk.has(name)) this.#fromDisk.set(name, host.getSourceFile(name, version));
          return this.#fromDisk.get(name);
        }
        const known = this.#inMemory.get(name);
        if (known?.text === text) return known;
        const file = ts.createSourceFile(name, text, version, true);
        this.#inMemory.set(name, file);
        return file;
      },
      getModuleResolutionCache: () => resolutions,
    };
  }

  /** A program over these files, in memory or, where only a name is given, on disk. */
  program(files: readonly (SourceText | string)[], previous?: ts.Program): ts.Program {
    this.#overlay = new Map(files.filter((file) => typeof file !== "string").map(({ fileName, text }) => [fileName, text]));
    this.#inMemory = new Map([...this.#inMemory].filter(([name]) => this.#overlay.has(name)));
    return ts.createProgram({
      rootNames: files.map((file) => (typeof file === "string" ? file : file.fileName)),
      options: this.#options,
      host: this.#host,
      ...(previous === undefined ? {} : { oldProgram: previous }),
    });
  }
}

/** A TypeScript error of one file: what it says, without where. */
export function errorsIn(program: ts.Program, fileName: string): readonly string[] {
  const file = program.getSourceFile(fileName);
  if (file === undefined) return [`${fileName} is not in the program`];
  const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  return found.map(({ code, messageText }) => `TS${String(code)} ${flat(messageText)}`);
}

/** The same with the line in front. */
export function placedErrorsIn(program: ts.Program, fileName: string): readonly string[] {
  const file = program.getSourceFile(fileName);
  if (file === undefined) return [`${fileName} is not in the program`];
  const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  return found.map(({ code, messageText, start = 0 }) => {
    const line = file.getLineAndCharacterOfPosition(start).line + 1;
    return `line ${String(line)}: TS${String(code)} ${flat(messageText)}`;
  });
}

function flat(message: ts.DiagnosticMessageChain | string): string {
  return ts.flattenDiagnosticMessageText(message, " ").replace(/\s+/gu, " ");
}

// Below the root, so that every file has a configuration.
const eslint = new Linter({ cwd: path.parse(repository).root });

/**
 * Lints a text with some rules of the plugin.
 *
 * @param program the program that has the file, or `null` to lint without types; JavaScript then by ESLint's own parser
 */
export function lint(
  { fileName, text }: SourceText,
  rules: Linter.RulesRecord,
  program: ts.Program | null,
  settings: NonNullable<Linter.Config["settings"]> = {},
): readonly Linter.LintMessage[] {
  const config: Linter.Config[] = [
    { ignores: ["!**/node_modules/"] },
    {
      files: ["**/*.{ts,mts,cts,tsx,js,mjs,cjs,jsx}"],
      languageOptions: {
        ...(program === null && fileName.endsWith("js") ? {} : { parser }),
        parserOptions: { ecmaFeatures: { jsx: !fileName.endsWith("ts") }, ...(program === null ? {} : { programs: [program] }) },
      },
      linterOptions: { reportUnusedDisableDirectives: "off" },
      plugins: { "await-using": plugin },
      rules,
      settings,
    },
  ];
  return eslint.verify(text, config, { filename: fileName });
}

/** The places that belong to a finding of the last run. */
export function sitesOf(finding: Linter.LintMessage): readonly Site[] {
  return plugin.sitesOf(eslint.getSourceCode(), finding);
}
