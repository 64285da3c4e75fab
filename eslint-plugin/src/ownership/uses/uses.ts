import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isHandlerProperty, listens } from "../../lexicon/calling-back.js";
import { chains, readsToEnd } from "../../lexicon/language.js";
import { flowsOn, livesOn, tellsPlace, tellsState } from "../../lexicon/living.js";
import { closesSourceByOption, concludes } from "../../lexicon/releasing.js";
import { needsDisposal } from "../../resource.js";
import type { CallNode, FunctionNode } from "../../syntax.js";
import { disposalBy, isConsumption, isRelease } from "../release/release-name.js";
import { registrationBy } from "../scopes/stack.js";
import { isTimed, staysInside } from "../values/closures.js";
import { callOf, destinationOf, isKeptOrHandedOut, propertyName, throughLiterals, type Destination } from "../values/destination.js";
import { closureAround } from "../values/functions.js";
import { isScoped, ownerFunction, readsOf, variableOf, writesOf, type Variable } from "../values/variables.js";
import { isFailureExpected } from "../waiting/expected-failure.js";

/** What one reference does with a held resource. */
export interface Use {
  readonly how: "borrowed" | "disposed" | "transferred" | "unknown";
  /** By what the resource is disposed or leaves. */
  readonly via: "argument" | "closure" | "iteration" | "listener" | "literal" | "method" | "move" | "return" | "state" | "store" | "using" | "view" | null;
  /** The node whose evaluation has the effect. */
  readonly at: TSESTree.Node;
  /** The reference itself. */
  readonly reference: Reference;
}

/** What stands for a held resource: the name of a variable, or of a field behind its object. */
export type Reference = TSESTree.Identifier | TSESTree.MemberExpression;

export type ArgumentOwner = "borrows" | "passthrough" | "takes" | "unknown";

/** Who owns an argument after a call: the question that uses ask of the callee. */
export type AskArgument = (code: Code, call: CallNode, index: number) => ArgumentOwner;

/**
 * Everything the code does with the resource in a variable, aliases and closures
 * included.
 */
export function usesOf(code: Code, variable: Variable, ask: AskArgument, depth = 0): readonly Use[] {
  if (depth > 4) return variable.identifiers.map((identifier) => unknownAt(identifier, identifier));
  return usesBy(code, readsOf(variable), ownerFunction(variable), ask, depth);
}

/**
 * Everything that some references do with the resource that they all stand for.
 *
 * @param home the function in which the resource lives; every other one around a reference is a closure
 */
