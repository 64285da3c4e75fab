import { scopeHolder, scopeStack } from "../edits/scopes/scope-holder.js";
import { suggest } from "../edits/text/edit.js";
import { fateOf } from "../flow/fate/acquisition-fate.js";
import { lineOf } from "../text.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { certainOnly, graded, gradeSchema, speaksOf, type GradeOptions } from "./grade.js";
import { alsoText, isHandedOn, releaseText, shown, wordsOf } from "./leak.js";
import type { Site } from "./related-sites.js";
import { acquiredAt, siteAt } from "./sites.js";
import { stackText } from "./words.js";

export default createRule<GradeOptions, "scope" | "handedOn" | "manual" | "unmoved" | "thrown">({
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
      ...graded({
        handedOn: "If `{{risk}}` on line {{line}} throws, `{{name}}`, {{type}} acquired by `{{call}}`, stays open: the disposal on line {{disposal}} is skipped. Hold it in {{stack}}, and `move()` that where it is handed on.",
        manual: "If `{{risk}}` on line {{line}} throws, `{{name}}`, {{type}} acquired by `{{call}}`, stays open: the disposal on line {{disposal}} is skipped. It has no disposer, so dispose it in a `finally`: `{{release}}`.",
        unmoved: "If `{{risk}}` on line {{line}} throws, what `{{name}}`, {{type}}, holds by then stays open: `{{name}}.move()` on line {{disposal}} is never reached. Declare it with `{{keyword}}`, which disposes what was not moved.",
        thrown: "If `{{risk}}` on line {{line}} throws, `{{name}}`, {{type}} acquired by `{{call}}`, stays open: the disposal on line {{disposal}} is skipped. Declare it with `{{keyword}}`.",
      }),
      scope: "Declare it with `{{keyword}}`, which also disposes it when something throws.{{also}}",
    },
    schema: gradeSchema,
    defaultOptions: certainOnly,
  },
  create(context, options) {
    const code = typedCodeOf(context);
    return {
      "CallExpression, NewExpression"(node) {
        const fate = fateOf(code, node);
        if (fate.is !== "leaks-on-throw") return;
        const { discharge, holder, risk } = fate;
        if (!speaksOf(holder.acquisition, options)) return;
        const { keyword, ...words } = wordsOf(code, holder);
        const data = { ...words, disposal: lineOf(discharge.at), line: lineOf(risk), risk: shown(code, risk) };
        const sites = (): readonly Site[] => [
          acquiredAt(holder),
          siteAt(risk, risk.type === "ThrowStatement" ? "This throws" : "This may throw"),
          siteAt(discharge.at, discharge.via === "move" ? "This is then never reached" : "This disposal is then skipped"),
        ];
        const release = releaseText(holder.acquisition.resource, holder.name);
        if (release !== null) {
          reportFinding(context, { acquisition: holder.acquisition, node: holder.binding, messageId: "manual", data: { ...data, release }, sites });
          return;
        }
        if (discharge.via === "move") {
          const scoping = scopeStack(code, holder);
          reportFinding(context, { acquisition: holder.acquisition, node: holder.binding, messageId: "unmoved", data: { ...data, keyword }, suggest: suggest("scope", { keyword, also: alsoText(scoping) }, scoping?.edits ?? null), sites });
          return;
        }
        const scoping = scopeHolder(code, holder);
        reportFinding(context, {
          acquisition: holder.acquisition,
          node: holder.binding,
          messageId: isHandedOn(holder) ? "handedOn" : "thrown",
          data: { ...data, keyword, stack: stackText(code, keyword) },
          suggest: suggest("scope", { keyword, also: alsoText(scoping) }, scoping?.edits ?? null),
          sites,
        });
      },
    };
  },
});
