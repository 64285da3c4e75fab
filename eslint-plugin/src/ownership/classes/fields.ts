/** Which resources do the fields of a class hold, and which of them does the class own? */

import type { TSESTree } from "@typescript-eslint/utils";

import { memory, type Code } from "../../code.js";
import { lends } from "../../lexicon/acquiring.js";
import { reachesInto } from "../../lexicon/language.js";
import { needsDisposal, type Resource } from "../../resource.js";
import { nodesIn } from "../../syntax.js";
import { acquisitionIn, type Acquisition } from "../owners/acquisition.js";
import { registrationBy } from "../scopes/stack.js";
import type { Use } from "../uses/use.js";
import { usesBy, usesOf } from "../uses/uses.js";
import { rootOf } from "../values/callee.js";
import { isConstructor, keyText, mentionsOf, parameterProperty } from "../values/class-members.js";
import { bareOf, destinationOf, isNothing, propertyName, staysInPlace, unwrap } from "../values/destination.js";
import { symbolOf } from "../values/dispose-symbol.js";
import { functionAround } from "../values/functions.js";
import { declaratorOf, scopedBy, variableOf, writesOf, type Variable } from "../values/variables.js";

/** A field of a class that holds a resource. */
export interface Field {
  /** As it is written behind `this.`: `#conn`. */
  readonly name: string;
  /** Where it is declared. */
  readonly key: TSESTree.Node;
  readonly resource: Resource;
  /** What the class acquires for it, first thing; `null` where it is given. */
  readonly acquisition: Acquisition | null;
  /** Where that comes in the order of acquisition. */
  readonly acquiredAt: number | null;
  /** It may be unset when the class is disposed. */
  readonly optional: boolean;
}

/** A private field that holds nothing but what its class acquires, and that leaves the class as a loan only. */
export interface OwnedField extends Field {
  readonly acquisition: Acquisition;
  readonly acquiredAt: number;
  readonly writes: readonly Write[];
  readonly uses: readonly FieldUse[];
  /** A getter or a method hands it out, so that others may end it, although it is the class's. */
  readonly isLent: boolean;
}

export interface FieldUse extends Use {
  /** The member of the class in which it stands. */
  readonly member: TSESTree.ClassElement;
}

/** An assignment to a field in the class's own members. */
export interface Write {
  readonly at: number;
  readonly value: TSESTree.Expression;
  readonly member: TSESTree.ClassElement;
  /** The value comes from somebody else, or may. */
  readonly foreign: boolean;
}

/** A member of the objects that a class declares: a field, or a constructor's parameter that is one. */
export interface Slot {
  readonly name: string;
  readonly key: TSESTree.Identifier | TSESTree.PrivateIdentifier;
  /** What it has before the constructor runs: its initializer, or the parameter. */
  readonly value: TSESTree.Expression | null;
  /** Only the class itself can reach it; what a decorator does with one is unknown. */
  readonly kept: boolean;
}

/** The fields of a class that hold a resource, those of the constructor's parameters included. */
export function fieldsOf(code: Code, body: TSESTree.ClassBody): readonly Field[] {
  return body.body.flatMap(slotsIn).flatMap((slot): readonly Field[] => {
    const { key, name } = slot;
    const resource = code.types?.resource(key);
    if (resource === undefined || !isHeld(resource)) return [];
    return [{ name, key, resource, ...(acquiredFor(code, body, slot) ?? { acquisition: null, acquiredAt: null, optional: false }) }];
  });
}

const owned = memory<readonly OwnedField[]>();

/**
 * The fields that surely are the class's own to dispose: private ones that get
 * nothing but what the class acquires, none of which is taken by anybody, a child of
 * another field, or in unknown hands. What is handed out is likely its own.
 */
export function ownedFields(code: Code, body: TSESTree.ClassBody): readonly OwnedField[] {
  return owned(code, body, () => (code.types === null ? [] : body.body.flatMap(slotsIn).flatMap((slot) => (slot.kept ? ownedField(code, body, slot) : []))));
}

