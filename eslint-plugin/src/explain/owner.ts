/** Who owns the resource at a place in the code, and why? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import type { Decision } from "../ownership/owners/judgement.js";
import { judgeResult } from "../ownership/owners/result-owner.js";
import { registrationBy } from "../ownership/scopes/stack.js";
import { acquisitionOfElements } from "../ownership/several/loop-elements.js";
import type { Use } from "../ownership/uses/use.js";
import { usesOf } from "../ownership/uses/uses.js";
import { destinationOf, isNothing, unwrap } from "../ownership/values/destination.js";
import { isFunction } from "../ownership/values/functions.js";
import { declaratorOf, variableOf, writesOf, type Variable } from "../ownership/values/variables.js";
import { needsDisposal } from "../resource.js";
import type { CallNode } from "../syntax.js";
import { callText, functionName, shortened, textOf } from "../text.js";

/** Who owns a resource, and why, for whoever asks at a place in the code. */
export type Ownership =
  /** The code around acquires it by a call. */
  | { readonly is: "acquired"; readonly call: string; readonly by: Decision }
  /** A call hands out what somebody else keeps. */
  | { readonly is: "lent"; readonly call: string; readonly by: Decision }
  /** A call makes it, and gives it to somebody who keeps it, too. */
  | { readonly is: "shared"; readonly call: string; readonly by: Decision }
  /** A call hands back its argument, or its own object. */
  | { readonly is: "handed-back"; readonly call: string; readonly given: "argument" | "object"; readonly of: Ownership }
  /** A stack holds it. */
  | { readonly is: "on-stack"; readonly stack: string }
  | { readonly is: "parameter"; readonly of: string | null; readonly taken: boolean }
  | { readonly is: "property"; readonly of: string }
  | { readonly is: "imported"; readonly from: string }
  /** Each turn of a loop acquires it. */
  | { readonly is: "acquired-element"; readonly by: string }
  | { readonly is: "unknown"; readonly because: Unknown };

export type Unknown =
  | { readonly is: "call"; readonly call: string; readonly by: Decision }
  | { readonly is: "callback" }
  | { readonly is: "element"; readonly of: string }
  | { readonly is: "pattern" }
  | { readonly is: "several" };

const deepest = 4;

/** Who owns the resource that an expression gives. */
export function ownershipOf(code: Code, expression: TSESTree.Node, depth = 0): Ownership {
  const value = unwrap(expression);
  switch (value.type) {
    case "CallExpression":
    case "NewExpression":
      return ofCall(code, value, depth);
    case "Identifier": {
      const variable = variableOf(code, value);
      return variable === null || depth > deepest ? unknown("several") : ownershipOfVariable(code, variable, depth + 1);
    }
    case "MemberExpression":
      return { is: "property", of: shortened(textOf(code, value.object)) };
    default:
      return unknown("several");
  }
}

/** Who owns the resource in a variable. */
export function ownershipOfVariable(code: Code, variable: Variable, depth = 0): Ownership {
  const [definition, second] = variable.defs;
  if (definition === undefined || second !== undefined) return unknown("several");
  const type: string = definition.type;
  if (type === "Parameter") return ofParameter(code, variable, definition.node);
  if (type === "ImportBinding") {
    const { parent } = definition.node;
    return parent.type === "ImportDeclaration" ? { is: "imported", from: parent.source.value } : unknown("several");
  }
  const declarator = declaratorOf(variable);
  if (declarator === null) return unknown("several");
  if (declarator.id.type !== "Identifier") return unknown("pattern");
  const loop = declarator.parent.parent;
  if (loop.type === "ForOfStatement" && loop.left === declarator.parent) return ofElement(code, loop);
  const values = writesOf(variable).map(({ value }) => value).filter((value) => value !== null && !isNothing(value));
  const [value, another] = values;
  return value == null || another !== undefined ? unknown("several") : ownershipOf(code, value, depth);
}

function ofCall(code: Code, call: CallNode, depth: number): Ownership {
  const text = callText(code, call);
  const registration = call.type === "CallExpression" ? registrationBy(code, call) : null;
  if (registration !== null) return { is: "on-stack", stack: shortened(textOf(code, registration.stack)) };
  const callee = code.types?.callee(call);
  // The new stack is whoever's that moved the old one's members.
  if (callee?.origin === "lib" && callee.name === "move") return { is: "acquired", call: text, by: "nothing" };
  const { by, owner } = judgeResult(code, call);
  switch (owner) {
    case "borrowed":
      return { is: "lent", call: text, by };
    case "owned":
      return { is: "acquired", call: text, by };
    case "passthrough": {
      const receiver = call.callee.type === "MemberExpression" ? [call.callee.object] : [];
      const given = [...receiver, ...call.arguments].filter((each) => each.type !== "SpreadElement" && needsDisposal(code.types?.resource(each).kind ?? "none"));
      const [only, another] = given;
      if (only === undefined || another !== undefined || depth > deepest) return { is: "unknown", because: { is: "call", call: text, by } };
      return { is: "handed-back", call: text, given: receiver.includes(only as TSESTree.Expression) ? "object" : "argument", of: ownershipOf(code, only, depth + 1) };
    }
    case "shared":
      return { is: "shared", call: text, by };
    case "unknown":
      return { is: "unknown", because: { is: "call", call: text, by } };
  }
}

/**
 * By what a use gives a resource another owner; `null` where it does not, or where
 * that cannot be known: an object that is passed on may only lend what it holds.
 */
export function transferBy({ at, how, via }: Use): Use["via"] {
  if (how !== "transferred" || via === "iteration") return null;
  if (via !== "literal") return via;
  let destination = destinationOf(at);
  while (destination.to === "literal") destination = destinationOf(destination.literal);
  if (destination.to === "returned" || destination.to === "yielded") return "return";
  return destination.to === "assigned" && destination.assignment.left.type === "MemberExpression" ? "store" : null;
}

/** A function that disposes, stores or hands on its parameter takes it over; one that only reads it borrows. */
function ofParameter(code: Code, variable: Variable, around: TSESTree.Node): Ownership {
  const uses = usesOf(code, variable);
  const isProperty = variable.identifiers.some(({ parent }) => parent.type === "TSParameterProperty");
  const taken = isProperty || uses.some((use) => use.how === "disposed" || !isHandedBack(transferBy(use)));
  if (!taken && isFunction(around) && destinationOf(around).to === "argument") return unknown("callback");
  return { is: "parameter", of: isFunction(around) ? functionName(code, around) : null, taken };
}

function isHandedBack(by: Use["via"]): boolean {
  return by === null || by === "return";
}

function ofElement(code: Code, loop: TSESTree.ForOfStatement): Ownership {
  const acquisition = acquisitionOfElements(code, loop);
  if (acquisition !== null) return { is: "acquired-element", by: acquisition.text };
  const right = unwrap(loop.right);
  const of = right.type === "CallExpression" || right.type === "NewExpression" ? callText(code, right) : shortened(textOf(code, right));
  return { is: "unknown", because: { is: "element", of } };
}

function unknown(is: "callback" | "pattern" | "several"): Ownership {
  return { is: "unknown", because: { is } };
}
