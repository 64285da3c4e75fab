/** Which resources are acquired for an object that may never be made? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { seldomFails } from "../../lexicon/acquiring.js";
import { needsDisposal } from "../../resource.js";
import { ancestorsOf, type CallNode, type FunctionNode } from "../../syntax.js";
import { acquisitionBy, acquisitionIn, type Acquisition } from "../owners/acquisition.js";
import { disposalBy, isReleaseName } from "../release/release-name.js";
import { constantIn } from "../scopes/scoped-variable.js";
import { isStackLike, registrationBy } from "../scopes/stack.js";
import { collectionWith, type Collection } from "../several/collection.js";
import type { Use } from "../uses/use.js";
import { usesOf } from "../uses/uses.js";
import { calleeName } from "../values/callee.js";
import { isConstructor } from "../values/class-members.js";
import { destinationOf, propertyName, staysInPlace, unwrap } from "../values/destination.js";
import { functionAround, isInside, isLoop, ownNodesIn } from "../values/functions.js";
import { declaratorOf, readsOf, variableOf, type Variable } from "../values/variables.js";
import { isOwnNew } from "./fields.js";

/** A resource that is acquired for an object which then is never finished. */
export interface Unfinished {
  readonly acquisition: Acquisition;
  /** What keeps it: the member expression or the field's key; the call itself where it is an argument. */
  readonly holder: TSESTree.Node;
  /** What may throw then. */
  readonly risk: TSESTree.Node;
}

/** The class that a function constructs: as its constructor, or as one of its static methods. */
function constructedBy(around: FunctionNode | null): TSESTree.ClassBody | null {
  const member = around?.parent;
  return member?.type === "MethodDefinition" && (member.static || isConstructor(member)) ? member.parent : null;
}

/** Whether a use gives a resource to the object that the function around constructs: to its `new`, or to a field of it. */
export function isBuiltIn(code: Code, { at, how, via }: Use): boolean {
  const body = constructedBy(functionAround(at));
  if (body === null || how !== "transferred") return false;
  if (via === "argument") return isOwnNew(body, at);
  const target = via === "store" && at.type === "AssignmentExpression" && at.left.type === "MemberExpression" ? unwrap(at.left.object) : null;
  if (target?.type === "ThisExpression") return isConstructor(functionAround(at)?.parent as TSESTree.ClassElement);
  const variable = target?.type === "Identifier" ? variableOf(code, target) : null;
  const init = variable === null ? null : declaratorOf(variable)?.init;
  return init != null && isOwnNew(body, init);
}

/**
 * The same uses, followed through the parts of the object: what is given to
 * another object that only this one gets, and that nobody can dispose, goes where
 * that goes.
 */
export function throughParts(code: Code, uses: readonly Use[]): readonly Use[] {
  return uses.flatMap((use) => {
    const part = partBy(code, use);
    // A closure that only uses the part disposes nothing that the part holds.
    return part === null ? [use] : usesOf(code, part).filter(({ how, via }) => how !== "borrowed" && !(how === "unknown" && via === "closure"));
  });
}

/** The constant that holds the part that a use gives a resource to. */
function partBy(code: Code, use: Use): Variable | null {
  const made = madeWith(use);
  const body = constructedBy(functionAround(use.at));
  const { types } = code;
  if (made === null || body === null || types === null || isOwnNew(body, made) || needsDisposal(types.resource(made).kind)) return null;
  if ([...types.membersOf(made)].some((name) => isReleaseName(code, name))) return null;
  const destination = destinationOf(made);
  return destination.to === "declared" ? constantIn(code, destination.declarator) : null;
}

/** Whether a use gives a resource to an object that a stack of the function holds. */
export function isGivenToHeld(code: Code, use: Use): boolean {
  const made = madeWith(use);
  const destination = made === null ? null : destinationOf(made);
  return destination?.to === "argument" && destination.call.type === "CallExpression" && registrationBy(code, destination.call) !== null;
}

/** The `new` that a use gives a resource to, alone or in a bag of options. */
function madeWith({ at, how, via }: Use): TSESTree.NewExpression | null {
  if (how !== "transferred") return null;
  if (via === "argument") return at.type === "NewExpression" ? at : null;
  const destination = via === "literal" ? destinationOf(at) : null;
  return destination?.to === "argument" && destination.call.type === "NewExpression" ? destination.call : null;
}