export function usesBy(code: Code, references: readonly Reference[], home: FunctionNode | null, ask: AskArgument, depth = 0): readonly Use[] {
  return references.flatMap((reference) => {
    const closure = closureAround(reference, home);
    const uses = follow(reference, reference);
    return closure === null ? uses : [captured(closure, reference, uses)];
  });

  function follow(node: TSESTree.Node, reference: Reference): readonly Use[] {
    const destination = destinationOf(node);
    const { value } = destination;
    const use = (how: Use["how"], via: Use["via"], at: TSESTree.Node): readonly Use[] => [{ how, via, at, reference }];
    if (destination.awaited && code.types?.isAwaitableResource(node) === true) return [unknownAt(reference, value)];
    switch (destination.to) {
      case "argument": {
        const { call, index, spread } = destination;
        const owner = spread ? "unknown" : ask(code, call, index);
        if (owner === "takes") return use("transferred", "argument", call);
        if (owner === "unknown") return use("unknown", "argument", call);
        return owner === "passthrough" ? follow(call, reference) : derived(call, reference);
      }
      case "assigned": {
        const { left } = destination.assignment;
        return use(left.type === "MemberExpression" ? "transferred" : "unknown", "store", destination.assignment);
      }
      case "declared":
        return declared(destination.declarator, reference);
      case "discarded":
      case "tested":
        return use("borrowed", null, value);
      case "iterated":
        return use("transferred", "iteration", value);
      case "literal":
        return use("transferred", "literal", destination.literal);
      case "receiver":
        return member(destination.member, reference);
      case "returned":
      case "thrown":
      case "yielded":
        return use("transferred", "return", value);
      case "other":
        return use("unknown", null, value);
    }
  }

  function declared(declarator: TSESTree.VariableDeclarator, reference: Reference): readonly Use[] {
    if (isScoped(declarator.parent)) {
      return [{ how: "disposed", via: "using", at: declarator, reference }];
    }
    if (declarator.id.type !== "Identifier") {
      return takesMoreThanData(code, declarator.id) ? [unknownAt(reference, declarator)] : [{ how: "borrowed", via: null, at: declarator, reference }];
    }
    const alias = variableOf(code, declarator.id);
    if (alias === null || writesOf(alias).length > 1) return [unknownAt(reference, declarator)];
    return usesOf(code, alias, ask, depth + 1);
  }

  function member(node: TSESTree.MemberExpression, reference: Reference): readonly Use[] {
    const disposal = disposalBy(code, node);
    if (disposal !== null) return [{ how: "disposed", via: "method", at: disposal, reference }];
    if (isRelease(code, node)) return [unknownAt(reference, node)];
    const call = callOf(node);
    const name = propertyName(node);
    if (name !== null && (tellsState(name) || concludes(name))) return [{ how: "unknown", via: "state", at: call ?? node, reference }];
    if (call === null) {
      const { parent } = node;
      if (parent.type === "AssignmentExpression" && parent.left === node) {
        return isHandlerProperty(name) ? [{ how: "unknown", via: "listener", at: parent, reference }] : [{ how: "borrowed", via: null, at: parent, reference }];
      }
      return derived(node, reference);
    }
    if (name === null) return derived(call, reference);
    if (call.arguments.some(asksToClose)) return [unknownAt(reference, call)];
    if (isConsumption(node)) return [{ how: "transferred", via: "iteration", at: call, reference }];
    if (isFailureExpected(call)) return [{ how: "unknown", via: "state", at: call, reference }];
    if (chains(name)) return [unknownAt(reference, call)];
    // What a stack hands back is what it was given, and no part of itself.
    if (registrationBy(code, call) !== null) return [leaves(destinationOf(call)) ? { how: "transferred", via: "return", at: call, reference } : { how: "borrowed", via: null, at: call, reference }];
    if (name === "move") return [{ how: "transferred", via: "move", at: call, reference }];
    if (livesOn(name) || listens(name)) {
      return [{ how: "unknown", via: "listener", at: call, reference }];
    }
    if (call.arguments.length > 0 && code.types?.callee(call)?.handsBackItself === true && sameType(call, node.object)) return follow(call, reference);
    return derived(call, reference);
  }

  function sameType(one: TSESTree.Node, other: TSESTree.Node): boolean {
    const made = code.types?.resource(one);
    return made !== undefined && needsDisposal(made.kind) && made.name === code.types?.resource(other).name;
  }

  /** What becomes of a value made from the resource: data is harmless, a view that is kept is not, nor a handle or an address that leaves. */
  function derived(node: TSESTree.Node, reference: Reference, isAddress = namesPlace(node)): readonly Use[] {
    const destination = destinationOf(node);
    const { value } = destination;
    const borrowed: readonly Use[] = [{ how: "borrowed", via: null, at: node, reference }];
    if (value.parent?.type === "TemplateLiteral") return derived(value.parent, reference, isAddress);
    // Whoever keeps an address, a port or a name outside wants the resource to live on.
    if (destination.to === "assigned" && isOutside(destination.assignment.left)) return [viewAt(reference, destination.assignment)];
    if (destination.to === "discarded" || destination.to === "tested") return borrowed;
    const finishes = finishesItsSource(node);
    if (destination.to === "iterated" || usesUp(code, value)) return finishes ? [unknownAt(reference, value)] : borrowed;
    if (destination.to === "receiver") {
      const call = callOf(destination.member);
      if (call !== null && flowsOn(propertyName(destination.member))) return [unknownAt(reference, call)];
      return derived(call ?? destination.member, reference);
    }
    if (code.types === null) return borrowed;
    // Work that is handed to something nobody waits for goes on after the function.
    if (destination.to === "argument" && !destination.awaited && isLeftPending(code, destination.call) && code.types.isPromise(value)) return [viewAt(reference, destination.call)];
    const isView = code.types.isLazyView(value) || (!destination.awaited && code.types.isUnknown(value));
    const isHandle = isView || (!destination.awaited && code.types.isHandle(value));
    if (!isHandle && !isAddress) return borrowed;
    if (destination.to === "declared" && destination.declarator.id.type === "Identifier") {
      const view = variableOf(code, destination.declarator.id);
      if (view === null || writesOf(view).length > 1) return [viewAt(reference, node)];
      const kept = usesOf(code, view, ask, depth + 1).filter(
        ({ how, via }) => how !== "borrowed" && how !== "disposed" && (isHandle || via !== "argument") && (how === "unknown" || finishes || via !== "iteration"),
      );
      return [...borrowed, ...kept.map((use): Use => ({ ...use, how: "unknown", reference }))];
    }
    if (!isView && destination.to === "argument") {
      const isLent = !isHandle || (!destination.spread && ask(code, destination.call, destination.index) === "borrows");
      return isLent ? borrowed : [viewAt(reference, node)];
    }
    return isView || leaves(destination) ? [finishes ? unknownAt(reference, node) : viewAt(reference, node)] : borrowed;
  }

  /** Node's own streams over a resource close it at their end; other cursors leave their connection open. */
  function finishesItsSource(node: TSESTree.Node): boolean {
    return node.type === "CallExpression" && code.types?.callee(node)?.origin === "node" && code.types.isLazyView(node);
  }

  function isOutside(target: TSESTree.Node): boolean {
    let root = target;
    while (root.type === "MemberExpression") root = root.object;
    const holder = root.type === "Identifier" ? variableOf(code, root) : null;
    return holder === null || ownerFunction(holder) !== home;
  }

  function captured(closure: FunctionNode, reference: Reference, uses: readonly Use[]): Use {
    const borrows = uses.every(({ how, via }) => how === "borrowed" || (how === "transferred" && via === "return" && closure.type === "ArrowFunctionExpression"));
    if (borrows && (staysInside(code, closure) || isTimed(code, closure))) return { how: "borrowed", via: null, at: closure, reference };
    const discharges = uses.some(({ how }) => how === "disposed" || how === "transferred");
    return { how: discharges ? "transferred" : "unknown", via: "closure", at: closure, reference };
  }
}

