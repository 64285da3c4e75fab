/** Whose is what a function's body gives: does it make it, read it, or pass it through? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { takesOut } from "../../lexicon/holding.js";
import { chains, givesElement, handsBackFirst } from "../../lexicon/language.js";
import { ancestorsOf, type CallNode, type FunctionNode } from "../../syntax.js";
import { argumentOwner } from "../uses/argument-owner.js";
import { usesOf } from "../uses/uses.js";
import { propertyName, unwrap } from "../values/destination.js";
import { symbolOf } from "../values/dispose-symbol.js";
import { isFunction, isInside, ownNodesIn, returnedBy } from "../values/functions.js";
import { isParameter, ownerFunction, variableOf, writesOf, type Variable } from "../values/variables.js";
import { speaksAgainst } from "./counter-evidence.js";
import { certainly, combine, isMade, keptToo, undecided, type Judgement, type Source } from "./judgement.js";

/** How the results of calls inside the body are judged. */
export type Ask = (code: Code, call: CallNode) => Judgement;

/** How many variables and literals a value is followed through. */
const deepest = 8;

/** The source of what a function returns; `null` where that is nothing, undecided for a generator, whose values are yielded. */
export function sourceOfBody(code: Code, node: FunctionNode, ask: Ask, depth = 0): Source | null {
  return node.generator ? undecided : combine(returnedBy(code, node).map((value) => sourceOf(code, value, { home: node, ask }, depth)));
}

interface Body {
  readonly home: FunctionNode;
  readonly ask: Ask;
}

/** @returns `null` for `null` and `undefined` */
function sourceOf(code: Code, value: TSESTree.Node, body: Body, depth: number): Source | null {
  switch (value.type) {
    case "AssignmentExpression":
      return isKeptOutside(code, value.left, body.home) ? certainly("borrowed") : undecided;
    case "AwaitExpression":
      return sourceOf(code, value.argument, body, depth);
    case "CallExpression":
      return sourceOfCall(code, value, body, depth);
    case "ChainExpression":
    case "TSAsExpression":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
      return sourceOf(code, value.expression, body, depth);
    case "ConditionalExpression":
      return combine([sourceOf(code, value.consequent, body, depth), sourceOf(code, value.alternate, body, depth)]);
    case "Identifier":
      return value.name === "undefined" ? null : sourceOfVariable(code, variableOf(code, value), body, depth);
    case "Literal":
      return value.value === null ? null : undecided;
    case "LogicalExpression":
      return combine([sourceOf(code, value.left, body, depth), sourceOf(code, value.right, body, depth)]);
    case "MemberExpression":
    case "Super":
    case "ThisExpression":
      return certainly("borrowed");
    case "NewExpression":
      return withoutReason(body.ask(code, value));
    case "ObjectExpression":
      return sourceOfLiteral(code, value, body, depth);
    default:
      return undecided;
  }
}

function withoutReason({ by, grade, owner }: Judgement): Source {
  return { owner, grade, called: null, isLent: owner === "unknown" && (by === "name" || by === "signature" || by === "body") };
}

/** A literal with a disposer of its own is new; one that spreads a resource carries what that holds. */
function sourceOfLiteral(code: Code, literal: TSESTree.ObjectExpression, body: Body, depth: number): Source | null {
  if (hasDisposer(literal)) return certainly("owned");
  const spread = literal.properties.flatMap((property) => (property.type === "SpreadElement" ? [property.argument] : []));
  const held = spread.filter((each) => code.types?.resource(each).kind === "async" || code.types?.resource(each).kind === "sync");
  return held.length === 0 ? undecided : combine(held.map((each) => sourceOf(code, each, body, depth)));
}

/** Whether an object literal has a member under a disposer's symbol. */
export function hasDisposer(node: TSESTree.Node): boolean {
  return node.type === "ObjectExpression" && node.properties.some((property) => property.type === "Property" && symbolOf(property.key, property.computed) !== null);
}

function sourceOfCall(code: Code, call: TSESTree.CallExpression, body: Body, depth: number): Source | null {
  const chained = sourceOfChain(code, call, body, depth);
  if (chained !== null) return chained;
  if (readsOutOfCollection(code, call, body.home)) return certainly("borrowed");
  const called = parameterCalled(code, call, body.home);
  if (called !== null) return { ...certainly("passthrough"), called };
  const judged = body.ask(code, call);
  if (judged.by === "nothing") return null;
  if (judged.owner === "owned" && speaksAgainst(code, call)) return { ...undecided, isLent: true };
  if (judged.owner !== "passthrough") return withoutReason(judged);
  const [argument] = call.arguments;
  const kept = argument === undefined ? "unknown" : argumentOwner(code, call, 0);
  if (argument === undefined || kept === "unknown") return undecided;
  const source = sourceOf(code, argument, body, depth);
  return kept === "takes" && source !== null ? keptToo(source) : source;
}