function ownedField(code: Code, body: TSESTree.ClassBody, slot: Slot): readonly OwnedField[] {
  const { key, name, value: initial } = slot;
  const acquired = acquiredFor(code, body, slot);
  if (acquired === null || (!name.startsWith("#") && isReachedAsAWhole(code, body, name))) return [];
  const resource = code.types?.resource(key);
  if (resource === undefined || !isHeld(resource)) return [];
  const writes = writesTo(code, body, name);
  if (writes.some(({ value }) => !isNothing(value) && goesOnToOthers(code, value.parent))) return [];
  const values = [initial, ...writes.map(({ value }) => value)];
  if (values.some((value) => value !== null && isFromField(code, value))) return [];
  const uses = usesOfField(code, body, name);
  const lent = new Set(uses.filter((use) => isLentBy(code, body, writes, use)));
  if (uses.some((use) => (use.how === "transferred" && !lent.has(use) && !isKeptBeside(code, use)) || (use.how === "unknown" && use.via !== "view"))) return [];
  const isLent = lent.size > 0;
  const acquisition: Acquisition = isLent ? { ...acquired.acquisition, grade: "likely", by: "lent" } : acquired.acquisition;
  return [{ name, key, resource, ...acquired, acquisition, writes, uses, isLent }];
}

/**
 * `get conn() { return this.#conn; }`: what a getter hands out as it is stays the
 * class's. Not where the class itself, or a class around it, may end it by that name.
 */
function isLentBy(code: Code, body: TSESTree.ClassBody, writes: readonly Write[], { at, how, member, reference, via }: FieldUse): boolean {
  if (how !== "transferred" || via !== "return" || unwrap(at) !== reference || body.parent.superClass !== null) return false;
  if (member.type !== "MethodDefinition" || writes.some((write) => write.member === member)) return false;
  const name = keyText(member.key, member.computed);
  const isGetter = member.kind === "get" || lends(name);
  return isGetter && name !== null && mentionsOf(code, body, name).length === 0 && !isReachedAsAWhole(code, body, name);
}

/** `this.#conn = this.#stack.use(…)`: what the stack holds gets a field of its own, and the stack stays in its. */
function isKeptBeside(code: Code, { at }: FieldUse): boolean {
  if (at.type !== "CallExpression" || registrationBy(code, at) === null) return false;
  const destination = destinationOf(at);
  const { left } = destination.to === "assigned" ? destination.assignment : { left: null };
  return left?.type === "MemberExpression" && left.object.type === "ThisExpression";
}

type Acquired = Pick<OwnedField, "acquiredAt" | "acquisition" | "optional">;

/** What a class acquires for a field; `null` where any other value may get there. */
function acquiredFor(code: Code, body: TSESTree.ClassBody, { key, name, value }: Slot): Acquired | null {
  const writes = writesTo(code, body, name).filter((write) => write.foreign || !isNothing(write.value));
  const values = [...(value === null || isNothing(value) ? [] : [value]), ...writes.map((write) => write.value)];
  if (values.length === 0 || writes.some(({ foreign }) => foreign) || !values.every(mayAcquire)) return null;
  const [first, ...others] = values.map((each) => acquiredBy(code, each));
  if (first == null || others.includes(null)) return null;
  const [write] = writes;
  const isSet = value !== null && !isNothing(value);
  return {
    acquisition: first,
    acquiredAt: isSet || write === undefined ? key.range[0] : rankOf(body, write),
    optional: !isSet && !(write !== undefined && isConstructor(write.member)),
  };
}

function mayAcquire(value: TSESTree.Expression): boolean {
  return /^(?:Call|New)Expression$|^Identifier$/u.test(unwrap(value).type);
}

/** What a value was acquired by: in place, as a constant that is only stored, or by whoever gives it to a private constructor. */
export function acquiredBy(code: Code, value: TSESTree.Expression): Acquisition | null {
  const { at, awaited } = bareOf(value);
  if (at.type !== "Identifier") return settledBy(acquisitionIn(code, value), awaited);
  const variable = variableOf(code, at);
  if (variable === null || scopedBy(variable) !== null) return null;
  const init = declaratorOf(variable)?.init;
  const isOnce = writesOf(variable).length === (init == null ? 0 : 1);
  const acquisition = !isOnce ? null : init == null ? acquiredForParameter(code, variable) : settledBy(acquisitionIn(code, init), awaited || bareOf(init).awaited);
  if (acquisition === null) return null;
  const others = usesOf(code, variable).filter(({ how, reference }) => how !== "borrowed" && reference !== at);
  return others.length === 0 ? acquisition : null;
}

