import { fixWith } from "../edits/edit.js";
import { closeInScope } from "../edits/close.js";
import { misusedGenerator } from "../ownership/generator.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { siteAt } from "./sites.js";
import { spelled } from "./words.js";

type Finding = "abandoned" | "managed" | "temporary" | "unstarted";

export default createRule<[], Finding | "scope">({
  name: "no-abandoned-generator",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow generators with cleanup that are advanced by hand and dropped",
      recommended: "recommended",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      abandoned: "`{{name}}` is advanced by `next()` and dropped at a `yield`: the `finally` or `using` in {{call}} never runs, and what it holds stays open. Iterate it by `for…of`, which closes it, or call `{{name}}.return()` in a `finally`.",
      managed: "{{call}} is the generator of a manager, which its helper advances and closes: advanced by hand, its release depends on every path of this code. Call what the helper makes of it, and bind that by `await using`.",
      temporary: "{{call}} is advanced by `next()` and dropped at a `yield`: its `finally` or `using` never runs, and what it holds stays open. Iterate it by `for…of`, which closes it, or keep it and call `return()` in a `finally`.",
      unstarted: "`{{name}}` is scoped and never started: a generator runs nothing before its first `next()`, so {{call}} acquires nothing here. Take its value by `{{name}}.next()`, or make it a manager.",
      scope: "Bind `{{name}}` by `{{keyword}}`, which closes it at the end of the scope.",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);
    return {
      CallExpression(call) {
        const started = misusedGenerator(code, call);
        if (started === null) return;
        const { declarator, misuse, steps, variable } = started;
        const name = variable?.name ?? "";
        const scoping = misuse === "abandoned" ? closeInScope(code, started) : null;
        const words = { name, call: `\`${spelled(code, call)}\`` };
        reportFinding(context, {
          node: declarator?.id ?? call,
          messageId: misuse === "abandoned" && variable === null ? "temporary" : misuse,
          data: words,
          suggest: scoping === null ? [] : [{ messageId: "scope", data: { ...words, keyword: scoping.keyword }, fix: fixWith(scoping.edits) }],
          sites: () => [
            ...(declarator === null ? [] : [siteAt(call, misuse === "unstarted" ? "Nothing of this runs" : "The generator is made here")]),
            ...steps.map(({ callee }) => siteAt(callee.type === "MemberExpression" ? callee.property : callee, "It is advanced by hand here")),
          ],
        });
      },
    };
  },
});
