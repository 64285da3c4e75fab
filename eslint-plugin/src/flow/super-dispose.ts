/** Does an override call the disposer that it replaces? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code, InheritedDisposer } from "../code.js";
import { notes } from "../lexicon/holding.js";
import { ownedFields } from "../ownership/classes/fields.js";
import { reachedFrom } from "../ownership/classes/teardown.js";
import { disposalBy, isReleaseName } from "../ownership/release/release-name.js";
import { callOf, destinationOf, propertyName, staysInPlace, unwrap } from "../ownership/values/destination.js";
import { symbolOf } from "../ownership/values/dispose-symbol.js";
import { functionAround, isFunction, ownNodesIn } from "../ownership/values/functions.js";
import { nodesIn, type FunctionNode } from "../syntax.js";
import { withoutFailures } from "./course.js";
import { liveExits } from "./walk/live-exits.js";

/** What an override does about the disposer that it replaces. */
export type BaseDisposal =
  /** It calls it, or somebody may for it. */
  | { readonly is: "called" }
  | { readonly is: "never" }
  /** It works and then returns before it calls it. */
  | { readonly is: "skipped"; readonly exit: TSESTree.Node; readonly call: TSESTree.Node };

const called: BaseDisposal = { is: "called" };

/**
 * Whether a disposer calls the one that it overrides, by `super` or by whatever
 * releases the base class: an inherited method, or what the base's own disposer
 * calls. What is given `this`, and what a closure does, is unknown.
 *
 * @param owner the class that overrides
 * @param body its disposer
 */
export function baseDisposal(code: Code, owner: TSESTree.ClassBody, body: FunctionNode, base: InheritedDisposer): BaseDisposal {
  if (isEmpty(code, body) && base.body !== null && !isForShow(base.body.code, base.body.node)) return { is: "never" };
  if (body.body.type !== "BlockStatement" || isForShow(code, body) || (base.body !== null && isForShow(base.body.code, base.body.node))) return called;
  const own = new Set(reachedFrom(code, owner, body.body));
  const parts = [body.body, ...own];
  if (parts.some((part) => isInUnknownHands(code, part) || disposesAnother(code, owner, part, base))) return called;
  const names = base.body === null ? new Set<string>() : calledOn(base.body.code, base.body.node);
  const isRelease = (call: TSESTree.Node): boolean => releasesBase(code, owner, call, names);
  const inOwn = [...own].some((part) => [...nodesIn(code, part)].some(isRelease));
  const discharges = ownNodesIn(code, body.body).filter((node) => isRelease(node) || (inOwn && isOwnCall(node)));
  const [call] = discharges;
  if (call === undefined) return { is: "never" };
  const tracked = { acquisition: body, birth: body.body, isBorn: true, discharges: new Set(discharges), overwrites: new Set<TSESTree.Node>() };
  const exits = liveExits(code, body.body.body, body.body, { ...withoutFailures(code), ...tracked }) ?? [];
  const exit = exits.find(({ by, node }) => by === "return" && worksAhead(code, body, node));
  return exit === undefined ? called : { is: "skipped", exit: exit.node, call };
}

/** Nothing at all in it, not even a word on why. */
function isEmpty({ ast }: Code, { body }: FunctionNode): boolean {
  return body.type === "BlockStatement" && body.body.length === 0 && !(ast.comments ?? []).some(({ range }) => body.range[0] < range[0] && range[1] < body.range[1]);
}

/** Nothing but an error or some notes in it: made to be replaced, to keep what is open, or for a test. */
function isForShow(code: Code, { body }: FunctionNode): boolean {
  if (body.type === "BlockStatement" && body.body[0]?.type === "ThrowStatement") return true;
  const calls = [...nodesIn(code, body)].filter((node) => node.type === "CallExpression" || node.type === "NewExpression");
  return calls.every(({ callee }) => callee.type === "MemberExpression" && notes(propertyName(callee)));
}

/** Whether a disposer disposes another object of the base class: one that it wraps. */
function disposesAnother(code: Code, owner: TSESTree.ClassBody, part: TSESTree.Node, base: InheritedDisposer): boolean {
  const own = new Set(ownedFields(code, owner).flatMap(({ uses }) => uses.map(({ reference }): TSESTree.Node => reference)));
  return [...nodesIn(code, part)].some((node) => {
    if (node.type !== "MemberExpression" || disposalBy(code, node) === null) return false;
    const receiver = unwrap(node.object);
    if (receiver.type === "Super" || receiver.type === "ThisExpression" || own.has(receiver)) return false;
    return base.owner !== "" && code.types?.resource(receiver).name === base.owner;
  });
}

/** Whether somebody else may call the base's disposer: what is given `this`, a closure, a prototype. */
function isInUnknownHands(code: Code, part: TSESTree.Node): boolean {
  return [...nodesIn(code, part)].some((node) => {
    if (node.type === "ThisExpression") return !staysInPlace(destinationOf(node));
    if (node.type !== "MemberExpression") return false;
    if (propertyName(node) === "prototype") return true;
    return node.object.type === "Super" && (callOf(node) === null || isInClosure(node, part));
  });
}

function isInClosure(node: TSESTree.Node, part: TSESTree.Node): boolean {
  const around = functionAround(node);
  return around !== null && around !== functionIn(part) && around.body !== part;
}

function functionIn(part: TSESTree.Node): TSESTree.Node | null {
  return "value" in part && part.value !== null && typeof part.value === "object" && isFunction(part.value as TSESTree.Node) ? (part.value as TSESTree.Node) : null;
}

/** The methods that a disposer calls on its own object. */
function calledOn(code: Code, { body }: FunctionNode): ReadonlySet<string> {
  const names = [...nodesIn(code, body)].map((node) => (isOwnCall(node) ? propertyName(node.callee) : null));
  return new Set(names.filter((name) => name !== null));
}

function isOwnCall(node: TSESTree.Node): node is TSESTree.CallExpression & { readonly callee: TSESTree.MemberExpression } {
  return node.type === "CallExpression" && node.callee.type === "MemberExpression" && unwrap(node.callee.object).type === "ThisExpression";
}

function releasesBase(code: Code, owner: TSESTree.ClassBody, node: TSESTree.Node, names: ReadonlySet<string>): boolean {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return false;
  const { callee } = node;
  const symbol = symbolOf(callee.property, callee.computed);
  const name = propertyName(callee);
  const isReleasing = symbol !== null || (name !== null && (isReleaseName(code, name) || names.has(name)));
  if (callee.object.type === "Super") return isReleasing;
  return isReleasing && isOwnCall(node) && !reachedFrom(code, owner, callee).size;
}

/** Whether a disposer has done anything by the time it returns: what comes first is a guard against a second disposal. */
function worksAhead(code: Code, { body }: FunctionNode, exit: TSESTree.Node): boolean {
  if (body.type !== "BlockStatement") return false;
  const statement = body.body.find(({ range }) => range[0] <= exit.range[0] && exit.range[1] <= range[1]);
  const ahead = body.body.filter((each) => statement !== undefined && each.range[1] <= statement.range[0]);
  return ahead.some((each) => each.type === "ExpressionStatement" && ownNodesIn(code, each).some(({ type }) => /^(?:Await|Call)Expression$/u.test(type)));
}
