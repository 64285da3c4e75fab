import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { callOf, propertyName } from "./destination.js";

export type DisposeSymbol = "asyncDispose" | "dispose";

/** Which well-known symbol a key spells: `Symbol.dispose` or `Symbol.asyncDispose`. */
export function symbolOf(key: TSESTree.Node, computed: boolean): DisposeSymbol | null {
  if (!computed || key.type !== "MemberExpression" || key.computed) return null;
  if (key.object.type !== "Identifier" || key.object.name !== "Symbol" || key.property.type !== "Identifier") return null;
  const { name } = key.property;
  return name === "asyncDispose" || name === "dispose" ? name : null;
}

/** Whether a member names a disposer or a release method (RULES.md, *dispose*). */
export function isRelease(code: Code, member: TSESTree.MemberExpression): boolean {
  if (symbolOf(member.property, member.computed) !== null) return true;
  const name = propertyName(member);
  return name !== null && (code.settings.releaseMethods.has(name) || /^(?:close|destroy|disconnect|dispose|release|shutdown|stop|terminate)[A-Z]/u.test(name));
}

/** The call that disposes the member's object, if the member is called and names a release. */
export function disposalBy(code: Code, member: TSESTree.MemberExpression): TSESTree.CallExpression | null {
  return isRelease(code, member) ? callOf(member) : null;
}

/** Methods that read a cursor or a body to its end, which finishes it. */
const consumes = /^(?:arrayBuffer|blob|bytes|collect|forEach|json|text|toArray)$/u;

/** Whether a member is called and uses up its object. */
export function isConsumption(member: TSESTree.MemberExpression): boolean {
  return callOf(member) !== null && consumes.test(propertyName(member) ?? "");
}
