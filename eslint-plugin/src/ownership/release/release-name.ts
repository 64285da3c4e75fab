/** Does a member name a disposer or a release method? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { usesUp } from "../../lexicon/living.js";
import { releasesAlone, releasesByPrefix } from "../../lexicon/releasing.js";
import { callOf, propertyName } from "../values/destination.js";
import { symbolOf } from "../values/dispose-symbol.js";

/** Whether a member names a disposer or a release method (RULES.md, *dispose*). */
export function isRelease(code: Code, member: TSESTree.MemberExpression): boolean {
  if (symbolOf(member.property, member.computed) !== null) return true;
  const name = propertyName(member);
  return name !== null && isReleaseName(code, name);
}

/** Whether a method of this name releases its object. */
export function isReleaseName({ settings }: Code, name: string): boolean {
  return settings.releaseMethods.has(name) || releasesByPrefix(name);
}

/** The call that disposes the member's object, if the member is called and names a release. */
export function disposalBy(code: Code, member: TSESTree.MemberExpression): TSESTree.CallExpression | null {
  const call = callOf(member);
  return isRelease(code, member) || (call?.arguments.length === 0 && releasesAlone(propertyName(member))) ? call : null;
}

/** Whether a call disposes its receiver rather than something it is given: a disposer, or a release method with at most options. */
export function disposesReceiver(code: Code, call: TSESTree.CallExpression & { readonly callee: TSESTree.MemberExpression }): boolean {
  const { callee } = call;
  if (symbolOf(callee.property, callee.computed) === "asyncDispose") return true;
  const name = propertyName(callee);
  return name !== null && code.settings.releaseMethods.has(name) && call.arguments.every(({ type }) => type === "Literal" || type === "ObjectExpression");
}

/** Whether a method, by its name or its symbol, is passed on without the object that it needs. */
export function isUnbound({ types }: Code, passed: TSESTree.Node): passed is TSESTree.MemberExpression {
  if (passed.type !== "MemberExpression" || (passed.computed && symbolOf(passed.property, true) === null)) return false;
  return types?.isMethodReference(passed) === true;
}

/** Whether a member is called and uses up its object. */
export function isConsumption(member: TSESTree.MemberExpression): boolean {
  return callOf(member) !== null && usesUp(propertyName(member));
}
