import type { TSESTree } from "@typescript-eslint/utils";

import { canAwait } from "../edits/placement/placement.js";
import { suggest } from "../edits/text/edit.js";
import { insertAwait, insertAwaitAndAsync } from "../edits/waiting/await.js";
import { forEachToLoop } from "../edits/waiting/for-each-to-loop.js";
import { disposesReceiver } from "../ownership/release/release-name.js";
import { destinationOf, propertyName, unwrap } from "../ownership/values/destination.js";
import { symbolOf } from "../ownership/values/dispose-symbol.js";
import { functionAround } from "../ownership/values/functions.js";
import { canBeAwaited, isEndAwaited, iterationAround } from "../ownership/waiting/awaitable-place.js";
import { startsPromise } from "../ownership/waiting/dropped-promises.js";
import { callText } from "../text.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { article, shown } from "./leak.js";
import { headSite, methodSites, originSites } from "./sites.js";

type Effect = "awaitIt" | "byDisposer" | "loop" | "makeAsyncAndAwait";
type Finding = "callback" | "floating" | "iterated" | "synchronous";

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
      callback: "`await {{call}}` waits for nothing: `{{method}}` gives no promise, and calls back when {{type}} is closed. Write `await {{receiver}}[Symbol.asyncDispose]()`, or give it a callback that settles a promise.",
      floating: "`{{call}}` starts disposing {{type}} and nobody awaits it: the code goes on before `{{receiver}}` is closed, and a failure becomes an unhandled rejection. Write `await {{call}}`.",
      iterated: "`{{call}}` starts disposing {{type}} in a callback of `{{method}}`, which awaits nobody: the code goes on before `{{receiver}}` is closed, and a failure becomes an unhandled rejection. Write `await {{call}}` in a `for…of` loop.",
      synchronous: "`{{call}}` starts disposing {{type}} in a function that cannot await it: the code goes on before `{{receiver}}` is closed, and a failure becomes an unhandled rejection. Make the function async and write `await {{call}}`.",
      awaitIt: "Await it here.",
      loop: "Turn `{{method}}` into a `for…of` loop, which disposes one after the other and awaits each.",
      makeAsyncAndAwait: "Make the function async and await it here.",
      byDisposer: "Dispose it by its disposer, which gives a promise.",
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
      if (isEndAwaited(code, call, receiver)) return;
      const resource = code.types?.resource(member.object);
      const disposesLater = resource?.kind === "async" || (resource?.release?.isAsync === true && propertyName(member) === resource.release.name);
      if (resource === undefined || !disposesLater || resource.promised || !startsPromise(code, call)) return;
      const data = { call: callText(code, call), receiver: shown(code, receiver), type: article(resource.name), method: iteration?.method ?? "" };
      if (iteration !== null) {
        reportFinding(context, {
          node: call,
          messageId: "iterated",
          data,
          suggest: suggest("loop", data, forEachToLoop(code, iteration.call, call)),
          sites: () => methodSites(iteration.call, `\`${iteration.method}\` awaits nobody`),
        });
        return;
      }
      const isAsync = canAwait(code, call);
      reportFinding(context, {
        node: call,
        messageId: isAsync ? "floating" : "synchronous",
        data,
        suggest: isAsync ? suggest("awaitIt", {}, insertAwait(code, call)) : suggest("makeAsyncAndAwait", {}, insertAwaitAndAsync(code, call)),
        sites: () => {
          const around = isAsync ? null : functionAround(call);
          return [...originSites(code, receiver), ...(around === null || around.async ? [] : [headSite(code, around, "This function cannot await it")])];
        },
      });
    }

    /** `await server.close()`, where `close` takes a callback. */
    function checkAwaited(call: TSESTree.CallExpression, member: TSESTree.MemberExpression): void {
      const { types } = code;
      if (types === null || call.arguments.length > 0 || symbolOf(member.property, member.computed) !== null || types.isPromise(call) || types.isUnknown(call)) return;
      if (types.callee(call)?.takesCallback !== true) return;
      const resource = types.resource(member.object);
      if (resource.kind !== "async" || resource.promised) return;
      reportFinding(context, {
        node: call,
        messageId: "callback",
        data: { call: callText(code, call), method: propertyName(member) ?? "", receiver: shown(code, member.object), type: article(resource.name) },
        suggest: suggest("byDisposer", {}, member.optional ? null : [{ range: [member.object.range[1], call.range[1]], text: "[Symbol.asyncDispose]()" }]),
        sites: () => originSites(code, unwrap(member.object)),
      });
    }

    return {
      "AwaitExpression > CallExpression[callee.type='MemberExpression']"(call: TSESTree.CallExpression & { readonly callee: TSESTree.MemberExpression }) {
        if (disposesReceiver(code, call)) checkAwaited(call, call.callee);
      },
      "CallExpression[callee.type='MemberExpression']"(call: TSESTree.CallExpression & { readonly callee: TSESTree.MemberExpression }) {
        if (disposesReceiver(code, call)) check(call, call.callee);
      },
    };
  },
});
