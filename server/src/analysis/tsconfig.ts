import path from "node:path";

import ts from "typescript";

import { keyOf } from "./names.js";

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
  /** The folders in which it names whatever comes, and whether in those below them, too. */
  readonly wildcards: readonly { readonly folder: string; readonly deep: boolean }[];
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
  if (parsed === undefined) return { file, fileNames: [], options: {}, references: [], sources: [...sources], errors, wildcards: [] };
  const { fileNames, options, projectReferences = [], wildcardDirectories = {} } = parsed;
  return {
    file,
    fileNames: fileNames.map((name) => path.normalize(name)),
    options,
    references: projectReferences.map((reference) => path.normalize(ts.resolveProjectReferencePath(reference))),
    sources: [...sources],
    errors: [...errors, ...parsed.errors.map(text)],
    wildcards: Object.entries(wildcardDirectories).map(([folder, flags]) => ({ folder: path.normalize(folder), deep: flags === ts.WatchDirectoryFlags.Recursive })),
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

const hidden = ["**/node_modules", "**/.*"];
/** Where files are that nobody wrote, or that are made of others. */
const made = ["**/bower_components", "**/jspm_packages", "**/build", "**/coverage", "**/dist", "**/out", "**/*.min.js"];

/**
 * The source files in a folder and below: those that its configurations name, and, where no configuration is above
 * them, whatever looks like one.
 */
export function sourcesBelow(folder: string, read: (file: string) => Tsconfig): { readonly named: readonly string[]; readonly loose: readonly string[] } {
  const configs = ts.sys.readDirectory(folder, [".json"], hidden, ["**/tsconfig*.json", "**/jsconfig.json"]).map((file) => path.normalize(file));
  const isSource = (name: string): boolean => !/\.d\.[cm]?ts$|[\\/]node_modules[\\/]/u.test(name);
  const named = configs.flatMap((file) => read(file).fileNames).filter(isSource);
  const found = ts.sys.readDirectory(folder, [".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts"], [...hidden, ...made]).map((name) => path.normalize(name));
  const configured = new Set(configs.filter((file) => /^[jt]sconfig\.json$/u.test(path.basename(file))).map((file) => path.dirname(file)));
  const isAbove = (folders: ReadonlySet<string>, at: string): boolean => folders.has(at) || (at !== path.dirname(at) && isAbove(folders, path.dirname(at)));
  const [outer] = above(path.join(folder, "any"));
  return { named, loose: outer === undefined ? found.filter((name) => isSource(name) && !isAbove(configured, path.dirname(name))) : [] };
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
