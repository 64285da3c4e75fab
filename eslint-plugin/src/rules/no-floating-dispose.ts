import type { TSESTree } from "@typescript-eslint/utils";

import type { Code, FunctionNode } from "../code.js";
import { insertAwait, insertAwaitAndAsync } from "../edits/await.js";
import { suggest } from "../edits/edit.js";
import { forEachToLoop } from "../edits/loop.js";
import { canAwait, isInBody } from "../edits/placement.js";
import { callText } from "../ownership/acquire.js";
import { destinationOf, propertyName, unwrap } from "../ownership/destination.js";
import { symbolOf } from "../ownership/dispose.js";
import { disposerWith, startsPromise, symbolsOf } from "../ownership/disposer.js";
import { declaratorOf, functionAround, isFunction, isInside, readsOf, variableOf, type Variable } from "../ownership/references.js";
import { registrationBy } from "../ownership/stack.js";
import { calleeName } from "../ownership/transfer.js";
import { isAwaited } from "../ownership/uses.js";
import { createRule, typedCodeOf } from "./create-rule.js";
import { article, shown } from "./leak.js";

type Effect = "awaitIt" | "loop" | "makeAsyncAndAwait";
type Finding = "floating" | "iterated" | "synchronous";

export default createRule<[], Effect | Finding>({
  name: "no-floating-dispose",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow asynchronous disposal that nobody awaits",
      recommended: "recommended",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      floating: "`{{call}}` starts disposing {{type}} and nobody awaits it: the code goes on before `{{receiver}}` is closed, and a failure becomes an unhandled rejection. Write `await {{call}}`.",
      iterated: "`{{call}}` starts disposing {{type}} in a callback of `{{method}}`, which awaits nobody: the code goes on before `{{receiver}}` is closed, and a failure becomes an unhandled rejection. Write `await {{call}}` in a `for…of` loop.",
      synchronous: "`{{call}}` starts disposing {{type}} in a function that cannot await it: the code goes on before `{{receiver}}` is closed, and a failure becomes an unhandled rejection. Make the function async and write `await {{call}}`.",
      awaitIt: "Await it here.",
      loop: "Turn `{{method}}` into a `for…of` loop, which disposes one after the other and awaits each.",
      makeAsyncAndAwait: "Make the function async and await it here.",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);

    function check(call: TSESTree.CallExpression, member: TSESTree.MemberExpression): void {
      const receiver = unwrap(member.object);
      if (receiver.type === "ThisExpression" || receiver.type === "Super") return;
      const destination = destinationOf(call);
      if (destination.to === "discarded" && destination.voided) return;
      const iteration = iterationAround(code, call, receiver);
      if (iteration === null && (destination.to !== "discarded" || destination.awaited)) return;
      if (iteration === null ? !canBeAwaited(code, call) : !canBeAwaited(code, iteration.call, true)) return;
      const resource = code.types?.resource(member.object);
      if (resource?.kind !== "async" || resource.promised || !startsPromise(code, call)) return;
      const data = { call: callText(code, call), receiver: shown(code, receiver), type: article(resource.name), method: iteration?.method ?? "" };
      if (iteration !== null) {
        context.report({ node: call, messageId: "iterated", data, suggest: suggest("loop", data, forEachToLoop(code, iteration.call, call)) });
        return;
      }
      const isAsync = canAwait(code, call);
      context.report({
        node: call,
        messageId: isAsync ? "floating" : "synchronous",
        data,
        suggest: isAsync ? suggest("awaitIt", {}, insertAwait(code, call)) : suggest("makeAsyncAndAwait", {}, insertAwaitAndAsync(code, call)),
      });
    }

    return {
      "CallExpression[callee.type='MemberExpression']"(call: TSESTree.CallExpression & { readonly callee: TSESTree.MemberExpression }) {
        if (disposesReceiver(code, call)) check(call, call.callee);
      },
    };
  },
});

/** Whether a call disposes its receiver rather than something it is given: a disposer, or a release method with at most options. */
function disposesReceiver(code: Code, call: TSESTree.CallExpression & { readonly callee: TSESTree.MemberExpression }): boolean {
  const { callee } = call;
  if (symbolOf(callee.property, callee.computed) === "asyncDispose") return true;
  const name = propertyName(callee);
  return name !== null && code.settings.releaseMethods.has(name) && call.arguments.every(({ type }) => type === "Literal" || type === "ObjectExpression");
}

interface Iteration {
  readonly call: TSESTree.CallExpression;
  readonly method: string;
}

