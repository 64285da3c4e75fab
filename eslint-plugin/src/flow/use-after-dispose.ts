import type { TSESTree } from "@typescript-eslint/utils";

import { memory, type Code } from "../code.js";
import { usesStack } from "../lexicon/language.js";
import { reopens, tellsState, worksAfterEnd } from "../lexicon/living.js";
import { closesForGood } from "../lexicon/releasing.js";
import { isGivenByManager } from "../ownership/owners/result-owner.js";
import { disposesReceiver, isReleaseName } from "../ownership/release/release-name.js";
import { constantIn } from "../ownership/scopes/scoped-variable.js";
import { stackNameOf } from "../ownership/scopes/stack.js";
import { argumentOwner } from "../ownership/uses/argument-owner.js";
import { calleeName } from "../ownership/values/callee.js";
import { callOf, destinationOf, isNothing, propertyName, throughLiterals, unwrap, type Destination } from "../ownership/values/destination.js";
import { symbolOf } from "../ownership/values/dispose-symbol.js";
import { closureAround, isInside } from "../ownership/values/functions.js";
import { declaratorOf, ownerFunction, readsOf, scopedBy, variableOf, writesOf, type Variable } from "../ownership/values/variables.js";
import { isFailureMeant } from "../ownership/waiting/expected-failure.js";
import { needsDisposal } from "../resource.js";
import { ancestorsOf, type CallNode } from "../syntax.js";
import { course } from "./course.js";
import { scopeOf } from "./scope.js";
import { phasesAt } from "./walk/phases-at.js";
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
  const home = ownerFunction(variable);
  const members = namesOf(code, variable).flatMap(readsOf).flatMap((read) => {
    const destination = destinationOf(read);
    return destination.to === "receiver" ? [{ read, member: destination.member }] : [];
  });
  const called = members.flatMap(({ member, read }): readonly Called[] => {
    const call = callOf(member);
    return call === null || closureAround(read, home) !== null ? [] : [{ call, read, name: propertyName(member) ?? "" }];
  });
  const last = called.at(-1);
  if (last === undefined || !called.some((each) => each !== last && mayDispose(code, each))) return null;
  const stack = isStack(code, variable);
  if (!isKnown(code, variable, stack) || members.some(({ member }) => tellsState(propertyName(member)) || (!stack && reopens(propertyName(member))))) return null;
  const disposals = called.filter(({ call, name }) => isDisposal(code, variable, call) || (stack && name === "move"));
  const uses = called.filter(({ call, name }) => (stack ? usesStack(name) : works(code, variable, call, name)));
  if (disposals.length === 0 || uses.length === 0) return null;
  const tracked: Tracked = { ...birth, ...quiet(code, variable), discharges: new Set(disposals.map(({ call }) => call)) };
  const phases = phasesAt(code, scope.body, scope.end, tracked, new Set(uses.map(({ read }) => read)));
  const late = uses.find(({ call, read }) => isOnlyDischarged(phases?.get(read)) && !disposals.every((each) => isCaughtApart(call, each.call)));
  const disposal = late === undefined ? undefined : (disposals.findLast(({ call }) => call.range[1] <= late.call.range[0]) ?? disposals[0]);
  if (late === undefined || disposal === undefined) return null;
  return { variable, call: late.call, disposal: disposal.call, stack: stack ? (disposal.name === "move" ? "moved" : "disposed") : null };
}

interface Called {
  readonly call: TSESTree.CallExpression;
  readonly read: TSESTree.Identifier;
  readonly name: string;
}

function mayDispose({ settings }: Code, { call: { callee }, name }: Called): boolean {
  if (callee.type !== "MemberExpression") return false;
  return symbolOf(callee.property, callee.computed) !== null || closesForGood(name) || name === "move" || settings.resourceTypes.some(({ release }) => release === name);
}

/** A use of a variable that was given a scoped resource inside a block, after the end of that block. */
export interface UseOutside {
  /** The call, or the view of it, that finds it closed; where it is handed out, the variable. */
  readonly at: CallNode | TSESTree.Identifier | TSESTree.MemberExpression;
  readonly alias: Variable;
  /** At whose end the resource is disposed. */
  readonly block: TSESTree.Node;
}

