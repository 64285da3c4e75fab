/** What does the code do with a held resource? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { FunctionNode } from "../../syntax.js";
import type { Variable } from "../values/variables.js";
import { argumentOwner } from "./argument-owner.js";
import { effectsOfPattern, followReferences, followVariable } from "./follow.js";
import type { Reference, Use } from "./use.js";

/** Everything the code does with the resource in a variable, aliases and closures included. */
export function usesOf(code: Code, variable: Variable): readonly Use[] {
  return followVariable(code, variable, argumentOwner);
}

/**
 * Everything that some references do with the resource that they all stand for.
 *
 * @param home the function in which the resource lives; every other one around a reference is a closure
 */
export function usesBy(code: Code, references: readonly Reference[], home: FunctionNode | null): readonly Use[] {
  return followReferences(code, references, home, argumentOwner);
}

/** Whether a pattern takes the release out of a resource, or a view that is used after the function. */
export function isKeptByPattern(code: Code, pattern: TSESTree.DestructuringPattern): boolean {
  return effectsOfPattern({ code, ask: argumentOwner, depth: 0 }, pattern, pattern, ({ isView }) => isView).some(({ how }) => how !== "borrowed");
}
