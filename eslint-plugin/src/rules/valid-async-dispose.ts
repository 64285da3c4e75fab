import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { awaitInDisposer } from "../edits/classes/disposer.js";
import { suggest } from "../edits/text/edit.js";
import { disposerAt, type Disposer } from "../ownership/release/disposer.js";
import { returnedBy } from "../ownership/values/functions.js";
import { droppedPromises } from "../ownership/waiting/dropped-promises.js";
import type { FunctionNode } from "../syntax.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { siteAt, starSites } from "./sites.js";
import { spelled } from "./words.js";

type Effect = "awaitIt" | "makeAsync" | "makeAsyncAndAwait";
type Finding = "dropped" | "generator" | "noPromise";

export default createRule<[], Effect | Finding>({
  name: "valid-async-dispose",
  meta: {
    type: "problem",
    docs: {
      description: "Require `[Symbol.asyncDispose]` to give a promise that waits for all it starts",
      recommended: "recommended",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      dropped: "`{{call}}` starts work that `[Symbol.asyncDispose]()` does not wait for: `await using` goes on before it is done, and a failure becomes an unhandled rejection. Write `await {{call}}`.",
      generator: "`[Symbol.asyncDispose]()` is a generator here: disposal makes an iterator and runs nothing of the body, so nothing is released. Write `async [Symbol.asyncDispose]()` without the `*`.",
      noPromise: "`[Symbol.asyncDispose]()` gives no promise here, so `await using` cannot wait for what it starts, and TypeScript refuses the value there. Write `async [Symbol.asyncDispose]()`, and await in it what has to be done.",
      awaitIt: "Await it here.",
      makeAsync: "Make the disposer async.",
      makeAsyncAndAwait: "Make the disposer async and await it here.",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);
    return {
      "MemberExpression[object.name='Symbol'][property.name='asyncDispose']"(key: TSESTree.MemberExpression) {
        const disposer = disposerAt(code, key);
        const body = disposer?.body;
        if (disposer === null || body == null) return;
        if (body.generator) {
          if (!isRefused(code, disposer)) reportFinding(context, { node: key, messageId: "generator", sites: () => starSites(code, disposer) });
          return;
        }
        const dropped = droppedPromises(code, body);
        for (const promise of dropped) {
          const effect = body.async ? "awaitIt" : "makeAsyncAndAwait";
          reportFinding(context, {
            node: promise,
            messageId: "dropped",
            data: { call: spelled(code, promise) },
            suggest: suggest(effect, {}, awaitInDisposer(code, body, promise)),
            sites: () => [siteAt(key, "This disposer does not wait for it")],
          });
        }
        if (dropped.length > 0 || body.async || isHarmless(code, body) || isRefused(code, disposer)) return;
        reportFinding(context, {
          node: key,
          messageId: "noPromise",
          suggest: suggest("makeAsync", {}, awaitInDisposer(code, body, null)),
          sites: () => [
            ...(body.returnType === undefined ? [] : [siteAt(body.returnType.typeAnnotation, "This declares no promise")]),
            ...returnedBy(code, body).map((value) => siteAt(value, "This is no promise")),
          ],
        });
      },
    };
  },
});

/**
 * Whether nothing can go wrong: it gives a promise at least on some path, it always
 * throws, which counts as a rejection, or it is JavaScript that gives nothing, which
 * `await using` accepts there (SEMANTICS.md, A13).
 */
function isHarmless(code: Code, body: FunctionNode): boolean {
  if (code.types?.returnsPromise(body) !== "never") return true;
  if (body.body.type === "BlockStatement" && body.body.body.at(-1)?.type === "ThrowStatement") return true;
  return code.isJavaScript && returnedBy(code, body).length === 0;
}

/** Whether TypeScript itself refuses a disposer that gives no promise, by its contract (TS2322, TS2416). */
function isRefused(code: Code, { key, owner }: Disposer): boolean {
  if (code.isJavaScript || code.types === null || owner === null) return false;
  if (owner.type === "ObjectExpression") return code.types.expected(owner).kind === "async";
  const member = key.parent;
  if ("override" in member && member.override) return true;
  return "implements" in owner.parent && owner.parent.implements.some((contract) => code.types?.resource(contract).kind === "async");
}