/** The acquisitions among the arguments of `new C(…)` in a static method of `C` that are lost when a later argument fails. */
export function unfinishedArguments(code: Code, made: TSESTree.NewExpression): readonly Unfinished[] {
  const body = constructedBy(functionAround(made));
  if (body === null || made.arguments.length < 2 || !isOwnNew(body, made)) return [];
  return made.arguments.flatMap((argument, index): readonly Unfinished[] => {
    const risk = made.arguments.slice(index + 1).map((later) => failureIn(code, later)).find((each) => each !== null);
    const acquisition = risk === undefined ? null : acquisitionIn(code, argument);
    if (acquisition === null || risk === undefined || (acquisition.resource.promised && argument.type !== "AwaitExpression")) return [];
    return [{ acquisition, holder: acquisition.call, risk }];
  });
}

/** What a static factory collects in a loop for the object, and the acquisition that loses it when a later turn fails. */
export interface Filling {
  readonly collection: Collection;
  readonly risk: CallNode;
}

/** The collection that a declarator of a static factory makes for the object and nobody else, where a loop fills it. */
export function unfinishedCollection(code: Code, declarator: TSESTree.VariableDeclarator): Filling | null {
  const body = constructedBy(functionAround(declarator));
  return body === null ? null : filledFor(code, declarator, (read) => {
    const destination = destinationOf(read);
    return destination.to === "argument" && !destination.spread && isOwnNew(body, destination.call);
  });
}

/** The collection that a declarator of any other function makes to return it, where a loop fills it. */
export function collectionToReturn(code: Code, declarator: TSESTree.VariableDeclarator): Filling | null {
  const filling = constructedBy(functionAround(declarator)) === null ? filledFor(code, declarator, (read) => destinationOf(read).to === "returned") : null;
  return filling !== null && destinationOf(filling.risk).awaited ? filling : null;
}

/** @param isGiven whether a reference hands the collection over */
function filledFor(code: Code, declarator: TSESTree.VariableDeclarator, isGiven: (read: TSESTree.Identifier) => boolean): Filling | null {
  const collection = collectionWith(code, declarator, isGiven);
  const given = collection === null ? [] : readsOf(collection.variable).filter(isGiven);
  const risk = collection?.acquisitions.map(({ call }) => call).find((call) => {
    const loop = loopAround(call, declarator);
    return loop !== null && given.every((read) => read.range[0] > loop.range[1]) && (destinationOf(call).awaited || mayFail(code, call));
  });
  return collection === null || risk === undefined || given.length === 0 ? null : { collection, risk };
}

/** The loop behind a declarator in whose turns a call stands; `null` where a `try` may deal with its failure. */
function loopAround(call: CallNode, declarator: TSESTree.Node): TSESTree.Node | null {
  const home = functionAround(declarator);
  const around = [...ancestorsOf(call)];
  const inside = around.slice(0, around.findIndex((at) => at === home));
  if (inside.some(({ type }) => type === "TryStatement")) return null;
  return inside.find((at) => isLoop(at) && !isInside(declarator, at)) ?? null;
}

/**
 * What the statements of a block in a static factory acquire for the object and
 * nobody else: as constants, and among the arguments of its `new`.
 */
export function partsIn(code: Code, block: TSESTree.BlockStatement): readonly Acquisition[] {
  const body = constructedBy(functionAround(block));
  if (body === null) return [];
  return block.body.flatMap((statement): readonly Acquisition[] => {
    const declared = statement.type === "VariableDeclaration" ? (statement.declarations as TSESTree.VariableDeclarator[]) : [];
    const values = declared.filter(({ id }) => isOnlyBuiltIn(code, id)).map(({ init }) => init);
    const given = ownNodesIn(code, statement).flatMap((node) => (isOwnNew(body, node) ? node.arguments : []));
    return [...values, ...given].flatMap((value) => {
      const acquisition = value === null ? null : acquisitionIn(code, value);
      if (acquisition === null || isStackLike(code, acquisition.call)) return [];
      return acquisition.resource.promised && !destinationOf(acquisition.call).awaited ? [] : [acquisition];
    });
  });
}

function isOnlyBuiltIn(code: Code, id: TSESTree.Node): boolean {
  const variable = variableOf(code, id);
  const discharges = variable === null || id.type !== "Identifier" ? [] : usesOf(code, variable).filter(({ how }) => how !== "borrowed");
  return discharges.length > 0 && discharges.every((use) => isBuiltIn(code, use));
}

/** What waits for the outside world in an expression, or acquires. */
function failureIn(code: Code, expression: TSESTree.Node): TSESTree.Node | null {
  return ownNodesIn(code, expression).find((node) => node.type === "AwaitExpression" || mayFail(code, node)) ?? null;
}

