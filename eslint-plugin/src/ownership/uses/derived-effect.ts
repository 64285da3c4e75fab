/** What becomes of a resource by a value that was made from it? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { givesData, readsToEnd, turnsIntoStream } from "../../lexicon/language.js";
import { flowsOn, tellsIdentity, tellsPlace } from "../../lexicon/living.js";
import { closesSourceByOption } from "../../lexicon/releasing.js";
import { nodesIn, type CallNode } from "../../syntax.js";
import { releasesWhatDisposerDoes } from "../release/ending-method.js";
import { disposersOf } from "../release/idempotent-disposer.js";
import { isRelease } from "../release/release-name.js";
import { keyText, memberWith } from "../values/class-members.js";
import { callOf, destinationOf, isKeptOrHandedOut, propertyName, throughLiterals, unwrap, type Destination } from "../values/destination.js";
import { isAwaited } from "../values/closures.js";
import { ownerFunction, variableOf, writesOf, type Variable } from "../values/variables.js";
import { borrowed, unknown, type Effect, type Followed, type Use } from "./use.js";

/** A value made from a resource that may need it open, or tells where it is found. */
interface Dependent {
  readonly at: TSESTree.Node;
  /** It needs the resource to be open. */
  readonly isView: boolean;
  /** It is a view, or has functions that may need the resource. */
  readonly isHandle: boolean;
  /** Its own end is that of the resource. */
  readonly finishes: boolean;
}

/** Such a value in a variable: the question goes on at its uses. */
export interface Held extends Dependent {
  readonly variable: Variable;
}

/**
 * What becomes of a resource by a value made from it: data is harmless, a view that
 * is kept is not, nor a handle or an address that leaves.
 */
export function derivedEffect(followed: Followed, node: TSESTree.Node, isAddress = namesPlace(node)): Effect | Held {
  const { code } = followed;
  const destination = destinationOf(node);
  const { value } = destination;
  if (value.parent?.type === "TemplateLiteral") return derivedEffect(followed, value.parent, isAddress);
  if (destination.to === "discarded" || destination.to === "tested") return borrowed(node);
  const finishes = finishesItsSource(code, node) || standsForItsSource(code, node);
  if (destination.to === "iterated" || usesUp(code, value)) return finishes ? unknown(value) : borrowed(node);
  if (destination.to === "receiver") {
    const call = callOf(destination.member);
    if (call !== null && (releasesWhatDisposerDoes(code, followed.reference, destination.member) || (finishes && isRelease(code, destination.member)))) return unknown(call);
    return call !== null && flowsOn(propertyName(destination.member)) ? unknown(call) : derivedEffect(followed, call ?? destination.member);
  }
  if (code.types === null) return borrowed(node);
  // Work that is handed to something nobody waits for goes on after the function.
  if (destination.to === "argument" && !destination.awaited && isLeftPending(code, destination.call) && code.types.isPromise(value)) return view(destination.call);
  if (destination.to === "argument" && isIdentity(node) && isHandleHandedOn(code, destination.call)) return view(node);
  const isView = code.types.isLazyView(value) || (!destination.awaited && code.types.isUnknown(value));
  const isHandle = isView || (!destination.awaited && code.types.isHandle(value));
  return isHandle || isAddress ? dependentEffect(followed, destination, { at: node, isView, isHandle, finishes }) : borrowed(node);
}

function dependentEffect(followed: Followed, destination: Destination, dependent: Dependent): Effect | Held {
  const { ask, code } = followed;
  const { at, finishes, isHandle, isView } = dependent;
  if (destination.to === "declared" && destination.declarator.id.type === "Identifier") {
    const variable = variableOf(code, destination.declarator.id);
    return variable === null || writesOf(variable).length > 1 ? view(at) : { ...dependent, variable };
  }
  if (destination.to === "assigned" && isOutside(followed, destination.assignment.left)) return isHandle ? view(destination.assignment) : borrowed(at);
  // Whoever is waited for is done with a view that he was given.
  if (destination.to === "argument" && !finishes && (isAwaited(destination.call) || ask(code, destination.call, destination.index) === "borrows")) return borrowed(at);
  if (!isView && destination.to === "argument") {
    const isLent = !isHandle || (!destination.spread && ask(code, destination.call, destination.index) === "borrows");
    return isLent ? borrowed(at) : view(at);
  }
  const outermost = throughLiterals(destination);
  if (outermost.to === "argument" && outermost !== destination && !finishes && isAwaited(outermost.call)) return borrowed(at);
  if (!isView && !isKeptOrHandedOut(outermost)) return borrowed(at);
  return finishes ? unknown(at) : view(at);
}

