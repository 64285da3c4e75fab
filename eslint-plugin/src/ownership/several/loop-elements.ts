/** Does a `for…of` loop acquire a resource with each element? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { needsDisposal } from "../../resource.js";
import type { CallNode, FunctionNode } from "../../syntax.js";
import { callText } from "../../text.js";
import { acquisitionByReference, acquisitionIn, type Acquisition } from "../owners/acquisition.js";
import { usesOf } from "../uses/uses.js";
import { calleeName } from "../values/callee.js";
import { propertyName } from "../values/destination.js";
import { isFunction, ownNodesIn, returnedBy } from "../values/functions.js";
import { declaratorOf, ownerFunction, variableOf } from "../values/variables.js";

/** What every element of a collection is, and what acquires it. */
interface Elements extends Omit<Acquisition, "call"> {
  /** The elements are promises. */
  readonly promised: boolean;
}

const deepest = 3;

/**
 * What a `for…of` loop acquires with each element: only where the collection is
 * written in place or made by a function whose body is known, so that nobody else
 * can hold its elements, and where each of them evidently is acquired.
 */
export function acquisitionOfElements(code: Code, loop: TSESTree.ForOfStatement): Acquisition | null {
  const { await: isAwaited, right } = loop;
  const call = callIn(right);
  if (call === null || code.types === null || !needsDisposal(code.types.element(right).kind)) return null;
  const elements = elementsOf(code, right, 0);
  return elements === null || (elements.promised && !isAwaited) ? null : { ...elements, call };
}

/** A call in the loop's head, which stands where the loop does. */
function callIn(right: TSESTree.Expression): CallNode | null {
  if (right.type === "CallExpression") return right;
  const [first] = right.type === "ArrayExpression" ? right.elements : [];
  const call = first?.type === "AwaitExpression" ? first.argument : first;
  return call?.type === "CallExpression" || call?.type === "NewExpression" ? call : null;
}

function elementsOf(code: Code, collection: TSESTree.Node, depth: number): Elements | null {
  if (collection.type === "ArrayExpression") return allOf(collection.elements.map((each) => (each === null ? null : acquired(code, each))));
  if (collection.type !== "CallExpression" || depth > deepest) return null;
  return mapped(code, collection) ?? made(code, collection, depth);
}

/** Acquisitions all of them, of one kind. */
function allOf(elements: readonly (Elements | null)[]): Elements | null {
  const [first, ...others] = elements;
  if (first == null) return null;
  const isSame = others.every((each) => each !== null && each.promised === first.promised && each.resource.name === first.resource.name);
  return isSame ? first : null;
}

function acquired(code: Code, value: TSESTree.Node): Elements | null {
  const acquisition = acquisitionIn(code, value);
  if (acquisition === null) return null;
  const { by, grade, resource, text } = acquisition;
  return { by, grade, resource, text, promised: resource.promised && value.type !== "AwaitExpression" };
}

/** `names.map((name) => lock(name))` and `names.map(lock)` of an array. */
function mapped(code: Code, call: TSESTree.CallExpression): Elements | null {
  const { callee } = call;
  const [callback] = call.arguments;
  if (callback === undefined || callee.type !== "MemberExpression" || callee.optional || propertyName(callee) !== "map") return null;
  if (code.types?.callee(call)?.origin !== "lib") return null;
  return isFunction(callback) ? givenByCallback(code, callback) : referred(code, call, callback);
}

/** What a callback gives, each time a new one. */
function givenByCallback(code: Code, callback: FunctionNode): Elements | null {
  const elements = callback.generator ? null : allOf(returnedBy(code, callback).map((value) => acquired(code, value)));
  return elements === null || !callback.async ? elements : { ...elements, promised: true };
}

function referred(code: Code, call: TSESTree.CallExpression, callback: TSESTree.CallExpressionArgument): Elements | null {
  const acquisition = acquisitionByReference(code, call, callback);
  return acquisition === null ? null : { ...acquisition, promised: acquisition.resource.promised };
}

/** What a generator yields, or a function's array has, each time a new one. */
function made(code: Code, call: TSESTree.CallExpression, depth: number): Elements | null {
  const callee = code.types?.callee(call) ?? null;
  if (callee === null || callee.tags.has("borrowed") || code.settings.borrowedCalls.has(calleeName(call) ?? "")) return null;
  const body = code.types?.body(callee) ?? null;
  if (body === null || (body.node.async && !body.node.generator)) return null;
  const elements = body.node.generator ? yieldedBy(body.code, body.node) : allOf(returnedBy(body.code, body.node).map((value) => elementsOf(body.code, value, depth + 1)));
  return elements === null ? null : { ...elements, text: callText(code, call) };
}

function yieldedBy(code: Code, generator: FunctionNode): Elements | null {
  const yields = ownNodesIn(code, generator.body).filter((at) => at.type === "YieldExpression");
  const elements = allOf(yields.map(({ argument, delegate }) => (argument === null || delegate ? null : (acquired(code, argument) ?? handedOut(code, argument, generator)))));
  // An async generator awaits what it yields.
  return elements === null || !generator.async ? elements : { ...elements, promised: false };
}

/** What a generator's own constant holds, if it does nothing but yield that. */
function handedOut(code: Code, value: TSESTree.Node, generator: FunctionNode): Elements | null {
  const variable = value.type === "Identifier" ? variableOf(code, value) : null;
  const declarator = variable === null ? null : declaratorOf(variable);
  if (variable === null || declarator?.init == null || declarator.parent.kind !== "const" || ownerFunction(variable) !== generator) return null;
  const isOnlyYielded = usesOf(code, variable).every(({ how, via }) => how === "borrowed" || via === "return");
  return isOnlyYielded ? acquired(code, declarator.init) : null;
}
