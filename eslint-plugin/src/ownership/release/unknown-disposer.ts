/** Does a disposer call nothing that is known to release? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code, FunctionInCode } from "../../code.js";
import { takesBack } from "../../lexicon/releasing.js";
import type { Resource } from "../../resource.js";
import { nodesIn } from "../../syntax.js";
import { bodyOf } from "../values/callee.js";
import { propertyName } from "../values/destination.js";
import { isEachDisposer } from "./idempotent-disposer.js";
import { disposalBy } from "./release-name.js";

/**
 * Whether all that the disposers of a value do is to call methods, of something that they do not
 * make, whose names do not say that they end it and whose bodies nobody sees:
 * `() => composed.cleanup()`. There may be nothing to end.
 */
export function callsOnlyUnknown(code: Code, value: TSESTree.Node, resource: Resource): boolean {
  return isEachDisposer(code, value, resource, asksAnother);
}

function asksAnother({ code, node }: FunctionInCode): boolean {
  const steps = [...nodesIn(code, node.body)].filter(({ type }) => /^(?:Assignment|Call|New|TaggedTemplate|Unary|Update|Yield)Expression$|^(?:For|While|Do|Variable)/u.test(type));
  return steps.length > 0 && steps.every((step) => step.type === "CallExpression" && isUnknownMethod(code, step));
}

function isUnknownMethod(code: Code, call: TSESTree.CallExpression): boolean {
  const { callee } = call;
  if (callee.type !== "MemberExpression" || callee.object.type === "ThisExpression" || callee.object.type === "Super") return false;
  if (takesBack(propertyName(callee)) || disposalBy(code, callee) !== null) return false;
  return code.types?.callee(call)?.origin === "other" && bodyOf(code, call) === null;
}
