import type { TSESTree } from "@typescript-eslint/utils";

import { ancestorsOf, nodesIn, type CallNode, type Code, type FunctionNode } from "../code.js";
import { callOf, destinationOf, propertyName, type Destination } from "./destination.js";
import { isRelease } from "./dispose.js";
import { declaratorOf, isFunction, isInside, ownerFunction, readsOf, scopedBy, variableOf, writesOf, type Variable } from "./references.js";
import { argumentOwner } from "./transfer.js";
import { closureAround, isCombinator } from "./uses.js";

/** How something leaves the scope of a resource that the scope disposes. */
export type Departure =
  /** Work on the resource that nobody waits for before the scope disposes it. */
  | { readonly is: "pending"; readonly node: TSESTree.Node; readonly by: "callback" | "floating" | "returned" }
  /** The resource itself, something that holds it, or something that works only while it is open. */
  | { readonly is: "closure" | "outward" | "value" | "view" | "wrapper"; readonly node: TSESTree.Node };

/** A scoped resource, or what a scoped stack holds. */
export interface Scoped {
  readonly variable: Variable;
  readonly keyword: "await using" | "using";
  /** The stack whose member the variable is. */
  readonly stack: Variable | null;
}

/** The variables that a `using` or `await using` declaration keeps open: its own, and what a stack's `use` and `adopt` hand back. */
export function scopedIn(code: Code, declaration: TSESTree.VariableDeclaration): readonly Scoped[] {
  const { kind } = declaration;
  if (kind !== "using" && kind !== "await using") return [];
  return declaration.declarations.flatMap(({ id }) => {
    const variable = id.type === "Identifier" ? variableOf(code, id) : null;
    if (variable === null) return [];
    const own: Scoped = { variable, keyword: kind, stack: null };
    const calls = readsOf(variable).map((read) => memberCall(read));
    if (calls.some((call) => call !== null && calledMethod(call) === "move")) return [];
    const members = calls.flatMap((call): Scoped[] => {
      if (call === null || !/^(?:adopt|use)$/u.test(calledMethod(call) ?? "")) return [];
      const { to, ...rest } = destinationOf(call) as Destination & { declarator?: TSESTree.VariableDeclarator };
      const member = to === "declared" && rest.declarator?.id.type === "Identifier" ? variableOf(code, rest.declarator.id) : null;
      return member === null || scopedBy(member) !== null || writesOf(member).length > 1 ? [] : [{ variable: member, keyword: kind, stack: variable }];
    });
    return isStack(code, variable) ? [own, ...members] : [own];
  });
}

function isStack(code: Code, variable: Variable): boolean {
  const [identifier] = variable.identifiers;
  return identifier !== undefined && /^(?:Async)?DisposableStack$/u.test(code.types?.resource(identifier).name ?? "");
}

function memberCall(read: TSESTree.Identifier): TSESTree.CallExpression | null {
  const destination = destinationOf(read);
  return destination.to === "receiver" ? callOf(destination.member) : null;
}

function calledMethod(call: TSESTree.CallExpression): string | null {
  return call.callee.type === "MemberExpression" ? propertyName(call.callee) : null;
}

