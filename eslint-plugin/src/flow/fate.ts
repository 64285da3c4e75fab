import type { TSESTree } from "@typescript-eslint/utils";

import { memory, type Code } from "../code.js";
import { keepsItsObject } from "../lexicon/holding.js";
import { registersOnStack } from "../lexicon/language.js";
import { livesOn } from "../lexicon/living.js";
import { isBuiltIn, isFieldInConstruction, isGivenToHeld, mayFail, throughParts } from "../ownership/classes/construction.js";
import { isManaged } from "../ownership/generators/manager.js";
import { acquisitionBy, acquisitionIn, type Acquisition } from "../ownership/owners/acquisition.js";
import { isConsumption, isRelease, isReleaseName } from "../ownership/release/release-name.js";
import { isStackLike } from "../ownership/scopes/stack.js";
import { acquisitionOfElements } from "../ownership/several/loop-elements.js";
import { takesMoreThanData } from "../ownership/uses/pattern.js";
import type { Use } from "../ownership/uses/use.js";
import { usesOf } from "../ownership/uses/uses.js";
import { callOf, destinationOf, isNothing, isYielded, propertyName } from "../ownership/values/destination.js";
import { functionAround, isFunction } from "../ownership/values/functions.js";
import { declaratorOf, isScoped, ownerFunction, readsOf, scopedBy, variableOf, writesOf, type Variable } from "../ownership/values/variables.js";
import { isMeantToFail } from "../ownership/waiting/expected-failure.js";
import { mayReject, mayThrow, neverReturns } from "../ownership/waiting/failure.js";
import { ancestorsOf, type CallNode, type FunctionNode } from "../syntax.js";
import type { Exit, Tracked } from "./tracked.js";
import { liveExits } from "./walk.js";

/** The variable that holds an acquired resource. */
export interface Holder {
  readonly acquisition: Acquisition;
  readonly variable: Variable;
  readonly name: string;
  /** The identifier at the acquisition: where a report points. */
  readonly binding: TSESTree.Identifier;
  /** The declaration that acquires; `null` for an assignment. */
  readonly declaration: TSESTree.VariableDeclaration | null;
  /** The variable holds a promise of the resource. */
  readonly promised: boolean;
  readonly uses: readonly Use[];
}

/**
 * What becomes of an acquired resource, with the evidence. Each acquisition has
 * exactly one fate, so one leak gives one report (RULES.md: temporary >
 * floating > path > throw > `using`).
 */
export type Fate =
  /** Discharged, or in hands that nobody here can judge. */
  | { readonly is: "settled" }
  /** Nobody holds it: a discarded statement, a temporary, a pattern, an ignored callback's result. */
  | { readonly is: "floating"; readonly by: "callback" | "pattern" | "statement" | "temporary"; readonly acquisition: Acquisition; readonly at: TSESTree.Node }
  | (Left & { readonly is: "undischarged" })
  | (Left & { readonly is: "leaks-on-path"; readonly discharge: Use })
  | (Left & { readonly is: "overwritten" })
  /** Lost when something fails before the object that is to hold it is made. */
  | { readonly is: "leaks-in-construction"; readonly holder: Holder; readonly risk: TSESTree.Node }
  | { readonly is: "leaks-on-throw"; readonly holder: Holder; readonly risk: TSESTree.Node; readonly discharge: Use };

/** A held resource that is left open, without anything having been thrown. */
interface Left {
  readonly holder: Holder;
  /** Where, as messages say it. */
  readonly exit: Exit;
  /** All places where. */
  readonly exits: readonly Exit[];
}

const settled: Fate = { is: "settled" };

const fates = memory<Fate>();

/** The fate of the resource that a call acquires; *settled* for every other call. */
export function fateOf(code: Code, call: CallNode): Fate {
  return fates(code, call, () => (code.types === null ? settled : judge(code, call)));
}

/** A disposal that is not written yet: of what the variable holds, ahead of a statement. */
export interface Ahead {
  readonly statement: TSESTree.ExpressionStatement;
  /** The variable, where the statement writes it. */
  readonly reference: TSESTree.Identifier;
}

/** The fate that an acquisition would have with one disposal more. */
export function fateWith(code: Code, call: CallNode, ahead: Ahead): Fate {
  return judge(code, call, ahead);
}

