import ts from "typescript";

import { changeBetween } from "../text.js";

/** A variable that a scope disposes. */
export interface Disposed {
  readonly name: string;
  readonly isAwaited: boolean;
  /** Its annotated type, or the expression that it is declared with, in one line. */
  readonly what: string | null;
  /** The line of its declaration, counted from 0. */
  readonly line: number;
}

/** A scope with `using` declarations, as syntax alone tells it. */
export interface Scope {
  /** Where the scope ends: behind its brace. */
  readonly end: number;
  /** How often it ends: once, with each turn of a loop, or when its module has been evaluated. */
  readonly ends: "each turn" | "module" | "once";
  /** In the order of disposal. */
  readonly disposes: readonly Disposed[];
}

/**
 * The scopes of a text that dispose something, innermost first. It is asked after
 * every edit: only what may hold a declaration is looked into, and a text that
 * does not parse yet is no obstacle.
 */
export function scopesIn(fileName: string, text: string): readonly Scope[] {
  const words = [...text.matchAll(/\busing\b/gu)].map(({ index }) => index);
  if (words.length === 0) return [];
  const file = parsed(fileName, text);
  const scopes: Scope[] = [];
  visit(file, false);
  return scopes.filter(({ disposes }) => disposes.length > 0);

  function visit(node: ts.Node, isTurn: boolean): void {
    if (!mayDeclare(node)) return;
    if (ts.isForOfStatement(node)) {
      visit(node.expression, false);
      const { statement } = node;
      if (!ts.isBlock(statement)) visit(statement, false);
      else visitInside(statement);
      const inner = ts.isBlock(statement) ? disposedBy(statement.statements) : [];
      if (!ts.isBlock(statement) || isClosed(statement)) scopes.push({ end: statement.end, ends: "each turn", disposes: [...inner, ...disposedInHead(node.initializer)] });
      return;
    }
    if (ts.isForStatement(node)) {
      ts.forEachChild(node, (child) => {
        visit(child, child === node.statement);
      });
      if (!ts.isBlock(node.statement) || isClosed(node.statement)) scopes.push({ end: node.statement.end, ends: "once", disposes: disposedInHead(node.initializer) });
      return;
    }
    visitInside(node);
    if (ts.isSourceFile(node)) scopes.push({ end: text.length, ends: "module", disposes: disposedBy(node.statements) });
    else if ((ts.isBlock(node) || ts.isModuleBlock(node)) && isClosed(node)) scopes.push({ end: node.end, ends: isTurn ? "each turn" : "once", disposes: disposedBy(node.statements) });
  }

  function visitInside(node: ts.Node): void {
    const isLoop = ts.isWhileStatement(node) || ts.isDoStatement(node) || ts.isForInStatement(node);
    ts.forEachChild(node, (child) => {
      visit(child, isLoop && child === node.statement);
    });
  }

  /** Whether the word stands anywhere inside. */
  function mayDeclare({ end, pos }: ts.Node): boolean {
    let low = 0;
    let high = words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((words[middle] ?? 0) < pos) low = middle + 1;
      else high = middle;
    }
    return (words[low] ?? end) < end;
  }

  function isClosed({ end }: ts.Node): boolean {
    return text[end - 1] === "}";
  }

  function disposedInHead(head: ts.ForInitializer | undefined): readonly Disposed[] {
    return head === undefined || !ts.isVariableDeclarationList(head) ? [] : [...declaredBy(head)].reverse();
  }

  /** The last one declared is the first one disposed. */
  function disposedBy(statements: readonly ts.Statement[]): readonly Disposed[] {
    return statements.flatMap((statement) => (ts.isVariableStatement(statement) ? declaredBy(statement.declarationList) : [])).reverse();
  }

  function declaredBy({ declarations, flags }: ts.VariableDeclarationList): readonly Disposed[] {
    const keyword = flags & ts.NodeFlags.BlockScoped;
    if (keyword !== ts.NodeFlags.Using && keyword !== ts.NodeFlags.AwaitUsing) return [];
    return declarations.flatMap(({ initializer, name, type }): readonly Disposed[] => {
      if (!ts.isIdentifier(name) || name.text === "") return [];
      const told = type ?? initializer;
      const what = told === undefined ? null : `${type === undefined ? " = " : ": "}${told.getText(file).replace(/\s+/gu, " ")}`;
      return [{ name: name.text, isAwaited: keyword === ts.NodeFlags.AwaitUsing, what, line: file.getLineAndCharacterOfPosition(name.getStart(file)).line }];
    });
  }
}

/** The text that was asked about last: it is mostly asked about again, after an edit or a scroll. */
let last: ts.SourceFile | null = null;

function parsed(fileName: string, text: string): ts.SourceFile {
  if (last?.fileName !== fileName) last = ts.createSourceFile(fileName, text, { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseNone });
  else if (last.text !== text) last = ts.updateSourceFile(last, text, changeBetween(last.text, text));
  return last;
}
