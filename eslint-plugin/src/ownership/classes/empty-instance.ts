/** Does an instance hold nothing when it is made? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isTimer } from "../../lexicon/calling-back.js";
import { needsDisposal } from "../../resource.js";
import type { CallNode } from "../../syntax.js";
import { isConstructor } from "../values/class-members.js";
import { functionAround, ownNodesIn } from "../values/functions.js";
import { variableOf } from "../values/variables.js";

/**
 * Whether `new` makes an object of a class of the same file that calls nothing while it is made and is given no
 * resource: it holds nothing before a method of it is called, or a field of it is filled.
 */
export function isMadeEmpty(code: Code, made: CallNode): boolean {
  if (made.type !== "NewExpression") return false;
  const body = classOf(code, made.callee);
  if (body === null || body.parent.superClass !== null || made.arguments.some((each) => needsDisposal(code.types?.resource(each).kind ?? "none"))) return false;
  return body.body.every((member) => {
    const run = member.type === "PropertyDefinition" && !member.static ? member.value : member.type === "MethodDefinition" && isConstructor(member) ? member.value.body : null;
    return run === null || ownNodesIn(code, run).every((node) => !beginsSomething(code, node));
  });
}

/** A call that may begin something; the language's own collections and errors do not. */
function beginsSomething({ types }: Code, node: TSESTree.Node): boolean {
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return false;
  const callee = types?.callee(node) ?? null;
  return callee?.origin !== "lib" || isTimer(callee.name) || needsDisposal(types?.resource(node).kind ?? "none");
}

/** The class of the file that a callee names: by its name, or as `this` of its own static method. */
function classOf(code: Code, callee: TSESTree.Node): TSESTree.ClassBody | null {
  if (callee.type === "ThisExpression") {
    const member = functionAround(callee)?.parent;
    return member?.type === "MethodDefinition" && member.static ? member.parent : null;
  }
  const declared = callee.type === "Identifier" ? variableOf(code, callee)?.defs[0]?.node : undefined;
  return declared?.type === "ClassDeclaration" ? declared.body : null;
}
