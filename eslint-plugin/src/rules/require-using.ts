import { scopeHolder } from "../edits/scopes/scope-holder.js";
import { declareWith } from "../edits/scopes/using.js";
import { giveToStack } from "../edits/stacks/give-to-stack.js";
import { suggest } from "../edits/text/edit.js";
import { fateOf } from "../flow/fate/acquisition-fate.js";
import { fateOfElements } from "../flow/fate/element-fate.js";
import type { Fate } from "../flow/fate/fate.js";
import { uncalledDisposer } from "../ownership/release/disposer.js";
import { isForTests } from "../ownership/values/test-code.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { certainOnly, graded, gradeSchema, speaksOf, type GradeOptions } from "./grade.js";
import { alsoText, disposalText, exitText, releaseText, shown, wordsOf } from "./leak.js";
import type { Site } from "./related-sites.js";
import { leakSites, siteAt } from "./sites.js";
import { stackText } from "./words.js";

export default createRule<GradeOptions, "assigned" | "declared" | "manual" | "literal" | "given" | "onStack" | "suite" | "scope">({
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
      ...graded({
        assigned: "`{{name}}` holds {{type}} acquired by `{{call}}` that is never disposed: it is still open at {{exit}}. Declare it where it is acquired, with `{{keyword}}`.",
        declared: "`{{name}}` holds {{type}} acquired by `{{call}}` that is never disposed: it is still open at {{exit}}. Declare it with `{{keyword}}` instead of `{{kind}}`.",
        manual: "`{{name}}` holds {{type}} acquired by `{{call}}` that is never disposed: it is still open at {{exit}}. It has no disposer, so dispose it in a `finally`: `{{release}}`.",
        given: "`{{name}}` is {{type}} acquired by `{{call}}` unless it is `{{given}}`, and never disposed then: it is still open at {{exit}}. What is given is somebody else's, so hold only what is acquired here, in {{stack}}.",
        literal: "`{{name}}` has a `[Symbol.{{symbol}}]()` that nobody can call: nothing reads `{{name}}`. Declare it with `{{keyword}}` instead of `{{kind}}`.",
        suite: "`{{name}}` holds {{type}} acquired by `{{call}}` that is never disposed. The tests of this suite use it when this callback has returned, so a scope would end before they run. Dispose it in a hook: `afterAll(() => {{disposal}})`.",
      }),
      onStack: "Give what is acquired here to a new stack, which disposes it at the end of this block.",
      scope: "Declare it with `{{keyword}}`, which disposes it at the end of this block.{{also}}",
    },
    schema: gradeSchema,
    defaultOptions: certainOnly,
  },
  create(context, options) {
    const code = typedCodeOf(context);
    function check(fate: Fate): void {
      if (fate.is !== "undischarged" || !speaksOf(fate.holder.acquisition, options)) return;
      const { holder, exit } = fate;
      const { keyword, ...words } = wordsOf(code, holder);
      const sites = (): readonly Site[] => leakSites(code, fate);
      if (isForTests(holder.variable)) {
        reportFinding(context, { acquisition: holder.acquisition, node: holder.binding, messageId: "suite", data: { ...words, disposal: disposalText(holder.acquisition.resource, holder.name) }, sites });
        return;
      }
      const release = releaseText(holder.acquisition.resource, holder.name);
      if (release !== null) {
        if (holder.given !== null) return;
        reportFinding(context, { acquisition: holder.acquisition, node: holder.binding, messageId: "manual", data: { ...words, exit: exitText(code, exit), release }, sites });
        return;
      }
      if (holder.given !== null) {
        const edits = giveToStack(code, holder, keyword);
        reportFinding(context, {
          acquisition: holder.acquisition,
          node: holder.binding,
          messageId: "given",
          data: { ...words, exit: exitText(code, exit), given: shown(code, holder.given), stack: stackText(code, keyword) },
          suggest: suggest("onStack", {}, edits),
          sites,
        });
        return;
      }
      const scoping = scopeHolder(code, holder);
      reportFinding(context, {
        acquisition: holder.acquisition,
        node: holder.binding,
        messageId: holder.declaration === null ? "assigned" : "declared",
        data: { ...words, exit: exitText(code, exit), keyword, kind: holder.declaration?.kind ?? "" },
        suggest: suggest("scope", { keyword, also: alsoText(scoping) }, scoping?.edits ?? null),
        sites,
      });
    }
    return {
      "CallExpression, NewExpression"(node) {
        check(fateOf(code, node));
      },
      ForOfStatement(node) {
        check(fateOfElements(code, node));
      },
      VariableDeclarator(node) {
        const uncalled = uncalledDisposer(code, node);
        if (uncalled === null) return;
        const { binding, declaration, key, symbol } = uncalled;
        const keyword = symbol === "asyncDispose" ? "await using" : "using";
        const scoping = declareWith(code, declaration, keyword, []);
        reportFinding(context, {
          node: binding,
          messageId: "literal",
          data: { name: binding.name, symbol, keyword, kind: declaration.kind },
          suggest: suggest("scope", { keyword, also: alsoText(scoping) }, scoping?.edits ?? null),
          sites: () => [siteAt(key, "This disposer is never called")],
        });
      },
    };
  },
});
