/** Does a scope dispose a resource that the code around it only borrows? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { takesOut, takesOver } from "../../lexicon/holding.js";
import { endsWhatItHas } from "../../lexicon/releasing.js";
import { needsDisposal } from "../../resource.js";
import { ancestorsOf, nodesIn, type CallNode, type FunctionNode } from "../../syntax.js";
import { functionName } from "../../text.js";
import { acquisitionIn } from "../owners/acquisition.js";
import { resultOwner } from "../owners/result-owner.js";
import { disposerWith } from "../release/disposer.js";
import { calleeName, rootOf } from "../values/callee.js";
import { isFieldOfThis, parameterProperty } from "../values/class-members.js";
import { destinationOf, isNothing, propertyName, unwrap } from "../values/destination.js";
import { functionAround, isFunction } from "../values/functions.js";
import { declaratorOf, ownerFunction, readsOf, scopedBy, variableOf, writesOf, type Variable } from "../values/variables.js";

/** Whose resource it is that a scope disposes, and what shows it. */
export type BorrowedInScope =
  /** A field that another member of its class uses too. */
  | { readonly of: "field"; readonly source: TSESTree.MemberExpression; readonly owner: string; readonly other: TSESTree.MemberExpression; readonly member: string }
  /** What a call hands out that somebody else keeps. */
  | { readonly of: "result"; readonly source: CallNode }
  /** A parameter; `scope` is the caller's own one, where this file shows it. */
  | { readonly of: "parameter"; readonly source: TSESTree.Identifier; readonly name: string; readonly scope: TSESTree.VariableDeclaration | null };

/** The borrowed resource that a `using` or `await using` declarator is given; `null` for one's own, and where nothing tells. */
export function borrowedBy(code: Code, { id, init }: TSESTree.VariableDeclarator): BorrowedInScope | null {
  if (code.types === null || init === null || id.type !== "Identifier" || !needsDisposal(code.types.resource(init).kind)) return null;
  const source = unwrap(init);
  // Who gives it no name wants nothing of it but its end.
  const isForItsEnd = id.name.startsWith("_");
  switch (source.type) {
    case "CallExpression":
      return !isForItsEnd && isHandedOut(code, source) ? { of: "result", source } : null;
    case "Identifier":
      return isForItsEnd ? null : parameter(code, source);
    case "MemberExpression":
      return field(code, source);
    default:
      return null;
  }
}

/** `this.#db`, if the class writes it only when it is constructed, and another public member works with it. */
function field(code: Code, source: TSESTree.MemberExpression): BorrowedInScope | null {
  const name = propertyName(source);
  const method = source.object.type === "ThisExpression" ? memberAround(source) : null;
  if (name === null || method === null || isEnding(code, method)) return null;
  const body = method.parent;
  if (!body.body.some((each) => isFieldOf(each, name))) return null;
  const others = body.body.filter((each) => each !== method).flatMap((each) => [...nodesIn(code, each)].filter((at) => isFieldOfThis(at, name)).map((at) => ({ at, each })));
  const isWritten = [...nodesIn(code, body)].some((at) => isFieldOfThis(at, name) && isWrite(at) && memberAround(at)?.kind !== "constructor");
  const other = others.find(({ at, each }) => each.type === "MethodDefinition" && each.kind !== "constructor" && isPublic(each) && !isWrite(at));
  if (isWritten || other?.each.type !== "MethodDefinition") return null;
  const owner = body.parent.id?.name ?? "its class";
  return { of: "field", source, owner, other: other.at, member: code.text.slice(...other.each.key.range) };
}

type Method = TSESTree.MethodDefinition & { readonly parent: TSESTree.ClassBody };

/** The method whose `this` a node means. */
function memberAround(node: TSESTree.Node): Method | null {
  for (const at of ancestorsOf(node)) {
    if (at.type === "FunctionDeclaration") return null;
    if (at.type === "FunctionExpression") return at.parent.type === "MethodDefinition" ? (at.parent) : null;
    if (at.type === "PropertyDefinition" || at.type === "StaticBlock") return null;
  }
  return null;
}

