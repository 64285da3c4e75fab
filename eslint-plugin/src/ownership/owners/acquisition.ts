/** Which calls acquire a resource for the code around them? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { opensAtOnce } from "../../lexicon/acquiring.js";
import { givesElement } from "../../lexicon/language.js";
import { needsDisposal, type Resource } from "../../resource.js";
import type { CallNode } from "../../syntax.js";
import { callText } from "../../text.js";
import { isReleaseName } from "../release/release-name.js";
import { holdsOnlyMemory } from "../release/memory-only-disposer.js";
import { clearsTimers } from "../release/timer-disposer.js";
import { callsOnlyUnknown } from "../release/unknown-disposer.js";
import { onlyTakesRegistrationsOff } from "../release/registration-disposer.js";
import { rootOf } from "../values/callee.js";
import { usesOf } from "../uses/uses.js";
import { destinationOf, propertyName, unwrap } from "../values/destination.js";
import { functionAround, isFunction, returnedBy } from "../values/functions.js";
import { isInTest } from "../values/test-code.js";
import { declaratorOf, isParameter, ownerFunction, variableOf } from "../values/variables.js";
import { wrapsAnothers } from "./borrowing-wrapper.js";
import { judgeReference, judgeResult, mayBeOwned } from "./result-owner.js";
import { isClockStopped, isToldToShare, speaksAgainst } from "./counter-evidence.js";
import type { Decision, Grade } from "./judgement.js";

/** A call that makes a resource which the enclosing code now owns. */
export interface Acquisition {
  readonly call: CallNode;
  readonly resource: Resource;
  /** The call as messages name it, arguments left out: `browser.newPage()`. */
  readonly text: string;
  /** How sure it is that the caller owns the result, and on what that rests. */
  readonly grade: Grade;
  readonly by: Decision | Doubt;
}

/**
 * Why an acquisition may be none to care for, although its caller made it: its disposer calls nothing that is known to release, its timers run by a stopped
 * clock, it has only memory that is given back when it is collected, something that is given may stand in its place, it may hold nothing before it is used, a getter lends it, a builder shares it.
 */
export type Doubt = "cleanup" | "clock" | "collected" | "given" | "idle" | "lent" | "shared";

/** The acquisition that a call is, if it is one; silent without types. */
export function acquisitionBy(code: Code, call: CallNode): Acquisition | null {
  const { types } = code;
  if (types === null || !mayAcquire(code, call)) return null;
  const resource = types.resource(call);
  if (!needsDisposal(resource.kind)) return null;
  const { by, grade, owner } = judgeResult(code, call);
  if (owner !== "owned" || isReleasedWithItsParent(code, call) || speaksAgainst(code, call)) return null;
  if ((call.type === "NewExpression" && wrapsAnothers(code, call, resource)) || holdsOnlyMemory(code, call, resource)) return null;
  if (isTestRegistration(code, call, resource) || (destinationOf(call).awaited && types.isAwaitableResource(call))) return null;
  const doubt = doubtOf(code, call, resource, by);
  return { call, resource, text: callText(code, call), ...(doubt === null ? { grade, by } : { grade: "likely", by: doubt }) };
}

function doubtOf(code: Code, call: CallNode, resource: Resource, by: Decision): Doubt | null {
  if (isToldToShare(code, call)) return "shared";
  if (isClockStopped(code, call) && clearsTimers(code, call, resource)) return "clock";
  if (isInTest(call) && isMadeIdle(code, call, by)) return "idle";
  if (isCollected(code, call, resource)) return "collected";
  return callsOnlyUnknown(code, call, resource) ? "cleanup" : null;
}

/** Whether an object whose code nobody sees has but memory to free: WebAssembly's, which is given back when the object is collected. */
function isCollected({ types }: Code, call: CallNode, { kind }: Resource): boolean {
  const callee = kind === "sync" ? (types?.callee(call) ?? null) : null;
  return types !== null && callee?.origin === "other" && types.body(callee) === null && types.membersOf(call).has("free");
}

/** Whether a package's function, whose body nobody sees, makes something at once: it has opened nothing that has to be waited for. */
function isMadeIdle({ types }: Code, call: CallNode, by: Decision): boolean {
  if (call.type === "NewExpression" || types === null || by !== "name" || types.isPromise(call)) return false;
  const callee = types.callee(call);
  return callee?.origin === "other" && callee.module !== null && !opensAtOnce(callee.name);
}

/** What a test registers with something that it makes itself goes with that. */
function isTestRegistration(code: Code, call: CallNode, { kind }: Resource): boolean {
  return kind === "sync" && isInTest(call) && onlyTakesRegistrationsOff(code, call);
}

/** The cheap questions, ahead of the type of the call. */
function mayAcquire(code: Code, call: CallNode): boolean {
  if (mayBeOwned(code, call) && code.types?.canReturnResource(call) === true) return true;
  return bindsByCallback(code, call);
}

