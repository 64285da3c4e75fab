/** Does a disposer bear a second call? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code, FunctionInCode } from "../../code.js";
import { changesNothing } from "../../lexicon/language.js";
import { tellsState } from "../../lexicon/living.js";
import { bearsRepetition, disposesStack } from "../../lexicon/releasing.js";
import type { Resource } from "../../resource.js";
import { ancestorsOf, nodesIn, type FunctionNode } from "../../syntax.js";
import { stackNameOf } from "../scopes/stack.js";
import { isConstructor, keyText, parameterProperty } from "../values/class-members.js";
import { propertyName, unwrap } from "../values/destination.js";
import { symbolOf, type DisposeSymbol } from "../values/dispose-symbol.js";
import { functionAround, isInside, ownNodesIn, returnedBy } from "../values/functions.js";
import { declaratorOf, ownerFunction, variableOf, writesOf } from "../values/variables.js";

/**
 * Whether the body of a resource's disposer shows that it bears a second call:
 * whatever it does stands behind a question about what the first call changes.
 * A disposer without a body is unknown.
 */
export function isIdempotent(code: Code, resource: TSESTree.Node): boolean {
  const { types } = code;
  if (types === null) return false;
  const { both, kind } = types.resource(resource);
  const symbols = both ? (["asyncDispose", "dispose"] as const) : kind === "sync" ? (["dispose"] as const) : (["asyncDispose"] as const);
  return symbols.every((symbol) => {
    const disposers = disposersOf(code, resource, symbol);
    return disposers.length > 0 && disposers.every((disposer) => disposer !== null && isRepeatable(disposer));
  });
}

/** The disposers that a value may have: its type's or, where that declares none with a body, those of what made it. */
export function disposersOf(code: Code, value: TSESTree.Node, symbol: DisposeSymbol, depth = 0): readonly (FunctionInCode | null)[] {
  const at = unwrap(value);
  // A cast to an interface hides the class that was made.
  const typed = code.types?.disposerBody(value, symbol) ?? code.types?.disposerBody(at, symbol) ?? null;
  if (typed !== null || depth > 3) return [typed];
  const variable = at.type === "Identifier" ? variableOf(code, at) : null;
  const init = variable === null || writesOf(variable).length > 1 ? null : declaratorOf(variable)?.init;
  if (init != null) return disposersOf(code, init, symbol, depth + 1);
  const callee = at.type === "CallExpression" ? (code.types?.callee(at) ?? null) : null;
  const made = callee === null ? null : (code.types?.body(callee) ?? null);
  return made === null ? [null] : returnedBy(made.code, made.node).flatMap((each) => disposersOf(made.code, each, symbol, depth + 1));
}

/** Whether each disposer that a resource is disposed by is seen, and is like that. */
export function isEachDisposer(code: Code, value: TSESTree.Node, { both, kind }: Resource, is: (disposer: FunctionInCode) => boolean): boolean {
  const symbols = both ? (["asyncDispose", "dispose"] as const) : kind === "sync" ? (["dispose"] as const) : (["asyncDispose"] as const);
  return symbols.every((symbol) => {
    const disposers = disposersOf(code, value, symbol);
    return disposers.length > 0 && disposers.every((disposer) => disposer !== null && is(disposer));
  });
}

function isRepeatable({ code, node }: FunctionInCode, depth = 0): boolean {
  if (depth > 3 || node.generator) return false;
  return ownNodesIn(code, node.body).every((at) => {
    switch (at.type) {
      case "CallExpression":
        return isAsked(code, node, at) || isHarmless(code, at, depth);
      case "NewExpression":
        return at.parent.type === "ThrowStatement" || isAsked(code, node, at);
      case "ThrowStatement":
        return isLeftBefore(code, node, at);
      default:
        return true;
    }
  });
}

function isHarmless(code: Code, call: TSESTree.CallExpression, depth: number): boolean {
  const { callee } = call;
  if (callee.type === "Identifier" && bearsRepetition(callee.name)) return true;
  if (callee.type === "MemberExpression") {
    if (bearsRepetition(propertyName(callee)) || (callee.object.type === "Identifier" && changesNothing(callee.object.name))) return true;
    const isDisposal = symbolOf(callee.property, callee.computed) !== null || disposesStack(propertyName(callee));
    if (isDisposal && stackNameOf(code, callee.object) !== null) return true;
  }
  const declared = code.types?.callee(call) ?? null;
  const body = declared === null ? null : (code.types?.body(declared) ?? null);
  return body !== null && isRepeatable(body, depth + 1);
}