/** What all those acquire for a parameter of a private constructor who can call it: the class itself. */
function acquiredForParameter(code: Code, { defs: [definition], identifiers: [id] }: Variable): Acquisition | null {
  const constructor = (definition?.type as string | undefined) === "Parameter" ? (definition?.node as TSESTree.Node).parent : undefined;
  if (id === undefined || constructor?.type !== "MethodDefinition" || constructor.kind !== "constructor" || constructor.accessibility !== "private") return null;
  const index = constructor.value.params.findIndex((parameter) => parameter === id || parameterProperty(parameter) === id);
  const made = madeIn(code, constructor.parent);
  const [first, ...others] = made?.map(({ arguments: all }) => givenAt(code, all, index)) ?? [];
  return first == null || others.includes(null) ? null : first;
}

/** What is acquired for an argument; what belongs to another resource is somebody else's. */
function givenAt(code: Code, all: TSESTree.NewExpression["arguments"], index: number): Acquisition | null {
  const argument = all.slice(0, index + 1).some(({ type }) => type === "SpreadElement") ? undefined : (all[index] as TSESTree.Expression | undefined);
  const acquisition = argument === undefined || !mayAcquire(argument) ? null : acquiredBy(code, argument);
  return acquisition === null || isOfAnother(code, acquisition) ? null : acquisition;
}

/** Whether what is acquired belongs to another resource, with which it goes: a page of a browser. */
export function isOfAnother({ types }: Code, { call: { callee } }: Acquisition): boolean {
  return callee.type === "MemberExpression" && types?.resource(callee.object).kind !== "none";
}

/** The places where a class whose constructor is private makes its objects; `null` where it may do so by another name. */
function madeIn(code: Code, body: TSESTree.ClassBody): readonly TSESTree.NewExpression[] | null {
  const { id } = body.parent;
  const own = [...nodesIn(code, body)].filter((node) => node.type === "ThisExpression" || (node.type === "Identifier" && node.name === id?.name));
  const isPassedOn = own.some((node) => node.type === "Identifier" && !/^(?:BinaryExpression|MemberExpression|NewExpression|TSTypeReference)$/u.test(node.parent.type));
  const isInConstructor = own.some((node) => node.parent?.type === "NewExpression" && isConstructorOf(body, functionAround(node)));
  return isPassedOn || isInConstructor ? null : [...nodesIn(code, body)].filter((node) => isOwnNew(body, node));
}

/** `new C(…)` or `new this(…)` in the class `C`. */
export function isOwnNew({ parent }: TSESTree.ClassBody, node: TSESTree.Node): node is TSESTree.NewExpression {
  if (node.type !== "NewExpression") return false;
  return node.callee.type === "ThisExpression" || (node.callee.type === "Identifier" && node.callee.name === parent.id?.name);
}

function settledBy(acquisition: Acquisition | null, awaited: boolean): Acquisition | null {
  return acquisition === null || (acquisition.resource.promised && !awaited) ? null : acquisition;
}

function isConstructorOf(body: TSESTree.ClassBody, around: TSESTree.Node | null): boolean {
  const member = around?.parent;
  return member?.type === "MethodDefinition" && member.parent === body && isConstructor(member);
}

/** Everything that a class's members do with what a field holds; closures are no different, as the field outlives them. */
function usesOfField(code: Code, body: TSESTree.ClassBody, name: string): readonly FieldUse[] {
  return mentionsOf(code, body, name)
    .filter(({ node }) => !isWritten(node))
    .flatMap(({ member, node }) => usesBy(code, [node], functionAround(node)).map((use): FieldUse => ({ ...use, member })));
}

/** The assignments to a field in the class's own members. */
export function writesTo(code: Code, body: TSESTree.ClassBody, name: string): readonly Write[] {
  return mentionsOf(code, body, name).flatMap(({ member, node }): Write[] => {
    const { parent } = node;
    if (parent.type !== "AssignmentExpression" || parent.left !== node) return [];
    // A private name is this class's, whoever has it; another name may be anybody's.
    const isOurs = name.startsWith("#") || unwrap(node.object).type === "ThisExpression";
    return [{ at: parent.range[0], value: parent.right, member, foreign: !isOurs || !/^(?:\?\?|\|\|)?=$/u.test(parent.operator) }];
  });
}

