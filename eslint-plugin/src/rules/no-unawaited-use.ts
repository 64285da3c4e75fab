import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { suggest } from "../edits/text/edit.js";
import { gather, insertAwait, insertAwaitAndAsync } from "../edits/waiting/await.js";
import { forEachToLoop } from "../edits/waiting/for-each-to-loop.js";
import { departuresOf, type Departure } from "../ownership/lifetime/escape.js";
import { scopedIn, type Scoped } from "../ownership/scopes/scoped-variable.js";
import { destinationOf } from "../ownership/values/destination.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { shown } from "./leak.js";
import { methodSites, originSites, scopeSites } from "./sites.js";
import { typeOf } from "./words.js";

type Pending = Extract<Departure, { readonly is: "pending" }>;
type Effect = "await" | "awaitAndAsync" | "gather" | "loop";

export default createRule<[], Effect | Pending["by"]>({
  name: "no-unawaited-use",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow work on a scoped resource that nobody awaits before the scope disposes it",
      recommended: "recommended",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      callback: "`{{work}}` uses `{{name}}`, {{type}}, in callbacks that nobody awaits, so `{{keyword}}` disposes it while they run. Write `for (… of …)` with `await`.",
      floating: "Nobody awaits `{{work}}`, so `{{keyword}}` disposes `{{name}}`, {{type}}, while it runs. Write `await {{work}}`.",
      mapped: "`{{work}}` uses `{{name}}`, {{type}}, in callbacks that nobody awaits, so `{{keyword}}` disposes it while they run. Write `await Promise.all(…)` around it.",
      returned: "`{{work}}` is returned without `await`, so `{{keyword}}` disposes `{{name}}`, {{type}}, while it runs. Write `await {{work}}`.",
      await: "Write `await`, so that the work ends before `{{name}}` is disposed.",
      awaitAndAsync: "Write `await` and make the function `async`, so that the work ends before `{{name}}` is disposed.",
      gather: "Write `await Promise.all(…)`, so that the work ends before `{{name}}` is disposed.",
      loop: "Write a `for…of` loop that awaits each, one after the other, before `{{name}}` is disposed.",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);
    const reported = new Set<TSESTree.Node>();

    function report(scoped: Scoped, pending: Pending): void {
      const { keyword, variable } = scoped;
      const { by, node } = pending;
      if (reported.has(node)) return;
      reported.add(node);
      const { name } = variable;
      reportFinding(context, {
        node,
        messageId: by,
        data: { keyword, name, type: typeOf(code, variable), work: shown(code, node) },
        suggest: suggestionsFor(code, pending, { name }),
        sites: () => [...scopeSites(scoped), ...originSites(code, node), ...(by === "callback" ? methodSites(node, "`forEach` awaits nobody") : [])],
      });
    }

    return {
      "VariableDeclaration[kind=/using$/]"(declaration: TSESTree.VariableDeclaration) {
        for (const scoped of scopedIn(code, declaration)) {
          for (const departure of departuresOf(code, scoped)) if (departure.is === "pending") report(scoped, departure);
        }
      },
    };
  },
});

function suggestionsFor(code: Code, { by, node }: Pending, data: { readonly name: string }): TSESLint.SuggestionReportDescriptor<Effect>[] {
  switch (by) {
    case "callback":
      return suggest("loop", data, loopFor(code, node));
    case "mapped":
      // A returned array of promises would become another type.
      return destinationOf(node).to === "discarded" ? suggest("gather", data, gather(code, node)) : [];
    default:
      return [...suggest("await", data, insertAwait(code, node)), ...suggest("awaitAndAsync", data, insertAwaitAndAsync(code, node))];
  }
}

/** The loop for a `forEach` whose callback is an expression: there it is clear what is to be awaited. */
function loopFor(code: Code, call: TSESTree.Node): ReturnType<typeof forEachToLoop> {
  const callback = call.type === "CallExpression" ? call.arguments[0] : undefined;
  if (call.type !== "CallExpression" || callback?.type !== "ArrowFunctionExpression" || callback.body.type === "BlockStatement") return null;
  return forEachToLoop(code, call, callback.body.type === "AwaitExpression" ? callback.body.argument : callback.body);
}
