/** Does the code expect a call to fail? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { neverComesBack } from "../../lexicon/failing.js";
import { asksForFailure, asksForRejection, negates } from "../../lexicon/testing.js";
import { ancestorsOf, type CallNode, type FunctionNode } from "../../syntax.js";
import { calleeName } from "../values/callee.js";
import { callOf, destinationOf, propertyName, unwrap, wrappedIn } from "../values/destination.js";
import { functionAround, isInside, ownNodesIn, returnedBy } from "../values/functions.js";
import { readsOf, variableOf, writesOf, type Variable } from "../values/variables.js";
import { isHandled } from "./dropped-promises.js";
import { mayReject, mayThrow } from "./failure.js";

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

/**
 * Whether a call is what a test wants to see fail: the last thing that may fail in a
 * function that is only there to be expected to (`assert.rejects(async () => { await open(""); })`),
 * or what stands before a `fail()` in a `try`. Where something behind the call may fail,
 * that is what the test is about, and the call itself succeeds.
 */
export function isMeantToFail(code: Code, call: CallNode): boolean {
  const around = functionAround(call);
  if (around === null) return false;
  return isFollowedByFail(call) || (isExpectedToFail(code, around) && risksBehind(code, call, around).length === 0);
}

/** What may fail in a function once a call in it has succeeded. */
function risksBehind(code: Code, call: CallNode, around: FunctionNode): readonly TSESTree.Node[] {
  const risks = ownNodesIn(code, around.body).filter((at) => !isAwaitOf(at, call) && mayFail(code, at));
  const promised = returnedBy(code, around).filter((value) => unwrap(value) !== call && code.types?.isPromise(value) === true);
  return [...risks, ...promised].filter((at) => at.range[1] > call.range[1]);
}

function isAwaitOf(at: TSESTree.Node, call: CallNode): boolean {
  return wrappedIn(at) !== null && isInside(call, at) && unwrap(at) === call;
}

function mayFail(code: Code, at: TSESTree.Node): boolean {
  switch (at.type) {
    case "AwaitExpression":
      return mayReject(code, at.argument);
    case "CallExpression":
      return mayThrow(code, at) && !saysFail(at);
    case "ForOfStatement":
      return at.await;
    case "NewExpression":
    case "TaggedTemplateExpression":
    case "ThrowStatement":
    case "YieldExpression":
      return true;
    default:
      return false;
  }
}

/** Whether all that a function is used for is to be expected to fail: given to such an assertion, or called for one. */
function isExpectedToFail(code: Code, node: FunctionNode, depth = 0): boolean {
  const destination = destinationOf(node);
  if (destination.to === "argument") return asks(destination.call);
  if (node.parent.type === "CallExpression" && node.parent.callee === node) return isExpected(code, node.parent, depth);
  const named = node.type === "FunctionDeclaration" ? node.id : destination.to === "declared" && destination.declarator.parent.kind === "const" ? destination.declarator.id : null;
  const variable = named?.type === "Identifier" ? variableOf(code, named) : null;
  return variable !== null && depth < 3 && isOnlyExpected(code, variable, depth);
}

function isOnlyExpected(code: Code, variable: Variable, depth: number): boolean {
  const reads = readsOf(variable);
  if (reads.length === 0 || writesOf(variable).some(({ identifier }) => identifier.parent?.type !== "VariableDeclarator")) return false;
  return reads.every((read) => {
    if (read.parent.type === "CallExpression" && read.parent.callee === read) return isExpected(code, read.parent, depth);
    const destination = destinationOf(read);
    return destination.to === "argument" && asks(destination.call);
  });
}

/** Whether a call is given to an assertion that it fails, or stands in a function that is. */
function isExpected(code: Code, call: CallNode, depth: number): boolean {
  if (isFailureExpected(call)) return true;
  const around = functionAround(call);
  return around !== null && isExpectedToFail(code, around, depth + 1) && risksBehind(code, call, around).length === 0;
}

/** `try { await open(""); fail("opened"); } catch { … }` */
function isFollowedByFail(call: CallNode): boolean {
  let inner: TSESTree.Node = call;
  for (const at of ancestorsOf(call)) {
    if (at.type === "BlockStatement") {
      const next = at.body[at.body.indexOf(inner as TSESTree.Statement) + 1];
      const said = next?.type === "ExpressionStatement" ? unwrap(next.expression) : null;
      return at.parent.type === "TryStatement" && at.parent.block === at && at.parent.handler !== null && said?.type === "CallExpression" && saysFail(said);
    }
    inner = at;
  }
  return false;
}

/** `fail("opened")`, `t.fail()`, `expect.unreachable()` */
function saysFail(call: TSESTree.CallExpression): boolean {
  return neverComesBack(calleeName(call));
}

/** Whether an assertion asks that what it is given fails. `expect(f).not.toThrow()` asks for the opposite, `expect(p).rejects.not.toThrow(e)` does not. */
function asks(assertion: CallNode): boolean {
  const behind = namesBehind(assertion);
  const asked = [calleeName(assertion), ...behind];
  return asked.some(asksForFailure) && (asked.some(asksForRejection) || !behind.some(negates));
}

/** The names of the members that follow a value in its chain: `rejects` and `toThrow` behind `expect(p)`. */
function namesBehind(value: TSESTree.Node): readonly (string | null)[] {
  const { parent } = value;
  if (parent?.type === "CallExpression" && parent.callee === value) return namesBehind(parent);
  return parent?.type === "MemberExpression" && parent.object === value ? [propertyName(parent), ...namesBehind(parent)] : [];
}
