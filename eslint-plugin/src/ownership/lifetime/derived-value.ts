/** Does a value that was made from a resource work only while the resource is open? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code, Types } from "../../code.js";
import { isEndEvent, prepares, tellsEnd } from "../../lexicon/living.js";
import { needsDisposal } from "../../resource.js";
import { judgeResult } from "../owners/result-owner.js";
import { calleeName } from "../values/callee.js";
import { callOf, propertyName, unwrap } from "../values/destination.js";

/** By what a value was made from a resource: by a member of it, or by a call that it, or a view of it, was given to. */
export type Origin = "argument" | "member" | "view";

/** Whether a value is a promise; a thenable that is itself a resource is not one. */
export function isPending(types: Types, node: TSESTree.Node): boolean {
  if (!types.isPromise(node)) return false;
  const { kind, promised } = types.resource(node);
  return promised || kind === "none" || kind === "unknown";
}

/**
 * Whether a value works only while the resource is open: a stream, an iterator, a
 * cursor, a prepared statement, or what it acquired itself. Another resource may be its parent, and what
 * a call makes with its help may live without it, unless it is a generator.
 */
export function isView(code: Code, types: Types, node: TSESTree.Node, origin: Origin): boolean {
  if (origin === "member" && node.type === "CallExpression" && prepares(calleeName(node)) && types.isHandle(node)) return true;
  // Where it may as well be data, only the caller knows which of the two it asked for.
  if (!types.isLazyView(node) || types.mayBeData(node)) return false;
  const { kind } = types.resource(node);
  if (needsDisposal(kind)) return origin === "member" && (types.carriesData(node) || isAcquired(code, node));
  if (origin === "argument") return isGenerator(types, node);
  return kind === "none" || types.carriesData(node);
}

function isGenerator(types: Types, node: TSESTree.Node): boolean {
  const callee = node.type === "CallExpression" ? types.callee(node) : null;
  return callee !== null && types.body(callee)?.node.generator === true;
}

function isAcquired(code: Code, node: TSESTree.Node): boolean {
  const call = unwrap(node);
  if (call.type !== "CallExpression") return false;
  const { grade, owner } = judgeResult(code, call);
  return owner === "owned" && grade === "certain";
}

/** Whether a value settles when the resource ends: to await it inside the scope is to wait forever. */
export function settlesAtEnd(node: TSESTree.Node): boolean {
  const member = node.type === "CallExpression" ? node.callee : node;
  if (member.type === "MemberExpression" && tellsEnd(propertyName(member))) return true;
  return node.type === "CallExpression" && node.arguments.some((each) => each.type === "Literal" && isEndEvent(String(each.value)));
}

/** The `c.query.bind(c)` around a method. */
export function bindCall(member: TSESTree.MemberExpression): TSESTree.CallExpression | null {
  const { parent } = member;
  return parent.type === "MemberExpression" && parent.object === member && propertyName(parent) === "bind" ? callOf(parent) : null;
}
