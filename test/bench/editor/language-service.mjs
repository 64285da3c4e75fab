// @ts-check
// (a) TypeScript's own LanguageService over a project: each edit is answered by the file's semantic diagnostics.
import { readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

import { answerEdits } from "./edits.mjs";

const [, , configFile = "", file = ""] = process.argv;
const parsed = ts.getParsedCommandLineOfConfigFile(configFile, { noEmit: true }, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: ({ messageText }) => { throw new Error(String(messageText)); } });
if (parsed === undefined) throw new Error(`${configFile} cannot be read`);

let text = readFileSync(file, "utf8");
let version = 0;
/** @type {Map<string, ts.IScriptSnapshot | undefined>} */
const snapshots = new Map();
/** @type {ts.IScriptSnapshot} */
let snapshot = ts.ScriptSnapshot.fromString(text);
const service = ts.createLanguageService({
  getCompilationSettings: () => parsed.options,
  getProjectVersion: () => String(version),
  getScriptFileNames: () => parsed.fileNames,
  getScriptVersion: (name) => (name === file ? String(version) : "0"),
  getScriptSnapshot(name) {
    if (name === file) return snapshot;
    if (!snapshots.has(name)) {
      const source = ts.sys.readFile(name);
      snapshots.set(name, source === undefined ? undefined : ts.ScriptSnapshot.fromString(source));
    }
    return snapshots.get(name);
  },
  getCurrentDirectory: () => path.dirname(configFile),
  getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
  readDirectory: ts.sys.readDirectory,
  ...(ts.sys.realpath === undefined ? {} : { realpath: ts.sys.realpath }),
});

answerEdits((edited) => {
  text = edited;
  version += 1;
  snapshot = ts.ScriptSnapshot.fromString(text);
  return Promise.resolve(service.getSemanticDiagnostics(file).length);
});
