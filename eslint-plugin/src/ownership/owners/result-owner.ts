/** Who owns the result of a call, and what decided it? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Callee, Code } from "../../code.js";
import { lends, makes, makesOnlyIfMissing, registers } from "../../lexicon/acquiring.js";
import { nodesIn, type CallNode, type FunctionNode } from "../../syntax.js";
import { argumentOwner } from "../uses/argument-owner.js";
import { usesOf } from "../uses/uses.js";
import { calleeName } from "../values/callee.js";
import { destinationOf, propertyName } from "../values/destination.js";
import { symbolOf } from "../values/dispose-symbol.js";
import { isFunction, returnedBy } from "../values/functions.js";
import { isParameter, ownerFunction, variableOf, writesOf, type Variable } from "../values/variables.js";

/** `shared` is what a call makes for its caller, and gives to somebody else who may end it too: a registry, a parent, a pool. */
export type ResultOwner = "borrowed" | "owned" | "passthrough" | "shared" | "unknown";

const deepest = 5;

/** What decided who owns the result of a call. */
export type Decision = "body" | "name" | "new" | "nothing" | "setting" | "signature" | "tag";

/** Who owns the result of a call, and what decided it. */
export interface Judgement {
  readonly owner: ResultOwner;
  readonly by: Decision;
}

/**
 * Who owns the result of a call (RULES.md, "Who owns the result of a call": tag
 * or setting, body, declared signature, name). Asked only of calls whose result
 * is a resource.
 */
export function resultOwner(code: Code, call: CallNode, depth = 0): ResultOwner {
  return judgeResult(code, call, depth).owner;
}

/** The same with what decided it: the first question that has an answer. */
export function judgeResult(code: Code, call: CallNode, depth = 0): Judgement {
  const name = calleeName(call);
  const set = name === null ? null : ownerBySetting(code, name);
  if (set !== null) return { owner: set, by: "setting" };
  const callee = code.types?.callee(call) ?? null;
  if (call.type === "NewExpression") return callee === null ? { owner: "owned", by: "new" } : madeBy(code, callee);
  if (callee === null) return { owner: "unknown", by: "nothing" };
  const isRegistration = call.arguments.some(isFunction) && registers(name);
  return isRegistration ? { owner: "unknown", by: "name" } : judgeCallee(code, callee, name ?? callee.name, depth);
}

/**
 * Whether the result of a call may be owned at all, by the name of what is
 * called: the question that spares most calls every other one.
 */
export function mayBeOwned(code: Code, call: CallNode): boolean {
  const { types, settings } = code;
  if (types === null) return false;
  const { callee } = call;
  const isMaker = (called: string): boolean => makes(called) || settings.ownedCalls.has(called) || settings.managerHelpers.has(called);
  if (call.type === "CallExpression") return types.calleeCanReturnResource(callee, isMaker);
  const name = callee.type === "MemberExpression" ? propertyName(callee) : null;
  return types.typeCanBeResource(callee.type === "Identifier" ? callee.name : (name ?? ""));
}

function ownerBySetting({ settings }: Code, name: string): "borrowed" | "owned" | null {
  if (settings.ownedCalls.has(name)) return "owned";
  return settings.borrowedCalls.has(name) ? "borrowed" : null;
}

/** Who owns what a function returns, when it is passed on by reference: `map(connect)`. */
export function referenceOwner(code: Code, callee: Callee, name: string): ResultOwner {
  return ownerBySetting(code, name) ?? judgeCallee(code, callee, name, 0).owner;
}

function judgeCallee(code: Code, callee: Callee, name: string, depth: number): Judgement {
  if (callee.tags.has("owned")) return { owner: "owned", by: "tag" };
  if (callee.tags.has("borrowed")) return { owner: "borrowed", by: "tag" };
  const body = code.types?.body(callee) ?? null;
  if (body !== null) return { owner: depth > deepest ? "unknown" : bodyOwner(body.code, body.node, callee, depth), by: "body" };
  if (isManagers(code, callee)) return { owner: "owned", by: "name" };
  return callee.handsBackItsInput ? { owner: "passthrough", by: "signature" } : judgeByName(callee, name);
}

/** Whether a call gives what a manager holds: the value that it lends, and its disposal. */
export function isGivenByManager(code: Code, call: TSESTree.Node): boolean {
  const callee = call.type === "CallExpression" ? (code.types?.callee(call) ?? null) : null;
  return callee !== null && isManagers(code, callee);
}

/** The declared result of a manager helper is the signature of what it makes. */
function isManagers({ settings }: Code, { name }: Callee): boolean {
  return settings.managerHelpers.has(name);
}

function madeBy(code: Code, callee: Callee): Judgement {
  if (callee.tags.has("borrowed")) return { owner: "borrowed", by: "tag" };
  return { owner: isKeptByItsConstructor(code, callee, 0) ? "shared" : "owned", by: "new" };
}

