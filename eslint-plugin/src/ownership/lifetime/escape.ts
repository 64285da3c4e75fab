/** How does a resource, or work on it, escape the scope that disposes it? */

import type { TSESTree } from "@typescript-eslint/utils";

import { memory, type Code, type Types } from "../../code.js";
import { tellsPlace } from "../../lexicon/living.js";
import type { CallNode, FunctionNode } from "../../syntax.js";
import { isRelease } from "../release/release-name.js";
import { constantIn, isRegistering, type Scoped } from "../scopes/scoped-variable.js";
import { argumentOwner } from "../uses/argument-owner.js";
import { calleeName } from "../values/callee.js";
import { isCalledAtOnce } from "../values/closures.js";
import { callOf, destinationOf, propertyName } from "../values/destination.js";
import { closureAround, functionAround, isInside } from "../values/functions.js";
import { isOutward, isStore, outlasts } from "../values/lasting-place.js";
import { ownerFunction, readsOf, variableOf, type Variable } from "../values/variables.js";
import { combinatorOf, converts, endsUnwaited, isEntrusted, isOfConsole, promises, settles, undoes } from "../waiting/unwaited.js";
import { bindCall, isPending, isView, settlesAtEnd, type Origin } from "./derived-value.js";

/** How something leaves the scope of a resource that the scope disposes. */
export type Departure =
  /** Work on the resource that nobody waits for before the scope disposes it. */
  | { readonly is: "pending"; readonly node: TSESTree.Node; readonly by: "callback" | "floating" | "mapped" | "returned" }
  /** Something around the scope keeps the resource. */
  | { readonly is: "outward"; readonly node: TSESTree.Node; readonly holder: TSESTree.Node }
  /** The resource itself, something that holds it, or something that works only while it is open. */
  | { readonly is: "closure" | Held; readonly node: TSESTree.Node };

/** What is followed through the code: the resource, what holds it, or what works only while it is open. */
type Held = "value" | "view" | "wrapper";

type Departures = Iterable<Departure>;

interface Scope {
  readonly code: Code;
  readonly types: Types;
  /** `null` for a resource that has no variable yet. */
  readonly variable: Variable | null;
  /** At whose end the resource is disposed. */
  readonly block: TSESTree.Node;
  readonly home: FunctionNode | null;
}

const deepest = 3;

const departures = memory<readonly Departure[]>();

/** Everything by which a scoped resource, or work on it, outlives its scope; without types, what syntax alone proves. */
export function departuresOf(code: Code, { variable }: Scoped): readonly Departure[] {
  return departures(code, variable, () => {
    const home = ownerFunction(variable);
    const { types } = code;
    const all = types === null ? evident(code, variable, home) : fromVariable({ code, types, variable, block: variable.scope.block, home }, variable, "value", 0);
    return outermost(all);
  });
}

/** The same for a resource that is used in passing so far, if a block held it; silent without types. */
export function departuresFrom(code: Code, resource: TSESTree.Node, block: TSESTree.BlockStatement): readonly Departure[] {
  const { types } = code;
  return types === null ? [] : outermost(fromHolder({ code, types, variable: null, block, home: functionAround(block) }, resource, "value", 0));
}

/** The variable itself, a literal that holds it, or a function that calls it, returned. */
function* evident(code: Code, variable: Variable, home: FunctionNode | null): Departures {
  for (const read of readsOf(variable)) {
    const destination = destinationOf(read);
    const closure = closureAround(read, home);
    if (closure === null) {
      if (isReturnedFrom({ home }, read)) yield destination.to === "literal" ? { is: "wrapper", node: destination.literal } : { is: "value", node: read };
    } else if (destination.to === "receiver" && callOf(destination.member) !== null && !isRelease(code, destination.member) && isReturnedFrom({ home }, closure)) {
      yield { is: "closure", node: closure };
    }
  }
}

