import type { TSESTree } from "@typescript-eslint/utils";
import type { Rule } from "eslint";

import type { Code } from "../../src/code.js";
import { typedCodeOf } from "../../src/rules/create-rule.js";

/** A rule that reports what the engine answers about the last statement of a file. */
export function probe(ask: (code: Code, last: TSESTree.ProgramStatement) => string): Rule.RuleModule {
  return {
    meta: { type: "problem", schema: [], messages: { answer: "{{answer}}" } },
    create(context) {
      const code = typedCodeOf(context as unknown as Parameters<typeof typedCodeOf>[0]);
      return {
        "Program:exit"(node) {
          const last = code.ast.body.at(-1);
          if (last !== undefined) context.report({ node, messageId: "answer", data: { answer: ask(code, last) } });
        },
      };
    },
  };
}