/** `this.#conns.get(key)`: what a collection of the language has stays in it, unless the same function takes something out. */
function readsOutOfCollection(code: Code, call: TSESTree.CallExpression, home: FunctionNode): boolean {
  if (call.callee.type !== "MemberExpression" || !givesElement(propertyName(call.callee)) || code.types?.callee(call)?.origin !== "lib") return false;
  const collection = code.text.slice(...call.callee.object.range);
  return !ownNodesIn(code, home.body).some((at) => takesOutOf(code, at, collection));
}

/** `connecting.then(() => open())`: what the callbacks give, and what the promise itself does where it goes through. */
function sourceOfChain(code: Code, call: TSESTree.CallExpression, body: Body, depth: number): Source | null {
  const { callee } = call;
  if (callee.type !== "MemberExpression" || !chains(propertyName(callee)) || code.types?.isPromise(callee.object) !== true) return null;
  const callbacks = call.arguments.filter((argument) => isFunction(argument));
  const given = callbacks.map((callback) => sourceOfBody(code, callback, body.ask, depth + 1));
  switch (propertyName(callee)) {
    case "finally":
      return sourceOf(code, callee.object, body, depth);
    case "catch":
      return combine([sourceOf(code, callee.object, body, depth), ...given]);
    default:
      return given.length === 0 ? null : combine(given);
  }
}

/** The parameter of a function that a call in its body calls. */
function parameterCalled(code: Code, call: TSESTree.CallExpression, home: FunctionNode): number | null {
  const variable = call.callee.type === "Identifier" ? variableOf(code, call.callee) : null;
  if (variable === null || !isParameter(variable)) return null;
  const index = home.params.findIndex((parameter) => parameter.type === "Identifier" && variable.identifiers.includes(parameter));
  return index === -1 ? null : index;
}

/** `this.#conn = …`, or a variable around the function. */
function isKeptOutside(code: Code, left: TSESTree.Node, home: FunctionNode): boolean {
  const variable = left.type === "Identifier" ? variableOf(code, left) : null;
  return left.type === "MemberExpression" || (variable !== null && ownerFunction(variable) !== home);
}

function sourceOfVariable(code: Code, variable: Variable | null, body: Body, depth: number): Source | null {
  if (variable === null || depth > deepest) return undecided;
  if (ownerFunction(variable) !== body.home) return certainly("borrowed");
  const isPatched = isGivenDisposer(variable);
  if (isParameter(variable)) return certainly(isPatched ? "owned" : "passthrough");
  const uses = usesOf(code, variable);
  const keepers = uses.filter(({ at, how, via }) => how === "transferred" && via !== "return" && !(isPatched && via === "closure" && isOwnMember(variable, at)) && !isTakenOut(code, body.home, variable, at));
  if (keepers.some(({ at }) => isSlot(at))) return certainly("borrowed");
  const written = isPatched ? [certainly("owned")] : writesOf(variable).map(({ identifier, value }) => (value === null ? undecided : sourceOfWrite(code, identifier, value, body, depth + 1)));
  const source = combine(written);
  if (source === null) return null;
  // What is kept and may have been there before is a cache's.
  if (keepers.length > 0) return written.every((each) => each === null || isMade(each)) ? keptToo(source) : certainly("borrowed");
  // Somebody nobody knows has seen it, and the function hands it on all the same.
  const isSeen = !isPatched && uses.some(({ how, via }) => how === "unknown" && via !== "end" && via !== "listener");
  return isSeen ? { ...source, grade: "likely" } : source;
}

/** Whether a function becomes part of the object in a variable: its own function, a member of it, or one in the literal that it is completed with. */
function isOwnMember(variable: Variable, closure: TSESTree.Node): boolean {
  const references = new Set<TSESTree.Node>(variable.references.map(({ identifier }) => identifier));
  for (const at of [closure, ...ancestorsOf(closure)]) {
    if (at.type === "AssignmentExpression" && at.left.type === "MemberExpression" && references.has(at.left.object)) return true;
    if (at.type === "CallExpression" && definesDisposer(at) && at.arguments[0] !== undefined && references.has(at.arguments[0])) return true;
    if (at.type === "VariableDeclarator" && references.has(at.id)) return true;
    if (at.type.endsWith("Statement") && at.type !== "ExpressionStatement") break;
  }
  return false;
}

/** The source of what a variable gets, as a whole or out of a pattern. */
function sourceOfWrite(code: Code, target: TSESTree.Node, value: TSESTree.Node, body: Body, depth: number): Source | null {
  const path = pathTo(target);
  if (path === null) return undecided;
  return path.length === 0 ? sourceOf(code, value, body, depth) : sourceOfPart(code, value, path, body, depth);
}

