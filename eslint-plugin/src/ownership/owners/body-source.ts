/** Whose is what a function's body gives: does it make it, read it, or pass it through? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { chains } from "../../lexicon/language.js";
import type { CallNode, FunctionNode } from "../../syntax.js";
import { argumentOwner } from "../uses/argument-owner.js";
import { usesOf } from "../uses/uses.js";
import { propertyName } from "../values/destination.js";
import { symbolOf } from "../values/dispose-symbol.js";
import { isFunction, returnedBy } from "../values/functions.js";
import { isParameter, ownerFunction, variableOf, writesOf, type Variable } from "../values/variables.js";
import { certainly, combine, keptToo, undecided, type Judgement, type Source } from "./judgement.js";

/** How the results of calls inside the body are judged. */
export type Ask = (code: Code, call: CallNode, depth: number) => Judgement;

export const deepest = 5;

/** The source of what a function returns; undecided for a generator, whose values are yielded. */
export function sourceOfBody(code: Code, node: FunctionNode, ask: Ask, depth: number): Source {
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
      return withoutReason(body.ask(code, value, depth + 1));
    case "ObjectExpression":
      return sourceOfLiteral(code, value, body, depth);
    default:
      return undecided;
  }
}

function withoutReason({ grade, owner }: Judgement): Source {
  return { owner, grade, called: null };
}

/** A literal with a disposer of its own is new; one that spreads a resource carries what that holds. */
function sourceOfLiteral(code: Code, literal: TSESTree.ObjectExpression, body: Body, depth: number): Source {
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
  const called = parameterCalled(code, call, body.home);
  if (called !== null) return { ...certainly("passthrough"), called };
  const judged = body.ask(code, call, depth + 1);
  if (judged.owner !== "passthrough") return withoutReason(judged);
  const [argument] = call.arguments;
  const kept = argument === undefined ? "unknown" : argumentOwner(code, call, 0);
  if (argument === undefined || kept === "unknown") return undecided;
  const source = sourceOf(code, argument, body, depth);
  return kept === "takes" && source !== null ? keptToo(source) : source;
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

function sourceOfVariable(code: Code, variable: Variable | null, body: Body, depth: number): Source {
  if (variable === null || depth > deepest) return undecided;
  if (ownerFunction(variable) !== body.home) return certainly("borrowed");
  if (isGivenDisposer(variable)) return certainly("owned");
  if (isParameter(variable)) return certainly("passthrough");
  const uses = usesOf(code, variable);
  const keepers = uses.filter(({ how, via }) => how === "transferred" && via !== "return");
  if (keepers.some(({ at }) => isSlot(at))) return certainly("borrowed");
  const source = combine(writesOf(variable).map(({ value }) => (value === null ? undecided : sourceOf(code, value, body, depth + 1))));
  if (keepers.length > 0) return keptToo(source);
  // Somebody nobody knows has seen it, and the function hands it on all the same.
  const isSeen = uses.some(({ how, via }) => how === "unknown" && via !== "listener");
  return isSeen ? { ...source, grade: "likely" } : source;
}

/** Whether the function gives what a variable holds a disposer: `it[Symbol.asyncDispose] = …`. */
function isGivenDisposer(variable: Variable): boolean {
  return variable.references.some(({ identifier }) => {
    const { parent } = identifier;
    if (parent?.type !== "MemberExpression" || symbolOf(parent.property, parent.computed) === null) return false;
    return parent.parent.type === "AssignmentExpression" && parent.parent.left === parent && parent.object === identifier;
  });
}

/** `this.#conn = conn`, which has room for one only; `this.#conns[id] = conn` is a registry. */
function isSlot(node: TSESTree.Node): boolean {
  return node.type === "AssignmentExpression" && node.left.type === "MemberExpression" && propertyName(node.left) !== null;
}