/** Whether a disposer does something only where a question about its state allows it. */
function isAsked(code: Code, disposer: FunctionNode, effect: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const asksIn = (test: TSESTree.Node): boolean => !isInside(effect, test) && asksState(code, disposer, test);
  const isConditional = [...ancestorsOf(effect)].filter((at) => isInside(at, disposer.body)).some((at) => {
    switch (at.type) {
      case "AssignmentExpression":
        return /^(?:\?\?|\|\||&&)=$/u.test(at.operator) && asksIn(at.left);
      case "ConditionalExpression":
      case "IfStatement":
      case "WhileStatement":
        return asksIn(at.test);
      case "LogicalExpression":
        return asksIn(at.left);
      default:
        return false;
    }
  });
  return isConditional || isOnOptional(code, disposer, effect) || isLeftBefore(code, disposer, effect);
}

/** `this.#conn?.close()` */
function isOnOptional(code: Code, disposer: FunctionNode, effect: TSESTree.Node): boolean {
  for (let at = effect; at.type === "CallExpression" || at.type === "MemberExpression"; at = unwrap(at.type === "CallExpression" ? at.callee : at.object)) {
    if (at.optional && asksState(code, disposer, at.type === "CallExpression" ? at.callee : at.object)) return true;
  }
  return false;
}

/** Whether an earlier statement returns where the state says that the disposer has been called. */
function isLeftBefore(code: Code, disposer: FunctionNode, node: TSESTree.Node): boolean {
  const blocks = [...ancestorsOf(node)].filter((at) => at.type === "BlockStatement" && isInside(at, disposer.body)) as TSESTree.BlockStatement[];
  return blocks.some(({ body }) => body.some((statement) => statement.range[1] <= node.range[0] && statement.type === "IfStatement" && statement.alternate === null && returns(statement.consequent) && asksState(code, disposer, statement.test)));
}

function returns(statement: TSESTree.Statement): boolean {
  const last = statement.type === "BlockStatement" ? statement.body.at(-1) : statement;
  return last?.type === "ReturnStatement";
}

/** Whether an expression reads what tells a first call from a second: what the code changes, or what says whether something is open. */
function asksState(code: Code, disposer: FunctionNode, test: TSESTree.Node, depth = 0): boolean {
  return ownNodesIn(code, test).some((node) => {
    if (node.type === "MemberExpression") return unwrap(node.object).type === "ThisExpression" ? isChanged(code, disposer, node) : tellsState(propertyName(node));
    const variable = node.type === "Identifier" ? variableOf(code, node) : null;
    if (variable === null) return false;
    if (ownerFunction(variable) !== disposer) return writesOf(variable).length > 1;
    const declarator = declaratorOf(variable);
    if (declarator?.init == null || depth > 2) return false;
    const { id, init } = declarator;
    if (id.type !== "ObjectPattern") return asksState(code, disposer, init, depth + 1);
    return init.type === "ThisExpression" && id.properties.some((property) => property.type === "Property" && property.key.type === "Identifier" && isChangedName(code, disposer, property.key.name));
  });
}

function isChanged(code: Code, disposer: FunctionNode, member: TSESTree.MemberExpression): boolean {
  const name = propertyName(member);
  return name !== null && isChangedName(code, disposer, name);
}

/** Whether a member of the disposer's object is written after its construction, or is more than a field of its own: an accessor, a method, or inherited. */
function isChangedName(code: Code, disposer: FunctionNode, name: string): boolean {
  const owner = [...ancestorsOf(disposer)].find((at): at is TSESTree.ClassBody | TSESTree.ObjectExpression => at.type === "ClassBody" || at.type === "ObjectExpression");
  if (owner === undefined) return false;
  const isWritten = [...nodesIn(code, owner)].some((node) => {
    const isTarget = node.type === "MemberExpression" && propertyName(node) === name && isTargetOf(node);
    const around = isTarget ? functionAround(node)?.parent : undefined;
    return isTarget && !(around?.type === "MethodDefinition" && isConstructor(around));
  });
  return isWritten || !isOwnField(owner, name);
}

function isTargetOf(node: TSESTree.MemberExpression): boolean {
  const { parent } = node;
  return (parent.type === "AssignmentExpression" && parent.left === node) || parent.type === "UpdateExpression" || parent.type === "ArrayPattern";
}

/** Whether a class or an object has a plain field of a name, which keeps its value as long as nobody writes it. */
function isOwnField(owner: TSESTree.ClassBody | TSESTree.ObjectExpression, name: string): boolean {
  const members = owner.type === "ClassBody" ? owner.body : owner.properties;
  return members.some((member) => {
    if (member.type === "PropertyDefinition" || (member.type === "Property" && member.kind === "init" && !member.method)) return keyText(member.key, member.computed) === name;
    return member.type === "MethodDefinition" && isConstructor(member) && member.value.params.some((parameter) => parameterProperty(parameter)?.name === name);
  });
}