/** Whether the value of an assignment goes on to others: `const panel = (this.panel = new Panel()); layout.add(panel)`. */
function goesOnToOthers(code: Code, assignment: TSESTree.Node): boolean {
  const destination = destinationOf(assignment);
  if (destination.to !== "declared") return destination.to !== "discarded" && !staysInPlace(destination);
  const alias = variableOf(code, destination.declarator.id);
  return alias === null || usesOf(code, alias).some(({ how, via }) => how === "transferred" || (how === "unknown" && via !== "view"));
}

function isWritten(node: TSESTree.MemberExpression): boolean {
  return node.parent.type === "AssignmentExpression" && node.parent.left === node;
}

/** Whether `this` is taken apart, spread or indexed, so that a field may be reached without its name, or from outside in brackets. */
export function isReachedAsAWhole(code: Code, body: TSESTree.ClassBody, name: string): boolean {
  const inBrackets = [...nodesIn(code, code.ast, (node) => node !== body)].some((node) => node.type === "MemberExpression" && node.computed && propertyName(node) === name);
  if (inBrackets) return true;
  return [...nodesIn(code, body)].some((node) => {
    if (node.type !== "ThisExpression") return false;
    const { parent } = node;
    if (parent.type === "MemberExpression") return parent.computed && propertyName(parent) === null && symbolOf(parent.property, true) === null;
    if (parent.type === "SpreadElement") return true;
    const destination = destinationOf(node);
    if (destination.to === "argument") return destination.call.callee.type === "MemberExpression" && destination.call.callee.object.type === "Identifier" && reachesInto(destination.call.callee.object.name);
    const pattern = destination.to === "declared" ? destination.declarator.id : destination.to === "assigned" ? destination.assignment.left : null;
    return pattern?.type === "ObjectPattern" && pattern.properties.some((property) => property.type !== "Property" || property.key.type !== "Identifier" || property.key.name === name);
  });
}

/** Whether a resource comes from one that the object holds already: a page goes with its browser. */
function isFromField(code: Code, value: TSESTree.Expression): boolean {
  const acquisition = isNothing(value) ? null : acquiredBy(code, value);
  if (acquisition?.call.callee.type !== "MemberExpression") return false;
  const parent = unwrap(acquisition.call.callee.object);
  const root = rootOf(parent);
  return root.type === "ThisExpression" && root !== parent && code.types?.resource(parent).kind !== "none";
}

/** What a member of a class declares for its objects: a field by a plain name, or the constructor's parameters. */
export function slotsIn(member: TSESTree.ClassElement): readonly Slot[] {
  if (member.type === "MethodDefinition" && isConstructor(member)) return member.value.params.flatMap(slotOf);
  if (member.type !== "PropertyDefinition" || member.static || member.computed || member.declare) return [];
  const { accessibility, key, value } = member;
  if (key.type !== "Identifier" && key.type !== "PrivateIdentifier") return [];
  const isPrivate = key.type === "PrivateIdentifier";
  // ESLint's own parser knows no decorators.
  const isDecorated = "decorators" in member && member.decorators.length > 0;
  return [{ name: isPrivate ? `#${key.name}` : key.name, key, value, kept: (isPrivate || accessibility === "private") && !isDecorated }];
}

function slotOf(parameter: TSESTree.Parameter): readonly Slot[] {
  const id = parameterProperty(parameter);
  return parameter.type !== "TSParameterProperty" || id === null ? [] : [{ name: id.name, key: id, value: id, kept: parameter.accessibility === "private" && parameter.decorators.length === 0 }];
}

function isHeld({ kind, promised }: Resource): boolean {
  return needsDisposal(kind) && !promised;
}

/** Initializers run ahead of the constructor, and that ahead of everything else. */
function rankOf({ range: [, end] }: TSESTree.ClassBody, { at, member }: Write): number {
  return (isConstructor(member) ? 1 : 2) * end + at;
}
