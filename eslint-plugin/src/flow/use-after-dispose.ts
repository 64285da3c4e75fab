/** Is a resource used where every way has disposed it? */

import type { TSESTree } from "@typescript-eslint/utils";

import { memory, type Code } from "../code.js";
import { usesStack } from "../lexicon/language.js";
import { reopens, tellsState } from "../lexicon/living.js";
import { closesForGood } from "../lexicon/releasing.js";
import { holdsOnlyMemory } from "../ownership/release/memory-only-disposer.js";
import { disposesReceiver } from "../ownership/release/release-name.js";
import { constantIn } from "../ownership/scopes/scoped-variable.js";
import { stackNameOf } from "../ownership/scopes/stack.js";
import { callOf, destinationOf, propertyName } from "../ownership/values/destination.js";
import { symbolOf } from "../ownership/values/dispose-symbol.js";
import { closureAround, isInside } from "../ownership/values/functions.js";
import { declaratorOf, ownerFunction, readsOf, scopedBy, writesOf, type Variable } from "../ownership/values/variables.js";
import { needsDisposal } from "../resource.js";
import { ancestorsOf, type FunctionNode } from "../syntax.js";
import { dischargedBefore, heldBy } from "./discharged-before.js";
import { works } from "./open-use.js";
import { scopeOf } from "./scope.js";
import type { Tracked } from "./walk/tracked.js";

/** A use of a resource that has been disposed on every way that leads to it. */
export interface UseAfter {
  readonly variable: Variable;
  /** The use: a call of one of its methods. */
  readonly call: TSESTree.CallExpression;
  /** What disposed it, or moved what it held. */
  readonly disposal: TSESTree.CallExpression;
  /** The resource is a stack: disposed, or moved. */
  readonly stack: "disposed" | "moved" | null;
}

const found = memory<UseAfter | null>();

/**
 * The first use of a variable's resource after its disposal, if one of its
 * methods is called where it is disposed on every way that leads there. Silent
 * where the variable is written again, where the code asks whether the resource
 * is open, and where it may open it again.
 */
export function useAfterDisposal(code: Code, variable: Variable): UseAfter | null {
  return found(code, variable, () => firstUse(code, variable));
}

/** Names first: most variables are never disposed, and no type is asked for them. */
function firstUse(code: Code, variable: Variable): UseAfter | null {
  const scope = scopeOf(variable);
  const birth = birthOf(variable);
  if (scope === null || birth === null) return null;
  const members = membersOf(code, variable);
  const called = members.flatMap((each) => calledIn(ownerFunction(variable), each));
  const last = called.at(-1);
  if (last === undefined || !called.some((each) => each !== last && mayDispose(code, each))) return null;
  const stack = isStack(code, variable);
  if (!isKnown(code, variable, stack) || members.some(({ member }) => tellsState(propertyName(member)) || (!stack && reopens(propertyName(member))))) return null;
  const disposals = called.filter(({ call, name }) => isDisposal(code, variable, call) || (stack && name === "move"));
  const uses = called.filter(({ call, name }) => (stack ? usesStack(name) : works(code, variable, call, name)));
  if (disposals.length === 0 || uses.length === 0) return null;
  const tracked: Tracked = { ...birth, ...heldBy(code, variable), discharges: new Set(disposals.map(({ call }) => call)) };
  const closed = dischargedBefore(code, scope, tracked, new Set(uses.map(({ read }) => read)));
  // What only touches memory may well be used up behind its end: a channel is drained, a logger asked for its lines.
  if (closed.size > 0 && !stack && tidiesMemory(code, variable)) return null;
  const late = uses.find(({ call, read }) => closed.has(read) && !disposals.every((each) => isCaughtApart(call, each.call)));
  const disposal = late === undefined ? undefined : (disposals.findLast(({ call }) => call.range[1] <= late.call.range[0]) ?? disposals[0]);
  if (late === undefined || disposal === undefined) return null;
  return { variable, call: late.call, disposal: disposal.call, stack: stack ? (disposal.name === "move" ? "moved" : "disposed") : null };
}

/** A member of a variable's value, by whichever of its names. */
interface Member {
  readonly read: TSESTree.Identifier;
  readonly member: TSESTree.MemberExpression;
}