/** Whether a method ends its object: a constructor's failure counts, and what a disposer alone calls. */
function isEnding(code: Code, method: Method): boolean {
  const { key, kind, parent, value } = method;
  if (kind === "constructor" || (isFunction(value) && disposerWith(code, value) !== null)) return true;
  const name = memberName(key);
  if (name === null || code.settings.releaseMethods.has(name) || endsWhatItHas(name)) return true;
  return !isPublic(method) && parent.body.some((each) => each.type === "MethodDefinition" && each !== method && each.parent === parent && isEndingByName(code, each) && [...nodesIn(code, each)].some((at) => isFieldOfThis(at, name)));
}

function isEndingByName({ settings }: Code, { computed, key }: TSESTree.MethodDefinition): boolean {
  const name = memberName(key);
  return computed || (name !== null && (settings.releaseMethods.has(name) || endsWhatItHas(name)));
}

function memberName(key: TSESTree.Node): string | null {
  if (key.type === "PrivateIdentifier") return `#${key.name}`;
  return key.type === "Identifier" ? key.name : null;
}

function isPublic({ accessibility, key }: TSESTree.MethodDefinition): boolean {
  return key.type !== "PrivateIdentifier" && accessibility !== "private";
}

function isFieldOf(member: TSESTree.ClassElement, name: string): boolean {
  if (member.type === "PropertyDefinition") return !member.computed && !member.static && memberName(member.key) === name;
  if (member.type !== "MethodDefinition" || member.kind !== "constructor" || !isFunction(member.value)) return false;
  return member.value.params.some((each) => parameterProperty(each)?.name === name);
}

function isWrite(node: TSESTree.MemberExpression): boolean {
  const { parent } = node;
  return (parent.type === "AssignmentExpression" && parent.left === node) || (parent.type === "UnaryExpression" && parent.operator === "delete");
}

/** Whether a call hands out what its callee keeps; not in the entry of a program, which may well end it. */
function isHandedOut(code: Code, call: TSESTree.CallExpression): boolean {
  const around = functionAround(call);
  const name = calleeName(call);
  if (around === null || isEntry(code, around) || takesOver(name) || endsWhatItHas(name) || resultOwner(code, call) !== "borrowed") return false;
  const callee = code.types?.callee(call) ?? null;
  if (callee?.handsBackItself === true || isOwn(code, call.callee, around)) return false;
  const body = callee === null ? null : (code.types?.body(callee) ?? null);
  return body === null || ![...nodesIn(body.code, body.node)].some(givesAway);
}

/** Whether a method's object was made in the very function that calls it: then what it keeps may well be this function's too. */
function isOwn(code: Code, callee: TSESTree.Node, around: FunctionNode): boolean {
  const root = rootOf(callee);
  const variable = root.type === "Identifier" ? variableOf(code, root) : null;
  return root.type === "NewExpression" || (variable !== null && ownerFunction(variable) === around && declaratorOf(variable) !== null);
}

/** `return this`, `this.held = null`, `delete map[key]`, `map.delete(key)`: then the caller may be given what was kept. */
function givesAway(node: TSESTree.Node): boolean {
  if (node.type === "AssignmentExpression") return node.left.type === "MemberExpression" ? node.operator === "=" && isNothing(node.right) : node.left.type === "Identifier" && isNothing(node.right);
  if (node.type === "UnaryExpression") return node.operator === "delete";
  if (node.type === "ReturnStatement") return node.argument?.type === "ThisExpression";
  return node.type === "CallExpression" && node.callee.type === "MemberExpression" && takesOut(propertyName(node.callee));
}