/** Cheap syntax first: only where the value goes somewhere that can leak is a type asked for. */
function judge(code: Code, call: CallNode, ahead: Ahead | null = null): Fate {
  const destination = destinationOf(call);
  if (destination.mixed) return settled;
  switch (destination.to) {
    case "assigned": {
      const { assignment } = destination;
      if (assignment.left.type !== "Identifier" || assignment.parent.type !== "ExpressionStatement") return settled;
      return held(code, call, destination.awaited, assignment.left, assignment, ahead);
    }
    case "declared": {
      const { declarator } = destination;
      if (isScoped(declarator.parent)) return settled;
      if (declarator.id.type === "Identifier") return held(code, call, destination.awaited, declarator.id, declarator, ahead);
      return floatsBy("pattern", declarator.id, () => takesMoreThanData(code, declarator.id));
    }
    case "discarded":
      return destination.voided ? settled : floatsBy("statement", destination.value, () => isOwnRegistration(code, call));
    case "receiver":
      if (isKeptByName(code, destination.member)) return settled;
      return floatsBy("temporary", destination.member, ({ resource }) => (resource.promised && !destination.awaited) || isKept(code, destination.member));
    case "returned":
      return isFunction(destination.by) && isIgnoredCallback(destination.by) ? floatsBy("callback", destination.value, () => false) : settled;
    default:
      return settled;
  }

  function floatsBy(by: "callback" | "pattern" | "statement" | "temporary", at: TSESTree.Node, isSettled: (acquisition: Acquisition) => boolean): Fate {
    if (functionAround(call) === null || isMeantToFail(call)) return settled;
    const acquisition = acquisitionBy(code, call);
    return acquisition === null || isSettled(acquisition) ? settled : { is: "floating", by, acquisition, at };
  }
}

/** What an object registers with itself lives as long as the object, whoever drops the handle. */
function isOwnRegistration(code: Code, call: CallNode): boolean {
  const isOwn = call.callee.type === "MemberExpression" && call.callee.object.type === "ThisExpression";
  return isOwn && code.types?.callee(call)?.returnsBareHandle === true;
}

function isIgnoredCallback(node: FunctionNode): boolean {
  const destination = destinationOf(node);
  return destination.to === "argument" && destination.call.callee.type === "MemberExpression" && propertyName(destination.call.callee) === "forEach";
}

/**
 * The part of `isKept` that names alone decide, for this member and for those
 * that follow in the chain. It comes before the type of the receiver is asked
 * for: for `client.call(…).pipe(…)` a whole generator would be inferred.
 */
function isKeptByName(code: Code, member: TSESTree.MemberExpression): boolean {
  const call = callOf(member);
  if (isRelease(code, member) || isConsumption(member)) return true;
  if (member.parent.type === "AssignmentExpression" && member.parent.left === member) return true;
  if (call !== null && (livesOn(propertyName(member)) || keepsItsObject(propertyName(member)))) return true;
  const destination = destinationOf(call ?? member);
  return destination.to === "receiver" && isKeptByName(code, destination.member);
}

/** Whether a temporary's member hands on the resource or a view of it, or releases it. */
function isKept(code: Code, member: TSESTree.MemberExpression): boolean {
  const call = callOf(member);
  const { types } = code;
  if (types === null || isKeptByName(code, member)) return true;
  if (call !== null && types.callee(call)?.handsBackItsInput !== false) return true;
  const made = call ?? member;
  const destination = destinationOf(made);
  if (destination.to === "receiver") return isKept(code, destination.member);
  if (destination.to === "discarded") return false;
  if (!destination.awaited && types.isHandle(destination.value)) return true;
  if (!types.isLazyView(destination.value)) return false;
  // A page opened from a temporary browser does not close the browser; a stream may well close its file.
  return types.carriesData(destination.value) || call === null || acquisitionBy(code, call) === null;
}

function held(code: Code, call: CallNode, awaited: boolean, binding: TSESTree.Identifier, birth: TSESTree.AssignmentExpression | TSESTree.VariableDeclarator, ahead: Ahead | null): Fate {
  const variable = variableOf(code, binding);
  const around = functionAround(call);
  if (variable === null || around === null || ownerFunction(variable) !== around || scopedBy(variable) !== null) return settled;
  const scope = scopeOf(variable);
  if (scope === null || startsWithAnother(code, variable, birth)) return settled;
  const acquisition = acquisitionBy(code, call);
  if (acquisition === null) return settled;
  const written = usesOf(code, variable);
  const own = isManaged(code, around) ? withoutLending(written) : written;
  const uses: readonly Use[] = ahead === null ? own : [...own, { how: "disposed", via: "method", at: ahead.reference, reference: ahead.reference }];
  const holder: Holder = {
    acquisition,
    variable,
    name: binding.name,
    binding,
    declaration: birth.type === "VariableDeclarator" ? birth.parent : null,
    promised: acquisition.resource.promised && !awaited,
    uses,
  };
  if (uses.some((use) => isUnknownFromBirth(use, birth, variable))) return settled;
  const exits = liveExits(code, scope.body, scope.end, trackedBy(code, holder, birth, ahead));
  return exits === null ? settled : verdict(code, holder, exits);
}

