/** Does a function acquire resources into a collection that nobody else gets hold of? */

import type { TSESTree } from "@typescript-eslint/utils";

import { memory, type Code } from "../../code.js";
import { isCollection, tellsSize } from "../../lexicon/language.js";
import type { Resource } from "../../resource.js";
import { ancestorsOf } from "../../syntax.js";
import { acquisitionIn, type Acquisition } from "../owners/acquisition.js";
import { usesBy, usesOf } from "../uses/uses.js";
import { callOf, destinationOf, propertyName, unwrap } from "../values/destination.js";
import { closureAround, functionAround, isFunction } from "../values/functions.js";
import { declaratorOf, ownerFunction, readsOf, scopedBy, variableOf, writesOf, type Variable } from "../values/variables.js";

/** A local array, `Map` or `Set` into which acquired resources go. */
export interface Collection {
  readonly variable: Variable;
  readonly binding: TSESTree.Identifier;
  readonly declaration: TSESTree.VariableDeclaration;
  /** What is acquired for it, in source order. */
  readonly acquisitions: readonly [Acquisition, ...Acquisition[]];
  /** The calls that put something into it. */
  readonly additions: readonly Addition[];
  readonly resource: Resource;
}

/** A statement that puts a value into a collection. */
export interface Addition {
  readonly call: TSESTree.CallExpression;
  readonly member: TSESTree.MemberExpression;
  readonly value: TSESTree.Expression;
  readonly method: "add" | "push" | "set" | "unshift";
}

const collections = memory<Collection | null>();

/**
 * The collection that a declarator makes, if it begins empty or with what it
 * acquires, if every element is acquired for it, and if nobody else gets hold of
 * them: the code only goes through them, on the spot or waiting.
 */
export function abandonedCollection(code: Code, declarator: TSESTree.VariableDeclarator): Collection | null {
  return collections(code, declarator, () => collectionWith(code, declarator, () => false));
}

/**
 * The same of a collection that somebody deals with in the end.
 *
 * @param isAllowed whether a reference may do so, in any way
 */
export function collectionWith(code: Code, { id, init, parent }: TSESTree.VariableDeclarator, isAllowed: (read: TSESTree.Identifier) => boolean): Collection | null {
  const initial = init === null ? null : initialElements(code, init);
  const variable = id.type === "Identifier" ? variableOf(code, id) : null;
  if (code.types === null || id.type !== "Identifier" || initial === null || variable === null || parent.kind === "var") return null;
  if (ownerFunction(variable) === null || writesOf(variable).length !== 1) return null;
  const added = readsOf(variable).map((read) => additionBy(read));
  if (initial.length === 0 && added.every((each) => each === null)) return null;
  const home = ownerFunction(variable);
  const isKept = readsOf(variable).every((read, index) => closureAround(read, home) === null && (added[index] != null || isAllowed(read) || staysHere(code, read, isOnlyBorrowed)));
  if (!isKept) return null;
  const additions = added.filter((each) => each !== null);
  const acquisitions = [...initial, ...additions.map(({ value }) => value)].map((each) => acquiredFor(code, each));
  const [first, ...others] = acquisitions.filter((each) => each !== null);
  if (first === undefined || others.length + 1 < acquisitions.length || others.some(({ resource }) => resource.name !== first.resource.name)) return null;
  return { variable, binding: id, declaration: parent, acquisitions: [first, ...others], additions, resource: first.resource };
}

/** What a collection begins with: `[]`, `[await open()]`, `new Map()`, `new Set()`; `null` for anything else. */
export function initialElements(code: Code, init: TSESTree.Expression): readonly TSESTree.Expression[] | null {
  const made = unwrap(init);
  if (made.type === "ArrayExpression") {
    const elements = made.elements.filter((each) => each !== null && each.type !== "SpreadElement");
    return elements.length === made.elements.length ? elements : null;
  }
  const isEmpty = made.type === "NewExpression" && made.callee.type === "Identifier" && isCollection(made.callee.name) && made.arguments.length === 0;
  return isEmpty && (variableOf(code, made.callee)?.defs.length ?? 0) === 0 ? [] : null;
}

