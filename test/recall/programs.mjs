// @ts-check
import path from "node:path";

import ts from "typescript";

import { BadInput } from "./bad-input.mjs";

/** The files and the compiler options of a configuration. @param {string} tsconfig */
export function projectOf(tsconfig) {
  const { config, error } = ts.readConfigFile(tsconfig, (name) => ts.sys.readFile(name));
  if (error !== undefined) throw new BadInput(`${tsconfig} cannot be read: ${flat(error)}`);
  const { errors: [wrong], fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, path.dirname(tsconfig));
  if (wrong !== undefined) throw new BadInput(`${tsconfig} cannot be used: ${flat(wrong)} Name, with --tsconfig, a configuration that includes the sources themselves.`);
  return { fileNames, options };
}

/** Programs over the files on disk, some of them with another text in memory. What has not changed is parsed once. */
export class Programs {
  /** @type {Map<string, ts.SourceFile | undefined>} */
  #fromDisk = new Map();
  /** @type {ReadonlyMap<string, string>} */
  #overlay = new Map();
  #host;
  #fileNames;
  #options;

  /** @param {{ fileNames: readonly string[], options: ts.CompilerOptions }} project */
  constructor({ fileNames, options }) {
    this.#fileNames = fileNames;
    this.#options = { ...options, noEmit: true };
    this.#host = ts.createCompilerHost(this.#options, true);
    const { getSourceFile, readFile } = this.#host;
    this.#host.readFile = (name) => this.#overlay.get(name) ?? readFile(name);
    this.#host.getSourceFile = (name, version) => {
      const text = this.#overlay.get(name);
      if (text !== undefined) return ts.createSourceFile(name, text, version, true);
      if (!this.#fromDisk.has(name)) this.#fromDisk.set(name, getSourceFile(name, version));
      return this.#fromDisk.get(name);
    };
  }

  /** @param {ReadonlyMap<string, string>} overlay texts by file @param {ts.Program} [previous] whose structure is used again */
  over(overlay, previous) {
    this.#overlay = overlay;
    return ts.createProgram({ rootNames: this.#fileNames, options: this.#options, host: this.#host, ...(previous === undefined ? {} : { oldProgram: previous }) });
  }
}

/** How many imports of a file lead somewhere, and how many do not: there the rules are blind. @param {ts.Program} program @param {string} file */
export function importsOf(program, file) {
  const checker = program.getTypeChecker();
  const all = program.getSourceFile(file)?.statements.filter(ts.isImportDeclaration) ?? [];
  return { all: all.length, unresolved: all.filter(({ moduleSpecifier }) => checker.getSymbolAtLocation(moduleSpecifier) === undefined).length };
}

/** @param {ts.Diagnostic} diagnostic */
function flat({ messageText }) {
  return ts.flattenDiagnosticMessageText(messageText, " ").replace(/\s+/gu, " ");
}
