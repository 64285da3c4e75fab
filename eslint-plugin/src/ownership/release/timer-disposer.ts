/** Does a disposer clear timers? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code, FunctionInCode } from "../../code.js";
import { clearsTimer } from "../../lexicon/calling-back.js";
import type { Resource } from "../../resource.js";
import { nodesIn } from "../../syntax.js";
import { bodyOf } from "../values/callee.js";
import { isEachDisposer } from "./idempotent-disposer.js";
import { disposalBy } from "./release-name.js";

const deepest = 3;

/** Whether each disposer of a value is seen to clear timers, itself or by the methods that it calls, and to release nothing else. */
export function clearsTimers(code: Code, value: TSESTree.Node, resource: Resource): boolean {
  return isEachDisposer(code, value, resource, (disposer) => clears(disposer, 0));
}

function clears({ code, node }: FunctionInCode, depth: number): boolean {
  const nodes = [...nodesIn(code, node.body)];
  if (nodes.some((at) => at.type === "MemberExpression" && releasesAnother(code, at))) return false;
  return nodes.some((at) => {
    if (at.type !== "CallExpression") return false;
    if (at.callee.type === "Identifier") return clearsTimer(at.callee.name);
    const isOwn = at.callee.type === "MemberExpression" && (at.callee.object.type === "ThisExpression" || at.callee.object.type === "Super");
    const method = isOwn && depth < deepest ? bodyOf(code, at) : null;
    return method !== null && clears(method, depth + 1);
  });
}

function releasesAnother(code: Code, member: TSESTree.MemberExpression): boolean {
  const call = disposalBy(code, member);
  return call !== null && member.object.type !== "ThisExpression" && member.object.type !== "Super" && code.types?.callee(call)?.origin !== "lib";
}
