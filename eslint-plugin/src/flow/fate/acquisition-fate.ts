/** What becomes of the resource that a call acquires? */

import type { TSESTree } from "@typescript-eslint/utils";

import { memory, type Code } from "../../code.js";
import { setsGoing } from "../../lexicon/acquiring.js";
import { acquisitionBy, type Acquisition } from "../../ownership/owners/acquisition.js";
import { isKeptByPattern } from "../../ownership/uses/uses.js";
import { beginsWithGiven } from "../../ownership/values/callee.js";
import { destinationOf, propertyName } from "../../ownership/values/destination.js";
import { functionAround, isFunction } from "../../ownership/values/functions.js";
import { isScoped } from "../../ownership/values/variables.js";
import { isMeantToFail } from "../../ownership/waiting/expected-failure.js";
import type { CallNode, FunctionNode } from "../../syntax.js";
import { settled, type Fate } from "./fate.js";
import { heldFate } from "./held-fate.js";
import type { Ahead } from "./holder.js";
import { isKept, isKeptByName } from "./temporary.js";

const fates = memory<Fate>();

/** The fate of the resource that a call acquires; *settled* for every other call. */
export function fateOf(code: Code, call: CallNode): Fate {
  return fates(code, call, () => (code.types === null ? settled : judge(code, call)));
}

/** The fate that an acquisition would have with one disposal more. */
export function fateWith(code: Code, call: CallNode, ahead: Ahead): Fate {
  return judge(code, call, ahead);
}

/** Cheap syntax first: only where the value goes somewhere that can leak is a type asked for. */
function judge(code: Code, call: CallNode, ahead: Ahead | null = null): Fate {
  const destination = destinationOf(call);
  if (destination.mixed && (destination.to !== "declared" || destination.declarator.id.type !== "Identifier")) return settled;
  switch (destination.to) {
    case "assigned": {
      const { assignment } = destination;
      if (assignment.left.type !== "Identifier" || assignment.parent.type !== "ExpressionStatement") return settled;
      return heldFate(code, call, { awaited: destination.awaited, binding: assignment.left, birth: assignment }, ahead);
    }
    case "declared": {
      const { declarator } = destination;
      if (isScoped(declarator.parent)) return settled;
      if (declarator.id.type === "Identifier") return heldFate(code, call, { awaited: destination.awaited, binding: declarator.id, birth: declarator }, ahead);
      return floating(code, call, "pattern", declarator.id, () => isKeptByPattern(code, declarator.id));
    }
    case "discarded":
      return destination.voided ? settled : floating(code, call, "statement", destination.value, () => isOwnRegistration(code, call));
    case "receiver":
      if (isKeptByName(code, destination.member)) return settled;
      return floating(code, call, "temporary", destination.member, ({ resource }) => (resource.promised && !destination.awaited) || isKept(code, destination.member));
    case "returned":
      return isFunction(destination.by) && isIgnoredCallback(destination.by) ? floating(code, call, "callback", destination.value, () => false) : settled;
    default:
      return settled;
  }
}

/** The fate of what nobody holds, once it is known to be a resource. */
function floating(code: Code, call: CallNode, by: Extract<Fate, { readonly is: "floating" }>["by"], at: TSESTree.Node, isSettled: (acquisition: Acquisition) => boolean): Fate {
  const acquisition = functionAround(call) === null ? null : acquisitionBy(code, call);
  if (acquisition === null || isSettled(acquisition) || isMeantToFail(code, call)) return settled;
  if (acquisition.grade === "likely" && isAskedForMore(call, by)) return settled;
  if (by === "statement" && acquisition.by === "name" && startsItsObject(code, call)) return settled;
  return { is: "floating", by, acquisition, at };
}

/** What is only likely the caller's was asked for something else where it is read on at once, and a method was called for its effect where its result is dropped. */
function isAskedForMore({ callee }: CallNode, by: Extract<Fate, { readonly is: "floating" }>["by"]): boolean {
  return by === "temporary" || (by === "statement" && callee.type === "MemberExpression");
}

/** `await this.#peer.connect({ timeout })`: what a field or a parameter is told to do with itself is kept by it. */
function startsItsObject(code: Code, { arguments: all, callee }: CallNode): boolean {
  if (callee.type !== "MemberExpression" || !setsGoing(propertyName(callee)) || all.some(({ type }) => type !== "ObjectExpression")) return false;
  return beginsWithGiven(code, callee);
}

/** What an object registers with itself lives as long as the object, whoever drops the handle. */
function isOwnRegistration(code: Code, call: CallNode): boolean {
  const isOwn = call.callee.type === "MemberExpression" && call.callee.object.type === "ThisExpression";
  return isOwn && code.types?.callee(call)?.returnsBareHandle === true;
}

function isIgnoredCallback(node: FunctionNode): boolean {
  const destination = destinationOf(node);
  return destination.to === "argument" && destination.call.callee.type === "MemberExpression" && propertyName(destination.call.callee) === "forEach";
}
