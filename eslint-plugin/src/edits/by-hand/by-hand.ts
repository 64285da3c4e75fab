/** Which resources does the code dispose by hand just as scopes would? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { fateOf } from "../../flow/fate/acquisition-fate.js";
import { doesWhatDisposerDoes } from "../../ownership/release/equivalent-release.js";
import { disposalIn, type Disposal } from "../../ownership/release/release-statement.js";
import { functionAround, ownNodesIn } from "../../ownership/values/functions.js";
import { declaratorOf, isScoped } from "../../ownership/values/variables.js";
import type { CallNode } from "../../syntax.js";
import { isSteady } from "../placement/evaluation-order.js";
import { hasComments } from "../placement/placement.js";
import type { Edit } from "../text/edit.js";
import { finallyToUsing, scopeFor, type Scope } from "./finally-to-using.js";
import { heldBy } from "./held.js";

/** Resources that code disposes by hand where scopes would do the same, the first to be acquired first. */
export interface ByHand {
  readonly disposals: readonly [Disposal, ...Disposal[]];
  readonly scopes: readonly [Scope, ...Scope[]];
  /** What it takes to give them their scopes. */
  readonly edits: readonly Edit[];
}

/**
 * What a `finally` disposes just as scopes would. `null` in generators, where `try`
 * and `finally` around a `yield` are the shape of a manager, and where one of the
 * resources leaks, which is the finding then.
 */
export function inFinally(code: Code, node: TSESTree.TryStatement): ByHand | null {
  const found = node.finalizer === null || functionAround(node)?.generator === true ? null : finallyToUsing(code, node);
  return found === null || "because" in found ? null : surely(code, found.disposals, found.scopes, found.edits);
}

/**
 * What the end of a block disposes just as a scope would: in the last statement, or
 * ahead of a `return` that gives the same before the disposal and after it. `null`
 * where anything in between may throw and nobody else disposes it then: there it
 * leaks, which is the finding.
 */
export function atEnd(code: Code, block: TSESTree.BlockStatement): ByHand | null {
  const { body } = block;
  const last = body.at(-1);
  const end = last?.type === "ReturnStatement" && isSteady(code, last.argument) ? body.length - 2 : body.length - 1;
  const [before, disposing] = [body[end - 1], body[end]];
  const disposal = before === undefined || disposing === undefined ? null : disposalIn(code, disposing);
  const declarator = disposal === null ? null : declaratorOf(disposal.variable);
  // Whoever does nothing meanwhile opens it to see whether it opens.
  if (before === undefined || disposing === undefined || disposal === null || declarator === null || declarator.parent.parent !== block || declarator.parent === before) return null;
  const declaration = declarator.parent;
  if (functionAround(block)?.generator !== false || !isOwnUntilDisposed(code, declarator, disposal)) return null;
  // What is scoped in between would be disposed first.
  if (body.slice(body.indexOf(declaration) + 1, end).some(isScoped)) return null;
  const until = last === disposing ? block.range[1] : disposing.range[1] + code.text.slice(disposing.range[1]).search(/[\n\r]|$/u);
  if (hasComments(code, [before.range[1], until])) return null;
  const scope = scopeFor(code, declaration, disposal, { caught: null, disposing });
  if (typeof scope === "string" || scope.work.length > 0) return null;
  const [start] = declaration.range;
  return surely(code, [disposal], [scope], [
    { range: [start, start + declaration.kind.length], text: scope.keyword },
    { range: [before.range[1], disposing.range[1]], text: "" },
  ]);
}

/** Whether a declarator acquires, and nothing but the disposal ends that. */
function isOwnUntilDisposed(code: Code, declarator: TSESTree.VariableDeclarator, { call }: Disposal): boolean {
  const held = heldBy(code, declarator);
  return held?.owner === "owned" && held.uses.every(({ at, how }) => how === "borrowed" || at === call);
}

function surely(code: Code, disposals: readonly Disposal[], scopes: readonly Scope[], edits: readonly Edit[]): ByHand | null {
  const [disposal, ...otherDisposals] = disposals;
  const [scope, ...otherScopes] = scopes;
  if (disposal === undefined || scope === undefined || scopes.some(({ declaration }) => isScoped(declaration))) return null;
  const isEquivalent = scopes.every(({ keyword }, index) => {
    const call = disposals[index]?.call;
    return call !== undefined && doesWhatDisposerDoes(code, call, keyword === "using" ? "dispose" : "asyncDispose");
  });
  const calls = scopes.flatMap(({ declaration, late }) => ownNodesIn(code, late?.right ?? declaration).filter(isCall));
  if (!isEquivalent || calls.some((call) => fateOf(code, call).is !== "settled")) return null;
  return { disposals: [disposal, ...otherDisposals], scopes: [scope, ...otherScopes], edits };
}

function isCall(node: TSESTree.Node): node is CallNode {
  return node.type === "CallExpression" || node.type === "NewExpression";
}
