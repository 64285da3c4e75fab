import { scopeHolder, scopeStack } from "../edits/scopes/scope-holder.js";
import { suggest } from "../edits/text/edit.js";
import { fateOf } from "../flow/fate/acquisition-fate.js";
import { isHandOver } from "../flow/fate/hand-over-fate.js";
import { endsAtFailure } from "../ownership/waiting/end-at-failure.js";
import { lineOf } from "../text.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { graded, gradeSchema, speaksOf } from "./grade.js";
import { suggestHolding, untilHandedOver } from "./hand-over.js";
import { alsoText, isHandedOn, releaseText, shown, wordsOf } from "./leak.js";
import type { Site } from "./related-sites.js";
import { acquiredAt, siteAt } from "./sites.js";
import { stackText } from "./words.js";

/** Whether the rule speaks of what is only likely owned, and of tests and scripts, which end at their first failure. */
type ThrowOptions = [{ readonly likely: boolean; readonly tests: boolean }];

const [{ properties, ...ofGrade }] = gradeSchema;
const schema = [
  {
    ...ofGrade,
    properties: {
      ...properties,
      tests: {
        description: "Whether to report tests and scripts, too, which end at their first failure, and what they left open with them.",
        type: "boolean",
      },
    },
  },
] as const;

export default createRule<ThrowOptions, "caught" | "handedOver" | "handedOverManual" | "held" | "scope" | "handedOn" | "manual" | "unmoved" | "thrown">({
  name: "no-leak-on-throw",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow disposing a resource by hand where an exception skips the disposal",
      recommended: "recommended",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      ...graded({
        handedOver: "If `{{risk}}` on line {{line}} throws, `{{name}}`, {{type}} acquired by `{{call}}`, stays open: nobody else has it before line {{disposal}}. Hold it in {{stack}} until then, and `move()` that.",
        handedOverManual: "If `{{risk}}` on line {{line}} throws, `{{name}}`, {{type}} acquired by `{{call}}`, stays open: nobody else has it before line {{disposal}}. It has no disposer, so dispose it in a `catch` until then: `{{release}}`.",
        handedOn: "If `{{risk}}` on line {{line}} throws, `{{name}}`, {{type}} acquired by `{{call}}`, stays open: the disposal on line {{disposal}} is skipped. Hold it in {{stack}}, and `move()` that where it is handed on.",
        manual: "If `{{risk}}` on line {{line}} throws, `{{name}}`, {{type}} acquired by `{{call}}`, stays open: the disposal on line {{disposal}} is skipped. It has no disposer, so dispose it in a `finally`: `{{release}}`.",
        unmoved: "If `{{risk}}` on line {{line}} throws, what `{{name}}`, {{type}}, holds by then stays open: `{{name}}.move()` on line {{disposal}} is never reached. Declare it with `{{keyword}}`, which disposes what was not moved.",
        thrown: "If `{{risk}}` on line {{line}} throws, `{{name}}`, {{type}} acquired by `{{call}}`, stays open: the disposal on line {{disposal}} is skipped. Declare it with `{{keyword}}`.",
      }),
      ...untilHandedOver,
      scope: "Declare it with `{{keyword}}`, which also disposes it when something throws.{{also}}",
    },
    schema,
    defaultOptions: [{ likely: false, tests: false }],
  },
  create(context, options) {
    const code = typedCodeOf(context);
    return {
      "CallExpression, NewExpression"(node) {
        const fate = fateOf(code, node);
        if (fate.is !== "leaks-on-throw") return;
        const { discharge, holder, risk } = fate;
        if (!speaksOf(holder.acquisition, options) || (!options[0].tests && endsAtFailure(code, node))) return;
        const { keyword, ...words } = wordsOf(code, holder);
        const data = { ...words, disposal: lineOf(discharge.at), line: lineOf(risk), risk: shown(code, risk) };
        const sites = (): readonly Site[] => [
          acquiredAt(holder),
          siteAt(risk, risk.type === "ThrowStatement" ? "This throws" : "This may throw"),
          siteAt(discharge.at, discharge.via === "move" || isHandOver(discharge) ? "This is then never reached" : "This disposal is then skipped"),
        ];
        const release = releaseText(holder.acquisition.resource, holder.name);
        if (isHandOver(discharge)) {
          reportFinding(context, {
            acquisition: holder.acquisition,
            node: holder.binding,
            ...(release === null ? { messageId: "handedOver", data: { ...data, stack: stackText(code, keyword) } } : { messageId: "handedOverManual", data: { ...data, release } }),
            suggest: suggestHolding(code, holder, true),
            sites,
          });
          return;
        }
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