/** `retry(() => open())`, `retry(open)`: what the function gives, if that may be an acquisition, may be what the call gives. */
function bindsByCallback(code: Code, call: CallNode): boolean {
  if (call.type !== "CallExpression") return false;
  if (call.arguments.some((argument) => isFunction(argument) && returnedBy(code, argument).some((value) => mayAcquireIn(code, value)))) return true;
  // By reference it is asked only where somebody waits for it: programs without promises pass functions on everywhere.
  if (!destinationOf(call).awaited || code.types?.calleeGivesTypeParameter(call.callee) !== true) return false;
  return call.arguments.some((argument) => speaksOfResource(code, unwrap(argument))) && code.types.callee(call)?.handsBackResult === true;
}

function mayAcquireIn(code: Code, value: TSESTree.Node): boolean {
  const call = unwrap(value);
  return call.type === "CallExpression" && mayAcquire(code, call);
}

function speaksOfResource({ types }: Code, given: TSESTree.Node): boolean {
  const callee = given.type === "CallExpression" ? given.callee : given;
  return (callee.type === "Identifier" || callee.type === "MemberExpression") && types?.calleeSpeaksOfResource(callee) === true;
}

/** The acquisition inside `await`, casts and `!`. */
export function acquisitionIn(code: Code, expression: TSESTree.Node): Acquisition | null {
  const call = unwrap(expression);
  return call.type === "CallExpression" || call.type === "NewExpression" ? acquisitionBy(code, call) : null;
}

/** What each call of a function that is passed on acquires: `map(connect)`. */
export function acquisitionByReference(code: Code, call: TSESTree.CallExpression, callback: TSESTree.CallExpressionArgument): Omit<Acquisition, "call"> | null {
  if (callback.type !== "Identifier" && callback.type !== "MemberExpression") return null;
  const reference = code.types?.reference(callback) ?? null;
  if (reference === null || !needsDisposal(reference.resource.kind)) return null;
  const name = callback.type === "Identifier" ? callback.name : (propertyName(callback) ?? reference.callee.name);
  const { by, grade, owner } = judgeReference(code, reference.callee, name);
  return owner === "owned" ? { resource: reference.resource, text: callText(code, { ...call, callee: callback }), grade, by } : null;
}

/**
 * A page of a browser that this very function holds goes with the browser: the
 * report, if any, belongs to the parent. A child of a parameter, a field or a
 * module's variable outlives the call and is this function's own to close, and so
 * is whatever its declaration says is `@owned`.
 */
function isReleasedWithItsParent(code: Code, call: CallNode): boolean {
  if (call.type === "NewExpression" || code.types?.callee(call)?.tags.has("owned") === true) return false;
  const root = rootOf(call.callee);
  if (root === call.callee || root.type !== "Identifier") return false;
  const variable = variableOf(code, root);
  if (variable === null || variable.defs.length === 0) return false;
  if (isParameter(variable)) return isIterationCallback(variable.scope.block);
  const declarator = declaratorOf(variable);
  if (declarator === null || ownerFunction(variable) === null || !mayEndItsChildren(code, root)) return false;
  return functionAround(call) !== null && !(isKeptElsewhere(code, declarator.init) && !isInTest(call) && usesOf(code, variable).every(({ how }) => how !== "disposed"));
}

/** Whether what a variable gets is read out of something that outlives the function: `const pool = this.#pools.get(id)`. */
function isKeptElsewhere(code: Code, value: TSESTree.Node | null): boolean {
  const given = value === null ? null : unwrap(value);
  const isRead = given?.type === "MemberExpression" || (given?.type === "CallExpression" && given.callee.type === "MemberExpression" && code.types?.callee(given)?.origin === "lib" && givesElement(propertyName(given.callee)));
  if (given === null || !isRead) return false;
  const root = rootOf(given);
  const variable = root.type === "Identifier" ? variableOf(code, root) : null;
  return root.type === "ThisExpression" || (variable !== null && (isParameter(variable) || ownerFunction(variable) !== functionAround(given)));
}

/** Whether a parent can be ended at all; a builder cannot, and what it makes does not go with it. */
function mayEndItsChildren(code: Code, parent: TSESTree.Node): boolean {
  const { types } = code;
  if (types === null) return false;
  const { kind } = types.resource(parent);
  return kind === "unknown" || needsDisposal(kind) || [...types.membersOf(parent)].some((name) => isReleaseName(code, name));
}

/** The elements that a callback is given belong to whoever made the collection: unknown. */
function isIterationCallback(node: TSESTree.Node): boolean {
  return node.type !== "FunctionDeclaration" && node.parent?.type === "CallExpression" && node.parent.callee !== node && node.parent.callee.type === "MemberExpression";
}