/** What `push`, `add`, `set` or `unshift` puts into the collection that a reference names, as a statement. */
export function additionBy(read: TSESTree.Expression): Addition | null {
  const destination = destinationOf(read);
  const call = destination.to === "receiver" && destination.value === read ? callOf(destination.member) : null;
  if (call === null || destination.to !== "receiver" || destinationOf(call).to !== "discarded") return null;
  const { member } = destination;
  const method = propertyName(member);
  if (method !== "add" && method !== "push" && method !== "set" && method !== "unshift") return null;
  const [first, second, third] = call.arguments;
  const value = method === "set" ? (third === undefined ? second : undefined) : second === undefined ? first : undefined;
  return value === undefined || value.type === "SpreadElement" ? null : { call, member, value, method };
}

/** What is acquired for a collection: in place, or by a constant that is only used besides. */
export function acquiredFor(code: Code, value: TSESTree.Expression): Acquisition | null {
  const given = unwrap(value);
  if (given.type !== "Identifier") return heldAcquisition(code, value);
  const variable = variableOf(code, given);
  const declarator = variable === null ? null : declaratorOf(variable);
  if (variable === null || declarator?.init == null || declarator.parent.kind !== "const" || scopedBy(variable) !== null) return null;
  if (ownerFunction(variable) !== functionAround(value)) return null;
  const uses = usesOf(code, variable);
  const isOnlyKept = uses.every(({ how, reference }) => how === "borrowed" || reference === given);
  return isOnlyKept && declarator.id.type === "Identifier" ? heldAcquisition(code, declarator.init) : null;
}

/** An acquisition that is awaited where it has to be. */
function heldAcquisition(code: Code, value: TSESTree.Expression): Acquisition | null {
  const acquisition = acquisitionIn(code, value);
  const isPending = acquisition?.resource.promised === true && !destinationOf(acquisition.call).awaited;
  return acquisition === null || isPending ? null : acquisition;
}

/** Whether what holds an element does nothing with it that may discharge it. */
export function isOnlyBorrowed(code: Code, name: TSESTree.Node): boolean {
  const variable = name.type === "Identifier" ? variableOf(code, name) : null;
  return variable !== null && scopedBy(variable) === null && usesOf(code, variable).every(({ how }) => how === "borrowed");
}

/**
 * Whether a collection of resources is gone through on the spot, or what is made
 * of it is data that was waited for.
 *
 * @param stays whether a name for an element does with it what is allowed
 */
export function staysHere(code: Code, read: TSESTree.Expression, stays: (code: Code, name: TSESTree.Node) => boolean): boolean {
  const destination = destinationOf(read);
  if (destination.to === "tested") return true;
  if (destination.to === "iterated") {
    const { left } = destination.loop;
    return left.type === "VariableDeclaration" && stays(code, left.declarations[0].id);
  }
  if (destination.to !== "receiver") return false;
  if (tellsSize(propertyName(destination.member))) return true;
  const { member } = destination;
  if (member.computed && member.property.type === "Literal") return usesBy(code, [member], functionAround(member)).every(({ how }) => how === "borrowed");
  const call = callOf(member);
  if (call === null || call.arguments.length === 0 || !call.arguments.every((each) => isFunction(each) && each.params.every((parameter) => stays(code, parameter)))) return false;
  const waiting = [...ancestorsOf(read)].find((at) => at.type === "AwaitExpression" || isFunction(at) || at.type.endsWith("Statement"));
  if (waiting?.type === "ExpressionStatement") return code.types?.isPromise(waiting.expression) === false;
  return waiting?.type === "AwaitExpression" && code.types?.isHandle(waiting) === false && !code.types.isLazyView(waiting);
}
