/** What does an object have to itself, in memory? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code, FunctionInCode } from "../../code.js";
import { copiesCollection, readsToEnd, worksOnValues } from "../../lexicon/language.js";
import { ancestorsOf, type FunctionNode } from "../../syntax.js";
import { bodyOf } from "../values/callee.js";
import { assignmentsTo, isConstructor, keyText, parameterProperty } from "../values/class-members.js";
import { isNothing, propertyName, unwrap } from "../values/destination.js";
import { functionAround, isFunction, isInside, returnedBy } from "../values/functions.js";
import { declaratorOf, isParameter, ownerFunction, variableOf, writesOf, type Variable } from "../values/variables.js";

/** A member of an object, and the object as it is written. */
export interface Self extends FunctionInCode {
  /** The class or object literal that `this` is of; `null` for a function without `this`. */
  readonly owner: TSESTree.ClassBody | TSESTree.ObjectExpression | null;
}

/** Where an object keeps something: in a field, or in a variable that only its methods see. */
export type Place = { readonly field: string } | { readonly variable: Variable };

/** The object that a function is a member of. */
export function selfOf({ code, node }: FunctionInCode): Self {
  return { code, node, owner: thisIn(node) };
}

/** Whose `this` stands in a function: that of the class or the literal which has it, through arrow functions. */
function thisIn(node: FunctionNode): Self["owner"] {
  const { parent } = node;
  if (parent.type === "MethodDefinition" || parent.type === "PropertyDefinition") return parent.parent;
  if (node.type === "ArrowFunctionExpression") {
    const around = functionAround(node);
    return around === null ? null : thisIn(around);
  }
  return parent.type === "Property" && parent.parent.type === "ObjectExpression" ? parent.parent : null;
}

/** Whether an expression is the object itself: `this` of the very literal or class that the disposer is written in. */
export function isSelf({ node, owner }: Self, expression: TSESTree.Node): boolean {
  const at = unwrap(expression);
  if (at.type === "Super") return true;
  return at.type === "ThisExpression" && owner !== null && isOwnThis(node, owner);
}

/** An arrow function in an object literal has the `this` of the function around, which is another object. */
function isOwnThis({ parent, type }: FunctionNode, owner: TSESTree.Node): boolean {
  return type !== "ArrowFunctionExpression" || (parent.type === "PropertyDefinition" && parent.parent === owner);
}

/**
 * Where an expression comes from, if that is a place of the object: the field, what
 * it has, what a loop or a callback takes out of it.
 */
export function placeOf(self: Self, expression: TSESTree.Node, depth = 0): Place | null {
  const at = unwrap(expression);
  if (depth > 8) return null;
  switch (at.type) {
    case "ArrayExpression":
      return at.elements[0]?.type === "SpreadElement" ? placeOf(self, at.elements[0].argument, depth + 1) : null;
    case "CallExpression":
      return at.callee.type === "MemberExpression" ? placeOf(self, takesArgument(at.callee) ? (at.arguments[0] ?? at) : at.callee.object, depth + 1) : null;
    case "Identifier": {
      const variable = variableOf(self.code, at);
      return variable === null ? null : placeOfVariable(self, variable, depth);
    }
    case "LogicalExpression":
      return placeOf(self, at.left, depth + 1);
    case "MemberExpression": {
      const name = propertyName(at);
      return isSelf(self, at.object) && name !== null ? { field: name } : placeOf(self, at.object, depth + 1);
    }
    default:
      return null;
  }
}

/** `Array.from(x)`, `Object.values(x)` */
function takesArgument(callee: TSESTree.MemberExpression): boolean {
  const name = propertyName(callee);
  return callee.object.type === "Identifier" && (readsToEnd(name) || (callee.object.name === "Object" && worksOnValues(name)));
}

function placeOfVariable(self: Self, variable: Variable, depth: number): Place | null {
  if (isParameter(variable)) return placeOfParameter(self, variable, depth);
  const owner = ownerFunction(variable);
  if (owner !== null && owner !== self.node && !isInside(owner, self.node)) return owner === functionAround(self.node) ? { variable } : null;
  const sources = writesOf(variable).flatMap(({ value }) => (value === null ? [] : [placeOf(self, value, depth + 1)]));
  const [first] = sources;
  return first != null && sources.every((source) => source !== null) ? first : { variable };
}