/** Everything by which a scoped resource, or work on it, outlives its scope. Silent without types. */
export function departuresOf(code: Code, { variable }: Scoped): readonly Departure[] {
  const { types } = code;
  if (types === null) return [];
  const home = ownerFunction(variable);
  const scope = variable.scope.block as TSESTree.Node;
  const found = new Map<TSESTree.Node, Departure>();
  const leave = (departure: Departure): void => {
    if (!found.has(departure.node)) found.set(departure.node, departure);
  };
  readsOf(variable).forEach((read) => {
    follow(read, 0);
  });
  return [...found.values()];

  function follow(read: TSESTree.Identifier, depth: number): void {
    const closure = closureAround(read, home);
    if (closure === null) value(read, depth);
    else if (!isReleased(read)) capture(closure, depth);
  }

  function isReleased(read: TSESTree.Identifier): boolean {
    const destination = destinationOf(read);
    return destination.to === "receiver" && isRelease(code, destination.member);
  }

  /** Where the resource itself goes. */
  function value(node: TSESTree.Node, depth: number): void {
    const destination = destinationOf(node);
    switch (destination.to) {
      case "argument":
        given(destination.call, destination.index);
        return;
      case "assigned":
        if (isOutward(destination.assignment.left)) leave({ is: "outward", node: destination.value });
        return;
      case "declared": {
        const { id } = destination.declarator;
        const alias = id.type === "Identifier" ? variableOf(code, id) : null;
        if (alias === null || depth > 3 || scopedBy(alias) !== null || writesOf(alias).length > 1) return;
        readsOf(alias).forEach((read) => {
          follow(read, depth + 1);
        });
        return;
      }
      case "literal":
        if (leaves(destination.literal)) leave({ is: "wrapper", node: destination.literal });
        return;
      case "receiver":
        member(destination.member);
        return;
      case "returned":
        if (home !== null && !home.generator) leave({ is: "value", node: destination.value });
        return;
      default:
    }
  }

  function member(node: TSESTree.MemberExpression): void {
    if (isRelease(code, node)) return;
    const call = callOf(node);
    if (call !== null) {
      if (types?.callee(call)?.handsBackItsInput === true && call.arguments.length > 0 && isStackMethod(node)) return;
      made(call);
    } else if (leaves(node) && types?.isMethodReference(node) === true) {
      leave({ is: "view", node });
    } else made(node);
  }

  function isStackMethod(node: TSESTree.MemberExpression): boolean {
    return /^(?:adopt|use)$/u.test(propertyName(node) ?? "");
  }

  function given(call: CallNode, index: number): void {
    if (isStore(call)) {
      const receiver = (call.callee as TSESTree.MemberExpression).object;
      if (isOutward(receiver)) leave({ is: "outward", node: call });
      return;
    }
    if (call.type === "NewExpression") {
      if (leaves(call) && argumentOwner(code, call, index) === "takes") leave({ is: "wrapper", node: call });
      return;
    }
    if (argumentOwner(code, call, index) !== "takes") made(call);
  }

  function isStore(call: CallNode): boolean {
    if (call.callee.type !== "MemberExpression" || !/^(?:add|push|set|unshift)$/u.test(propertyName(call.callee) ?? "")) return false;
    return call.type === "CallExpression" && types?.callee(call)?.origin === "lib";
  }

  /** Where a value made from the resource goes. */
  function made(node: TSESTree.Node): void {
    const destination = destinationOf(node);
    if (destination.to === "receiver") {
      if (destination.awaited || isRelease(code, destination.member)) return;
      made(callOf(destination.member) ?? destination.member);
      return;
    }
    if (destination.awaited) {
      if (destination.to === "returned" && home?.generator !== true && types?.isLazyView(destination.value) === true) leave({ is: "view", node: destination.value });
      return;
    }
    const combinator = combinatorOf(destination);
    if (combinator !== null) {
      made(combinator);
      return;
    }
    const isWork = types?.isPromise(node) === true && !isResource(node);
    switch (destination.to) {
      case "declared":
        if (isWork) kept(destination.declarator);
        return;
      case "discarded":
        if (isWork && isLast(node)) leave({ is: "pending", node, by: "floating" });
        return;
      case "literal":
        if (isWork && leaves(destination.literal)) leave({ is: "pending", node, by: "returned" });
        return;
      case "returned":
        if (home?.generator === true) return;
        if (isWork) leave({ is: "pending", node, by: "returned" });
        else if (types?.isLazyView(destination.value) === true) leave({ is: "view", node: destination.value });
        return;
      default:
    }
  }

  function isResource(node: TSESTree.Node): boolean {
    const resource = types?.resource(node);
    return resource !== undefined && !resource.promised && resource.kind !== "none" && resource.kind !== "unknown";
  }

  /** A promise in a variable: nobody reads it, or it is only returned. */
  function kept({ id, init }: TSESTree.VariableDeclarator): void {
    const promise = id.type === "Identifier" ? variableOf(code, id) : null;
    if (promise === null || init === null || writesOf(promise).length > 1) return;
    const reads = readsOf(promise);
    if (reads.length === 0 && isLast(init)) leave({ is: "pending", node: init, by: "floating" });
    if (reads.every((read) => closureAround(read, home) === null && destinationOf(read).to === "returned" && !destinationOf(read).awaited)) {
      for (const read of reads) leave({ is: "pending", node: read, by: "returned" });
    }
  }

  /** Where a closure that uses the resource goes. */
  function capture(closure: FunctionNode, depth: number): void {
    const name = closure.type === "FunctionDeclaration" ? closure.id : null;
    if (name !== null) {
      named(name, depth);
      return;
    }
    const destination = destinationOf(closure);
    switch (destination.to) {
      case "argument":
        handed(closure, destination.call);
        return;
      case "declared":
        if (destination.declarator.id.type === "Identifier") named(destination.declarator.id, depth);
        return;
      case "literal":
        if (leaves(destination.literal)) leave({ is: "closure", node: closure });
        return;
      case "returned":
        if (home?.generator !== true) leave({ is: "closure", node: closure });
        return;
      default:
    }
  }

  function named(id: TSESTree.Identifier, depth: number): void {
    const callback = variableOf(code, id);
    if (callback === null || depth > 3 || writesOf(callback).length > 1) return;
    for (const read of readsOf(callback)) {
      if (closureAround(read, home) === null && destinationOf(read).to === "returned") leave({ is: "closure", node: read });
    }
  }

  function handed(closure: FunctionNode, call: CallNode): void {
    if (call.type === "NewExpression") return;
    const destination = destinationOf(call);
    if (destination.awaited) return;
    const method = call.callee.type === "MemberExpression" ? propertyName(call.callee) : call.callee.type === "Identifier" ? call.callee.name : null;
    if (method === null) return;
    const isTimer = call.callee.type === "Identifier" && /^(?:queueMicrotask|setImmediate|setInterval|setTimeout)$/u.test(method);
    const isListener = call.callee.type === "MemberExpression" && /^(?:addEventListener|addListener|on|once|subscribe)$/u.test(method);
    if (isTimer || isListener) {
      const outlives = isTimer || (isOutward((call.callee as TSESTree.MemberExpression).object) && call.arguments.length < 3);
      if (destination.to === "discarded" && outlives && isLast(call) && !undoes(scope)) leave({ is: "closure", node: closure });
      return;
    }
    const isWork = closure.async || types?.returnsPromise(closure) === "always";
    if (method === "forEach") {
      if (isWork && isLast(call)) leave({ is: "pending", node: call, by: "callback" });
      return;
    }
    const combinator = combinatorOf(destination);
    if (combinator !== null) {
      if (isWork) made(combinator);
      return;
    }
    if (method === "map" && isWork) {
      if (destination.to === "returned" && home?.generator !== true) leave({ is: "pending", node: call, by: "returned" });
      else if (destination.to === "discarded" && isLast(call)) leave({ is: "pending", node: call, by: "floating" });
    } else if (isWork && types?.isPromise(call) === true) made(call);
  }

  /** Whether the scope ends without waiting for anything after this node. */
  function isLast(node: TSESTree.Node): boolean {
    const [, end] = node.range;
    for (const at of nodesIn(code, scope, (each) => each === scope || !isFunction(each))) {
      const waits = at.type === "AwaitExpression" || at.type === "YieldExpression" || (at.type === "ForOfStatement" && at.await);
      if (waits && at.range[0] >= end) return false;
    }
    // In a loop inside the scope, what stands before the node comes after it too.
    return ![...ancestorsOf(node)].some((at) => isInside(at, scope) && at !== scope && /^(?:Do|For|While)/u.test(at.type) && containsAwait(at, node));
  }

  function containsAwait(loop: TSESTree.Node, except: TSESTree.Node): boolean {
    return [...nodesIn(code, loop, (each) => !isFunction(each) && each !== except)].some(({ type }) => type === "AwaitExpression");
  }

  function undoes(block: TSESTree.Node): boolean {
    return /\b(?:abort|clear(?:Immediate|Interval|Timeout)|off|remove(?:All)?(?:Event)?Listeners?|unsubscribe)\b/u.test(code.text.slice(...block.range));
  }

  /** Whether an expression stands for something that outlives the scope's function: a field of `this`, or an outer variable of another function. */
  function isOutward(target: TSESTree.Node): boolean {
    let root = target;
    while (root.type === "MemberExpression") root = root.object;
    if (root.type === "ThisExpression") return home !== null && !isWrittenAgain(target);
    if (root.type !== "Identifier" || home === null) return false;
    const holder = variableOf(code, root);
    if (holder === null || holder.defs.length === 0) return root.name === "process" || root.name === "globalThis";
    const isParameter = holder.defs.some(({ type }) => (type as string) === "Parameter");
    return !isParameter && ownerFunction(holder) !== home && declaratorOf(holder) !== null && !isWrittenAgain(target);
  }

  function isWrittenAgain(target: TSESTree.Node): boolean {
    const text = code.text.slice(...target.range);
    const around = home ?? code.ast;
    return [...nodesIn(code, around)].filter((at) => at.type === "AssignmentExpression" && code.text.slice(...at.left.range) === text).length > 1;
  }
}

/** Whether an expression's value is returned from its function, alone or inside literals. */
function leaves(node: TSESTree.Node): boolean {
  const destination = destinationOf(node);
  return destination.to === "returned" || (destination.to === "literal" && leaves(destination.literal));
}

/** The `Promise.all(…)` into which a promise, or an array of promises, goes. */
function combinatorOf(destination: Destination): CallNode | null {
  if (destination.to === "literal") return destination.literal.type === "ArrayExpression" ? combinatorOf(destinationOf(destination.literal)) : null;
  return destination.to === "argument" && isCombinator(destination.call) ? destination.call : null;
}