/** One departure a node; what leaves inside of something else that leaves goes with that. */
function outermost(departures: Departures): readonly Departure[] {
  const found = new Map<TSESTree.Node, Departure>();
  for (const departure of departures) if (!found.has(departure.node)) found.set(departure.node, departure);
  const all = [...found.values()];
  return all.filter(({ node }) => !all.some((other) => other.node !== node && isInside(node, other.node)));
}

function* fromVariable(scope: Scope, variable: Variable, held: Held, depth: number): Departures {
  for (const read of readsOf(variable)) {
    const closure = closureAround(read, scope.home);
    if (closure === null) yield* fromHolder(scope, read, held, depth);
    else if (!isHarmless(scope, read)) yield* fromClosure(scope, closure, depth);
  }
}

/** Where the resource goes, or what holds it, or a view of it. */
function* fromHolder(scope: Scope, node: TSESTree.Node, held: Held, depth: number): Departures {
  const destination = destinationOf(node);
  switch (destination.to) {
    case "argument":
      yield* fromArgument(scope, node, held, destination.call, destination.index, depth);
      return;
    case "assigned":
      yield* fromStore(scope, node, held, destination.assignment.left);
      return;
    case "declared": {
      const alias = constantIn(scope.code, destination.declarator);
      if (alias !== null && depth < deepest) yield* fromVariable(scope, alias, held, depth + 1);
      return;
    }
    case "literal": {
      // What is spread is used up, or copied.
      if (destination.value.parent?.type === "SpreadElement") return;
      const bag = bagOf(scope, destination.literal);
      if (bag !== null) yield held === "value" ? { is: "wrapper", node: bag } : { is: held, node };
      return;
    }
    case "receiver":
      yield* fromMember(scope, destination.member, depth);
      return;
    case "returned":
      if (isReturnedFrom(scope, node)) yield { is: held, node };
      return;
    default:
  }
}

function* fromMember(scope: Scope, member: TSESTree.MemberExpression, depth: number): Departures {
  const { code, types } = scope;
  if (isRelease(code, member)) return;
  const call = callOf(member);
  // The resource is a promise itself, which its end rejects: that is taken here, and is no work.
  if (call !== null && propertyName(member) === "catch" && types.isAwaitableResource(member.object)) return;
  if (call !== null) {
    const handsBack = isRegistering(member) && call.arguments.length > 0 && types.callee(call)?.handsBackItsInput === true;
    if (!handsBack) yield* fromMade(scope, call, "member", depth);
    else if (destinationOf(call).to !== "declared") yield* fromHolder(scope, call, "value", depth);
    return;
  }
  const method = bindCall(member) ?? member;
  if (types.isMethodReference(member) && isReturnedFrom(scope, method)) yield { is: "view", node: method };
  else yield* fromMade(scope, member, "member", depth);
}

function* fromArgument(scope: Scope, node: TSESTree.Node, held: Held, call: CallNode, index: number, depth: number): Departures {
  const { code, types } = scope;
  if (isStore(code, call)) {
    yield* fromStore(scope, node, held, call.callee.object);
    return;
  }
  const isTaken = argumentOwner(code, call, index) === "takes";
  if (call.type !== "NewExpression") {
    if (!isTaken) yield* fromMade(scope, call, held === "view" ? "view" : "argument", depth);
  } else if (!isTaken || (held === "view" && types.callee(call)?.origin === "lib")) return; // `new Map(entries)` reads them at once
  else if (held === "view" && isReturnedFrom(scope, call)) yield { is: "view", node };
  else yield* fromHolder(scope, call, held === "value" ? "wrapper" : held, depth);
}

function* fromStore(scope: Scope, node: TSESTree.Node, held: Held, holder: TSESTree.Node): Departures {
  if (isKept(scope, node, holder)) yield held === "view" ? { is: "view", node } : { is: "outward", node, holder };
}

/** Whether something around the scope keeps what it is given; while the scope still waits it may be meant for just that time. */
function isKept({ block, code, home }: Scope, node: TSESTree.Node, holder: TSESTree.Node): boolean {
  return isOutward(code, home, holder) && endsUnwaited(code, block, node);
}

