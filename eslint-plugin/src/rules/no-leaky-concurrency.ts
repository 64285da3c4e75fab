import { acquireInSequence } from "../edits/scopes/acquire-in-sequence.js";
import { keywordFor } from "../edits/scopes/using.js";
import { registerSettled } from "../edits/stacks/acquire-together.js";
import { suggest } from "../edits/text/edit.js";
import { concurrentAcquisitions, type Concurrent } from "../ownership/several/concurrency.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { certainOnly, graded, gradeSchema, speaksOf, type GradeOptions } from "./grade.js";
import type { Site } from "./related-sites.js";
import { siteAt } from "./sites.js";

export default createRule<GradeOptions, "all" | "loser" | "manual" | "stack" | "sequence" | "settled">({
  name: "no-leaky-concurrency",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow acquiring resources concurrently in a way that loses some when one fails",
      recommended: "recommended",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      ...graded({
        all: "When one of these fails, `Promise.all` gives up and every {{type}} that `{{call}}` acquires beside it is lost. Acquire one after the other with `{{keyword}}`, or wait for all with `Promise.allSettled` and dispose those that came.",
        loser: "`Promise.{{combinator}}` hands on one result; whatever {{type}} `{{call}}` acquires besides is lost. Dispose the losers when they arrive, or acquire one after the other with `{{keyword}}`.",
        manual: "When one of these fails or wins, every other {{type}} that `{{call}}` acquires is lost. Acquire one after the other, or wait for all with `Promise.allSettled` and dispose those that came.",
        stack: "When one of these fails, the stack is disposed while other acquisitions still run: `use` then refuses them and every late {{type}} from `{{call}}` is lost. Acquire one after the other, or wait for all with `Promise.allSettled` and register those that came.",
      }),
      sequence: "Acquire one after the other with `{{keyword}}`: slower, and nothing is lost.",
      settled: "Wait for all of them, and have `{{stack}}` take over those that came before a failure is thrown",
    },
    schema: gradeSchema,
    defaultOptions: certainOnly,
  },
  create(context, options) {
    const code = typedCodeOf(context);
    return {
      CallExpression(node) {
        const concurrent = concurrentAcquisitions(code, node);
        if (concurrent === null || !speaksOf(concurrent, options)) return;
        const { combinator, onStack, resource, text } = concurrent;
        const type = resource.name;
        const sites = (): readonly Site[] => rivalSites(concurrent);
        if (resource.release !== null) {
          reportFinding(context, { acquisition: concurrent, node, messageId: "manual", data: { call: text, type }, sites });
          return;
        }
        const keyword = keywordFor(resource.kind);
        const late = combinator === "all" && !onStack ? registerSettled(code, node, concurrent) : null;
        reportFinding(context, {
          acquisition: concurrent,
          node,
          messageId: combinator === "all" ? (onStack ? "stack" : "all") : "loser",
          data: { call: text, combinator, keyword, type },
          suggest: [
            ...suggest("settled", { stack: late?.name ?? "" }, late?.edits ?? null),
            ...(combinator === "all" && !onStack ? suggest("sequence", { keyword }, acquireInSequence(code, node, concurrent)) : []),
          ],
          sites,
        });
      },
    };
  },
});

function rivalSites({ combinator, lost, onStack, rivals }: Concurrent): readonly Site[] {
  const end = onStack ? "it comes after the stack is disposed" : combinator === "all" ? "another one fails" : "another one comes first";
  return [
    ...lost.map((acquiring) => siteAt(acquiring, `What this acquires is lost when ${end}`)),
    ...rivals.map((rival) => siteAt(rival, combinator === "all" ? "When this fails, the others are lost" : "When this comes first, the others are lost")),
  ];
}