/** The uses in the generator of a manager, which keeps what it yields, where it does nothing else that could discharge it. */
function withoutLending(uses: readonly Use[]): readonly Use[] {
  const isLent = ({ at, how, via }: Use): boolean => how !== "disposed" && (via === "return" || via === "literal") && isYielded(at);
  return uses.every((use) => use.how === "borrowed" || isLent(use)) ? uses.map((use) => ({ ...use, how: "borrowed" })) : uses;
}

const elements = memory<Fate>();

/**
 * The fate of the resources that a `for…of` loop over a fresh collection takes
 * out of it one by one: *undischarged*, or *settled* where the body does anything
 * with them that may discharge them.
 */
export function fateOfElements(code: Code, loop: TSESTree.ForOfStatement): Fate {
  return elements(code, loop, () => (code.types === null ? settled : judgeElements(code, loop)));
}

function judgeElements(code: Code, loop: TSESTree.ForOfStatement): Fate {
  const { body, left } = loop;
  if (left.type !== "VariableDeclaration" || (left.kind !== "const" && left.kind !== "let")) return settled;
  const [declarator] = left.declarations;
  if (declarator?.id.type !== "Identifier") return settled;
  const variable = variableOf(code, declarator.id);
  if (variable === null || functionAround(loop) === null || writesOf(variable).length > 1) return settled;
  const acquisition = acquisitionOfElements(code, loop);
  if (acquisition === null) return settled;
  const uses = usesOf(code, variable);
  if (uses.some(({ how }) => how !== "borrowed")) return settled;
  const holder: Holder = { acquisition, variable, name: declarator.id.name, binding: declarator.id, declaration: left, promised: false, uses };
  const exits = liveExits(code, body.type === "BlockStatement" ? body.body : [body], body, { ...trackedBy(code, holder, declarator, null), isBorn: true });
  return exits === null ? settled : verdict(code, holder, exits);
}

/** What a parameter or an initialiser may give belongs to somebody else: optional injection (RULES.md, F16). */
function startsWithAnother(code: Code, variable: Variable, birth: TSESTree.Node): boolean {
  const declarator = declaratorOf(variable);
  if (declarator === null || declarator === birth) return declarator === null;
  const { init } = declarator;
  return init !== null && !isNothing(init) && acquisitionIn(code, init) === null;
}

function verdict(code: Code, holder: Holder, exits: readonly Exit[]): Fate {
  const { uses } = holder;
  const normal = exits.filter(({ by, risk }) => by !== "throw" && risk === null && !(by === "overwrite" && isAliased(holder.variable)));
  const overwritten = normal.find(({ by }) => by === "overwrite");
  if (overwritten !== undefined) return { is: "overwritten", holder, exit: overwritten, exits: normal.filter(({ by }) => by === "overwrite") };
  const discharge = uses.find(({ how }) => how !== "borrowed");
  const exit = normal.find(({ by }) => by !== "end") ?? normal[0] ?? finalThrow(holder);
  if (discharge === undefined) return exit === undefined ? settled : { is: "undischarged", holder, exit: normal.find(({ by }) => by === "end") ?? exit, exits: normal };
  if (exit !== undefined) return { is: "leaks-on-path", holder, exit, exits: normal, discharge };
  const disposal = uses.find(({ how, via }) => how === "disposed" && via === "method");
  if (disposal === undefined) {
    const made = inConstruction(code, holder);
    return made.is === "settled" && isStackLike(code, holder.acquisition.call) ? beforeItsMove(code, holder) : made;
  }
  if (uses.some(({ how, via }) => how === "unknown" && via !== "argument")) return settled;
  const thrown = exits.find(({ risk }) => risk !== null && (risk.strong || !isBeforeItsTry(risk.node, disposal)));
  return thrown?.risk == null ? settled : { is: "leaks-on-throw", holder, risk: thrown.risk.node, discharge: disposal };
}

/** The `throw` with which a scope ends that nobody leaves otherwise. */
function finalThrow({ uses, variable }: Holder): Exit | undefined {
  const last = uses.every(({ how }) => how === "borrowed") ? scopeOf(variable)?.body.at(-1) : undefined;
  return last?.type === "ThrowStatement" ? { by: "throw", node: last, risk: null } : undefined;
}

/** The fate of what is acquired only for the object that is being made. */
function inConstruction(code: Code, holder: Holder): Fate {
  const uses = throughParts(code, holder.uses.filter(({ how }) => how !== "borrowed"));
  if (!uses.some((use) => isBuiltIn(code, use)) || !uses.every((use) => isBuiltIn(code, use) || isGivenToHeld(code, use))) return settled;
  const exits = isStackLike(code, holder.acquisition.call) ? exitsOnceFilled(code, holder) : exitsFrom(code, { ...holder, uses }, holder.binding.parent);
  const thrown = exits.find(({ risk }) => risk !== null && (risk.strong || mayFail(code, risk.node)));
  return thrown?.risk == null ? settled : { is: "leaks-in-construction", holder, risk: thrown.risk.node };
}

