/** What has to change before `await` may stand at a place? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { callsAtOnce } from "../../lexicon/calling-back.js";
import { destinationOf, propertyName } from "../../ownership/values/destination.js";
import { functionAround, isInBody, returnedBy } from "../../ownership/values/functions.js";
import { readsOf, variableOf, type Variable } from "../../ownership/values/variables.js";
import type { FunctionNode } from "../../syntax.js";
import { canAwait, functionToMakeAsync } from "../placement/placement.js";
import type { Edit } from "../text/edit.js";
import { awaited, makeAsync, promisedResult } from "./await.js";

/**
 * What has to change for `await` to stand at a node: nothing, or the function
 * around becomes async. `null` where its callers would break: they use the result,
 * or cannot be seen.
 */
export function allowAwait(code: Code, node: TSESTree.Node): readonly Edit[] | null {
  if (canAwait(code, node)) return [];
  const promising = functionToMakeAsync(code, node);
  if (promising !== null) return [makeAsync(code, promising)];
  const silent = functionAround(node);
  if (silent === null || !givesNothing(code, silent) || !isInBody(silent, node)) return null;
  const result = promisedResult(silent);
  const calls = awaitedCalls(code, silent);
  return result === null || calls === null ? null : [makeAsync(code, silent), ...result, ...calls];
}

/** Whether a function returns nothing and may have the keyword `async` at all. */
function givesNothing(code: Code, node: FunctionNode): boolean {
  if (code.types === null || node.async || node.generator || node.body.type !== "BlockStatement") return false;
  if (node.parent.type === "MethodDefinition" || (node.parent.type === "Property" && node.parent.kind !== "init")) return false;
  return returnedBy(code, node).length === 0 && code.types.returnsPromise(node) === "never";
}

/** Awaits the calls of a function that becomes async; `null` where somebody would have to, who cannot. */
function awaitedCalls(code: Code, node: FunctionNode): readonly Edit[] | null {
  const variable = variableNaming(code, node);
  if (variable !== null) {
    const reads = readsOf(variable);
    const calls = reads.map(({ parent }) => parent);
    const isSeen = calls.length > 0 || code.ast.body.some(({ type }) => /^(?:Ex|Im)port/u.test(type));
    const canWait = isSeen && calls.every((call, index) => call.type === "CallExpression" && call.callee === reads[index] && destinationOf(call).to === "discarded" && canAwait(code, call));
    return canWait ? calls.flatMap((call) => awaited(call)) : null;
  }
  const destination = destinationOf(node);
  const callee = destination.to === "argument" ? destination.call.callee : null;
  if (callee?.type === "MemberExpression" && callsAtOnce(propertyName(callee))) return null;
  return code.types?.ignoresResult(node) === true ? [] : null;
}

/** The name by which alone a function is called. */
function variableNaming(code: Code, node: FunctionNode): Variable | null {
  if (node.type === "FunctionDeclaration") return node.id === null || node.parent.type.startsWith("Export") ? null : variableOf(code, node.id);
  const destination = destinationOf(node);
  if (destination.to !== "declared" || destination.value !== node) return null;
  const { id, parent } = destination.declarator;
  const isOwn = id.type === "Identifier" && id.typeAnnotation === undefined && parent.kind === "const" && !parent.parent.type.startsWith("Export");
  return isOwn ? variableOf(code, id) : null;
}
