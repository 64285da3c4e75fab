/** By which members does a class dispose what it owns, and what does it never dispose? */

import type { TSESTree } from "@typescript-eslint/utils";

import { memory, type Code } from "../../code.js";
import { isEndHook } from "../../lexicon/releasing.js";
import { ancestorsOf, nodesIn, type CallNode, type FunctionNode } from "../../syntax.js";
import { disposalBy, isReleaseName } from "../release/release-name.js";
import { constantIn } from "../scopes/scoped-variable.js";
import { mayEnd } from "../uses/possible-end.js";
import { isConstructor, keyText, memberWith } from "../values/class-members.js";
import { callOf, destinationOf, isNothing, unwrap } from "../values/destination.js";
import { symbolOf, type DisposeSymbol } from "../values/dispose-symbol.js";
import { functionAround, isFunction } from "../values/functions.js";
import { ownerFunction, readsOf, variableOf } from "../values/variables.js";
import { isOwnNew, ownedFields, type FieldUse, type OwnedField } from "./fields.js";

/** A member by which a class lets go of what it holds. */
export interface Teardown {
  /** By what it is called: a symbol, a framework, or whoever knows its name. */
  readonly by: "framework" | "name" | "symbol";
  readonly symbol: DisposeSymbol | null;
  /** As messages call it: `[Symbol.asyncDispose]()`, `close()`. */
  readonly text: string;
  readonly member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition;
  /** Its body, where it is written in place. */
  readonly body: FunctionNode | null;
}

const teardowns = memory<readonly Teardown[]>();

/** The members by which a class lets go of what it holds; a method with the name of a release only where it releases something. */
export function teardownsOf(code: Code, body: TSESTree.ClassBody): readonly Teardown[] {
  return teardowns(code, body, () => body.body.flatMap((member) => teardownAt(code, body, member)));
}

function teardownAt(code: Code, body: TSESTree.ClassBody, member: TSESTree.ClassElement): readonly Teardown[] {
  if ((member.type !== "MethodDefinition" && member.type !== "PropertyDefinition") || member.static || isConstructor(member)) return [];
  const { computed, key, value } = member;
  const symbol = symbolOf(key, computed);
  const name = computed || key.type !== "Identifier" ? null : key.name;
  const around = value !== null && isFunction(value) ? value : null;
  const made = { symbol, member, body: around };
  if (symbol !== null) return [{ ...made, by: "symbol", text: `[Symbol.${symbol}]()` }];
  if (name === null || around === null) return [];
  if (isEndHook(name)) return [{ ...made, by: "framework", text: `${name}()` }];
  return isReleaseName(code, name) && [member, ...reachedFrom(code, body, around)].some((each) => releasesIn(code, each)) ? [{ ...made, by: "name", text: `${name}()` }] : [];
}

function releasesIn(code: Code, member: TSESTree.ClassElement): boolean {
  return [...nodesIn(code, member)].some((node) => node.type === "MemberExpression" && disposalBy(code, node) !== null && unwrap(node.object).type !== "ThisExpression");
}

/** The members of a class that a function uses by their names, directly or through others of them. */
export function reachedFrom(code: Code, body: TSESTree.ClassBody, start: TSESTree.Node): ReadonlySet<TSESTree.ClassElement> {
  const reached = new Set<TSESTree.ClassElement>();
  const follow = (from: TSESTree.Node): void => {
    for (const node of nodesIn(code, from)) {
      const key = node.type === "MemberExpression" && unwrap(node.object).type === "ThisExpression" ? keyText(node.property, node.computed) : null;
      const member = memberWith(body, key);
      if (member === undefined || reached.has(member)) continue;
      reached.add(member);
      follow(member);
    }
  };
  follow(start);
  return reached;
}

/**
 * Whether a class disposes what a field holds anywhere but where it puts another
 * resource in its place, or, where the class lets go of what it holds, calls
 * something on it that may well be its end.
 */
export function isLetGo(code: Code, body: TSESTree.ClassBody, { uses, writes }: OwnedField): boolean {
  const disposals = uses.filter(({ how }) => how === "disposed");
  const isReplacement = ({ at, member }: FieldUse): boolean => writes.some((write) => write.member === member && write.at > at.range[0] && !isNothing(write.value));
  if (!disposals.every(isReplacement)) return true;
  const final = endsOf(code, body);
  return uses.some((use) => final.has(use.member) && (use.how === "disposed" || mayEnd(code, use.reference)));
}

const ends = memory<ReadonlySet<TSESTree.ClassElement>>();

