/** How is another file of the program read? */

import type { ParserServicesWithTypeInformation, TSESLint, TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";

/** What the parser that read the linted file can do for the other files of its program. */
export interface Parser {
  parseForESLint(text: string, options: object): {
    ast: TSESTree.Program;
    scopeManager: TSESLint.Scope.ScopeManager | null;
    services: ParserServicesWithTypeInformation;
    visitorKeys: TSESLint.SourceCode.VisitorKeys;
  };
}

/** From the nodes of ESTree to those of TypeScript, and back. */
export type Maps = Pick<ParserServicesWithTypeInformation, "esTreeNodeToTSNodeMap" | "tsNodeToESTreeNodeMap">;

/** A file as ESTree, with its scopes. It knows no program: it may outlive the one that it was read in. */
export interface Tree {
  readonly ast: TSESTree.Program;
  readonly scopes: TSESLint.Scope.ScopeManager;
  readonly visitorKeys: TSESLint.SourceCode.VisitorKeys;
  readonly maps: Maps;
}

/** An editor makes a new program at each letter; files that nobody typed in stay what they are, and so do their trees. */
const known = new WeakMap<ts.SourceFile, { readonly parser: Parser; readonly tree: Tree | null }>();

/** A file of a program without its comments, remembered as long as the file; `null` where the parser does not take it. */
export function treeOf(file: ts.SourceFile, program: ts.Program, parser: Parser): Tree | null {
  const remembered = known.get(file);
  if (remembered?.parser === parser) return remembered.tree;
  const tree = read(file, program, parser, false);
  known.set(file, { parser, tree });
  return tree;
}

/** A file of a program, comments included; `null` where the parser does not take it. */
export function treeWithComments(file: ts.SourceFile, program: ts.Program, parser: Parser): Tree | null {
  return read(file, program, parser, true);
}

function read(file: ts.SourceFile, program: ts.Program, parser: Parser, comment: boolean): Tree | null {
  try {
    const { ast, scopeManager, services, visitorKeys } = parser.parseForESLint(file.text, {
      comment,
      ecmaFeatures: { jsx: /x$/u.test(file.fileName) },
      filePath: file.fileName,
      loc: true,
      programs: [program],
      projectService: false,
      range: true,
      sourceType: "module",
      tokens: false,
    });
    if (scopeManager === null) return null;
    setParents(ast, visitorKeys);
    const { esTreeNodeToTSNodeMap, tsNodeToESTreeNodeMap } = services;
    return { ast, scopes: scopeManager, visitorKeys, maps: { esTreeNodeToTSNodeMap, tsNodeToESTreeNodeMap } };
  } catch {
    return null;
  }
}

function setParents(node: TSESTree.Node, keys: TSESLint.SourceCode.VisitorKeys): void {
  for (const key of keys[node.type] ?? []) {
    const child = (node as unknown as Record<string, unknown>)[key];
    for (const each of Array.isArray(child) ? (child as unknown[]) : [child]) {
      if (typeof each !== "object" || each === null) continue;
      (each as { parent?: TSESTree.Node }).parent = node;
      setParents(each as TSESTree.Node, keys);
    }
  }
}
