import { suggest } from "../edits/edit.js";
import { scopeHolder } from "../edits/scope.js";
import { fateOf } from "../flow/fate.js";
import { createRule, typedCodeOf } from "./create-rule.js";
import { alsoText, exitText, isHandedOn, lineOf, wordsOf } from "./leak.js";

export default createRule({
  name: "no-leak-on-path",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow disposing a resource on some ways out of its scope and not on others",
      recommended: "recommended",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      handedOn: "`{{name}}`, {{type}} acquired by `{{call}}`, is discharged on line {{line}} but not on every path: {{exit}} leaves it open. Dispose it there, or hold it in a stack declared with `{{keyword}}`, and `move()` that where it is handed on.",
      overwritten: "`{{name}}` may still hold {{type}} acquired by `{{call}}` when {{exit}} replaces it, so that one is never disposed. Dispose it first, or give each its own `{{keyword}}`.",
      path: "`{{name}}`, {{type}} acquired by `{{call}}`, is discharged on line {{line}} but not on every path: {{exit}} leaves it open. Declare it with `{{keyword}}`.",
      scope: "Declare it with `{{keyword}}`, which disposes it on every path out of this block.{{also}}",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);
    return {
      "CallExpression, NewExpression"(node) {
        const fate = fateOf(code, node);
        if (fate.is !== "leaks-on-path" && fate.is !== "overwritten") return;
        const { holder } = fate;
        const { keyword, ...words } = wordsOf(code, holder);
        const scoping = scopeHolder(code, holder);
        const exit = exitText(code, fate.exit);
        if (fate.is === "overwritten") {
          context.report({ node: holder.binding, messageId: "overwritten", data: { ...words, exit, keyword } });
          return;
        }
        context.report({
          node: holder.binding,
          messageId: isHandedOn(holder) ? "handedOn" : "path",
          data: { ...words, exit, keyword, line: lineOf(fate.discharge.at) },
          suggest: suggest("scope", { keyword, also: alsoText(scoping) }, scoping?.edits ?? null),
        });
      },
    };
  },
});
