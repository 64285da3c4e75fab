/** When can a scope close a generator that is advanced by hand? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { Started } from "../../ownership/generators/misused-generator.js";
import { destinationOf } from "../../ownership/values/destination.js";
import { functionAround, isFunction, isInside } from "../../ownership/values/functions.js";
import { readsOf, variableOf, type Variable } from "../../ownership/values/variables.js";
import { needsDisposal } from "../../resource.js";
import { ancestorsOf, nodesIn } from "../../syntax.js";
import { canAwait } from "../placement/placement.js";
import { declareWith, type Scoping } from "../scopes/using.js";

/**
 * Gives a stepped generator a scope that closes it; only where the generator has
 * a disposer in this program (Node 24 and later), where every step is awaited, and
 * where nothing that it yields and that may need it open leaves the function.
 */
export function closeInScope(code: Code, { call, declarator, steps }: Started): (Scoping & { readonly keyword: "await using" | "using" }) | null {
  const { types } = code;
  if (types === null || declarator === null || types.resource(call).kind !== "inert") return null;
  const isAsync = steps.some((step) => types.isPromise(step));
  if (isAsync && !(canAwait(code, call) && steps.every((step) => step.parent.type === "AwaitExpression"))) return null;
  if (steps.some((step) => handsOutWhatNeedsIt(code, step))) return null;
  const keyword = isAsync ? "await using" : "using";
  const scoping = declareWith(code, declarator.parent, keyword, []);
  return scoping === null || scoping.makesAsync ? null : { ...scoping, keyword };
}

/** Whether what a step gives, or a part of it, may be used after the scope, and may need the generator open then. */
function handsOutWhatNeedsIt(code: Code, step: TSESTree.CallExpression): boolean {
  const around = functionAround(step);
  const names = valuesOf(code, step);
  const body = around?.body;
  if (body == null || body.type !== "BlockStatement") return true;
  const isPart = (node: TSESTree.Node): boolean => node === step || (node.type === "Identifier" && names.has(variableOf(code, node) as Variable));
  for (const node of nodesIn(code, body)) {
    const gone =
      node.type === "ReturnStatement" || (node.type === "YieldExpression" && node.argument !== null) ? node.argument
      : node.type === "AssignmentExpression" ? node.right
      : isFunction(node) ? node.body : null;
    if (gone === null || ![...nodesIn(code, gone)].some(isPart)) continue;
    // A closure may run at any time.
    if (isFunction(node) || mayNeedItOpen(code, gone)) return true;
  }
  return [...names].some((name) => readsOf(name).some((read) => ["literal", "returned"].includes(destinationOf(read).to) && mayNeedItOpen(code, read)));
}

/** The variables that get what a step gives. */
function valuesOf(code: Code, step: TSESTree.CallExpression): ReadonlySet<Variable> {
  for (const at of ancestorsOf(step)) {
    if (at.type.endsWith("Statement")) break;
    if (at.type === "VariableDeclarator" && at.init !== null && isInside(step, at.init)) {
      return new Set([...nodesIn(code, at.id)].map((node) => variableOf(code, node)).filter((variable) => variable !== null));
    }
  }
  return new Set();
}

function mayNeedItOpen({ types }: Code, node: TSESTree.Node): boolean {
  return types === null || types.isUnknown(node) || types.isHandle(node) || types.isLazyView(node) || types.isPromise(node) || needsDisposal(types.resource(node).kind);
}
