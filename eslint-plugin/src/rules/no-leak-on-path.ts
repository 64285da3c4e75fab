import { disposeReplaced } from "../edits/scopes/dispose-replaced.js";
import { scopeHolder } from "../edits/scopes/scope-holder.js";
import { suggest } from "../edits/text/edit.js";
import { fateOf } from "../flow/fate/acquisition-fate.js";
import { lineOf } from "../text.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { certainOnly, graded, gradeSchema, speaksOf, type GradeOptions } from "./grade.js";
import { suggestHolding, untilHandedOver } from "./hand-over.js";
import { alsoText, exitText, isHandedOn, releaseText, wordsOf } from "./leak.js";
import type { Site } from "./related-sites.js";
import { leakSites } from "./sites.js";
import { stackText } from "./words.js";

export default createRule<GradeOptions, "caught" | "handedOn" | "held" | "manual" | "overwritten" | "overwrittenManual" | "path" | "replace" | "scope">({
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
      ...graded({
        handedOn: "`{{name}}`, {{type}} acquired by `{{call}}`, is discharged on line {{line}} but not on every path: {{exit}} leaves it open. Dispose it there, or hold it in {{stack}}, and `move()` that where it is handed on.",
        manual: "`{{name}}`, {{type}} acquired by `{{call}}`, is discharged on line {{line}} but not on every path: {{exit}} leaves it open. It has no disposer, so dispose it in a `finally`: `{{release}}`.",
        overwritten: "`{{name}}` may still hold {{type}} acquired by `{{call}}` when {{exit}} replaces it, so that one is never disposed. Dispose it first, or give each its own `{{keyword}}`.",
        overwrittenManual: "`{{name}}` may still hold {{type}} acquired by `{{call}}` when {{exit}} replaces it, so that one is never disposed. Dispose it first: `{{release}}`.",
        path: "`{{name}}`, {{type}} acquired by `{{call}}`, is discharged on line {{line}} but not on every path: {{exit}} leaves it open. Declare it with `{{keyword}}`.",
      }),
      ...untilHandedOver,
      replace: "Dispose the old one before it is replaced: `{{disposal}}`",
      scope: "Declare it with `{{keyword}}`, which disposes it on every path out of this block.{{also}}",
    },
    schema: gradeSchema,
    defaultOptions: certainOnly,
  },
  create(context, options) {
    const code = typedCodeOf(context);
    return {
      "CallExpression, NewExpression"(node) {
        const fate = fateOf(code, node);
        if (fate.is !== "leaks-on-path" && fate.is !== "overwritten") return;
        const { holder } = fate;
        if (!speaksOf(holder.acquisition, options)) return;
        const { keyword, ...words } = wordsOf(code, holder);
        const exit = exitText(code, fate.exit);
        const sites = (): readonly Site[] => leakSites(code, fate);
        const release = releaseText(holder.acquisition.resource, holder.name);
        if (fate.is === "overwritten") {
          const disposal = disposeReplaced(code, holder, fate.exit);
          const suggestions = suggest("replace", { disposal: disposal?.text ?? "" }, disposal?.edits ?? null);
          reportFinding(context, {
            acquisition: holder.acquisition,
            node: holder.binding,
            ...(release === null ? { messageId: "overwritten", data: { ...words, exit, keyword } } : { messageId: "overwrittenManual", data: { ...words, exit, release } }),
            suggest: suggestions,
            sites,
          });
          return;
        }
        if (release !== null) {
          reportFinding(context, { acquisition: holder.acquisition, node: holder.binding, messageId: "manual", data: { ...words, exit, line: lineOf(fate.discharge.at), release }, sites });
          return;
        }
        const scoping = scopeHolder(code, holder);
        reportFinding(context, {
          acquisition: holder.acquisition,
          node: holder.binding,
          messageId: isHandedOn(holder) ? "handedOn" : "path",
          data: { ...words, exit, keyword, line: lineOf(fate.discharge.at), stack: stackText(code, keyword) },
          suggest: scoping === null ? suggestHolding(code, holder, fate.exits.every(({ by }) => by === "throw")) : suggest("scope", { keyword, also: alsoText(scoping) }, scoping.edits),
          sites,
        });
      },
    };
  },
});
