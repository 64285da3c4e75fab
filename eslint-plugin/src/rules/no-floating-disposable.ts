import { holdStatement, keywordAt } from "../edits/using.js";
import { suggest } from "../edits/edit.js";
import { fateOf } from "../flow/fate.js";
import { createRule, typedCodeOf } from "./create-rule.js";
import { alsoText, article, shown } from "./leak.js";

export default createRule({
  name: "no-floating-disposable",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow acquiring a resource that nobody holds",
      recommended: "recommended",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      callback: "`{{call}}` acquires {{type}} and this callback returns it to `forEach`, which drops it, so it is never disposed. Collect the resources in a stack, or dispose each with `{{keyword}}`.",
      pattern: "This pattern takes values out of {{type}} acquired by `{{call}}` and drops the resource itself, so it is never disposed. Hold it first: `{{keyword}} resource = {{await}}{{call}}`.",
      statement: "`{{call}}` acquires {{type}} that nobody holds, so it is never disposed. Hold it: `{{keyword}} _ = {{await}}{{call}}`.",
      temporary: "`{{use}}` uses {{type}} acquired by `{{call}}` that nobody holds, so it is never disposed. Hold it first: `{{keyword}} resource = {{await}}{{call}}`.",
      hold: "Hold it with `{{keyword}}`, which disposes it at the end of this block.{{also}}",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);
    return {
      "CallExpression, NewExpression"(node) {
        const fate = fateOf(code, node);
        if (fate.is !== "floating") return;
        const { call, resource, text } = fate.acquisition;
        const keyword = keywordAt(code, call, resource);
        const holding = fate.by === "statement" ? holdStatement(code, call, keyword, resource.promised) : null;
        context.report({
          node: call,
          messageId: fate.by,
          data: {
            await: resource.promised ? "await " : "",
            call: text,
            keyword,
            type: article(resource.name),
            use: shown(code, fate.at),
          },
          suggest: suggest("hold", { keyword, also: alsoText(holding) }, holding?.edits ?? null),
        });
      },
    };
  },
});
