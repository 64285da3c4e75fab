import { closeInScope } from "../edits/generators/close-generator.js";
import { fixWith } from "../edits/text/edit.js";
import { misusedGenerator, type Misuse } from "../ownership/generators/misused-generator.js";
import { propertyName } from "../ownership/values/destination.js";
import { lineOf } from "../text.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { siteAt } from "./sites.js";
import { spelled } from "./words.js";

type Finding = Misuse["is"] | "temporary";

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
      mistaken: "`{{name}}` is the generator that {{call}} makes, not the value that it would yield: nothing of it runs, and `{{name}}.{{member}}` is `undefined`. Make it a manager, whose call acquires the value.",
      temporary: "{{call}} is advanced by `next()` and dropped at a `yield`: its `finally` or `using` never runs, and what it holds stays open. Iterate it by `for…of`, which closes it, or keep it and call `return()` in a `finally`.",
      unreleased: "`{{name}}` is closed at its `yield` by `return()`, which runs only `finally` blocks and the ends of `using` scopes: `{{release}}` after the `yield` of {{call}}, on line {{line}}, never runs. Put it into a `finally` around the `yield`.",
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
        const scoping = misuse.is === "abandoned" ? closeInScope(code, started) : null;
        const words = { name, call: `\`${spelled(code, call)}\``, ...misuseWords(misuse) };
        reportFinding(context, {
          node: declarator?.id ?? call,
          messageId: misuse.is === "abandoned" && variable === null ? "temporary" : misuse.is,
          data: words,
          suggest: scoping === null ? [] : [{ messageId: "scope", data: { ...words, keyword: scoping.keyword }, fix: fixWith(scoping.edits) }],
          sites: () => [
            ...(declarator === null ? [] : [siteAt(call, runsNothing.has(misuse.is) ? "Nothing of this runs" : "The generator is made here")]),
            ...steps.map(({ callee }) => siteAt(callee.type === "MemberExpression" ? callee.property : callee, "It is advanced by hand here")),
          ],
        });
      },
    };
  },
});

const runsNothing: ReadonlySet<Finding> = new Set(["mistaken", "unstarted"]);

function misuseWords(misuse: Misuse): Readonly<Record<string, string>> {
  switch (misuse.is) {
    case "mistaken":
      return { member: propertyName(misuse.member) ?? "" };
    case "unreleased": {
      const { release } = misuse;
      return { release: spelled(misuse.code, release.type === "ExpressionStatement" ? release.expression : release), line: lineOf(release) };
    }
    default:
      return {};
  }
}