/** Whether options ask what is made from a resource to close it at its own end: `writer({ autoClose: true })`. */
function asksToClose(options: TSESTree.CallExpressionArgument): boolean {
  if (options.type !== "ObjectExpression") return false;
  return options.properties.some(
    (property) => property.type === "Property" && property.key.type === "Identifier" && closesSourceByOption(property.key.name) && !(property.value.type === "Literal" && property.value.value === false),
  );
}

/** Whether a call gives a promise that is dropped: `assert.rejects(conn.query(…))` as a statement. */
function isLeftPending(code: Code, call: CallNode): boolean {
  const { awaited, to } = destinationOf(call);
  return to === "discarded" && !awaited && code.types?.isPromise(call) === true;
}

/** Whether a pattern takes views or the release method out of a resource: then it is in unknown hands. */
export function takesMoreThanData(code: Code, pattern: TSESTree.DestructuringPattern): boolean {
  if (pattern.type !== "ObjectPattern") return true;
  return pattern.properties.some((property) => {
    if (property.type !== "Property" || property.computed || property.key.type !== "Identifier") return true;
    if (code.settings.releaseMethods.has(property.key.name)) return true;
    return code.types?.isLazyView(property.value) !== false;
  });
}

/** Whether a member tells where its resource is found. */
export function namesPlace(node: TSESTree.Node): boolean {
  const member = node.type === "CallExpression" ? node.callee : node;
  if (member.type !== "MemberExpression" || !tellsPlace(propertyName(member))) return false;
  // `page.url()` tells where the page is, not how to reach it.
  return member === node || propertyName(member) !== "url";
}

/** Whether an expression is read to its end where it stands: `yield* rows`, `Array.fromAsync(rows)`. */
function usesUp(code: Code, value: TSESTree.Node): boolean {
  const { parent } = value;
  if (parent?.type === "YieldExpression") return parent.delegate;
  if (parent?.type !== "CallExpression" || parent.arguments[0] !== value || parent.callee.type !== "MemberExpression") return false;
  return readsToEnd(propertyName(parent.callee)) && code.types?.callee(parent)?.origin === "lib";
}

/** Whether a value leaves its function, alone or inside literals. */
function leaves(destination: Destination): boolean {
  return isKeptOrHandedOut(throughLiterals(destination));
}

/** Something made from the resource, which may need it open, goes where nobody here can follow it. */
function viewAt(reference: Reference, at: TSESTree.Node): Use {
  return { how: "unknown", via: "view", at, reference };
}

function unknownAt(reference: Reference, at: TSESTree.Node): Use {
  return { how: "unknown", via: null, at, reference };
}
