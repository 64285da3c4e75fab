/** When can a resource that no variable holds get a scope? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { departuresFrom } from "../../ownership/lifetime/escape.js";
import type { Acquisition } from "../../ownership/owners/acquisition.js";
import { namesPlace } from "../../ownership/uses/derived-effect.js";
import { usesOf } from "../../ownership/uses/uses.js";
import { callOf, destinationOf, unwrap } from "../../ownership/values/destination.js";
import { variableOf } from "../../ownership/values/variables.js";
import { statementAhead } from "../placement/evaluation-order.js";
import { canAwait, functionToMakeAsync, insertBefore } from "../placement/placement.js";
import type { Edit } from "../text/edit.js";
import { freeName, nameFor } from "../text/free-name.js";
import { awaited, makeAsync } from "../waiting/await.js";
import { canBeAwaited } from "./scope-holder.js";
import type { Scoping } from "./using.js";

/**
 * Gives a discarded resource a holder: `await open();` becomes
 * `await using _ = await open();`. The name is free in its scope. `null` where
 * the statement has another value on some path: `using` refuses `false`.
 */
export function holdStatement(code: Code, expression: TSESTree.Node, keyword: "await using" | "using", promised: boolean): Scoping | null {
  const { value, to, awaited: isAwaited } = destinationOf(expression);
  const statement = value.parent;
  if (to !== "discarded" || statement?.type !== "ExpressionStatement" || statement.parent.type !== "BlockStatement") return null;
  if (unwrap(value) !== expression) return null;
  const needsAsync = (keyword === "await using" || promised) && !canAwait(code, statement);
  const around = needsAsync ? functionToMakeAsync(code, statement) : null;
  if (needsAsync && around === null) return null;
  const start = statement.range[0];
  const hold: Edit = { range: [start, start], text: `${keyword} ${freeName(code, "_")} = ${promised && !isAwaited ? "await " : ""}` };
  return { edits: around === null ? [hold] : [makeAsync(code, around), hold], makesAsync: needsAsync, awaitsWork: false, replaces: [] };
}

/** A scope for a resource under a name that the edit gives it. */
export interface Named extends Scoping {
  readonly name: string;
}

/**
 * Gives a resource that is used in passing a statement of its own:
 * `return (await open()).id;` becomes `await using conn = await open();` and
 * `return conn.id;`. `null` where something else would be evaluated earlier or
 * later than before, and where what is made from the resource may be used after
 * the block has disposed it.
 */
export function holdFirst(code: Code, { call, resource }: Acquisition, keyword: "await using" | "using"): Named | null {
  const destination = destinationOf(call);
  const { value } = destination;
  if ((resource.promised && !destination.awaited) || isCutShort(value)) return null;
  const statement = statementAhead(code, value);
  if (statement === null || !isUsedUp(code, call)) return null;
  const work = destination.to === "receiver" ? departuresFrom(code, call, statement.parent) : [];
  if (!work.every(({ is, node }) => is === "pending" && canBeAwaited(code, node))) return null;
  const needsAsync = (keyword === "await using" || work.length > 0) && !canAwait(code, statement);
  const around = needsAsync ? functionToMakeAsync(code, statement) : null;
  if (needsAsync && around === null) return null;
  const name = nameFor(code, resource.name);
  const edits: readonly Edit[] = [
    ...(around === null ? [] : [makeAsync(code, around)]),
    insertBefore(code, statement, `${keyword} ${name} = ${code.text.slice(...value.range)};`),
    ...work.flatMap(({ node }) => awaited(node)),
    { range: withParentheses(code, value), text: name },
  ];
  return { edits, name, makesAsync: around !== null, awaitsWork: work.length > 0, replaces: [] };
}

/** Whether an optional chain ends before the resource is acquired, and with it everything behind: `pool?.open().id`. */
function isCutShort(value: TSESTree.Node): boolean {
  let link = value;
  for (;;) {
    if (link.type === "TSNonNullExpression") link = link.expression;
    else if (link.type === "CallExpression" || link.type === "MemberExpression") {
      if (link.optional) return true;
      link = link.type === "CallExpression" ? link.callee : link.object;
    } else return false;
  }
}

/** Whether what is taken or made from a resource in passing is data, or is used in this block only. */
function isUsedUp(code: Code, call: TSESTree.Node): boolean {
  const destination = destinationOf(call);
  if (destination.to === "receiver") return isMadeUsedUp(code, destination.member);
  const pattern = destination.to === "declared" ? destination.declarator.id : null;
  if (pattern?.type !== "ObjectPattern") return false;
  return pattern.properties.every((property) => property.type === "Property" && code.types?.isHandle(property.value) === false && !code.types.isPromise(property.value));
}

function isMadeUsedUp(code: Code, member: TSESTree.MemberExpression): boolean {
  const made = callOf(member) ?? member;
  const destination = destinationOf(made);
  if (destination.to === "discarded" || destination.to === "tested") return true;
  if (code.types === null || namesPlace(made)) return false;
  if (destination.to === "receiver") return isMadeUsedUp(code, destination.member);
  if (!code.types.isLazyView(destination.value) && !code.types.isHandle(destination.value)) return true;
  const kept = destination.to === "declared" ? variableOf(code, destination.declarator.id) : null;
  return kept !== null && usesOf(code, kept).every(({ how }) => how === "borrowed" || how === "disposed");
}

/** The range of an expression and the parentheses around it, where none of its parent's may follow; comments in them stay. */
function withParentheses({ text }: Code, { range: [start, end] }: TSESTree.Node): readonly [number, number] {
  for (;;) {
    const before = /\($/u.exec(text.slice(0, start).trimEnd());
    const after = /^\s*\)/u.exec(text.slice(end));
    if (before === null || after === null) return [start, end];
    start = before.index;
    end += after[0].length;
  }
}
