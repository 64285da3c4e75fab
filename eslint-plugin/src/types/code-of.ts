/** Which code, with its types, is in a file of a program? */

import type ts from "typescript";

import type { Code } from "../code.js";
import type { Settings } from "../settings.js";
import { memoryOf } from "./memory.js";
import { withTypes } from "./oracle.js";
import { treeOf, treeWithComments, type Maps, type Parser } from "./tree-of.js";

/**
 * A file's code with the answers to typed questions.
 *
 * @param untyped the file's syntax, scopes and settings
 * @param services the parser services of the file, with type information
 * @param parser the parser that made them; it reads the bodies in other files
 */
export function typedCode(untyped: Omit<Code, "types">, services: Maps & { readonly program: ts.Program }, parser: Parser | null): Code {
  const { program } = services;
  const { settings } = untyped;
  return withTypes(untyped, services, (file) => codeOf(file, program, parser, settings));
}

/** Another file of a program, for the bodies in it; remembered as long as the program. */
function codeOf(file: ts.SourceFile, program: ts.Program, parser: Parser | null, settings: Settings): Code | null {
  const { codes } = memoryOf(program, settings);
  let code = codes.get(file);
  if (code === undefined) {
    code = parser === null ? null : readCode(file, program, parser, settings, false);
    codes.set(file, code);
  }
  return code;
}

/**
 * A file of a program for an editor, comments included; remembered as long as the
 * program. `null` where the program has no such file or the parser does not take it.
 */
export function codeIn(program: ts.Program, fileName: string, parser: Parser, settings: Settings): Code | null {
  const file = program.getSourceFile(fileName);
  if (file === undefined) return null;
  const { edited } = memoryOf(program, settings);
  let code = edited.get(file);
  if (code === undefined) {
    code = readCode(file, program, parser, settings, true);
    // Whether the compiler takes a top-level `await`; linted files are told by their configuration.
    if (code !== null && !takesTopLevelAwait(file, program)) code.ast.sourceType = "script";
    edited.set(file, code);
  }
  return code;
}

/** Whether `await` may stand at the top level of a file (TS1309, TS1375, TS1378); the numbers are those of TypeScript 4.8 to 6.0. */
function takesTopLevelAwait(file: ts.SourceFile, program: ts.Program): boolean {
  const { externalModuleIndicator } = file as { readonly externalModuleIndicator?: unknown };
  const { module = 99, target = 99 } = program.getCompilerOptions() as { readonly module?: number; readonly target?: number };
  if (externalModuleIndicator === undefined || target < 4) return false;
  if (module >= 100 && module < 200) return (file.impliedNodeFormat as number | undefined) === 99;
  return module === 4 || module === 7 || module === 99 || module === 200;
}

/** Reads another file of the program; a file that cannot be read so is silence. */
function readCode(file: ts.SourceFile, program: ts.Program, parser: Parser, settings: Settings, comment: boolean): Code | null {
  const tree = comment ? treeWithComments(file, program, parser) : treeOf(file, program, parser);
  if (tree === null) return null;
  const { maps, ...read } = tree;
  return typedCode({ ...read, fileName: file.fileName, text: file.text, isJavaScript: isJavaScript(file.fileName), settings }, { ...maps, program }, parser);
}

/** Whether a file is JavaScript, where nobody else checks types. */
export function isJavaScript(fileName: string): boolean {
  return /\.[cm]?jsx?$/u.test(fileName);
}
