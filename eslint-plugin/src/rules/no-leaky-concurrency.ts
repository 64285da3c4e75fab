import { suggest } from "../edits/edit.js";
import { acquireInSequence } from "../edits/sequence.js";
import { keywordFor } from "../edits/using.js";
import { concurrentAcquisitions } from "../ownership/concurrency.js";
import { createRule, typedCodeOf } from "./create-rule.js";

export default createRule({
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
      all: "When one of these fails, `Promise.all` gives up and every {{type}} that `{{call}}` acquires beside it is lost. Acquire one after the other with `{{keyword}}`, or wait for all with `Promise.allSettled` and dispose those that came.",
      loser: "`Promise.{{combinator}}` hands on one result; whatever {{type}} `{{call}}` acquires besides is lost. Dispose the losers when they arrive, or acquire one after the other with `{{keyword}}`.",
      stack: "When one of these fails, the stack is disposed while other acquisitions still run: `use` then refuses them and every late {{type}} from `{{call}}` is lost. Acquire one after the other, or wait for all with `Promise.allSettled` and register those that came.",
      sequence: "Acquire one after the other with `{{keyword}}`: slower, and nothing is lost.",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);
    return {
      CallExpression(node) {
        const concurrent = concurrentAcquisitions(code, node);
        if (concurrent === null) return;
        const { combinator, kind, onStack, text, type } = concurrent;
        const keyword = keywordFor(kind);
        context.report({
          node,
          messageId: combinator === "all" ? (onStack ? "stack" : "all") : "loser",
          data: { call: text, combinator, keyword, type },
          suggest: combinator === "all" && !onStack ? suggest("sequence", { keyword }, acquireInSequence(code, node, concurrent)) : [],
        });
      },
    };
  },
});
