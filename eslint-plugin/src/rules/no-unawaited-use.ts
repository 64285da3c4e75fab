import type { TSESTree } from "@typescript-eslint/utils";

import { insertAwait, insertAwaitAndAsync } from "../edits/await.js";
import { suggest } from "../edits/edit.js";
import { departuresOf, scopedIn } from "../ownership/escape.js";
import { createRule, typedCodeOf } from "./create-rule.js";
import { article, shown } from "./leak.js";

export default createRule({
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
      await: "Write `await`, so that the work ends before `{{name}}` is disposed.",
      awaitAndAsync: "Write `await` and make the function `async`, so that the work ends before `{{name}}` is disposed.",
      callback: "`{{work}}` uses `{{name}}`, {{type}}, in callbacks that nobody awaits, so `{{keyword}}` disposes it while they run. Write `for (… of …)` with `await`.",
      floating: "Nobody awaits `{{work}}`, so `{{keyword}}` disposes `{{name}}`, {{type}}, while it runs. Write `await {{work}}`.",
      returned: "`{{work}}` is returned without `await`, so `{{keyword}}` disposes `{{name}}`, {{type}}, while it runs. Write `await {{work}}`.",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);
    const reported = new Set<TSESTree.Node>();
    return {
      'VariableDeclaration[kind=/using$/]'(declaration: TSESTree.VariableDeclaration) {
        for (const scoped of scopedIn(code, declaration)) {
          for (const departure of departuresOf(code, scoped)) {
            if (departure.is !== "pending" || reported.has(departure.node)) continue;
            const { by, node } = departure;
            reported.add(node);
            const { name, identifiers } = scoped.variable;
            const [identifier = node] = identifiers;
            context.report({
              node,
              messageId: by,
              data: { keyword: scoped.keyword, name, type: article(code.types?.resource(identifier).name ?? ""), work: shown(code, node) },
              suggest: by === "callback" ? [] : [
                ...suggest("await", { name }, insertAwait(code, node)),
                ...suggest("awaitAndAsync", { name }, insertAwaitAndAsync(code, node)),
              ],
            });
          }
        }
      },
    };
  },
});