function membersOf(code: Code, variable: Variable): readonly Member[] {
  return namesOf(code, variable).flatMap(readsOf).flatMap((read) => {
    const destination = destinationOf(read);
    return destination.to === "receiver" ? [{ read, member: destination.member }] : [];
  });
}

/** A method that is called. */
interface Called {
  readonly call: TSESTree.CallExpression;
  readonly read: TSESTree.Identifier;
  readonly name: string;
}

/** The call of a member, where the variable's own function makes it: a closure may run at any time. */
function calledIn(home: FunctionNode | null, { member, read }: Member): readonly Called[] {
  const call = callOf(member);
  return call === null || closureAround(read, home) !== null ? [] : [{ call, read, name: propertyName(member) ?? "" }];
}

function mayDispose({ settings }: Code, { call: { callee }, name }: Called): boolean {
  if (callee.type !== "MemberExpression") return false;
  return symbolOf(callee.property, callee.computed) !== null || closesForGood(name) || name === "move" || settings.resourceTypes.some(({ release }) => release === name);
}

/** Whether a use stands in a `try` of its own that catches its failure: whoever writes that behind a disposal means to see it fail. */
function isCaughtApart(use: TSESTree.CallExpression, disposal: TSESTree.CallExpression): boolean {
  return [...ancestorsOf(use)].some((at) => at.type === "TryStatement" && at.handler !== null && isInside(use, at.block) && !isInside(disposal, at));
}

/** Where the variable gets its only value. */
function birthOf(variable: Variable): Pick<Tracked, "acquisition" | "birth" | "isBorn"> | null {
  const declarator = declaratorOf(variable);
  if (declarator !== null) {
    const isOnce = declarator.init !== null && declarator.id.type === "Identifier" && writesOf(variable).length === 1;
    return isOnce && declarator.init !== null ? { acquisition: declarator.init, birth: declarator, isBorn: false } : null;
  }
  const [definition, second] = variable.defs;
  const [identifier] = variable.identifiers;
  const isParameter = definition !== undefined && second === undefined && (definition.type as string) === "Parameter";
  return isParameter && identifier !== undefined && writesOf(variable).length === 0 ? { acquisition: identifier, birth: identifier, isBorn: true } : null;
}

/** The variable and the constants that are other names for it. */
function namesOf(code: Code, variable: Variable, depth = 0): readonly Variable[] {
  const aliases = readsOf(variable).flatMap((read) => {
    const destination = destinationOf(read);
    const alias = destination.to === "declared" && !destination.mixed && depth < 3 ? constantIn(code, destination.declarator) : null;
    return alias === null || ownerFunction(alias) !== ownerFunction(variable) ? [] : namesOf(code, alias, depth + 1);
  });
  return [variable, ...aliases];
}

function isStack(code: Code, variable: Variable): boolean {
  const [identifier] = variable.identifiers;
  return identifier !== undefined && stackNameOf(code, identifier) !== null;
}

function tidiesMemory(code: Code, { identifiers: [identifier] }: Variable): boolean {
  return identifier !== undefined && code.types !== null && holdsOnlyMemory(code, identifier, code.types.resource(identifier));
}

/** Whether the variable holds a resource: without types, what a scope or a stack proves, or the symbol itself. */
function isKnown(code: Code, variable: Variable, stack: boolean): boolean {
  const [identifier] = variable.identifiers;
  if (identifier === undefined || stack || code.types === null) return identifier !== undefined;
  const { kind, promised } = code.types.resource(identifier);
  return needsDisposal(kind) && !promised;
}

function isDisposal(code: Code, variable: Variable, call: TSESTree.CallExpression): boolean {
  const { callee } = call;
  if (callee.type !== "MemberExpression") return false;
  if (symbolOf(callee.property, callee.computed) !== null) return true;
  const name = propertyName(callee) ?? "";
  const [identifier] = variable.identifiers;
  const own = identifier === undefined ? undefined : code.types?.resource(identifier).release?.name;
  if (name === own) return call.arguments.length === 0;
  const isProven = code.types !== null || scopedBy(variable) !== null || isStack(code, variable);
  return isProven && closesForGood(name) && disposesReceiver(code, { ...call, callee });
}
