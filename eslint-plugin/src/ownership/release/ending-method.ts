/** Does a method end its object, though its name does not say so? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code, FunctionInCode } from "../../code.js";
import { reopens } from "../../lexicon/living.js";
import { closesForGood } from "../../lexicon/releasing.js";
import { ancestorsOf, nodesIn, type CallNode, type FunctionNode } from "../../syntax.js";
import { keyText } from "../values/class-members.js";
import { callOf, propertyName, unwrap } from "../values/destination.js";
import { symbolOf } from "../values/dispose-symbol.js";
import { functionAround, ownNodesIn } from "../values/functions.js";
import { isRelease } from "./release-name.js";

/**
 * Whether the visible body of a method disposes its own object on every way but that
 * of an error: `fail(error) { this.#why = error; this.close(); }`. One that closes in order
 * to open again, or only where something failed, does not.
 */
export function endsItsObject(code: Code, call: CallNode): boolean {
  const callee = call.type === "CallExpression" ? (code.types?.callee(call) ?? null) : null;
  if (callee === null || reopens(callee.name)) return false;
  const body = code.types?.body(callee) ?? null;
  return body !== null && isMethod(body.node) && ownNodesIn(body.code, body.node.body).some((node) => isOwnEnd(body, node));
}

function isMethod({ parent }: FunctionNode): boolean {
  return parent.type === "MethodDefinition" && !parent.static;
}

/** `this.close()` and `this[Symbol.dispose]()`, as a statement that nothing has to allow. */
function isOwnEnd({ code, node: method }: FunctionInCode, node: TSESTree.Node): boolean {
  if (node.type !== "MemberExpression" || node.object.type !== "ThisExpression") return false;
  const call = callOf(node);
  const isEnd = symbolOf(node.property, node.computed) !== null || closesForGood(propertyName(node));
  return call !== null && isEnd && isUnconditional(call, method) && !opensAgain(code, method, call);
}

function isUnconditional(call: TSESTree.CallExpression, method: FunctionNode): boolean {
  for (const at of ancestorsOf(call)) {
    if (at === method) return true;
    if (/^(?:CatchClause|ConditionalExpression|Do\w+|For\w+|IfStatement|LogicalExpression|SwitchCase|WhileStatement)$/u.test(at.type)) return false;
  }
  return true;
}

/** Whether a method calls something behind the end by which its object begins anew. */
function opensAgain(code: Code, method: FunctionNode, end: TSESTree.CallExpression): boolean {
  return ownNodesIn(code, method.body).some((at) => at.type === "MemberExpression" && at.range[0] > end.range[1] && at.object.type === "ThisExpression" && callOf(at) !== null && reopens(withoutMark(propertyName(at))));
}

/** `open` of `#open` and `_open`. */
function withoutMark(name: string | null): string | null {
  return name?.replace(/^[#_]+/u, "") ?? null;
}

/**
 * Whether a call releases the very part of a resource that its disposer releases, and
 * that is all its disposer does: `await held.pool.close()`, where the disposer is
 * `await runtime.pool.close()`.
 */
export function releasesWhatDisposerDoes(code: Code, resource: TSESTree.Node, member: TSESTree.MemberExpression): boolean {
  const part = unwrap(member.object);
  if (part.type !== "MemberExpression" || !isRelease(code, member) || callOf(member) === null) return false;
  const bodies = (["asyncDispose", "dispose"] as const).map((symbol) => code.types?.disposerBody(resource, symbol) ?? null).filter((body) => body !== null);
  return bodies.length > 0 && bodies.every((body) => {
    const releases = releasesIn(body);
    return releases.length > 0 && releases.every((each) => propertyName(each) === propertyName(member) && partName(each) === propertyName(part));
  });
}

function releasesIn({ code, node }: FunctionInCode): readonly TSESTree.MemberExpression[] {
  return [...nodesIn(code, node.body)].filter((at): at is TSESTree.MemberExpression => at.type === "MemberExpression" && callOf(at) !== null && functionAround(at) !== null && isRelease(code, at));
}

function partName({ object }: TSESTree.MemberExpression): string | null {
  const part = unwrap(object);
  return part.type === "MemberExpression" ? propertyName(part) : part.type === "Identifier" ? keyText(part, false) : null;
}