/** Where a value made from the resource goes. */
function* fromMade(scope: Scope, node: TSESTree.Node, origin: Origin, depth: number): Departures {
  const { code, types } = scope;
  if (settlesAtEnd(node)) return;
  const destination = destinationOf(node);
  const isWork = !destination.awaited && isPending(types, node);
  if (destination.to === "receiver") {
    const { awaited, member } = destination;
    if (!awaited && !isRelease(code, member)) yield* fromMade(scope, bindCall(member) ?? callOf(member) ?? member, origin, depth);
    return;
  }
  if (!isWork && origin === "member" && destination.to === "argument" && isPlace(node)) {
    yield* fromUseOfPlace(scope, destination.call);
    return;
  }
  if (!isWork && isView(code, types, node, origin)) {
    yield* fromHolder(scope, node, "view", depth);
    return;
  }
  if (destination.awaited) return;
  const combinator = combinatorOf(destination);
  if (combinator !== null) yield* fromMade(scope, combinator, origin, depth);
  else if (destination.to === "declared") yield* fromKept(scope, destination.declarator, isWork, origin, depth);
  else if (!isWork) return;
  else if (destination.to === "discarded" || destination.to === "tested" || (destination.to === "argument" && dropsPromises(code, destination.call, node))) yield* fromFloating(scope, node, "floating");
  else if (isReturnedFrom(scope, node)) yield { is: "pending", node, by: "returned" };
}

/** `dir.path`, `server.getPort()`: by it others reach the resource as long as that is open. */
function isPlace(node: TSESTree.Node): boolean {
  const member = node.type === "CallExpression" ? node.callee : node;
  return member.type === "MemberExpression" && tellsPlace(propertyName(member));
}

/** `return read(dir.path)`, whose promise nobody waits for before the scope takes the folder away. */
function* fromUseOfPlace(scope: Scope, call: CallNode): Departures {
  const { types } = scope;
  const destination = destinationOf(call);
  if (call.type === "CallExpression" && !destination.awaited && isPending(types, call) && types.callee(call)?.origin !== "lib" && isReturnedFrom(scope, call)) yield { is: "pending", node: call, by: "returned" };
}

function dropsPromises(code: Code, call: CallNode, promise: TSESTree.Node): boolean {
  return settles(code, call) || isOfConsole(code, call) || converts(code, call, promise);
}

/**
 * A variable with a value made from the resource. A promise departs once: where it
 * is returned, else where it is dropped, and only if no read may wait for it.
 */
function* fromKept(scope: Scope, declarator: TSESTree.VariableDeclarator, isWork: boolean, origin: Origin, depth: number): Departures {
  const kept = constantIn(scope.code, declarator);
  if (kept === null || declarator.init === null || depth >= deepest) return;
  const reads = readsOf(kept).map((read) => (closureAround(read, scope.home) === null ? [...fromMade(scope, read, origin, depth + 1)] : []));
  if (!isWork) {
    if (origin === "member") yield* reads.flat();
    return;
  }
  if (reads.length === 0) yield* fromFloating(scope, declarator.init, "floating");
  if (reads.some((departures) => departures.length === 0)) return;
  const returned = reads.flat().filter((departure) => departure.is === "pending" && departure.by === "returned");
  yield* returned.length > 0 ? returned : reads.flat().slice(0, 1);
}

/** Work that is dropped, where nothing in the scope waits after it and no scope keeps it. */
function* fromFloating({ block, code, types, variable }: Scope, node: TSESTree.Node, by: "callback" | "floating" | "mapped"): Departures {
  if (endsUnwaited(code, block, node) && (variable === null || !isEntrusted(code, types, variable, node))) yield { is: "pending", node, by };
}

