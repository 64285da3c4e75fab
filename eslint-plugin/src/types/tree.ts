/** What is a node of TypeScript, as its tree shows it? */

import type ts from "typescript";

/** A node as its tree shows it without asking for its kind, whose number differs between versions of TypeScript. */
export interface Declaration extends ts.Node {
  readonly name?: ts.Node & { readonly text?: unknown };
  readonly type?: ts.TypeNode;
  readonly body?: ts.Node;
  readonly initializer?: ts.Node;
  readonly parameters?: readonly ts.Node[];
}

interface Call extends ts.Node {
  readonly expression: ts.Node;
  readonly arguments?: readonly ts.Node[];
}

interface Assignment extends ts.Node {
  readonly left: ts.Node;
  readonly right: ts.Node;
}

export function isFunction(node: ts.Node): node is Declaration & { readonly parameters: readonly ts.Node[] } {
  return "parameters" in node && node.parameters !== undefined;
}

export function isIdentifier(node: ts.Node): node is ts.Identifier {
  return "escapedText" in node;
}

/** What a getter hands out is called, not the getter. */
export function isGetter(node: Declaration): boolean {
  return node.body !== undefined && /^(?:(?:override|private|protected|public|static)\s+)*get\s+[^\s(<]/u.test(node.getText());
}

export function isGenerator(node: ts.Node): boolean {
  return "asteriskToken" in node && node.asteriskToken !== undefined;
}

/** Whether a value is written as what can neither be called nor disposed of: a literal, an array, `-n`, `this`. */
export function isData(value: ts.Node): boolean {
  return ("text" in value && !isIdentifier(value)) || "elements" in value || "operator" in value || ["false", "null", "this", "true"].includes(value.getText());
}

export function isObject(node: ts.Node): boolean {
  return "properties" in node;
}

/** What an object literal spreads: `{ ...conn, id }`. */
export function spreadIn(object: ts.Node): readonly ts.Node[] {
  const { properties = [] } = object as { readonly properties?: readonly ts.Node[] };
  return properties.flatMap((property) => ("expression" in property && !("name" in property && property.name !== undefined) ? alternatives(property.expression as ts.Node) : []));
}

/** `{ name }` in an object. */
export function isShorthand(node: ts.Node): boolean {
  return "objectAssignmentInitializer" in node;
}

/** A name in an `import`, an `export` or a pattern, which may stand for another. */
export function isRenaming(node: ts.Node): node is Declaration & { readonly propertyName?: ts.Node & { readonly text?: unknown } } {
  return "propertyName" in node;
}

/** A class, an interface or an enum. */
export function isClassLike(node: ts.Node): boolean {
  return "members" in node && "name" in node;
}

/** `namespace Name { … }` */
export function isNamespace(node: Declaration): boolean {
  return node.name !== undefined && node.body !== undefined && !isFunction(node);
}

/** The parts of `a.b`; `null` for everything else. */
export function memberAccess(node: ts.Node): { readonly name: string; readonly of: ts.Node } | null {
  const { expression, name } = node as Declaration & { readonly expression?: ts.Node };
  return expression !== undefined && typeof name?.text === "string" ? { name: name.text, of: expression } : null;
}

/** `type Name = …`, of all statements the only one with a name and a type. */
export function isAlias(node: Declaration): node is Declaration & { readonly type: ts.TypeNode } {
  return node.type !== undefined && node.name !== undefined && !isFunction(node) && "statements" in node.parent;
}

export function isAssignment(node: ts.Node): node is Assignment {
  return "operatorToken" in node && "left" in node && (node.operatorToken as ts.Node).getText() === "=";
}

/** A call or a construction. */
export function isCall(node: ts.Node): node is Call {
  return "arguments" in node && "expression" in node;
}

export function isConstruction(node: Call): boolean {
  return /^new\b/u.test(node.getText());
}

/** The text of an identifier, the last name of `a.b.c`; `null` for everything else. */
export function lastName(node: ts.Node): string | null {
  if (isIdentifier(node)) return node.text;
  return memberAccess(node)?.name ?? null;
}

/** What an expression may be, seen through `await`, casts, parentheses, conditions and defaults. */
export function alternatives(expression: ts.Node): readonly ts.Node[] {
  if ("whenTrue" in expression && "whenFalse" in expression) return [expression.whenTrue, expression.whenFalse].flatMap((each) => alternatives(each as ts.Node));
  if ("operatorToken" in expression && "left" in expression && "right" in expression) {
    if (isAssignment(expression)) return [expression];
    const isChoice = /^(?:&&|,|\?\?|\|\|)=?$/u.test((expression.operatorToken as ts.Node).getText());
    return isChoice ? [expression.left, expression.right].flatMap((each) => alternatives(each as ts.Node)) : [];
  }
  const isWrapper = "expression" in expression && !isCall(expression) && lastName(expression) === null && !("argumentExpression" in expression) && !("template" in expression);
  return isWrapper ? alternatives(expression.expression as ts.Node) : [expression];
}

/**
 * What a function returns, nested functions left out, and what the variables
 * that it returns were given.
 */
export function returnedBy({ body }: Declaration): readonly ts.Node[] {
  if (body === undefined) return [];
  if (!("statements" in body)) return alternatives(body);
  const found: ts.Node[] = [];
  const values = new Map<string, ts.Node[]>();
  const keep = (name: ts.Node, value: ts.Node): void => {
    if (!isIdentifier(name)) return;
    const { text } = name;
    values.set(text, [...(values.get(text) ?? []), value]);
  };
  const visit = (node: Declaration, isNested: boolean): void => {
    if (!isNested && isReturn(node)) found.push(...alternatives(node.expression));
    if (node.name !== undefined && node.initializer !== undefined) keep(node.name, node.initializer);
    if (isAssignment(node)) keep(node.left, node.right);
    const nested = isNested || isFunction(node);
    node.forEachChild((child) => {
      visit(child, nested);
    });
  };
  visit(body, false);
  const followed = new Set<string>();
  for (const node of found) {
    const name = isIdentifier(node) ? node.text : null;
    if (name === null || followed.has(name)) continue;
    followed.add(name);
    found.push(...(values.get(name) ?? []).flatMap(alternatives));
  }
  return found;
}

function isReturn(node: ts.Node): node is ts.ReturnStatement & { readonly expression: ts.Expression } {
  return "expression" in node && node.expression !== undefined && !isCall(node) && /^return\b/u.test(node.getText());
}
