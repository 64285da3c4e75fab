/** Does the code expect a call to fail? */

import type { TSESTree } from "@typescript-eslint/utils";

import { asksForFailure } from "../../lexicon/testing.js";
import type { CallNode } from "../../syntax.js";
import { calleeName } from "../values/callee.js";
import { callOf, destinationOf, propertyName, unwrap } from "../values/destination.js";
import { functionAround } from "../values/functions.js";
import { isHandled } from "./dropped-promises.js";

/** Whether the code around a call asks for the failure of the promise that it gives, or deals with it on the spot. */
export function isFailureMeant(promise: CallNode): boolean {
  const destination = destinationOf(promise);
  if (destination.to === "receiver" && !destination.awaited) {
    const call = callOf(destination.member);
    return call !== null && (isHandled(call) || isFailureMeant(call));
  }
  const given = destination.to === "literal" ? destinationOf(destination.literal) : destination;
  return (given.to === "argument" && calleeName(given.call) === "allSettled") || isFailureExpected(promise);
}

/**
 * Whether a test expects a call to fail: it gives the promise to an assertion of
 * that, or keeps what it catches in order to look at it, as in
 * `try { await conn.ping(); } catch (error) { thrown = error; }`.
 */
export function isFailureExpected(call: CallNode): boolean {
  const destination = destinationOf(call);
  if (destination.to === "argument") return asks(destination.call);
  const { parent: statement } = destination.value;
  const block = statement?.type === "ExpressionStatement" ? statement.parent : null;
  const attempt = block?.type === "BlockStatement" && block.body.length === 1 ? block.parent : null;
  return attempt?.type === "TryStatement" && attempt.block === block && attempt.handler !== null && onlyKeepsError(attempt.handler);
}

function onlyKeepsError({ body, param }: TSESTree.CatchClause): boolean {
  const [statement, second] = body.body;
  const kept = statement?.type === "ExpressionStatement" && second === undefined ? statement.expression : null;
  return kept?.type === "AssignmentExpression" && kept.left.type === "Identifier" && param?.type === "Identifier" && unwrap(kept.right).type === "Identifier" && (unwrap(kept.right) as TSESTree.Identifier).name === param.name;
}

/** Whether a call stands in a callback of which a test asks that it fails: `assert.throws(() => { new Pool(-1); })`. */
export function isMeantToFail(call: CallNode): boolean {
  const callback = functionAround(call);
  const destination = callback === null ? null : destinationOf(callback);
  return destination?.to === "argument" && asks(destination.call);
}

function asks(assertion: CallNode): boolean {
  return [calleeName(assertion), ...namesBehind(assertion)].some((name) => asksForFailure(name));
}

/** The names of the members that follow a value in its chain: `rejects` and `toThrow` behind `expect(p)`. */
function namesBehind(value: TSESTree.Node): readonly (string | null)[] {
  const { parent } = value;
  if (parent?.type === "CallExpression" && parent.callee === value) return namesBehind(parent);
  return parent?.type === "MemberExpression" && parent.object === value ? [propertyName(parent), ...namesBehind(parent)] : [];
}