/** Whether a function, or the one around it, ends what it is about, or is what the module calls when it is evaluated. */
function isEntry(code: Code, around: FunctionNode): boolean {
  const name = functionName(code, around);
  if (name !== null && (endsWhatItHas(name) || name === "main")) return true;
  const variable = around.id == null ? null : variableOf(code, around.id);
  if (variable !== null && readsOf(variable).some((read) => functionAround(read) === null)) return true;
  return name === null && destinationOf(around).to === "argument";
}

/** A parameter of a function with a name, which neither says that it takes what it is given nor is told so. */
function parameter(code: Code, source: TSESTree.Identifier): BorrowedInScope | null {
  const around = functionAround(source);
  const variable = variableOf(code, source);
  const definition = variable?.defs[0];
  if (around === null || variable === null || definition === undefined || (definition.type as string) !== "Parameter" || definition.node !== around) return null;
  const name = functionName(code, around);
  const index = around.params.findIndex((each) => each.type === "Identifier" && each.name === source.name);
  if (name === null || index === -1 || writesOf(variable).length > 0) return null;
  if (takesOver(name) || endsWhatItHas(name) || code.settings.takesOwnership.has(name) || isTold(code, around) || takesByType(around, index)) return null;
  const given = callsOf(code, around).map((call) => call.arguments[index]).filter((each) => each !== undefined);
  const scopes = given.map((each) => scopeOf(code, each));
  const scope = scopes.find((each) => each !== null) ?? null;
  // What a caller does not evidently keep may be meant to be handed over.
  if (scope === null && given.some((each) => acquisitionIn(code, each) !== null || each.type === "Identifier")) return null;
  return { of: "parameter", source, name, scope };
}

function isTold({ ast, text }: Code, around: FunctionNode): boolean {
  const outer = [around, ...ancestorsOf(around)].find(({ parent }) => parent == null || /^(?:BlockStatement|ClassBody|ExportNamedDeclaration|ExportDefaultDeclaration|Program)$/u.test(parent.type)) ?? around;
  const statement = outer.parent?.type.startsWith("Export") === true ? outer.parent : outer;
  const comment = (ast.comments ?? []).findLast(({ range }) => range[1] <= statement.range[0]);
  return comment !== undefined && comment.value.includes("@takesOwnership") && text.slice(comment.range[1], statement.range[0]).trim() === "";
}

/** A parameter that asks for nothing but that it can be disposed. */
function takesByType({ params, typeParameters }: FunctionNode, index: number): boolean {
  const parameter = params[index];
  const type = parameter?.type === "Identifier" ? parameter.typeAnnotation?.typeAnnotation : undefined;
  if (type?.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return false;
  const { name } = type.typeName;
  return name === "AsyncDisposable" || name === "Disposable" || typeParameters?.params.some((each) => each.name.name === name) === true;
}

/** The calls of a function by its own name in its file. */
function callsOf(code: Code, around: FunctionNode): readonly TSESTree.CallExpression[] {
  const { id, parent } = around;
  const named = id ?? (parent.type === "VariableDeclarator" ? parent.id : null);
  const variable = named === null ? null : variableOf(code, named);
  if (variable !== null) return readsOf(variable).flatMap((read) => (read.parent.type === "CallExpression" && read.parent.callee === read ? [read.parent] : []));
  const method = parent.type === "MethodDefinition" ? memberName(parent.key) : null;
  if (method === null || parent.type !== "MethodDefinition") return [];
  return [...nodesIn(code, parent.parent)].flatMap((at) => (at.type === "CallExpression" && isFieldOfThis(at.callee, method) ? [at] : []));
}

function scopeOf(code: Code, argument: TSESTree.Node): TSESTree.VariableDeclaration | null {
  const variable: Variable | null = argument.type === "Identifier" ? variableOf(code, argument) : null;
  const declarator = variable === null || scopedBy(variable) === null ? null : variable.defs[0]?.node;
  return declarator?.type === "VariableDeclarator" ? declarator.parent : null;
}
