/** What does a program declare under a name? */

import type ts from "typescript";

import { isAlias, isAssignment, isClassLike, isData, isIdentifier, isRenaming, isShorthand, lastName, type Declaration } from "./tree.js";

/** A function, or a value that may stand for one. */
export interface DeclaredValue {
  readonly declaration: Declaration;
  /** Declared inside a function, so that no member expression names it. */
  readonly isLocal: boolean;
}

/** What a program declares under a name. */
export interface Declared {
  readonly values: (name: string) => readonly DeclaredValue[];
  /** Classes, interfaces, enums and aliases. */
  readonly types: (name: string) => readonly Declaration[];
}

type Named<Item> = ReadonlyMap<string, readonly Item[]>;

interface Names {
  readonly values: Named<DeclaredValue>;
  readonly types: Named<Declaration>;
}

interface Entries {
  readonly values: (readonly [name: string, DeclaredValue])[];
  readonly types: (readonly [name: string, Declaration])[];
}

const inFiles = new WeakMap<ts.SourceFile, Names>();
// After an edit TypeScript keeps the nodes of every statement that it did not parse again.
const inStatements = new WeakMap<ts.Node, Entries>();

/** The files of TypeScript's own library that have nothing to do with disposal: nothing that they declare gives a resource. */
function isPlainLibrary({ fileName, isDeclarationFile, text }: ts.SourceFile): boolean {
  return isDeclarationFile && /[/\\]lib\.[\w.]+\.d\.ts$/u.test(fileName) && !text.includes("Dispos");
}

/** What a file declares: types, functions, and values that may be called. */
function namesIn(file: ts.SourceFile): Names {
  let names = inFiles.get(file);
  if (names === undefined) {
    const onlyTypes = isPlainLibrary(file);
    const entries = file.statements.map((statement) => entriesIn(statement, onlyTypes));
    names = { values: grouped(entries.flatMap(({ values }) => values)), types: grouped(entries.flatMap(({ types }) => types)) };
    inFiles.set(file, names);
  }
  return names;
}

function grouped<Item>(entries: readonly (readonly [string, Item])[]): Named<Item> {
  const groups = new Map<string, Item[]>();
  for (const [name, item] of entries) {
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}

/** @param onlyTypes whether only types are wanted, which in declaration files are statements */
function entriesIn(statement: ts.Statement, onlyTypes: boolean): Entries {
  const known = inStatements.get(statement);
  if (known !== undefined) return known;
  const found: Entries = { values: [], types: [] };
  const visit = (node: Declaration, inFunction: boolean): void => {
    if (isClassLike(node) || isAlias(node)) {
      if (node.name !== undefined) found.types.push([String(node.name.text), node]);
      if (onlyTypes) return;
    }
    const name = nameDeclaredBy(node);
    if (name !== null) found.values.push([name, { declaration: node, isLocal: inFunction && isVariable(node) }]);
    // Of declaration files only modules and namespaces hold more types.
    if (onlyTypes && (node.parameters !== undefined || "declarationList" in node)) return;
    const inside = inFunction || (node.parameters !== undefined && node.body !== undefined);
    node.forEachChild((child) => {
      visit(child, inside);
    });
  };
  visit(statement, false);
  inStatements.set(statement, found);
  return found;
}

function isVariable(node: Declaration): boolean {
  return "declarations" in node.parent || "statements" in node.parent || (isAssignment(node) && isIdentifier(node.left));
}

function nameDeclaredBy(node: Declaration): string | null {
  const name = node.name?.text ?? (isAssignment(node) ? lastName(node.left) : null);
  if (typeof name !== "string") return null;
  const { initializer, parameters } = node;
  // A default import; `open = …`, `exports.open = …`.
  const isOpaque = "phaseModifier" in node || "namedBindings" in node || isAssignment(node);
  return parameters !== undefined || isCallableByType(node) || isShorthand(node) || isRenaming(node) || isOpaque || (initializer !== undefined && !isData(initializer)) ? name : null;
}

/** `open: () => Conn`, `declare const open: Opener`; a parameter is no member, and has a scope that knows it. */
function isCallableByType(node: Declaration): boolean {
  const { initializer, parent, type } = node as Declaration & { readonly parent: Declaration };
  return type !== undefined && initializer === undefined && parent.parameters === undefined && !isAlias(node) && ["parameters", "typeName", "exprName", "types", "members"].some((part) => part in type);
}

/** The functions and values that a file declares or assigns under a name. */
export function valuesIn(file: ts.SourceFile, name: string): readonly Declaration[] {
  return (namesIn(file).values.get(name) ?? []).map(({ declaration }) => declaration);
}

/** Which files declare a name. */
interface Index {
  readonly files: ReadonlySet<Names>;
  readonly values: Named<Names>;
  readonly types: Named<Names>;
}

function indexOf(files: ReadonlySet<Names>): Index {
  const all = [...files];
  return {
    files,
    values: grouped(all.flatMap((names) => [...names.values.keys()].map((name) => [name, names] as const))),
    types: grouped(all.flatMap((names) => [...names.types.keys()].map((name) => [name, names] as const))),
  };
}

/** Made of a whole program; the next ones differ from it in a file or two. */
let latest = indexOf(new Set());

/** In how many files a program may differ from the index, before there is a new one: each of them is asked for every name. */
const fewFiles = 50;

/** Looks names up in all files of a program. */
export function declaredIn(program: ts.Program): Declared {
  const files = new Set(program.getSourceFiles().map(namesIn).filter(({ types, values }) => types.size + values.size > 0));
  const gone = [...latest.files].filter((names) => !files.has(names));
  const come = [...files].filter((names) => !latest.files.has(names));
  const isNear = gone.length + come.length <= fewFiles;
  if (!isNear) latest = indexOf(files);
  const others = isNear ? come : [];
  const filesWith = (name: string, index: Named<Names>): readonly Names[] => [...(index.get(name) ?? []).filter((names) => files.has(names)), ...others];
  const { types, values } = latest;
  return {
    values: (name) => filesWith(name, values).flatMap((names) => names.values.get(name) ?? []),
    types: (name) => filesWith(name, types).flatMap((names) => names.types.get(name) ?? []),
  };
}
