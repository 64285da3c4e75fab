/** Which module exports a name, and how does a file import it? */

import type ts from "typescript";

interface Import extends ts.Node {
  readonly moduleSpecifier?: { readonly text?: unknown };
  readonly importClause?: { readonly namedBindings?: { readonly elements?: readonly { readonly name: ts.Node; readonly propertyName?: ts.Node }[] } };
}

type Ending = "js" | "none" | "ts";

/** A value that a module exports, as another file would import it. */
export interface Exported {
  readonly name: string;
  readonly from: string;
}

/**
 * The nearest module of the program that exports a value under one of some names:
 * one of its own files, else the package that one of them imports it from.
 */
export function exporterFor(program: ts.Program, file: ts.SourceFile, names: ReadonlySet<string>): Exported | null {
  const checker = program.getTypeChecker();
  const found: Exported[] = [];
  for (const other of ownFiles(program)) {
    if (other === file || ![...names].some((name) => other.text.includes(name))) continue;
    const module = checker.getSymbolAtLocation(other);
    const exported = module === undefined ? [] : checker.getExportsOfModule(module);
    const value = exported.find(({ name, valueDeclaration }) => names.has(name) && valueDeclaration !== undefined);
    if (value !== undefined) found.push({ name: value.name, from: specifierOf(program, file, other.fileName) });
  }
  const [nearest] = found.sort((one, another) => one.from.split("/").length - another.from.split("/").length);
  return nearest ?? packaged(program, names);
}

function packaged(program: ts.Program, names: ReadonlySet<string>): Exported | null {
  for (const { statements } of ownFiles(program)) {
    for (const { importClause, moduleSpecifier } of statements as readonly Import[]) {
      const from = moduleSpecifier?.text;
      if (typeof from !== "string" || from.startsWith(".")) continue;
      const imported = importClause?.namedBindings?.elements?.map(({ name, propertyName }) => (propertyName ?? name).getText()) ?? [];
      const name = imported.find((each) => names.has(each));
      if (name !== undefined) return { name, from };
    }
  }
  return null;
}

function ownFiles(program: ts.Program): readonly ts.SourceFile[] {
  return program.getSourceFiles().filter(({ fileName, isDeclarationFile }) => !isDeclarationFile && !fileName.includes("/node_modules/"));
}

const ofCode = /\.(?<kind>[cm]?[jt])sx?$/u;

/**
 * How a file imports another one: with the ending that its other imports have,
 * else those of the rest of the program, else what the compiler options ask for.
 */
export function specifierOf(program: ts.Program, file: ts.SourceFile, target: string): string {
  const relative = relativeTo(file.fileName, target);
  const ending = endingIn(file) ?? ownFiles(program).map(endingIn).find((each) => each !== null) ?? endingAsked(program, file);
  return withEnding(relative, ending);
}

/** The way from one file to another, as imports are written. */
function relativeTo(file: string, target: string): string {
  const from = file.split("/").slice(0, -1);
  const to = target.split("/");
  const apart = from.findIndex((folder, index) => folder !== to[index]);
  const shared = apart === -1 ? from.length : apart;
  const up = from.length - shared;
  return `${up === 0 ? "./" : "../".repeat(up)}${to.slice(shared).join("/")}`;
}

function endingIn({ statements }: ts.SourceFile): Ending | null {
  for (const { moduleSpecifier } of statements as readonly Import[]) {
    const text = moduleSpecifier?.text;
    if (typeof text !== "string" || !/^\.{1,2}\//u.test(text)) continue;
    const kind = ofCode.exec(text)?.groups?.["kind"];
    if (kind !== undefined) return kind.endsWith("j") ? "js" : "ts";
    if (!/\.\w+$/u.test(text)) return "none";
  }
  return null;
}

/** Modules that Node resolves, which have a format, are imported by their full name. */
function endingAsked(program: ts.Program, { fileName, impliedNodeFormat }: ts.SourceFile): Ending {
  if (program.getCompilerOptions().allowImportingTsExtensions === true) return "ts";
  return impliedNodeFormat !== undefined || /\.[cm]?jsx?$/u.test(fileName) ? "js" : "none";
}

function withEnding(name: string, ending: Ending): string {
  if (ending === "ts") return name;
  // Endings of one format only, as `.mts`, are never left out.
  if (ending === "none" && /\.[jt]sx?$/u.test(name)) return name.replace(/\.[jt]sx?$/u, "");
  return name.replace(/\.(?<format>[cm]?)[jt]sx?$/u, ".$<format>js");
}
