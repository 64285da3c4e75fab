/** Which resources are acquired at the same time, so that one failure loses the others? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { Resource } from "../../resource.js";
import { ancestorsOf, type CallNode, type FunctionNode } from "../../syntax.js";
import { acquisitionByReference, acquisitionIn, type Acquisition } from "../owners/acquisition.js";
import { registrationBy } from "../scopes/stack.js";
import { usesOf } from "../uses/uses.js";
import { isCombinator } from "../values/callee.js";
import { destinationOf, propertyName, unwrap } from "../values/destination.js";
import { functionAround, isFunction, isInside, ownNodesIn, returnedBy } from "../values/functions.js";
import { declaratorOf, ownerFunction, scopedBy, variableOf } from "../values/variables.js";
import { mayReject } from "../waiting/failure.js";

type Combinator = "all" | "any" | "race";

/** Acquisitions that run at the same time, so that one failure loses the others. */
export interface Concurrent {
  readonly combinator: Combinator;
  /** One of the acquiring calls, as messages name it, and what it gives. */
  readonly text: string;
  readonly resource: Resource;
  readonly grade: Acquisition["grade"];
  readonly by: Acquisition["by"];
  /** Each element of the array literal that is an acquisition; empty for a mapped array. */
  readonly elements: readonly Acquisition[];
  /** The results are registered on a stack of the scope around, which is disposed before the late ones arrive. */
  readonly onStack: boolean;
  /** What acquires the resources that may be lost: calls, or the function given to `map`. */
  readonly lost: readonly TSESTree.Node[];
  /** Elements of the array literal that acquire none of these, and may end the wait. */
  readonly rivals: readonly TSESTree.Node[];
}

/** The concurrent acquisitions that a `Promise.all`, `any` or `race` waits for; silent without types. */
export function concurrentAcquisitions(code: Code, call: CallNode): Concurrent | null {
  if (code.types === null || !isCombinator(call)) return null;
  const combinator = propertyName(call.callee as TSESTree.MemberExpression);
  if (combinator !== "all" && combinator !== "any" && combinator !== "race") return null;
  const [list] = call.arguments;
  if (list === undefined || isKept(call)) return null;
  const found = list.type === "ArrayExpression" ? listed(code, list, combinator) : mapped(code, unwrap(list), combinator);
  if (found === null) return null;
  const { first, ...rest } = found;
  return { combinator, text: first.text, resource: first.resource, grade: first.grade, by: first.by, ...rest };
}

/** A promise in a variable or a field may be meant for later; whoever awaits it may deal with its failure. */
function isKept(call: CallNode): boolean {
  const { awaited, to } = destinationOf(call);
  return !awaited && (to === "assigned" || to === "declared");
}

interface Found extends Pick<Concurrent, "elements" | "lost" | "onStack" | "rivals"> {
  /** One of the acquisitions that may be lost. */
  readonly first: Pick<Acquisition, "by" | "grade" | "resource" | "text">;
}

/** `[open(), open()]`: an acquisition is lost by another element that fails, or wins. */
function listed(code: Code, list: TSESTree.ArrayExpression, combinator: Combinator): Found | null {
  const rivals = list.elements.filter((element) => element !== null).filter((element) => isRival(code, element, combinator));
  const given = list.elements.map((element) => ({ element, ...acquiredBy(code, element) }));
  const taken = given.filter(({ element, acquisition }) => acquisition?.resource.promised === true && isLost(acquisition.call, combinator) && rivals.some((rival) => rival !== element));
  const acquisitions = taken.map(({ acquisition }) => acquisition).filter((acquisition) => acquisition !== null);
  const [first] = acquisitions;
  if (first === undefined) return null;
  const onStack = taken.some((each) => each.onStack);
  return {
    first,
    onStack,
    elements: onStack ? [] : acquisitions,
    lost: acquisitions.map(({ call }) => call),
    rivals: rivals.filter((rival) => taken.every(({ element }) => element !== rival)),
  };
}

/** Whether an element runs beside the others and may end the wait before them: for `all` by its failure. */
function isRival(code: Code, element: TSESTree.Expression | TSESTree.SpreadElement, combinator: Combinator): boolean {
  const { types } = code;
  if (element.type === "SpreadElement") return types?.element(element.argument).promised === true;
  if (element.type === "AwaitExpression" || types?.isPromise(element) !== true) return false;
  const call = unwrap(element);
  return combinator !== "all" || call.type !== "CallExpression" || mayReject(code, call);
}

/** For `any` and `race`, a signal cancels the losers; for `all` those that had already come are lost. */
function isLost(call: CallNode, combinator: Combinator): boolean {
  return combinator === "all" || !call.arguments.some(isSignal);
}

function isSignal(node: TSESTree.Node): boolean {
  if (node.type === "ObjectExpression") return node.properties.some((property) => property.type === "Property" && (isNamedSignal(property.key) || isSignal(property.value)));
  return isNamedSignal(node.type === "MemberExpression" ? node.property : node);
}