/** Whether a use of a value that a variable holds may keep the resource in use. */
export function outlasts({ finishes, isHandle }: Held, { how, via }: Use): boolean {
  if (how === "disposed") return finishes;
  return how !== "borrowed" && (isHandle || via !== "argument") && (how === "unknown" || finishes || via !== "iteration");
}

/** Whether a member tells where its resource is found. */
export function namesPlace(node: TSESTree.Node): boolean {
  const member = node.type === "CallExpression" ? node.callee : node;
  if (member.type !== "MemberExpression" || !tellsPlace(propertyName(member))) return false;
  // `page.url()` tells where the page is, not how to reach it.
  return member === node || propertyName(member) !== "url";
}

/** Whether a call makes an object of the program's own that has methods, and that is handed on. */
function isHandleHandedOn({ types }: Code, call: CallNode): boolean {
  return call.type === "NewExpression" && isKeptOrHandedOut(destinationOf(call)) && types?.isHandle(call) === true && types.callee(call)?.origin === "other";
}

/** `container.getId()` in an object that is handed on: `return new Handle(container.getId())`. */
function isIdentity(node: TSESTree.Node): boolean {
  const member = node.type === "CallExpression" ? node.callee : node;
  return member.type === "MemberExpression" && tellsIdentity(propertyName(member));
}

/** Something made from the resource, which may need it open, goes where nobody here can follow it. */
function view(at: TSESTree.Node): Effect {
  return unknown(at, "view");
}

function isOutside({ code, home }: Followed, target: TSESTree.Node): boolean {
  let root = target;
  while (root.type === "MemberExpression") root = root.object;
  const holder = root.type === "Identifier" ? variableOf(code, root) : null;
  return holder === null || ownerFunction(holder) !== home;
}

/** Node's own streams over a resource close it at their end; other cursors leave their connection open. */
function finishesItsSource({ types }: Code, node: TSESTree.Node): boolean {
  return node.type === "CallExpression" && types?.callee(node)?.origin === "node" && types.isLazyView(node);
}

/**
 * Whether a stream is the resource once more: a property of it (`conn.readable`), or what
 * a method turns it into (`channel.toReadableStream()`). Its end, or a `cancel()`, ends
 * both. Not where the getter is seen to ask that it does not.
 */
function standsForItsSource(code: Code, node: TSESTree.Node): boolean {
  const member = node.type === "CallExpression" ? unwrap(node.callee) : node;
  if (code.types === null || member.type !== "MemberExpression" || !(member === node || turnsIntoStream(propertyName(member)))) return false;
  const isStream = [...code.types.membersOf(node)].some((name) => givesData(name));
  return isStream && !staysOpenByOption(code, member);
}

/** Whether the class behind a getter is seen to make its stream with `autoClose: false`. */
function staysOpenByOption(code: Code, member: TSESTree.MemberExpression): boolean {
  const bodies = (["asyncDispose", "dispose"] as const).flatMap((symbol) => disposersOf(code, member.object, symbol));
  return bodies.some((body) => {
    const owner = body?.node.parent.parent;
    const getter = body === null || owner?.type !== "ClassBody" ? undefined : memberWith(owner, propertyName(member));
    return body !== null && getter !== undefined && [...nodesIn(body.code, getter)].some((at) => at.type === "Property" && closesSourceByOption(keyText(at.key, at.computed)) && at.value.type === "Literal" && at.value.value === false);
  });
}

/** Whether a call gives a promise that is dropped: `assert.rejects(conn.query(…))` as a statement. */
function isLeftPending(code: Code, call: CallNode): boolean {
  const { awaited, to } = destinationOf(call);
  return to === "discarded" && !awaited && code.types?.isPromise(call) === true;
}

/** Whether an expression is read to its end where it stands: `yield* rows`, `Array.fromAsync(rows)`. */
function usesUp(code: Code, value: TSESTree.Node): boolean {
  const { parent } = value;
  if (parent?.type === "YieldExpression") return parent.delegate;
  if (parent?.type !== "CallExpression" || parent.arguments[0] !== value || parent.callee.type !== "MemberExpression") return false;
  return readsToEnd(propertyName(parent.callee)) && code.types?.callee(parent)?.origin === "lib";
}
