import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { renameToAsync } from "../edits/classes/disposer.js";
import { makeStackAsync } from "../edits/stacks/make-stack-async.js";
import { suggest } from "../edits/text/edit.js";
import { isPromiseType } from "../lexicon/language.js";
import { disposerAt, symbolsOf, type Disposer } from "../ownership/release/disposer.js";
import { isUnbound } from "../ownership/release/release-name.js";
import { givenBy, isAsyncFunction } from "../ownership/scopes/given-resource.js";
import { registrationBy, type Registration } from "../ownership/scopes/stack.js";
import { unwrap } from "../ownership/values/destination.js";
import { isFunction } from "../ownership/values/functions.js";
import { releasesNotWaitedFor } from "../ownership/waiting/dropped-promises.js";
import type { FunctionNode } from "../syntax.js";
import { codeOf, createRule, reportFinding } from "./create-rule.js";
import { article, shown } from "./leak.js";
import type { Site } from "./related-sites.js";
import { asyncKeywordSites, asyncSites, promiseSites, registrationSites, siteAt, starSites } from "./sites.js";
import { spelled } from "./words.js";

type Effect = "makeStackAsync" | "rename";
type Finding = "callback" | "disposer" | "dropped" | "generator" | "used";

export default createRule<[], Effect | Finding>({
  name: "no-async-dispose",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow asynchronous work in a synchronous disposer",
      recommended: "recommended",
      requiresTypeChecking: false,
    },
    hasSuggestions: true,
    messages: {
      callback: "`{{stack}}` is a DisposableStack, which does not await the promise that this callback gives: the code goes on before the release is done, and a failure becomes an unhandled rejection. Make it a `new AsyncDisposableStack()`, scoped by `await using`.",
      disposer: "`[Symbol.dispose]()` gives a promise here, and neither `using` nor `await using` awaits it: the code goes on before the release is done, and a failure becomes an unhandled rejection. Name it `[Symbol.asyncDispose]()`.",
      dropped: "`{{call}}` starts work that `[Symbol.dispose]()` cannot wait for: the code behind the scope goes on before it is done, and nobody gets to know when it is. Write `async [Symbol.asyncDispose]()`, and await it there.",
      generator: "`[Symbol.dispose]()` is a generator here: disposal makes an iterator and runs nothing of the body, so nothing is released. Write a plain method, or `async [Symbol.asyncDispose]()`.",
      used: "`{{value}}` is {{type}}, which only an AsyncDisposableStack can dispose: `{{stack}}.use()` throws a TypeError and leaves it open. Make it a `new AsyncDisposableStack()`, scoped by `await using`.",
      makeStackAsync: "Make `{{stack}}` an AsyncDisposableStack, whose disposal is awaited at the end of the scope.",
      rename: "Rename it to `[Symbol.asyncDispose]`; whoever binds this with `using` must then write `await using`.",
    },
    schema: [],
  },
  create(context) {
    const code = codeOf(context);

    function checkDisposer(disposer: Disposer): void {
      const { body, key, value } = disposer;
      const finding = body?.generator === true ? "generator" : givesPromise(code, body ?? value) ? "disposer" : null;
      if (finding === null) checkReleases(disposer);
      else reportFinding(context, { node: key, messageId: finding, suggest: suggest("rename", {}, renameToAsync(code, disposer)), sites: () => disposerSites(code, disposer) });
    }

    function checkReleases({ body, key, owner, symbol }: Disposer): void {
      // Where there is an asynchronous disposer, too, whoever wants to wait can.
      if (body === null || symbol !== "dispose" || (owner !== null && symbolsOf(owner).has("asyncDispose"))) return;
      for (const call of releasesNotWaitedFor(code, body)) {
        reportFinding(context, { node: call, messageId: "dropped", data: { call: spelled(code, call) }, sites: () => [siteAt(key, "This disposer cannot wait for it")] });
      }
    }

    function checkRegistration(registration: Registration): void {
      const { call, checked, method, stack } = registration;
      const argument = call.arguments[method === "adopt" ? 1 : 0];
      if (argument === undefined || argument.type === "SpreadElement") return;
      const report = (finding: Finding, data: Readonly<Record<string, string>>): void => {
        const words = { stack: shown(code, stack), ...data };
        reportFinding(context, {
          node: argument,
          messageId: finding,
          data: words,
          suggest: suggest("makeStackAsync", words, makeStackAsync(code, stack)),
          sites: () => [
            ...registrationSites(code, registration, finding === "used" ? "`use` throws here" : "The stack does not await what this callback gives"),
            ...promised(code, argument),
          ],
        });
      };
      if (method !== "use") {
        const callback = unwrap(argument);
        // A method without its object is no-unawaited-acquisition's to find.
        if (givesPromise(code, isFunction(callback) ? callback : argument) && !isUnbound(code, callback)) report("callback", {});
        return;
      }
      const given = givenBy(code, argument);
      // TypeScript itself refuses it, unless any hides it (TS2345).
      if (given?.kind !== "async" || given.both || given.promised || (checked && !given.hidden)) return;
      report("used", { type: article(given.type), value: spelled(code, argument) });
    }

    return {
      CallExpression(call) {
        const registration = registrationBy(code, call);
        if (registration?.name === "DisposableStack") checkRegistration(registration);
      },
      "MemberExpression[object.name='Symbol'][property.name='dispose']"(key: TSESTree.MemberExpression) {
        const disposer = disposerAt(code, key);
        if (disposer !== null) checkDisposer(disposer);
      },
    };
  },
});

/** What makes a disposer give a promise, or an iterator. */
function disposerSites(code: Code, disposer: Disposer): readonly Site[] {
  const { body, value } = disposer;
  if (body === null) return [siteAt(value, "This gives a promise"), ...asyncSites(code, value)];
  return body.generator ? starSites(code, disposer) : body.async ? asyncKeywordSites(code, disposer) : promiseSites(code, body);
}

/** What makes a callback give a promise, where it is not `async` in place. */
function promised(code: Code, argument: TSESTree.Node): readonly Site[] {
  const callback = unwrap(argument);
  if (!isFunction(callback)) return asyncSites(code, callback);
  return callback.async ? [] : promiseSites(code, callback);
}

/** Whether calling a function, written in place or not, gives a promise on some path. */
function givesPromise(code: Code, called: FunctionNode | TSESTree.Node): boolean {
  if (isAsyncFunction(code, called)) return true;
  if (!isFunction(called)) return code.types?.givesPromise(called) === true;
  if (called.generator) return called.async;
  const promised = code.types?.returnsPromise(called) ?? null;
  return promised === "always" || promised === "sometimes" || isDeclaredPromise(called);
}

function isDeclaredPromise({ returnType }: FunctionNode): boolean {
  const type = returnType?.typeAnnotation;
  return type?.type === "TSTypeReference" && type.typeName.type === "Identifier" && isPromiseType(type.typeName.name);
}
