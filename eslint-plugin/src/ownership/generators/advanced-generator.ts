/** What does the code do with a generator that it advances by hand? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { advances } from "../../lexicon/language.js";
import { ancestorsOf } from "../../syntax.js";
import { callOf, destinationOf, propertyName } from "../values/destination.js";
import { functionAround, isLoop, type GeneratorNode } from "../values/functions.js";
import { isInTest } from "../values/test-code.js";
import { declaratorOf, readsOf, variableOf, writesOf, type Variable } from "../values/variables.js";
import type { Manager } from "./manager.js";

/** A variable that holds what a call of a generator function gives, and nothing else ever. */
export interface Advanced {
  readonly variable: Variable;
  readonly declarator: TSESTree.VariableDeclarator;
  /** The calls of `next`, `return` and `throw`, in source order. */
  readonly steps: readonly TSESTree.CallExpression[];
  /** What else the variable is read for. */
  readonly others: readonly TSESTree.Identifier[];
  /** `using` or `await using` closes it. */
  readonly scoped: boolean;
}

/** What is done with the generator that a call makes, where a variable holds it. */
export function advancedBy(code: Code, call: TSESTree.CallExpression): Advanced | null {
  const destination = destinationOf(call);
  if (destination.to !== "declared" || destination.mixed || destination.declarator.id.type !== "Identifier") return null;
  const { declarator } = destination;
  const variable = variableOf(code, declarator.id);
  if (variable === null || declaratorOf(variable) !== declarator || writesOf(variable).length !== 1) return null;
  const reads = readsOf(variable);
  const stepAt = ({ parent }: TSESTree.Identifier): TSESTree.CallExpression | null => (parent.type === "MemberExpression" ? advanceBy(parent) : null);
  return {
    variable,
    declarator,
    steps: reads.map(stepAt).filter((step) => step !== null),
    others: reads.filter((read) => stepAt(read) === null),
    scoped: /using$/u.test(declarator.parent.kind),
  };
}

/** The call of `next`, `return` or `throw` that a member is the callee of. */
export function advanceBy(member: TSESTree.MemberExpression): TSESTree.CallExpression | null {
  const call = callOf(member);
  return call !== null && advances(propertyName(member)) ? call : null;
}

/**
 * A generator that its file uses as a manager without a helper: each call of it is
 * bound by `using` or `await using` and advanced by one `next()`, so that it is
 * always left at its first `yield`, by `return()`. What is exported may be used in
 * other ways elsewhere, and tests look at what a generator does.
 */
export function scopedManager(code: Code, body: GeneratorNode): Manager | null {
  const declared = body.type === "FunctionDeclaration" ? body : body.parent;
  const named = declared.type === "FunctionDeclaration" || (declared.type === "VariableDeclarator" && declared.parent.kind === "const") ? declared.id : null;
  const variable = named === null ? null : variableOf(code, named);
  if (variable === null || variable.defs.length !== 1 || variable.scope.type === "global" || isExported(declared)) return null;
  const reads = readsOf(variable);
  return reads.length > 0 && reads.every((read) => isTakenOnce(code, read)) ? { body, helper: null } : null;
}

function isExported(declared: TSESTree.Node): boolean {
  const outer = declared.type === "VariableDeclarator" ? declared.parent.parent : declared.parent;
  return outer?.type === "ExportNamedDeclaration" || outer?.type === "ExportDefaultDeclaration";
}

/** Whether a name stands for a call whose generator a scope closes after its only step. */
export function isTakenOnce(code: Code, { parent: call, range }: TSESTree.Identifier): boolean {
  if (call.type !== "CallExpression" || call.callee.range !== range || isInTest(call)) return false;
  const stepped = advancedBy(code, call);
  return stepped !== null && isAdvancedOnce(stepped);
}

/** Whether a scope closes a generator where its first `next()` has left it. */
export function isAdvancedOnce({ declarator, others, scoped, steps: [step, another] }: Advanced): boolean {
  if (!scoped || others.length > 0 || step === undefined || another !== undefined) return false;
  const isNext = step.callee.type === "MemberExpression" && propertyName(step.callee) === "next";
  return isNext && functionAround(step) === functionAround(declarator) && !isInLoop(step, declarator);
}

/** Whether a node is in a loop inside another one, which would run it again. */
export function isInLoop(node: TSESTree.Node, outside: TSESTree.Node): boolean {
  for (const at of ancestorsOf(node)) {
    if (at.range[0] <= outside.range[0] && outside.range[1] <= at.range[1]) return false;
    if (isLoop(at)) return true;
  }
  return false;
}