/** Whether a constructor hands `this` to somebody: a registry, a parent, a stack. Then the caller need not dispose it. */
function isKeptByItsConstructor(code: Code, callee: Callee, depth: number): boolean {
  if (callee.tags.has("borrowed")) return true;
  const body = depth > 3 ? null : (code.types?.body(callee) ?? null);
  if (body === null) return false;
  for (const node of nodesIn(body.code, body.node.body, (at) => at.type !== "FunctionExpression" && at.type !== "FunctionDeclaration")) {
    if (node.type === "ThisExpression") {
      const { to } = destinationOf(node);
      if (to === "argument" || to === "assigned" || to === "literal") return true;
    }
    if (node.type === "CallExpression" && node.callee.type === "Super") {
      const base = body.code.types?.callee(node) ?? null;
      if (base !== null && isKeptByItsConstructor(body.code, base, depth + 1)) return true;
    }
  }
  return false;
}

function judgeByName(callee: Callee, name: string): Judgement {
  const by = callee.returnsAsyncDisposable ? "signature" : "name";
  if (lends(name) || makesOnlyIfMissing(name)) return { owner: "unknown", by };
  const isMade = callee.returnsAsyncDisposable || (makes(name) && !callee.returnsBareHandle);
  return { owner: isMade ? "owned" : "unknown", by };
}

const memory = new WeakMap<object, ResultOwner>();

function bodyOwner(code: Code, node: FunctionNode, callee: Callee, depth: number): ResultOwner {
  const known = memory.get(callee);
  if (known !== undefined) return known;
  memory.set(callee, "unknown"); // a cycle of calls ends here
  const answer = node.generator ? "unknown" : combine(returnedBy(code, node).map((value) => sourceOf(code, value, node, depth)));
  memory.set(callee, answer);
  return answer;
}

/** Where a returned value comes from; `null` for `null` and `undefined`. */
type Source = ResultOwner | null;

/** Created on one path and kept elsewhere on another is borrowed: a cache. */
function combine(sources: readonly Source[]): ResultOwner {
  const present = [...new Set(sources.filter((source) => source !== null))];
  const [only] = present;
  if (present.length === 1 && only !== undefined) return only;
  if (present.length > 0 && present.every(isMade)) return "shared";
  if (present.includes("unknown") || present.length === 0) return "unknown";
  return present.includes("borrowed") ? "borrowed" : "unknown";
}

/** Whether a value is new with every call. */
function isMade(source: Source): boolean {
  return source === "owned" || source === "shared";
}

function sourceOf(code: Code, value: TSESTree.Node, home: FunctionNode, depth: number): Source {
  switch (value.type) {
    case "AssignmentExpression":
      return isKeptOutside(code, value.left, home) ? "borrowed" : "unknown";
    case "AwaitExpression":
      return sourceOf(code, value.argument, home, depth);
    case "CallExpression": {
      const owner = resultOwner(code, value, depth + 1);
      if (owner !== "passthrough") return owner;
      const [argument] = value.arguments;
      const kept = argument === undefined ? "unknown" : argumentOwner(code, value, 0);
      if (argument === undefined || kept === "unknown") return "unknown";
      const source = sourceOf(code, argument, home, depth);
      return kept === "takes" ? keptToo(source) : source;
    }
    case "ChainExpression":
    case "TSAsExpression":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
      return sourceOf(code, value.expression, home, depth);
    case "ConditionalExpression":
      return combine([sourceOf(code, value.consequent, home, depth), sourceOf(code, value.alternate, home, depth)]);
    case "Identifier":
      return value.name === "undefined" ? null : variableSource(code, variableOf(code, value), home, depth);
    case "Literal":
      return value.value === null ? null : "unknown";
    case "LogicalExpression":
      return combine([sourceOf(code, value.left, home, depth), sourceOf(code, value.right, home, depth)]);
    case "MemberExpression":
    case "Super":
    case "ThisExpression":
      return "borrowed";
    case "NewExpression":
      return resultOwner(code, value, depth + 1);
    case "ObjectExpression":
      return value.properties.some((property) => property.type === "Property" && symbolOf(property.key, property.computed) !== null) ? "owned" : "unknown";
    default:
      return "unknown";
  }
}

/** `this.#conn = …`, or a variable around the function. */
function isKeptOutside(code: Code, left: TSESTree.Node, home: FunctionNode): boolean {
  const variable = left.type === "Identifier" ? variableOf(code, left) : null;
  return left.type === "MemberExpression" || (variable !== null && ownerFunction(variable) !== home);
}

function variableSource(code: Code, variable: Variable | null, home: FunctionNode, depth: number): Source {
  if (variable === null || depth > deepest) return "unknown";
  if (ownerFunction(variable) !== home) return "borrowed";
  if (isParameter(variable)) return "passthrough";
  const uses = usesOf(code, variable);
  if (uses.some(({ how, via }) => how === "unknown" && via !== "listener")) return "unknown";
  const keepers = uses.filter(({ how, via }) => how === "transferred" && via !== "return");
  if (keepers.some(({ at }) => isSlot(at))) return "borrowed";
  const source = combine(writesOf(variable).map(({ value }) => (value === null ? "unknown" : sourceOf(code, value, home, depth + 1))));
  return keepers.length === 0 ? source : keptToo(source);
}

/** What is given to somebody who keeps it, before it is returned. */
function keptToo(source: Source): ResultOwner {
  return isMade(source) ? "shared" : "borrowed";
}

/** `this.#conn = conn`, which has room for one only; `this.#conns[id] = conn` is a registry. */
function isSlot(node: TSESTree.Node): boolean {
  return node.type === "AssignmentExpression" && node.left.type === "MemberExpression" && propertyName(node.left) !== null;
}