/** The fate of a stack without a scope that is moved at the end: what it holds by then is lost when something fails before. */
function beforeItsMove(code: Code, { uses: all, ...rest }: Holder): Fate {
  const uses = all.map((use): Use => (isFieldInConstruction(code, use) ? { ...use, how: "borrowed" } : use));
  const holder = { ...rest, uses };
  const move = uses.find(({ via }) => via === "move");
  if (move === undefined || uses.some(({ how, via }) => how !== "borrowed" && via !== "move")) return settled;
  const lost = exitsOnceFilled(code, holder).find(({ by, risk }) => by !== "overwrite" && risk !== null && (risk.strong || mayFail(code, risk.node)));
  return lost?.risk == null ? settled : { is: "leaks-on-throw", holder, risk: lost.risk.node, discharge: move };
}

/** The exits that leave a stack live with something in it: it holds nothing until it is given the first resource. */
function exitsOnceFilled(code: Code, holder: Holder): readonly Exit[] {
  const given = holder.uses.map(({ reference: { parent } }) => (parent.type === "MemberExpression" && registersOnStack(propertyName(parent)) ? callOf(parent) : null));
  const first = given.find((call) => call !== null);
  const [resource] = first?.arguments ?? [];
  return first == null || resource === undefined ? [] : exitsFrom(code, holder, first, { acquisition: resource, nullable: false });
}

/** The exits that leave a resource live, from where the variable gets it. */
function exitsFrom(code: Code, holder: Holder, birth: TSESTree.Node, tracked: Partial<Tracked> = {}): readonly Exit[] {
  const scope = scopeOf(holder.variable);
  return scope === null ? [] : (liveExits(code, scope.body, scope.end, { ...trackedBy(code, holder, birth, null), ...tracked }) ?? []);
}

/** A second name may still hold what the first one loses. */
function isAliased(variable: Variable): boolean {
  return readsOf(variable).some((read) => {
    const destination = destinationOf(read);
    return destination.to === "declared" && destination.declarator.id.type === "Identifier";
  });
}

/** A plain call between the acquisition and the `try` that releases is everyday code, not a leak worth a report (RULES.md, F17). */
function isBeforeItsTry(risk: TSESTree.Node, disposal: Use): boolean {
  return [...ancestorsOf(disposal.at)].some((at) => at.type === "TryStatement" && risk.range[1] <= at.range[0]);
}

/** A hoisted function, or a closure older than the acquisition, may discharge at any time. */
function isUnknownFromBirth(use: Use, birth: TSESTree.Node, variable: Variable): boolean {
  if (use.via !== "closure" && !isFunction(use.at)) return false;
  if (use.how === "borrowed") return false;
  return use.at.type === "FunctionDeclaration" || use.at.range[0] < birth.range[0] || declaratorOf(variable)?.init == null;
}

function trackedBy(code: Code, holder: Holder, birth: TSESTree.Node, ahead: Ahead | null): Tracked {
  const { variable, uses, acquisition } = holder;
  const writes = writesOf(variable).map(({ identifier }) => identifier.parent);
  return {
    acquisition: acquisition.call,
    birth,
    nullable: acquisition.resource.nullable,
    isBorn: false,
    dischargedAhead: new Set(ahead === null ? [] : [ahead.statement]),
    discharges: new Set(uses.filter(({ how }) => how !== "borrowed").map(({ at }) => at)),
    overwrites: new Set(writes.filter((node) => node !== undefined && node !== birth) as TSESTree.Node[]),
    isTracked: (identifier) => variableOf(code, identifier) === variable,
    ...course(code),
  };
}

/** What may turn code off its course, whatever is tracked. */
export function course(code: Code): Pick<Tracked, "isRelease" | "mayReject" | "mayThrow" | "neverReturns"> {
  return {
    neverReturns: (call) => neverReturns(code, call),
    mayThrow: (call) => mayThrow(code, call),
    mayReject,
    isRelease: ({ callee }) => (callee.type === "Identifier" ? isReleaseName(code, callee.name) : callee.type === "MemberExpression" && isRelease(code, callee)),
  };
}

interface Scope {
  readonly body: readonly TSESTree.Statement[];
  readonly end: TSESTree.Node;
}

/** The statements in which the variable lives; `null` for loop heads and other odd places. */
export function scopeOf(variable: Variable): Scope | null {
  const block = variable.scope.block as TSESTree.Node;
  if (isFunction(block)) return block.body.type === "BlockStatement" ? { body: block.body.body, end: block.body } : null;
  if (block.type === "BlockStatement" || block.type === "StaticBlock") return { body: block.body, end: block };
  return block.type === "SwitchStatement" ? { body: [block], end: block } : null;
}

