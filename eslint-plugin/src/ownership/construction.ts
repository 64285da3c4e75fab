import type { TSESTree } from "@typescript-eslint/utils";

import type { Code, FunctionNode } from "../code.js";
import { acquisitionBy, acquisitionIn, type Acquisition } from "./acquire.js";
import { destinationOf, propertyName, unwrap } from "./destination.js";
import { disposalBy } from "./dispose.js";
import { isConstructor } from "./fields.js";
import { declaratorOf, functionAround, nodesOf, variableOf } from "./references.js";
import { isStackLike } from "./stack.js";
import { calleeName } from "./transfer.js";
import type { Use } from "./uses.js";

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

/** `new C(…)` or `new this(…)` in the class `C`. */
function isOwnNew({ parent }: TSESTree.ClassBody, node: TSESTree.Node): node is TSESTree.NewExpression {
  if (node.type !== "NewExpression") return false;
  return node.callee.type === "ThisExpression" || (node.callee.type === "Identifier" && node.callee.name === parent.id?.name);
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

/** What waits for the outside world in an expression, or acquires. */
function failureIn(code: Code, expression: TSESTree.Node): TSESTree.Node | null {
  return nodesOf(code, expression).find((node) => node.type === "AwaitExpression" || mayFail(code, node)) ?? null;
}

/** Names of functions whose declarations show no body and that only make something, which seldom fails. */
const makes = /^(?:create|make|new|subscribe|watch)/u;

/** Whether a call acquires something and may well fail at that; what `new` makes seldom does. */
export function mayFail(code: Code, node: TSESTree.Node): boolean {
  if (node.type !== "CallExpression" || acquisitionBy(code, node) === null) return false;
  const callee = code.types?.callee(node) ?? null;
  return (callee !== null && code.types?.body(callee) != null) || !makes.test(calleeName(node) ?? "");
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
  const isGuarded = nodes.some((node) => node.type === "TryStatement" || (node.type === "ThisExpression" && !/^(?:receiver|tested)$/u.test(destinationOf(node).to)));
  if (isGuarded) return [];
  // A new stack holds nothing yet.
  return steps.flatMap(({ holder, value }, index): readonly Unfinished[] => {
    const acquisition = holder === null || value === null ? null : acquisitionIn(code, value);
    if (acquisition === null || holder === null || acquisition.resource.promised || isStackLike(code, acquisition.call) || isDisposed(code, nodes, holder)) return [];
    const risk = nodes.slice(index + 1).find((node) => node.type === "ThrowStatement" || mayFail(code, node));
    return risk === undefined ? [] : [{ acquisition, holder, risk }];
  });
}

function stepsOf(code: Code, body: TSESTree.ClassBody): readonly Step[] {
  const fields = body.body.flatMap((member): readonly Step[] => {
    if (member.type !== "PropertyDefinition" || member.static || member.value === null) return [];
    return [...nodesOf(code, member.value).map((node): Step => ({ node, holder: null, value: null })), { node: member, holder: member.key, value: member.value }];
  });
  const block = body.body.map((member) => (member.type === "MethodDefinition" && isConstructor(member) ? member.value.body : null)).find((each) => each !== null);
  if (block == null) return fields;
  // Where a node ends is where it takes effect.
  const inOrder = [...nodesOf(code, block)].sort((one, other) => one.range[1] - other.range[1] || other.range[0] - one.range[0]);
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
