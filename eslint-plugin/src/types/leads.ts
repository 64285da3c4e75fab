/** What has to be asked to know whether a declared function may return a resource? */

import type ts from "typescript";

import { alternatives, isAlias, isAssignment, isCall, isConstruction, isData, isFunction, isGenerator, isGetter, isObject, spreadIn, isRenaming, isShorthand, lastName, returnedBy, type Declaration } from "./tree.js";

/**
 * What to ask in order to know whether a call of something declared may return a
 * resource: a callee, whatever is a member of that name, the class that it makes,
 * the annotated result, the annotated type of the function; or nothing, since it
 * may.
 */
export type Lead = { readonly callee: ts.Node } | { readonly member: string } | { readonly makes: string } | { readonly result: ts.TypeNode } | { readonly type: ts.TypeNode } | "anything";

const known = new WeakMap<Declaration, readonly Lead[]>();

/**
 * The leads of a declared function, method or value, by its annotation or else by
 * what it returns: as `resultOwner` reads a body, and at least all of that.
 */
export function leadsOf(declaration: Declaration): readonly Lead[] {
  let leads = known.get(declaration);
  if (leads === undefined) {
    leads = [...ofDeclaration(declaration)];
    if (leads.includes("anything")) leads = ["anything"];
    known.set(declaration, leads);
  }
  return leads;
}

function ofDeclaration(declaration: Declaration): readonly Lead[] {
  const { initializer, name, type } = declaration;
  if (isAssignment(declaration)) return ofValue(declaration.right);
  if (name === undefined || "namedBindings" in declaration || "phaseModifier" in declaration || isTagged(declaration)) return ["anything"];
  if (isFunction(declaration) && !isGetter(declaration)) return ofFunction(declaration);
  if (type !== undefined) return [{ type }];
  if (isGetter(declaration)) return ["anything"];
  if (initializer !== undefined) return ofValue(initializer);
  if (isShorthand(declaration)) return [{ callee: name }];
  return isRenaming(declaration) ? [{ member: String((declaration.propertyName ?? name).text) }] : [];
}

/** Of what is called later: `const open = lazily(connect)`. */
function ofValue(value: ts.Node): readonly Lead[] {
  return alternatives(value).flatMap((each) => {
    if (isFunction(each)) return ofFunction(each);
    if (isData(each) || isObject(each)) return [];
    if (isAssignment(each)) return ofValue(each.right);
    return isCall(each) ? [{ callee: each.expression }, ...(each.arguments ?? []).flatMap(ofValue)] : [{ callee: each }];
  });
}

/** Of a function, and of the functions that it returns. */
function ofFunction(declaration: Declaration): readonly Lead[] {
  if (declaration.type !== undefined) return [{ result: declaration.type }];
  if (isGenerator(declaration)) return [];
  const { body } = declaration;
  // What it gives may get its disposer here.
  return body === undefined || givesDisposer.test(body.getText()) ? ["anything"] : returnedBy(declaration).flatMap(ofResult);
}

const givesDisposer = /\[\s*\w+\.(?:asyncDispose|dispose)\s*\]/u;

function ofResult(result: ts.Node): readonly Lead[] {
  if (isFunction(result)) return ofFunction(result);
  if (isObject(result)) return spreadIn(result).flatMap(ofResult);
  if (!isCall(result)) return [];
  if (isConstruction(result)) {
    const makes = lastName(result.expression);
    return makes === null ? ["anything"] : [{ makes }];
  }
  const [given, ...others] = result.arguments ?? [];
  const callbacks = others.flatMap(alternatives).filter(isFunction);
  return [{ callee: result.expression }, ...[...(given === undefined ? [] : alternatives(given)), ...callbacks].flatMap(ofResult)];
}

/** Whether a declaration's comment says who owns its result. */
function isTagged(declaration: Declaration): boolean {
  // The comment of a variable stands before `const`.
  const commented = "declarations" in declaration.parent ? declaration.parent.parent : declaration;
  return declaration.getSourceFile().text.slice(commented.getFullStart(), commented.getStart()).includes("@owned");
}

const typesIn = new WeakMap<ts.Node, readonly string[] | null>();

/**
 * The types that an annotation or the declaration of a type speaks of: only if one
 * of them may be a resource, it may. `null` where names do not tell.
 */
export function typesOf(node: Declaration): readonly string[] | null {
  let names = typesIn.get(node);
  if (names === undefined) {
    const found = new Set<string>();
    names = collectTypes(isAlias(node) ? node.type : node, found, new Set()) ? [...found] : null;
    typesIn.set(node, names);
  }
  return names;
}

/** Whether an annotation is a type parameter of the function that it stands at, or a promise of one. */
export function isTypeParameter(annotation: ts.TypeNode): boolean {
  const { typeParameters = [] } = annotation.parent as ts.Node & { readonly typeParameters?: readonly ts.TypeParameterDeclaration[] };
  const [, name] = /^(?:[\w$]*Promise(?:Like)?<)?\s*([\w$]+)\s*>?(?:\s*\|\s*(?:null|undefined))*$/u.exec(annotation.getText()) ?? [];
  return typeParameters.some((parameter) => parameter.name.text === name);
}

/** @returns whether names tell */
function collectTypes(node: ts.Node, found: Set<string>, constraints: Set<ts.Node>): boolean {
  const collect = (inner: ts.Node): boolean => collectTypes(inner, found, constraints);
  if (isComputed(node)) return false;
  if ("members" in node) {
    const { heritageClauses = [] } = node as { readonly heritageClauses?: readonly ts.Node[] };
    return !/[dD]ispos/u.test(node.getText()) && heritageClauses.every(collect);
  }
  const named = referenceIn(node);
  if (named === null) return false;
  const parameter = named === undefined ? undefined : typeParameter(node, named);
  if (named !== undefined && parameter === undefined) found.add(named);
  if (parameter?.constraint !== undefined && !constraints.has(parameter.constraint)) {
    constraints.add(parameter.constraint);
    if (!collect(parameter.constraint)) return false;
  }
  return node.forEachChild((child) => (collect(child) ? undefined : true)) !== true;
}

/** `typeof x`, `import("x").T`, `T["x"]`, `A extends B ? C : D`, `{ [K in keyof T]: … }` */
function isComputed(node: ts.Node): boolean {
  return "exprName" in node || "qualifier" in node || "objectType" in node || "checkType" in node || "typeParameter" in node;
}

/** The type that a reference names; `undefined` of anything else, `null` where it is made by a call. */
function referenceIn(node: ts.Node): string | null | undefined {
  if ("typeName" in node) return lastWord(node.typeName as ts.Node);
  return "typeArguments" in node && "expression" in node ? lastName(node.expression as ts.Node) : undefined;
}

function lastWord(entity: ts.Node): string {
  return "right" in entity ? (entity.right as ts.Identifier).text : (entity as ts.Identifier).text;
}

interface TypeParameter {
  readonly name: ts.Identifier;
  readonly constraint?: ts.Node;
}

function typeParameter(from: ts.Node, name: string): TypeParameter | undefined {
  for (let node: ts.Node | undefined = from; node !== undefined; node = node.parent as ts.Node | undefined) {
    const { typeParameters = [] } = node as { readonly typeParameters?: readonly TypeParameter[] };
    const found = typeParameters.find((parameter) => parameter.name.text === name);
    if (found !== undefined) return found;
  }
  return undefined;
}