/** The `forEach` (or `map` whose result is dropped) whose callback disposes what it did not make itself. */
function iterationAround(code: Code, call: TSESTree.CallExpression, receiver: TSESTree.Node): Iteration | null {
  const callback = functionAround(call);
  if (callback === null || callback.type === "FunctionDeclaration") return null;
  const destination = destinationOf(callback);
  if (destination.to !== "argument" || destination.index !== 0 || destination.call.type !== "CallExpression") return null;
  const { callee } = destination.call;
  const method = callee.type === "MemberExpression" ? propertyName(callee) : null;
  if (method !== "forEach" && method !== "map") return null;
  const { to, awaited } = destinationOf(call);
  const isHere = awaited || to === "discarded" || (to === "returned" && functionOf(call) === callback);
  if (!isHere || destinationOf(destination.call).to !== "discarded" || isMadeIn(code, callback, receiver)) return null;
  return code.types?.callee(destination.call)?.origin === "lib" ? { call: destination.call, method } : null;
}

function functionOf(call: TSESTree.CallExpression): FunctionNode | null {
  const destination = destinationOf(call);
  return destination.to === "returned" ? (isFunction(destination.by) ? destination.by : functionAround(destination.by)) : null;
}

function isMadeIn(code: Code, callback: FunctionNode, receiver: TSESTree.Node): boolean {
  let root = receiver;
  while (root.type === "MemberExpression") root = unwrap(root.object);
  const variable = root.type === "Identifier" ? variableOf(code, root) : null;
  const declarator = variable === null ? null : declaratorOf(variable);
  return declarator !== null && isInside(declarator, callback.body);
}

const listens = /^(?:addEventListener|addListener|nextTick|on|once|prependListener|prependOnceListener|queueMicrotask|requestAnimationFrame|setImmediate|setInterval|setTimeout|subscribe|watch)$|^on[A-Z]/u;
const hooks = /^(?:on|handle|ng)[A-Z]|^(?:componentWillUnmount|disconnectedCallback)$/u;
const iterates = /^(?:every|filter|find|flatMap|forEach|map|reduce|some)$/u;

/**
 * Whether a function around a node can be asked to await: not a listener, a timer,
 * a framework's hook, a callback or closure that its caller expects to be
 * synchronous, nor the code of a module. Where it cannot be known: no.
 *
 * @param inDisposer whether the body of `[Symbol.asyncDispose]` counts; its
 *   statements are valid-async-dispose's to judge
 */
function canBeAwaited(code: Code, node: TSESTree.Node, inDisposer = false): boolean {
  const around = functionAround(node);
  if (around === null || !isInBody(around, node)) return false;
  const disposer = disposerWith(code, around);
  if (disposer?.symbol === "asyncDispose") return inDisposer;
  // The synchronous one of two disposers is the abrupt one on purpose.
  if (disposer?.owner != null && symbolsOf(disposer.owner).has("asyncDispose")) return false;
  const { parent } = around;
  if (around.type === "FunctionDeclaration") return isCalledHere(around, around.id === null ? null : variableOf(code, around.id));
  if (parent.type === "MethodDefinition") return around.async || (parent.kind === "method" && !hooks.test(shown(code, parent.key)));
  if (parent.type === "CallExpression" && parent.callee === around) return true;
  const destination = destinationOf(around);
  switch (destination.to) {
    case "argument":
      return isAwaitedByCall(code, around, destination.call);
    case "declared":
      return destination.declarator.id.type === "Identifier" && isCalledHere(around, variableOf(code, destination.declarator.id));
    case "literal":
      return around.async || (parent.type === "Property" && parent.kind === "init" && !hooks.test(shown(code, parent.key)) && destinationOf(destination.literal).to !== "argument");
    case "assigned":
      return around.async && !/^on/u.test(destination.assignment.left.type === "MemberExpression" ? (propertyName(destination.assignment.left) ?? "") : "");
    case "other":
      return around.async && parent.type === "PropertyDefinition";
    default:
      return around.async;
  }
}

/** A named function that is passed on may be a listener, unless it is async and passed to something else. */
function isCalledHere(around: FunctionNode, variable: Variable | null): boolean {
  return (variable === null ? [] : readsOf(variable)).every((read) => {
    const destination = destinationOf(read);
    if (destination.to === "argument") return around.async && !isListening(destination.call);
    return around.async || (read.parent.type === "CallExpression" && read.parent.callee === read) || read.parent.type.startsWith("Export");
  });
}

function isAwaitedByCall(code: Code, callback: FunctionNode, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  if (call.type === "NewExpression" || isListening(call)) return false;
  if (callback.async) return true;
  const name = calleeName(call) ?? "";
  if (iterates.test(name)) return canBeAwaited(code, call, true);
  if (name === "then" || name === "catch" || name === "finally") return isAwaited(call) || destinationOf(call).to === "returned";
  return registrationBy(code, call) !== null;
}

function isListening(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  return call.type === "NewExpression" || listens.test(calleeName(call) ?? "");
}