/** The first use of a scoped resource by another name after its block, on every way that leads there. */
export function useOutside(code: Code, scoped: Variable): UseOutside | null {
  const home = ownerFunction(scoped);
  const around = scoped.scope.block as TSESTree.Node;
  const block = around.type === "ForOfStatement" ? around.body : around;
  if (block.type !== "BlockStatement" || scopedBy(scoped) === null) return null;
  const init = declaratorOf(scoped)?.init;
  const holdsLent = init != null && isGivenByManager(code, unwrap(init));
  for (const read of readsOf(scoped)) {
    const destination = destinationOf(read);
    if (destination.to !== "assigned" || destination.mixed || closureAround(read, home) !== null) continue;
    const { assignment } = destination;
    const alias = assignment.operator === "=" ? variableOf(code, assignment.left) : null;
    const scope = alias === null ? null : scopeOf(alias);
    if (alias === null || scope === null || ownerFunction(alias) !== home || isInside(alias.scope.block, block)) continue;
    if (writesOf(alias).some(({ identifier, value }) => identifier !== assignment.left && value !== null && !isNothing(value))) continue;
    const uses = readsOf(alias).flatMap((each) => {
      const isLate = each.range[0] > block.range[1] && closureAround(each, home) === null;
      const at = isLate ? needsOpen(code, alias, each, holdsLent) : null;
      return at === null ? [] : [{ at, each }];
    });
    const others = writesOf(alias).filter(({ identifier, value }) => identifier !== assignment.left && value !== null && declaratorOf(alias)?.id !== identifier);
    const tracked: Tracked = {
      acquisition: read,
      birth: assignment,
      isBorn: false,
      ...quiet(code, alias),
      discharges: new Set([block]),
      overwrites: new Set(others.map(({ identifier }) => identifier.parent).filter((each) => each !== undefined)),
    };
    const phases = phasesAt(code, scope.body, scope.end, tracked, new Set(uses.map(({ each }) => each)));
    const late = uses.find(({ each }) => isOnlyDischarged(phases?.get(each)));
    if (late !== undefined) return { at: late.at, alias, block };
  }
  return null;
}

/** Whether a use stands in a `try` of its own that catches its failure: whoever writes that behind a disposal means to see it fail. */
function isCaughtApart(use: TSESTree.CallExpression, disposal: TSESTree.CallExpression): boolean {
  return [...ancestorsOf(use)].some((at) => at.type === "TryStatement" && at.handler !== null && isInside(use, at.block) && !isInside(disposal, at));
}

/** The use of an open resource that a name stands for: a call that works with it, a view that is gone through, or the name itself where it is handed out. */
function needsOpen(code: Code, name: Variable, read: TSESTree.Identifier, holdsLent: boolean): UseOutside["at"] | null {
  const destination = destinationOf(read);
  if (destination.to === "argument") return isGivenToWork(code, destination) ? destination.call : null;
  if (destination.to !== "receiver") return isHandedOut(destination) ? read : null;
  const inner = destinationOf(destination.member);
  if (isGoneThrough(inner) && isView(code, destination.member)) return destination.member;
  // What a manager lends, its `value`, ends with the scope of its holder.
  const isLent = holdsLent && propertyName(destination.member) === "value" && inner.to === "receiver";
  const call = callOf(isLent ? inner.member : destination.member);
  return call !== null && works(code, name, call, calleeName(call) ?? "") ? call : null;
}

/** Whether a function whose body is known, and that is waited for, works with its argument. */
function isGivenToWork(code: Code, { call, index, spread }: Extract<Destination, { readonly to: "argument" }>): boolean {
  return !spread && destinationOf(call).awaited && !worksAfterEnd(calleeName(call)) && argumentOwner(code, call, index) === "borrows";
}

/** Whether a member works only while its resource is open; a stream, which is a resource itself, may still have something. */
function isView({ types }: Code, member: TSESTree.MemberExpression): boolean {
  return types?.isLazyView(member) === true && types.resource(member).kind === "none";
}

/** `for await (const row of conn.rows)`, `yield* conn.rows`. */
function isGoneThrough(destination: Destination): boolean {
  if (destination.to === "iterated") return destination.loop.await;
  const { parent } = destination.value;
  return parent?.type === "YieldExpression" && parent.delegate;
}

function isHandedOut(destination: Destination): boolean {
  const { to } = throughLiterals(destination);
  return to === "returned" || to === "yielded";
}

function isOnlyDischarged(phases: ReadonlySet<string> | undefined): boolean {
  return phases?.size === 1 && phases.has("discharged");
}

function quiet(code: Code, variable: Variable): Omit<Tracked, "acquisition" | "birth" | "discharges" | "isBorn"> {
  return { nullable: false, dischargedAhead: new Set(), overwrites: new Set(), isTracked: (identifier) => variableOf(code, identifier) === variable, ...course(code) };
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

/** Whether a call does something with an open resource: it is given something, waited for, or made for its effect. */
function works(code: Code, variable: Variable, call: TSESTree.CallExpression, name: string): boolean {
  if (name === "" || worksAfterEnd(name) || closesForGood(name) || isReleaseName(code, name) || isFailureMeant(call)) return false;
  const { awaited, to, ...rest } = destinationOf(call);
  if (to === "iterated" && "loop" in rest && rest.loop.await) return true;
  const isPending = !awaited && code.types?.isPromise(call) === true;
  // What a scope does not wait for is no-unawaited-use's to judge.
  if (isPending && scopedBy(variable) !== null) return false;
  return awaited || isPending || to === "discarded" || call.arguments.length > 0;
}