/** By which keys a pattern takes something out: `[0]` for `proc` in `const [proc] = …`; `null` for a rest or a computed key. */
function pathTo(target: TSESTree.Node): readonly (number | string)[] | null {
  const { parent } = target;
  if (parent === undefined) return null;
  switch (parent.type) {
    case "VariableDeclarator":
    case "AssignmentExpression":
      return [];
    case "ArrayPattern":
      return pathBefore(parent, parent.elements.indexOf(target as TSESTree.DestructuringPattern));
    case "Property":
      return parent.computed || parent.key.type !== "Identifier" ? null : pathBefore(parent.parent, parent.key.name);
    default:
      return null;
  }
}

function pathBefore(pattern: TSESTree.Node, key: number | string): readonly (number | string)[] | null {
  const before = pathTo(pattern);
  return before === null ? null : [...before, key];
}

/** What a fresh literal carries: in place, or given by a function whose body shows it. */
function sourceOfPart(code: Code, value: TSESTree.Node, path: readonly (number | string)[], body: Body, depth: number): Source | null {
  const whole = unwrap(value);
  const [key, ...rest] = path;
  if (key === undefined) return sourceOf(code, whole, body, depth);
  const part = partOf(whole, key);
  if (part !== null) return sourceOfPart(code, part, rest, body, depth);
  if (depth > deepest) return undecided;
  if (whole.type === "Identifier") return sourceOfPartOfVariable(code, variableOf(code, whole), path, body, depth + 1);
  const callee = whole.type === "CallExpression" ? (code.types?.callee(whole) ?? null) : null;
  const called = callee === null ? null : (code.types?.body(callee) ?? null);
  if (called === null || called.node.generator) return undecided;
  return combine(returnedBy(called.code, called.node).map((each) => sourceOfPart(called.code, each, path, { ...body, home: called.node }, depth + 1)));
}

function sourceOfPartOfVariable(code: Code, variable: Variable | null, path: readonly (number | string)[], body: Body, depth: number): Source | null {
  if (variable === null || ownerFunction(variable) !== body.home) return variable === null ? undecided : certainly("borrowed");
  return isParameter(variable) ? certainly("borrowed") : combine(writesOf(variable).map(({ identifier, value }) => (value === null || pathTo(identifier)?.length !== 0 ? undecided : sourceOfPart(code, value, path, body, depth))));
}

/** A member that a literal is written with. */
function partOf(literal: TSESTree.Node, key: number | string): TSESTree.Node | null {
  if (literal.type === "ArrayExpression") return typeof key === "number" && !literal.elements.slice(0, key + 1).some((each) => each?.type === "SpreadElement") ? (literal.elements[key] ?? null) : null;
  if (literal.type !== "ObjectExpression") return null;
  const property = literal.properties.find((each) => each.type === "Property" && !each.computed && each.key.type === "Identifier" && each.key.name === key);
  return property?.type === "Property" ? property.value : null;
}

/** Whether the function gives what a variable holds a disposer: `it[Symbol.asyncDispose] = …`, `Object.assign(it, { [Symbol.asyncDispose]: … })`. */
function isGivenDisposer(variable: Variable): boolean {
  return variable.references.some(({ identifier }) => {
    const parent = identifier.parent as TSESTree.Node | undefined;
    if (parent?.type === "CallExpression") return parent.arguments[0] === identifier && definesDisposer(parent);
    if (parent?.type !== "MemberExpression" || symbolOf(parent.property, parent.computed) === null) return false;
    return parent.parent.type === "AssignmentExpression" && parent.parent.left === parent && parent.object === identifier;
  });
}

function definesDisposer({ arguments: all, callee }: TSESTree.CallExpression): boolean {
  if (callee.type !== "MemberExpression" || !handsBackFirst(propertyName(callee))) return false;
  return all.some((argument) => hasDisposer(argument) || symbolOf(argument, true) !== null);
}

/** `children.add(run)`, where the same function also has `children.delete(run)`: it is registered as long as it lives, and its disposer takes it out. */
function isTakenOut(code: Code, home: FunctionNode, variable: Variable, keeper: TSESTree.Node): boolean {
  if (keeper.type !== "CallExpression" || keeper.callee.type !== "MemberExpression") return false;
  const registry = code.text.slice(...keeper.callee.object.range);
  return variable.references.some(({ identifier: { parent } }) => isInside(parent, home) && takesOutOf(code, parent, registry));
}

/** @param collection as the code spells it */
function takesOutOf(code: Code, node: TSESTree.Node, collection: string): boolean {
  return node.type === "CallExpression" && node.callee.type === "MemberExpression" && takesOut(propertyName(node.callee)) && code.text.slice(...node.callee.object.range) === collection;
}

/** `this.#conn = conn`, which has room for one only; `this.#conns[id] = conn` is a registry. */
function isSlot(node: TSESTree.Node): boolean {
  return node.type === "AssignmentExpression" && node.left.type === "MemberExpression" && propertyName(node.left) !== null;
}
