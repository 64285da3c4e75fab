import { accessSync, constants } from "node:fs";
import path from "node:path";

import { exporterFor, importOf, isCommonJS, specifierOf, type Code } from "eslint-plugin-await-using/editor";
import ts from "typescript";

import type { HelperChange } from "../analysis/messages.js";
import { packageAbove } from "../analysis/package.js";
import type { Tsconfig } from "../analysis/tsconfig.js";
import type { Range } from "../finding.js";
import { offsets, positions } from "../text.js";
import { helperNames, helperText } from "./helper-text.js";

/** The helper that nobody has named: the first that somebody looks for. */
const usual = "asyncContextManager";

/** What is asked: a document, and where in it a name stands that nothing declares; `null` for the helper itself. */
interface Asked {
  readonly fileName: string;
  readonly isFile: boolean;
  readonly range: Range | null;
}

/**
 * The change that brings the manager helper to a file's project, with the import of
 * the name that is used there; `null` where the name is not the helper's, or is
 * declared.
 *
 * @param codeOf reads the file for the plugin, for its imports
 */
export function managerHelper(tsconfig: Tsconfig, program: ts.Program, { fileName, isFile, range }: Asked, codeOf: () => Code | null): HelperChange | null {
  const file = program.getSourceFile(fileName);
  const name = file === undefined || range === null ? null : missingNameAt(program, file, range);
  if (file === undefined || (range !== null && name === null)) return null;
  const code = codeOf();
  if (code === null) return null;
  const edits = (from: string): HelperChange["edits"] => {
    if (name === null) return [];
    const { range: [start, end], text } = importOf(code, name, from);
    return [{ range: positions(file.text)(start, end), newText: text }];
  };
  const refused = (disabled: string): HelperChange => ({ title: "Add the manager helper to this project", create: null, edits: [], disabled });
  if (isCommonJS(code) || fileName.endsWith(".cjs")) return refused("The helper is an ES module, and this file uses `require`.");
  if (!isFile) return refused("This document is not saved in any folder yet, so there is no project that could get the helper.");
  const known = exporterFor(program, file, new Set([name ?? usual]));
  if (known !== null && name === null) return refused(`The project has it already: “${known.from}” exports \`${known.name}\`.`);
  if (known !== null) return { title: `Import \`${known.name}\` from "${known.from}"`, create: null, edits: edits(known.from), disabled: null };
  const target = path.join(folderFor(tsconfig, fileName), `managed${endingFor(fileName)}`);
  const from = specifierOf(program, file, target.replaceAll("\\", "/"));
  if (ts.sys.fileExists(target)) {
    const exports = new RegExp(`\\bexport\\b[^;]*\\b${name ?? usual}\\b`, "u").test(ts.sys.readFile(target) ?? "");
    if (!exports || name === null) return refused(`${shown(target)} is there already${exports ? ", and has it" : `, and exports no \`${name ?? usual}\``}.`);
    return { title: `Import \`${name}\` from "${from}"`, create: null, edits: edits(from), disabled: null };
  }
  const because = whyNotWritable(target);
  if (because !== null) return refused(because);
  const text = /\.[cm]?ts$/u.test(target) ? helperText.typescript : helperText.javascript;
  const create = { fileName: target, text: file.text.includes("\r\n") ? text.replace(/\n/gu, "\r\n") : text };
  return { title: `Add the manager helper to this project (${shown(target)})`, create, edits: edits(from), disabled: null };
}

/** The name of a helper's function at a place, if nothing declares it. */
function missingNameAt(program: ts.Program, file: ts.SourceFile, range: Range): string | null {
  const offset = offsets(file.text);
  const [start, end] = [offset(range.start), offset(range.end)];
  let node: ts.Node = file;
  for (let inner: ts.Node | undefined = file; inner !== undefined; inner = ts.forEachChild(inner, (child) => (child.pos <= start && end <= child.end ? child : undefined))) node = inner;
  if (!ts.isIdentifier(node) || !helperNames.has(node.text) || node.getStart(file) > start) return null;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return null;
  const { valueDeclaration, declarations = [] } = program.getTypeChecker().getSymbolAtLocation(node) ?? {};
  return valueDeclaration === undefined && declarations.length === 0 ? node.text : null;
}

/** Where the sources of a file's project begin: its `rootDir`, else the folder right below its configuration that the file is in. */
function folderFor({ file, options: { rootDir } }: Tsconfig, fileName: string): string {
  const own = path.dirname(fileName);
  const isAbove = (folder: string): boolean => own === folder || own.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
  const root = file === null ? packageAbove(own) : path.dirname(file);
  if (root === null || !isAbove(root)) return own;
  if (rootDir !== undefined && path.normalize(rootDir) !== root && isAbove(path.normalize(rootDir))) return path.normalize(rootDir);
  const [first = ""] = path.relative(root, own).split(path.sep);
  return /^(?:app|lib|source|src)$/u.test(first) ? path.join(root, first) : own === root ? root : (sourcesBelow(root) ?? root);
}

/** The folder of sources, for a file that stands beside it: a test, a tool. */
function sourcesBelow(root: string): string | null {
  const folder = path.join(root, "src");
  return ts.sys.directoryExists(folder) ? folder : null;
}

/** The ending of the new file: that of the file that needs it, without JSX. */
function endingFor(fileName: string): string {
  const [, kind = "ts"] = /\.(?<kind>[cm]?[jt]s)x?$/u.exec(fileName) ?? [];
  return `.${kind}`;
}

function whyNotWritable(target: string): string | null {
  if (/[\\/]node_modules[\\/]/u.test(target)) return "This file belongs to a package, not to your project.";
  const folder = path.dirname(target);
  try {
    accessSync(folder, constants.W_OK);
    return null;
  } catch {
    return ts.sys.directoryExists(folder) ? `The folder ${folder} cannot be written to.` : `There is no folder ${folder}.`;
  }
}

/** A file as a person recognizes it: with the folder that it is in. */
function shown(fileName: string): string {
  return `${path.basename(path.dirname(fileName))}/${path.basename(fileName)}`;
}
