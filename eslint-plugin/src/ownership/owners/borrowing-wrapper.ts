/** Does a `new` only wrap a resource that somebody else owns? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { needsDisposal, type Resource } from "../../resource.js";
import type { FunctionNode } from "../../syntax.js";
import { isRelease } from "../release/release-name.js";
import { argumentIn, memberWith } from "../values/class-members.js";
import { propertyName, unwrap } from "../values/destination.js";
import { functionAround, isFunction, ownNodesIn } from "../values/functions.js";
import { isParameter, ownerFunction, scopedBy, variableOf, writesOf } from "../values/variables.js";

const deepest = 3;

/**
 * Whether a `new` only wraps a resource that somebody else owns: a parameter, a
 * property, or what a scope holds already. Its disposer does nothing but dispose
 * that, so whoever owns it ends both.
 */
export function wrapsAnothers(code: Code, call: TSESTree.NewExpression, { kind }: Resource): boolean {
  const disposer = code.types?.disposerBody(call, kind === "sync" ? "dispose" : "asyncDispose") ?? null;
  const body = disposer === null ? null : classAround(disposer.node);
  if (disposer === null || body === null) return false;
  const fields = new Set(fieldsEndedBy(disposer.code, body, disposer.node, 0));
  const [field] = fields;
  const index = fields.size !== 1 || field == null ? null : argumentIn(disposer.code, body, field);
  const given = index === null || call.arguments.slice(0, index).some(({ type }) => type === "SpreadElement") ? undefined : call.arguments[index];
  // A guard releases what is no resource by itself, and that it has taken: a lock.
  return given !== undefined && needsDisposal(code.types?.resource(given).kind ?? "none") && isAnothers(code, given);
}

function classAround(node: FunctionNode): TSESTree.ClassBody | null {
  return node.parent.type === "MethodDefinition" && node.parent.parent.parent.superClass === null ? node.parent.parent : null;
}

/** The fields that a method does nothing but dispose; `null` among them stands for anything else that it does. */
function fieldsEndedBy(code: Code, body: TSESTree.ClassBody, method: FunctionNode, depth: number): readonly (string | null)[] {
  return ownNodesIn(code, method.body).flatMap((node) => {
    if (node.type === "NewExpression") return [null];
    if (node.type !== "CallExpression") return [];
    const { callee } = node;
    if (callee.type !== "MemberExpression") return [null];
    const receiver = unwrap(callee.object);
    if (receiver.type === "ThisExpression") {
      const called = methodOf(body, propertyName(callee));
      return called === null || depth === deepest ? [null] : fieldsEndedBy(code, body, called, depth + 1);
    }
    const isField = receiver.type === "MemberExpression" && unwrap(receiver.object).type === "ThisExpression";
    return [isField && isRelease(code, callee) ? propertyName(receiver) : null];
  });
}

function methodOf(body: TSESTree.ClassBody, name: string | null): FunctionNode | null {
  const method = memberWith(body, name);
  return method?.type === "MethodDefinition" && isFunction(method.value) ? method.value : null;
}

function isAnothers(code: Code, given: TSESTree.Node, depth = 0): boolean {
  const value = unwrap(given);
  if (value.type === "MemberExpression") return true;
  const variable = value.type === "Identifier" ? variableOf(code, value) : null;
  if (variable === null) return false;
  if (isParameter(variable) || scopedBy(variable) !== null || ownerFunction(variable) !== functionAround(value)) return true;
  const [only, second] = writesOf(variable);
  return only?.value != null && second === undefined && depth < deepest && isAnothers(code, only.value, depth + 1);
}
