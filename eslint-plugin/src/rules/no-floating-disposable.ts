import type { TSESTree } from "@typescript-eslint/utils";

import { holdFirst, holdStatement } from "../edits/scopes/hold-temporary.js";
import { keywordAt } from "../edits/scopes/using.js";
import { suggest } from "../edits/text/edit.js";
import { fateOf } from "../flow/fate/acquisition-fate.js";
import type { Fate } from "../flow/fate/fate.js";
import { destinationOf } from "../ownership/values/destination.js";
import { functionAround } from "../ownership/values/functions.js";
import { isInSuite } from "../ownership/values/test-code.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { certainOnly, graded, gradeSchema, speaksOf, type GradeOptions } from "./grade.js";
import { alsoText, article, disposalText, releaseText, shown } from "./leak.js";
import type { Site } from "./related-sites.js";
import { methodSites, siteAt } from "./sites.js";

export default createRule<GradeOptions, "callback" | "manual" | "pattern" | "statement" | "suite" | "temporary" | "hold" | "holdFirst">({
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
      ...graded({
        callback: "`{{call}}` acquires {{type}} and this callback returns it to `forEach`, which drops it, so it is never disposed. Collect the resources in a stack, or dispose each with `{{keyword}}`.",
        manual: "`{{call}}` acquires {{type}} that nobody holds, so it is never disposed. It has no disposer, so hold it and dispose it in a `finally`: `{{release}}`.",
        pattern: "This pattern takes values out of {{type}} acquired by `{{call}}` and drops the resource itself, so it is never disposed. Hold it first: `{{keyword}} resource = {{await}}{{call}}`.",
        statement: "`{{call}}` acquires {{type}} that nobody holds, so it is never disposed. Hold it: `{{keyword}} _ = {{await}}{{call}}`.",
        suite: "`{{call}}` acquires {{type}} that nobody holds, so it is never disposed. The tests of this suite run when this callback has returned, so a scope would end before them. Hold it and dispose it in a hook: `afterAll(() => {{disposal}})`.",
        temporary: "`{{use}}` uses {{type}} acquired by `{{call}}` that nobody holds, so it is never disposed. Hold it first: `{{keyword}} resource = {{await}}{{call}}`.",
      }),
      hold: "Hold it with `{{keyword}}`, which disposes it at the end of this block.{{also}}",
      holdFirst: "Hold it first, as `{{name}}`, with `{{keyword}}`, which disposes it at the end of this block.{{also}}",
    },
    schema: gradeSchema,
    defaultOptions: certainOnly,
  },
  create(context, options) {
    const code = typedCodeOf(context);
    return {
      "CallExpression, NewExpression"(node) {
        const fate = fateOf(code, node);
        if (fate.is !== "floating" || !speaksOf(fate.acquisition, options)) return;
        const { acquisition, by } = fate;
        const { call, resource, text } = acquisition;
        const sites = (): readonly Site[] => temporarySites(fate);
        if ((by === "pattern" || by === "statement") && isInSuite(call)) {
          reportFinding(context, { acquisition, node: call, messageId: "suite", data: { call: text, type: article(resource.name), disposal: disposalText(resource, "resource") }, sites });
          return;
        }
        const release = releaseText(resource, "resource");
        if (release !== null) {
          reportFinding(context, { acquisition, node: call, messageId: "manual", data: { call: text, release, type: article(resource.name) }, sites });
          return;
        }
        const keyword = keywordAt(code, call, resource);
        const holding = by === "statement" ? holdStatement(code, call, keyword, resource.promised) : null;
        const named = by === "pattern" || by === "temporary" ? holdFirst(code, acquisition, keyword) : null;
        reportFinding(context, {
          acquisition,
          node: call,
          messageId: by,
          data: {
            await: resource.promised ? "await " : "",
            call: text,
            keyword,
            type: article(resource.name),
            use: shown(code, fate.at),
          },
          suggest: [
            ...suggest("hold", { keyword, also: alsoText(holding) }, holding?.edits ?? null),
            ...suggest("holdFirst", { keyword, name: named?.name ?? "", also: alsoText(named) }, named?.edits ?? null),
          ],
          sites,
        });
      },
    };
  },
});

function temporarySites({ at, by }: Extract<Fate, { readonly is: "floating" }>): readonly Site[] {
  switch (by) {
    case "callback":
      return callbackSites(at);
    case "pattern":
      return [siteAt(at, "This pattern drops the resource itself")];
    case "statement":
      return [];
    case "temporary":
      return [siteAt(at, "This is all that is done with it")];
  }
}

function callbackSites(returned: TSESTree.Node): readonly Site[] {
  const callback = functionAround(returned);
  const destination = callback === null ? null : destinationOf(callback);
  return destination?.to === "argument" ? methodSites(destination.call, "`forEach` drops what its callback returns") : [];
}
