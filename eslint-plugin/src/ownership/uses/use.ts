/** What may one reference do with a held resource? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { CallNode, FunctionNode } from "../../syntax.js";

/** What evaluating a node does with a held resource. */
export interface Effect {
  readonly how: "borrowed" | "disposed" | "transferred" | "unknown";
  /** By what the resource is disposed or leaves. */
  readonly via: "argument" | "closure" | "end" | "iteration" | "listener" | "literal" | "method" | "move" | "return" | "state" | "store" | "using" | "view" | null;
  /** The node whose evaluation has the effect. */
  readonly at: TSESTree.Node;
}

/** What one reference does with a held resource. */
export interface Use extends Effect {
  /** The reference itself. */
  readonly reference: Reference;
}

/** What stands for a held resource: the name of a variable, or of a field behind its object. */
export type Reference = TSESTree.Identifier | TSESTree.MemberExpression;

/** `passthrough` is what gives the argument back to its caller. */
export type ArgumentOwner = "borrows" | "passthrough" | "takes" | "unknown";

/** Who owns an argument after a call: the question that uses ask of the callee. */
export type AskArgument = (code: Code, call: CallNode, index: number) => ArgumentOwner;

/** The reference whose value is followed, and what that takes. */
export interface Followed {
  readonly code: Code;
  /** The function in which the resource lives; every other one around a reference is a closure. */
  readonly home: FunctionNode | null;
  readonly ask: AskArgument;
  /** How many names of the resource have led here. */
  readonly depth: number;
  /** It stands for what was made from the resource, not for the resource itself. */
  readonly isDerived: boolean;
  readonly reference: Reference;
}

/** The resource stays what it was. */
export function borrowed(at: TSESTree.Node): Effect {
  return { how: "borrowed", via: null, at };
}

/** Nobody here can tell what becomes of the resource. */
export function unknown(at: TSESTree.Node, via: Effect["via"] = null): Effect {
  return { how: "unknown", via, at };
}

/** Whether evaluating a node calls a release method of the resource. */
export function isReleasedByHand({ how, via }: Effect): boolean {
  return how === "disposed" && via === "method";
}
