import { suggest } from "../edits/edit.js";
import { scopeHolder } from "../edits/scope.js";
import { fateOf } from "../flow/fate.js";
import { createRule, typedCodeOf } from "./create-rule.js";
import { alsoText, isHandedOn, lineOf, shown, wordsOf } from "./leak.js";

export default createRule({
  name: "no-leak-on-throw",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow disposing a resource by hand where an exception skips the disposal",
      recommended: "strict",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      scope: "Declare it with `{{keyword}}`, which also disposes it when something throws.{{also}}",
      handedOn: "If `{{risk}}` on line {{line}} throws, `{{name}}`, {{type}} acquired by `{{call}}`, stays open: the disposal on line {{disposal}} is skipped. Hold it in a stack declared with `{{keyword}}`, and `move()` that where it is handed on.",
      thrown: "If `{{risk}}` on line {{line}} throws, `{{name}}`, {{type}} acquired by `{{call}}`, stays open: the disposal on line {{disposal}} is skipped. Declare it with `{{keyword}}`.",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);
    return {
      "CallExpression, NewExpression"(node) {
        const fate = fateOf(code, node);
        if (fate.is !== "leaks-on-throw") return;
        const { discharge, holder, risk } = fate;
        const { keyword, ...words } = wordsOf(code, holder);
        const scoping = scopeHolder(code, holder);
        context.report({
          node: holder.binding,
          messageId: isHandedOn(holder) ? "handedOn" : "thrown",
          data: { ...words, disposal: lineOf(discharge.at), keyword, line: lineOf(risk), risk: shown(code, risk) },
          suggest: suggest("scope", { keyword, also: alsoText(scoping) }, scoping?.edits ?? null),
        });
      },
    };
  },
});
