/** Does a `finally` dispose a resource that its `try` may have failed to acquire? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { ancestorsOf } from "../../syntax.js";
import { isRelease } from "../release/release-name.js";
import { callOf } from "../values/destination.js";
import { isInside, ownNodesIn } from "../values/functions.js";
import { declaratorOf, variableOf, writesOf } from "../values/variables.js";

/** What a `finally` releases that the `try` acquires: then, if acquiring fails, there is nothing to release. */
export interface LateAcquisition {
  readonly acquired: TSESTree.AssignmentExpression;
  readonly name: TSESTree.Identifier;
  readonly release: TSESTree.MemberExpression;
}

/**
 * A variable that the `try` around a `yield` fills and its `finally` releases
 * without asking whether it is there; only where TypeScript does not object
 * (JavaScript, `let c!: Conn`, `any`).
 */
export function lateAcquisitionIn(code: Code, { block, finalizer }: TSESTree.TryStatement): LateAcquisition | null {
  if (finalizer === null) return null;
  for (const member of ownNodesIn(code, finalizer)) {
    if (member.type !== "MemberExpression" || member.optional || member.object.type !== "Identifier" || callOf(member)?.optional !== false || !isRelease(code, member)) continue;
    const variable = variableOf(code, member.object);
    const declarator = variable === null ? null : declaratorOf(variable);
    const written = variable === null ? [] : writesOf(variable);
    if (declarator == null || declarator.init !== null || written.length !== 1 || !isUnchecked(code, declarator)) continue;
    const acquired = written[0]?.identifier.parent;
    if (acquired?.type !== "AssignmentExpression" || acquired.operator !== "=" || acquired.left.type !== "Identifier" || !isInside(acquired, block)) continue;
    if (!/^(?:Await|Call|New)Expression$/u.test(acquired.right.type) || isGuarded(member, finalizer)) continue;
    return { acquired, name: acquired.left, release: member };
  }
  return null;
}

function isUnchecked({ isJavaScript }: Code, { definite, id }: TSESTree.VariableDeclarator): boolean {
  return isJavaScript || definite || (id.type === "Identifier" && id.typeAnnotation?.typeAnnotation.type === "TSAnyKeyword");
}

/** Whether anything may keep a release from running, or may deal with its failure. */
function isGuarded(release: TSESTree.Node, finalizer: TSESTree.BlockStatement): boolean {
  for (const at of ancestorsOf(release)) {
    if (at === finalizer) return false;
    if (!/^(?:AwaitExpression|CallExpression|ExpressionStatement)$/u.test(at.type)) return true;
  }
  return true;
}