/** Whether a call acquires something and may well fail at that; what `new` makes seldom does. */
export function mayFail(code: Code, node: TSESTree.Node): boolean {
  if (node.type !== "CallExpression" || acquisitionBy(code, node) === null) return false;
  const callee = code.types?.callee(node) ?? null;
  return (callee !== null && code.types?.body(callee) != null) || !seldomFails(calleeName(node));
}

/** What happens while an object is constructed, in order: fields with values, then the constructor. */
interface Step {
  readonly node: TSESTree.Node;
  /** The field that gets an acquisition there. */
  readonly holder: TSESTree.Node | null;
  readonly value: TSESTree.Expression | null;
}

/**
 * The resources that a constructor or field initializers acquire before another
 * acquisition or a `throw`: whoever asked for the object gets none, so nobody can
 * dispose them. Silent where the constructor catches anything, disposes the
 * field, or gives `this` to somebody.
 */
export function unfinishedFields(code: Code, body: TSESTree.ClassBody): readonly Unfinished[] {
  if (code.types === null) return [];
  const steps = stepsOf(code, body);
  const nodes = steps.map(({ node }) => node);
  if (nodes.some((node) => node.type === "TryStatement" || isGivenAway(node))) return [];
  // A new stack holds nothing yet.
  return steps.flatMap(({ holder, value }, index): readonly Unfinished[] => {
    const acquisition = holder === null || value === null ? null : acquisitionIn(code, value);
    if (acquisition === null || holder === null || acquisition.resource.promised || isStackLike(code, acquisition.call) || isDisposed(code, nodes, holder)) return [];
    const risk = nodes.slice(index + 1).find((node) => (node.type === "ThrowStatement" || mayFail(code, node)) && !isOnOtherBranch(node, holder));
    return risk === undefined ? [] : [{ acquisition, holder, risk }];
  });
}

/** Whether one of two nodes runs only where the other one does not: they stand on the two branches of a condition. */
function isOnOtherBranch(node: TSESTree.Node, other: TSESTree.Node): boolean {
  return [...ancestorsOf(node)].some((at) => {
    if (at.type !== "IfStatement" && at.type !== "ConditionalExpression") return false;
    const { alternate, consequent } = at;
    return alternate !== null && ((isInside(node, consequent) && isInside(other, alternate)) || (isInside(node, alternate) && isInside(other, consequent)));
  });
}

/** Whether a node hands `this` to somebody, who may then dispose what it holds. */
function isGivenAway(node: TSESTree.Node): boolean {
  return node.type === "ThisExpression" && !staysInPlace(destinationOf(node));
}

/** Whether a use puts what a stack hands back into a field of an object that nobody has yet; a constructor has no scope for an asynchronous stack. */
export function isFieldInConstruction(code: Code, { at }: Use): boolean {
  const around = functionAround(at);
  const destination = destinationOf(at);
  if (around === null || destination.to !== "assigned" || at.type !== "CallExpression" || registrationBy(code, at)?.name !== "DisposableStack") return false;
  const { left } = destination.assignment;
  const member = around.parent;
  const isField = left.type === "MemberExpression" && left.object.type === "ThisExpression";
  return isField && member.type === "MethodDefinition" && isConstructor(member) && !ownNodesIn(code, around.body).some(isGivenAway);
}

function stepsOf(code: Code, body: TSESTree.ClassBody): readonly Step[] {
  const fields = body.body.flatMap((member): readonly Step[] => {
    if (member.type !== "PropertyDefinition" || member.static || member.value === null) return [];
    return [...ownNodesIn(code, member.value).map((node): Step => ({ node, holder: null, value: null })), { node: member, holder: member.key, value: member.value }];
  });
  const block = body.body.map((member) => (member.type === "MethodDefinition" && isConstructor(member) ? member.value.body : null)).find((each) => each !== null);
  if (block == null) return fields;
  // Where a node ends is where it takes effect.
  const inOrder = [...ownNodesIn(code, block)].sort((one, other) => one.range[1] - other.range[1] || other.range[0] - one.range[0]);
  return [...fields, ...inOrder.map((node): Step => {
    const isField = node.type === "AssignmentExpression" && node.operator === "=" && node.left.type === "MemberExpression" && node.left.object.type === "ThisExpression";
    return { node, holder: isField ? node.left : null, value: isField ? node.right : null };
  })];
}

function isDisposed(code: Code, nodes: readonly TSESTree.Node[], holder: TSESTree.Node): boolean {
  const name = holder.type === "MemberExpression" ? propertyName(holder) : null;
  return nodes.some((node) => {
    const held = node.type === "MemberExpression" && disposalBy(code, node) !== null ? unwrap(node.object) : null;
    return held?.type === "MemberExpression" && (name === null || propertyName(held) === name);
  });
}
