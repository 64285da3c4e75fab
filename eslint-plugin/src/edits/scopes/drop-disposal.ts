/** Which disposal by hand can go because the scope repeats it? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { scopeOf } from "../../flow/scope.js";
import { repeatedAsBy, repeatedBy, type Repeated } from "../../ownership/lifetime/double-dispose.js";
import { acquisitionBy } from "../../ownership/owners/acquisition.js";
import { disposalBy } from "../../ownership/release/release-name.js";
import type { Use } from "../../ownership/uses/use.js";
import type { DisposeSymbol } from "../../ownership/values/dispose-symbol.js";
import { unwrap } from "../../ownership/values/destination.js";
import { ownNodesIn } from "../../ownership/values/functions.js";
import type { Variable } from "../../ownership/values/variables.js";
import { ancestorsOf } from "../../syntax.js";
import { hasComments } from "../placement/placement.js";
import type { Edit } from "../text/edit.js";

/** The disposals by the symbol that a scope for the variable would repeat. */
export function repeatedIn(code: Code, variable: Variable, uses: readonly Use[]): readonly Repeated[] {
  return disposalsIn(uses).map((call) => repeatedBy(code, call)).filter((each) => each !== null && each.variable === variable) as readonly Repeated[];
}

function disposalsIn(uses: readonly Use[]): readonly TSESTree.CallExpression[] {
  return uses.flatMap(({ at, how }) => (how === "disposed" && at.type === "CallExpression" ? [at] : []));
}

/** The disposals by a release method that a scope for the variable would repeat, and which can be left out. */
export function equivalentIn(code: Code, variable: Variable, uses: readonly Use[], symbol: DisposeSymbol): readonly Repeated[] {
  return disposalsIn(uses).flatMap((call) => {
    const repeated = repeatedBy(code, call) === null ? repeatedAsBy(code, call, symbol) : null;
    return repeated?.variable === variable && leaveOut(code, repeated) !== null ? [repeated] : [];
  });
}

/**
 * Takes a disposal away that the scope does at its end; `null` where the
 * resource would be open for longer than a few steps, where something else waits
 * for its end, where a `catch` sees the disposal fail, and where a comment would
 * lose its sense.
 */
export function leaveOut(code: Code, { call, statement, variable }: Repeated): Edit | null {
  if (isCaught(statement, variable) || !isNearTheEnd(code, { call, statement, variable })) return null;
  return withoutStatement(code, statement);
}

function isCaught(statement: TSESTree.Node, { scope: { block } }: Variable): boolean {
  for (const at of ancestorsOf(statement)) {
    if (at === block) return false;
    if (at.type === "TryStatement" && at.handler !== null && at.finalizer !== statement.parent) return true;
  }
  return false;
}

/** Whether nothing behind a disposal waits or acquires, but for other disposals. */
function isNearTheEnd(code: Code, { statement, variable }: Repeated): boolean {
  const later = (scopeOf(variable)?.body ?? []).flatMap((each) => ownNodesIn(code, each)).filter(({ range: [start] }) => start >= statement.range[1]);
  return later.every((node) => {
    switch (node.type) {
      case "AwaitExpression":
        return isDisposal(code, node.argument);
      case "CallExpression":
      case "NewExpression":
        return acquisitionBy(code, node) === null;
      case "ForOfStatement":
        return !node.await;
      case "YieldExpression":
        return false;
      default:
        return true;
    }
  });
}

function isDisposal(code: Code, node: TSESTree.Node): boolean {
  const call = unwrap(node);
  return call.type === "CallExpression" && call.callee.type === "MemberExpression" && disposalBy(code, call.callee) !== null;
}

/** Takes a statement away with its line; `null` where it is the only one of a block, is commented on, or where the lines around it would join. */
export function withoutStatement(code: Code, statement: TSESTree.Statement): Edit | null {
  const { parent, range: [start, end] } = statement;
  if (parent.type !== "BlockStatement" || parent.body.length < 2) return null;
  const index = parent.body.indexOf(statement);
  const before = parent.body[index - 1]?.range[1] ?? parent.range[0] + 1;
  const after = parent.body[index + 1]?.range[0] ?? parent.range[1] - 1;
  const head = code.text.slice(before, start);
  const rest = /^[^\n\r]*/u.exec(code.text.slice(end, after))?.[0] ?? "";
  if (hasComments(code, [before + Math.max(head.indexOf("\n"), 0), end + rest.length])) return null;
  if (mayJoin(code.text.charAt(before - 1), code.text.charAt(after))) return null;
  return { range: [before + head.trimEnd().length, end], text: "" };
}

/** Whether a line that begins like this continues one that ends without a semicolon. */
function mayJoin(last: string, first: string): boolean {
  return !/[;{}]/u.test(last) && /[(+\-/[`]/u.test(first);
}
