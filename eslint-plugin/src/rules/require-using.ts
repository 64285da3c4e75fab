import { suggest } from "../edits/edit.js";
import { scopeHolder } from "../edits/scope.js";
import { fateOf } from "../flow/fate.js";
import { createRule, typedCodeOf } from "./create-rule.js";
import { alsoText, exitText, wordsOf } from "./leak.js";

export default createRule({
  name: "require-using",
  meta: {
    type: "problem",
    docs: {
      description: "Require `using` or `await using` for a resource that its scope never disposes",
      recommended: "recommended",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      assigned: "`{{name}}` holds {{type}} acquired by `{{call}}` that is never disposed: it is still open at {{exit}}. Declare it where it is acquired, with `{{keyword}}`.",
      declared: "`{{name}}` holds {{type}} acquired by `{{call}}` that is never disposed: it is still open at {{exit}}. Declare it with `{{keyword}}` instead of `{{kind}}`.",
      scope: "Declare it with `{{keyword}}`, which disposes it at the end of this block.{{also}}",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);
    return {
      "CallExpression, NewExpression"(node) {
        const fate = fateOf(code, node);
        if (fate.is !== "undischarged") return;
        const { holder, exit } = fate;
        const { keyword, ...words } = wordsOf(code, holder);
        const scoping = scopeHolder(code, holder);
        context.report({
          node: holder.binding,
          messageId: holder.declaration === null ? "assigned" : "declared",
          data: { ...words, exit: exitText(code, exit), keyword, kind: holder.declaration?.kind ?? "" },
          suggest: suggest("scope", { keyword, also: alsoText(scoping) }, scoping?.edits ?? null),
        });
      },
    };
  },
});
