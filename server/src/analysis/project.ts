import path from "node:path";

import ts from "typescript";

import type { Buffers } from "./buffers.js";
import type { FileEvent } from "./messages.js";
import { rememberMissed } from "./missed.js";
import { type Names } from "./names.js";
import type { Tsconfig } from "./tsconfig.js";

/** TypeScript's view of the files of one configuration, with every open buffer over them. */
export interface Project {
  readonly tsconfig: Tsconfig;
  /** Takes over which files the configuration names now; its options are the same. */
  takeFileNames(tsconfig: Tsconfig): void;
  /** The program over the newest texts; a new one only where something has changed. */
  program(): ts.Program;
  /** Changes whenever the program may have changed. */
  version(): string;
  /** Whether the last program holds a file. */
  holds(fileName: string): boolean;
  /** Whether its imports may lead elsewhere since something has come or gone. */
  minds(event: FileEvent, isFolder: boolean): boolean;
  /** Forgets how imports were resolved. */
  resolveAnew(): void;
  dispose(): void;
}

/** Parsed files are shared by the projects that hold them. */
const registry = ts.createDocumentRegistry(ts.sys.useCaseSensitiveFileNames);

/** Counts the programs of all projects: no two have the same number. */
let programs = 0;

/** TypeScript's own `.d.ts` files, which stand beside the bundle. */
const libraries = typeof __dirname === "string" ? path.join(__dirname, "typescript") : path.dirname(ts.sys.getExecutingFilePath());

/**
 * @param folder where packages with ambient types are looked for, and above
 * @param extra files of no configuration that this project holds
 */
export function openProject(read: Tsconfig, folder: string, { buffers, names }: { readonly buffers: Buffers; readonly names: Names }, extra: ReadonlySet<string>): Project {
  let tsconfig = read;
  let renamed = 0;
  let service: ts.LanguageService | null = null;
  let last: ts.Program | undefined;
  let epoch = 0;
  let isStale = false;
  const missed = rememberMissed(names);

  const found = (name: string, exists: boolean): boolean => {
    if (!exists) missed.add(name);
    return exists;
  };
  const covered = (fileName: string): boolean => buffers.get(path.normalize(fileName)) !== undefined;
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => tsconfig.options,
    getProjectVersion: () => [buffers.changes(), extra.size, renamed].join(" "),
    getScriptFileNames: () => [...tsconfig.fileNames, ...extra],
    getScriptVersion: (fileName) => buffers.version(path.normalize(fileName)),
    getScriptSnapshot: (fileName) => buffers.snapshot(path.normalize(fileName)),
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: (options) => path.join(libraries, ts.getDefaultLibFileName(options)),
    fileExists: (fileName) => found(fileName, covered(fileName) || ts.sys.fileExists(fileName)),
    readFile: (fileName, encoding) => buffers.get(path.normalize(fileName))?.text ?? ts.sys.readFile(fileName, encoding),
    directoryExists: (name) => found(name, ts.sys.directoryExists(name)),
    getDirectories: (name) => ts.sys.getDirectories(name),
    readDirectory: (...asked) => ts.sys.readDirectory(...asked),
    realpath: (name) => ts.sys.realpath?.(name) ?? name,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
  };

  const program = (): ts.Program => {
    const before = isStale ? service : null;
    if (isStale) {
      service = null;
      missed.clear();
    }
    isStale = false;
    service ??= ts.createLanguageService(host, registry);
    const current = service.getProgram();
    before?.dispose();
    if (current === undefined) throw new Error(`TypeScript gives no program for ${tsconfig.file ?? "files without a tsconfig.json"}.`);
    if (current !== last) {
      programs += 1;
      epoch = programs;
    }
    last = current;
    return current;
  };

  const holdsAny = (name: string, isFolder: boolean): boolean => last?.getSourceFile(name) !== undefined || (isFolder && last?.getSourceFiles().some(({ fileName }) => path.normalize(fileName).startsWith(name + path.sep)) === true);

  return {
    get tsconfig() {
      return tsconfig;
    },
    takeFileNames(now) {
      tsconfig = now;
      renamed += 1;
    },
    program,
    version() {
      program();
      return String(epoch);
    },
    holds: (fileName) => last?.getSourceFile(fileName) !== undefined,
    minds: ({ fileName, is }, isFolder) => (is === "deleted" ? [fileName, names.identityOf(fileName)].some((name) => holdsAny(name, isFolder)) : missed.includes(fileName, isFolder)),
    resolveAnew() {
      isStale = true;
    },
    dispose() {
      service?.dispose();
      service = null;
      last = undefined;
    },
  };
}