function isNamedSignal(node: TSESTree.Node): boolean {
  return node.type === "Identifier" && /signal$/iu.test(node.name);
}

function acquiredBy(code: Code, element: TSESTree.Expression | TSESTree.SpreadElement | null): { readonly acquisition: Acquisition | null; readonly onStack: boolean } {
  if (element === null || element.type === "SpreadElement" || element.type === "AwaitExpression") return { acquisition: null, onStack: false };
  const registered = registeredLater(code, element);
  return { acquisition: registered ?? acquisitionIn(code, withoutCatch(element)), onStack: registered !== null };
}

function withoutCatch(element: TSESTree.Expression): TSESTree.Expression {
  const isCatch = element.type === "CallExpression" && element.callee.type === "MemberExpression" && propertyName(element.callee) === "catch";
  return isCatch ? withoutCatch((element.callee as TSESTree.MemberExpression).object) : element;
}

/** `open().then((c) => stack.use(c))`: the acquisition, if it is one. */
function registeredLater(code: Code, element: TSESTree.Expression): Acquisition | null {
  if (element.type !== "CallExpression" || element.callee.type !== "MemberExpression" || propertyName(element.callee) !== "then") return null;
  const [callback] = element.arguments;
  return callback !== undefined && isFunction(callback) && registrationsIn(code, callback).length > 0 ? acquisitionIn(code, element.callee.object) : null;
}

/** `xs.map(open)`, `xs.map((x) => open(x))`, `xs.map(async (x) => stack.use(await open(x)))`. */
function mapped(code: Code, list: TSESTree.Node, combinator: Combinator): Found | null {
  if (list.type !== "CallExpression" || list.callee.type !== "MemberExpression" || propertyName(list.callee) !== "map") return null;
  const [callback] = list.arguments;
  if (callback === undefined) return null;
  const found = isFunction(callback) ? acquiredIn(code, callback, combinator) : acquiredByReference(code, list, callback);
  return found === null ? null : { elements: [], rivals: [], ...found };
}

type FoundInCallback = Pick<Found, "first" | "lost" | "onStack">;

function acquiredByReference(code: Code, list: TSESTree.CallExpression, callback: TSESTree.CallExpressionArgument): FoundInCallback | null {
  const first = acquisitionByReference(code, list, callback);
  return first?.resource.promised === true ? { first, lost: [callback], onStack: false } : null;
}

/** What a callback acquires and hands to the array or to a stack around; not what it takes care of when it fails. */
function acquiredIn(code: Code, callback: FunctionNode, combinator: Combinator): FoundInCallback | null {
  const isReported = (acquisition: Acquisition | null): acquisition is Acquisition =>
    acquisition !== null && (callback.async || acquisition.resource.promised) && isLost(acquisition.call, combinator) && !isCaught(code, acquisition.call, callback);
  const registered = registrationsIn(code, callback).map((value) => acquisitionIn(code, value) ?? acquiredInCallback(code, value, callback)).find(isReported);
  if (registered !== undefined) return { first: registered, lost: [registered.call], onStack: true };
  const handedOut = returnedBy(code, callback).map((value) => acquisitionIn(code, value) ?? (isOnlyHandedOut(code, value) ? acquiredInCallback(code, value, callback) : null)).find(isReported);
  return handedOut === undefined ? null : { first: handedOut, lost: [handedOut.call], onStack: false };
}

/** What a callback registers on stacks that a scope around it disposes. */
function registrationsIn(code: Code, callback: FunctionNode): readonly TSESTree.Node[] {
  return ownNodesIn(code, callback.body).flatMap((at) => {
    const registration = at.type === "CallExpression" ? registrationBy(code, at) : null;
    if (registration === null || registration.method === "defer") return [];
    const stack = registration.stack.type === "Identifier" ? variableOf(code, registration.stack) : null;
    return stack !== null && scopedBy(stack) !== null && ownerFunction(stack) !== callback ? registration.call.arguments.slice(0, 1) : [];
  });
}

/** The acquisition that a callback's own variable was declared with. */
function acquiredInCallback(code: Code, value: TSESTree.Node, callback: FunctionNode): Acquisition | null {
  const variable = value.type === "Identifier" ? variableOf(code, value) : null;
  const init = variable === null ? null : declaratorOf(variable)?.init;
  return variable === null || init == null || ownerFunction(variable) !== callback ? null : acquisitionIn(code, init);
}

function isOnlyHandedOut(code: Code, value: TSESTree.Node): boolean {
  const variable = value.type === "Identifier" ? variableOf(code, value) : null;
  return variable !== null && usesOf(code, variable).every(({ how, via }) => how === "borrowed" || how === "disposed" || via === "return");
}

/** Whether a callback catches the failure of an acquisition and does not throw it on. */
function isCaught(code: Code, call: CallNode, callback: FunctionNode): boolean {
  return [...ancestorsOf(call)].some(
    (at) =>
      at.type === "TryStatement" && at.handler !== null && isInside(call, at.block) && functionAround(at) === callback &&
      !ownNodesIn(code, at.handler).some(({ type }) => type === "ThrowStatement"),
  );
}