/** Where a closure that uses the resource goes; at the top level of a module only callbacks that run at once (the others are no-module-using's). */
function* fromClosure(scope: Scope, closure: FunctionNode, depth: number): Departures {
  const destination = destinationOf(closure);
  if (scope.home === null && destination.to !== "argument") return;
  if (closure.type === "FunctionDeclaration") {
    if (closure.id !== null) yield* fromNamed(scope, closure, variableOf(scope.code, closure.id), depth);
    return;
  }
  if (isCalledAtOnce(closure)) {
    yield* fromMade(scope, closure.parent, "argument", depth);
    return;
  }
  switch (destination.to) {
    case "argument":
      if (destination.call.type === "CallExpression") yield* fromCallback(scope, closure, destination.call, depth);
      return;
    case "assigned":
      if (isKept(scope, closure, destination.assignment.left)) yield { is: "closure", node: closure };
      return;
    case "declared":
      yield* fromNamed(scope, closure, constantIn(scope.code, destination.declarator), depth);
      return;
    default:
      if (isReturnedFrom(scope, closure)) yield { is: "closure", node: closure.parent.type === "Property" && closure.parent.method ? closure.parent : closure };
  }
}

function* fromNamed(scope: Scope, closure: FunctionNode, name: Variable | null, depth: number): Departures {
  const { types } = scope;
  if (name === null || depth >= deepest) return;
  for (const read of readsOf(name)) {
    if (closureAround(read, scope.home) !== null) continue;
    const { parent } = read;
    if (parent.type === "CallExpression" && parent.callee === read) {
      if (promises(types, closure)) yield* fromMade(scope, parent, "argument", depth + 1);
    } else if (isReturnedFrom(scope, read)) yield { is: "closure", node: read };
  }
}

function* fromCallback(scope: Scope, closure: FunctionNode, call: TSESTree.CallExpression, depth: number): Departures {
  const { code, home, types } = scope;
  const destination = destinationOf(call);
  if (destination.awaited) return;
  if (outlasts(code, home, call)) {
    if (destination.to === "discarded" && !undoes(code, scope.block) && endsUnwaited(code, scope.block, call)) yield { is: "closure", node: closure };
    return;
  }
  if (!promises(types, closure)) return;
  const method = calleeName(call);
  const combinator = combinatorOf(destination);
  if (method === "forEach") yield* fromFloating(scope, call, "callback");
  else if (combinator !== null) yield* fromMade(scope, combinator, "argument", depth);
  else if (method === "map") {
    if (destination.to === "discarded") yield* fromFloating(scope, call, "mapped");
    else if (isReturnedFrom(scope, call)) yield { is: "pending", node: call, by: "mapped" };
  } else if (home !== null && types.isPromise(call)) yield* fromMade(scope, call, "argument", depth);
}

/** Whether a closure only disposes the resource, or reads data of it. */
function isHarmless({ code, types }: Scope, read: TSESTree.Identifier): boolean {
  const destination = destinationOf(read);
  if (destination.to !== "receiver") return false;
  const { member } = destination;
  if (isRelease(code, member)) return true;
  const isCalled = callOf(member) !== null || destinationOf(member).to === "receiver";
  return !isCalled && !types.isLazyView(member) && !types.isPromise(member) && !types.isMethodReference(member);
}

/** The literal, or the `new` call whose bag of options it is, if it leaves the scope. */
function bagOf(scope: Scope, literal: TSESTree.ArrayExpression | TSESTree.ObjectExpression): TSESTree.Node | null {
  const destination = destinationOf(literal);
  const isBag = destination.to === "argument" && destination.call.type === "NewExpression" && argumentOwner(scope.code, destination.call, destination.index) === "takes";
  const bag = isBag ? destination.call : literal;
  return isReturnedFrom(scope, bag) ? bag : null;
}

/** Whether an expression's value is returned from the scope's function, alone or inside literals. A generator hands out what it still manages. */
function isReturnedFrom(scope: Pick<Scope, "home">, node: TSESTree.Node): boolean {
  if (scope.home === null || scope.home.generator) return false;
  const destination = destinationOf(node);
  return destination.to === "returned" || (destination.to === "literal" && isReturnedFrom(scope, destination.literal));
}