/** What a method calls back with is an element of its object: `this.#waiters.forEach((each) => …)`. */
function placeOfParameter(self: Self, variable: Variable, depth: number): Place | null {
  const { block } = variable.scope.variableScope;
  const call = isFunction(block) && isInside(block, self.node) ? block.parent : null;
  return call?.type === "CallExpression" && call.callee.type === "MemberExpression" ? placeOf(self, call.callee.object, depth + 1) : null;
}

/** Whether nobody else has what a place holds: it is only ever filled with what is new. */
export function isOwnPlace(self: Self, place: Place | null): boolean {
  if (place === null) return false;
  const values = valuesOf(self, place);
  return values.length > 0 && values.every((value) => isFresh(self.code, value));
}

/** All that is put into a place: by its declaration, and by assignments; `null` is nothing. */
export function valuesOf(self: Self, place: Place): readonly (TSESTree.Node | null)[] {
  if ("variable" in place) {
    const values = writesOf(place.variable).map(({ value }) => value);
    return values.length === 0 && declaratorOf(place.variable)?.init === null ? [null] : values;
  }
  const { owner } = self;
  if (owner === null) return [];
  const members: readonly TSESTree.Node[] = owner.type === "ClassBody" ? owner.body : owner.properties;
  const initial = members.flatMap((member) => valueOfMember(member, place.field));
  const written = owner.type === "ClassBody" ? assignmentsTo(self.code, owner, place.field).map(({ right }) => right) : [];
  return initial.length === 0 ? [] : [...initial, ...written];
}

/** What a member of a name begins with, if it is a plain field of the object. */
function valueOfMember(member: TSESTree.Node, name: string): readonly (TSESTree.Node | null)[] {
  if (member.type === "PropertyDefinition" && !member.static) return keyText(member.key, member.computed) === name ? [member.value] : [];
  if (member.type === "Property" && member.kind === "init" && !member.method) return keyText(member.key, member.computed) === name ? [member.value] : [];
  if (member.type !== "MethodDefinition" || !isConstructor(member)) return [];
  return member.value.params.flatMap((parameter) => {
    const declared = parameterProperty(parameter);
    return declared?.name === name ? [declared] : [];
  });
}

/** Whether the object has a plain field of a name, whatever is in it. */
export function hasField(self: Self, name: string): boolean {
  return valuesOf(self, { field: name }).length > 0;
}

/** A collection, a copy, a flag, or nothing: what no other object can have. */
function isFresh(code: Code, given: TSESTree.Node | null, depth = 0): boolean {
  if (given === null || isNothing(given)) return true;
  if (depth > 3) return false;
  const value = unwrap(given);
  switch (value.type) {
    case "ArrayExpression":
    case "Literal":
    case "NewExpression":
    case "ObjectExpression":
      return true;
    case "AssignmentExpression":
      return isFresh(code, value.right, depth);
    case "CallExpression":
      return isCopy(code, value) || givesFresh(bodyOf(code, value), depth);
    case "Identifier": {
      const init = declaratorOfConstant(code, value)?.init;
      return init != null && isFresh(code, init, depth + 1);
    }
    default:
      return false;
  }
}

function isCopy(code: Code, call: TSESTree.CallExpression): boolean {
  return call.callee.type === "MemberExpression" && copiesCollection(propertyName(call.callee)) && code.types?.callee(call)?.origin === "lib";
}

/** Whether a function makes anew whatever it gives. */
function givesFresh(body: FunctionInCode | null, depth: number): boolean {
  const given = body === null ? [] : returnedBy(body.code, body.node);
  return body !== null && !body.node.async && !body.node.generator && given.length > 0 && given.every((each) => isFresh(body.code, each, depth + 1));
}

function declaratorOfConstant(code: Code, identifier: TSESTree.Identifier): TSESTree.VariableDeclarator | null {
  const variable = variableOf(code, identifier);
  const declarator = variable === null || writesOf(variable).length !== 1 ? null : declaratorOf(variable);
  return declarator?.id.type === "Identifier" && ownerFunction(variable as Variable) !== null ? declarator : null;
}

/** The text of the object around a member: where its other members fill the same places. */
export function wholeOf({ code, node, owner }: Self): TSESTree.Node {
  return owner?.type === "ClassBody" ? owner : ([...ancestorsOf(node)].findLast(isFunction) ?? owner ?? code.ast);
}