/** The members that an object's end calls, directly or through others of them. */
export function endsOf(code: Code, body: TSESTree.ClassBody): ReadonlySet<TSESTree.ClassElement> {
  return ends(code, body, () => new Set(body.body.filter((member) => isEnd(code, member)).flatMap((member) => [member, ...reachedFrom(code, body, member)])));
}

/** Whether a member is called at an object's end, by a symbol, a framework, or its name. */
function isEnd(code: Code, member: TSESTree.ClassElement): boolean {
  if ((member.type !== "MethodDefinition" && member.type !== "PropertyDefinition") || member.static || isConstructor(member)) return false;
  const name = member.computed ? null : keyText(member.key, false)?.replace("#", "");
  return symbolOf(member.key, member.computed) !== null || (name != null && (isEndHook(name) || isReleaseName(code, name)));
}

/** Fields that a class owns and never lets go of. */
export interface Neglect {
  readonly fields: readonly [OwnedField, ...OwnedField[]];
  /** The members that ought to dispose them. */
  readonly teardowns: readonly Teardown[];
  /** The class inherits a disposer, which cannot know of them. */
  readonly inherits: boolean;
}

const neglects = memory<Neglect | null>();

/**
 * What a class acquires, keeps to itself and disposes nowhere; `null` where there
 * is nothing of the kind, or where its base class is unknown.
 */
export function neglectIn(code: Code, declared: TSESTree.ClassDeclaration): Neglect | null {
  return neglects(code, declared, () => {
    const { types } = code;
    const { body, superClass } = declared;
    if (types === null || declared.declare) return null;
    const teardowns = teardownsOf(code, body);
    const base = superClass === null ? "none" : types.resource(declared).kind;
    const hasEnd = teardowns.length > 0 || base !== "none";
    const [first, ...others] = ownedFields(code, body).filter((field) => (hasEnd || !field.isLent) && !isLetGo(code, body, field));
    if (first === undefined || (superClass !== null && types.isUnknown(superClass))) return null;
    if (teardowns.length === 0 && base !== "none" && base !== "async" && base !== "sync") return null;
    return { fields: [first, ...others], teardowns, inherits: base !== "none" };
  });
}

/** Whether a class is made for the whole program: at the top level, or kept there or in the class itself, by its `new` or by a static factory. */
export function isSingleton(code: Code, declared: TSESTree.ClassDeclaration): boolean {
  const variables = declared.id === null ? [] : code.scopes.getDeclaredVariables(declared).flatMap(readsOf);
  const own = [...nodesIn(code, declared.body)].filter((node) => node.type === "ThisExpression");
  return [...variables, ...own].some((read) => {
    const made = madeBy(code, declared, read);
    return made !== null && isKeptForGood(code, declared, made);
  });
}

/** The object that a reference to its class makes: `new C()`, `C.open()`. */
function madeBy(code: Code, { body }: TSESTree.ClassDeclaration, read: TSESTree.Identifier | TSESTree.ThisExpression): CallNode | null {
  const { parent } = read;
  if (parent.type === "NewExpression") return parent.callee === read ? parent : null;
  const call = parent.type === "MemberExpression" && parent.object === read ? callOf(parent) : null;
  const name = parent.type === "MemberExpression" ? keyText(parent.property, parent.computed) : null;
  const factory = call === null ? undefined : body.body.find((member) => member.type === "MethodDefinition" && member.static && keyText(member.key, member.computed) === name);
  return factory !== undefined && [...nodesIn(code, factory)].some((node) => isOwnNew(body, node)) ? call : null;
}

function isKeptForGood(code: Code, declared: TSESTree.ClassDeclaration, made: TSESTree.Node): boolean {
  const field = [...ancestorsOf(made)].find(({ type }) => type === "PropertyDefinition") as TSESTree.PropertyDefinition | undefined;
  if (functionAround(made) === null) return field === undefined || field.static;
  const destination = destinationOf(made);
  if (destination.to === "declared") {
    const name = constantIn(code, destination.declarator);
    return name !== null && readsOf(name).some((read) => read.range[0] > made.range[1] && isKeptForGood(code, declared, read));
  }
  const target = destination.to === "assigned" ? destination.assignment.left : null;
  if (target?.type === "Identifier") {
    const variable = variableOf(code, target);
    return variable !== null && ownerFunction(variable) === null;
  }
  const holder = target?.type === "MemberExpression" ? target.object : null;
  return holder?.type === "ThisExpression" || (holder?.type === "Identifier" && holder.name === declared.id?.name);
}
