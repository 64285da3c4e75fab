import path from "node:path";

import ts from "typescript";

import { keyOf } from "./buffers.js";

/** A `tsconfig.json` (or `jsconfig.json`) as it is written, with the files that it names. */
export interface Tsconfig {
  /** `null` for files that no configuration names. */
  readonly file: string | null;
  readonly fileNames: readonly string[];
  readonly options: ts.CompilerOptions;
  readonly references: readonly string[];
  /** The files that it was read from: itself and what it extends. */
  readonly sources: readonly string[];
  readonly errors: readonly string[];
}

/** Reads a `tsconfig.json`; what is wrong with it is told, not thrown. */
export function readTsconfig(file: string): Tsconfig {
  const sources = new Set([file]);
  const errors: string[] = [];
  const text = (diagnostic: ts.Diagnostic): string => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
  const parsed = ts.getParsedCommandLineOfConfigFile(file, { noEmit: true, allowNonTsExtensions: true }, {
    ...ts.sys,
    readFile(name) {
      if (name.endsWith(".json")) sources.add(path.normalize(name));
      return ts.sys.readFile(name);
    },
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => errors.push(text(diagnostic)),
  });
  if (parsed === undefined) return { file, fileNames: [], options: {}, references: [], sources: [...sources], errors };
  const { fileNames, options, projectReferences = [] } = parsed;
  return {
    file,
    fileNames: fileNames.map((name) => path.normalize(name)),
    options,
    references: projectReferences.map((reference) => path.normalize(ts.resolveProjectReferencePath(reference))),
    sources: [...sources],
    errors: [...errors, ...parsed.errors.map(text)],
  };
}

/** What a file gets that no configuration names: modern, strict, and nothing that emits. */
export const looseOptions: ts.CompilerOptions = {
  allowJs: true,
  allowNonTsExtensions: true,
  checkJs: false,
  esModuleInterop: true,
  jsx: ts.JsxEmit.Preserve,
  module: ts.ModuleKind.Preserve,
  moduleDetection: ts.ModuleDetectionKind.Force,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  noEmit: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  strict: true,
  target: ts.ScriptTarget.ESNext,
  types: ["*"],
};

type Configured = Tsconfig & { readonly file: string };

/**
 * The configuration that names a file: the nearest one above it, or one that it
 * references, as TypeScript's own server looks for it.
 *
 * @param read reads a configuration, remembering it
 */
export function tsconfigFor(fileName: string, read: (file: string) => Tsconfig): Configured | null {
  for (const file of above(fileName)) {
    const found = naming(fileName, file, read, new Set());
    if (found !== null) return found;
  }
  return null;
}

/** The nearest configuration above a file and those that it references, where they name any files: their programs may hold it by an import. */
export function tsconfigsNear(fileName: string, read: (file: string) => Tsconfig): readonly Configured[] {
  const [nearest] = above(fileName);
  if (nearest === undefined) return [];
  const config = read(nearest);
  const references = config.references.filter((file) => ts.sys.fileExists(file)).map((file) => ({ ...read(file), file }));
  return [{ ...config, file: nearest }, ...references].filter(({ fileNames }) => fileNames.length > 0);
}

/** The configuration files above a file, nearest first. */
function* above(fileName: string): Generator<string, void, void> {
  for (let folder = path.dirname(fileName); ; folder = path.dirname(folder)) {
    for (const name of ["tsconfig.json", "jsconfig.json"]) {
      const file = path.join(folder, name);
      if (ts.sys.fileExists(file)) yield file;
    }
    if (folder === path.dirname(folder)) return;
  }
}

function naming(fileName: string, file: string, read: (file: string) => Tsconfig, seen: Set<string>): Configured | null {
  if (seen.has(file) || !ts.sys.fileExists(file)) return null;
  seen.add(file);
  const config = read(file);
  if (config.fileNames.some((name) => keyOf(name) === keyOf(fileName))) return { ...config, file };
  for (const reference of config.references) {
    const found = naming(fileName, reference, read, seen);
    if (found !== null) return found;
  }
  return null;
}
