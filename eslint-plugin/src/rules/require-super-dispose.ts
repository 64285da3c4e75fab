import type { TSESTree } from "@typescript-eslint/utils";

import { appendTo } from "../edits/append.js";
import { suggest } from "../edits/edit.js";
import { baseDisposal } from "../flow/base.js";
import { disposerAt } from "../ownership/disposer.js";
import { lineOf } from "../text.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { siteAt } from "./sites.js";
import { spelled } from "./words.js";

export default createRule<[], "callSuper" | "never" | "skipped">({
  name: "require-super-dispose",
  meta: {
    type: "problem",
    docs: {
      description: "Require a disposer that overrides another to call it",
      recommended: "recommended",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      never: "This `[Symbol.{{symbol}}]()` replaces that of `{{base}}` and never calls it: what `{{base}}` holds stays open. Write `{{statement}}` at its end.",
      skipped: "This `[Symbol.{{symbol}}]()` replaces that of `{{base}}`, and the `return` on line {{exit}} comes before `{{call}}` on line {{line}}: what `{{base}}` holds then stays open. Call it in a `finally`.",
      callSuper: "Write `{{statement}}` at its end.",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);
    return {
      "ClassDeclaration[superClass] MemberExpression[object.name='Symbol'][property.name=/^(?:asyncD|d)ispose$/]"(key: TSESTree.MemberExpression) {
        const disposer = disposerAt(code, key);
        const owner = disposer?.owner;
        if (disposer?.body == null || owner?.type !== "ClassBody" || owner.parent.type !== "ClassDeclaration" || isStatic(key.parent)) return;
        const { body, symbol } = disposer;
        const base = code.types?.inheritedDisposer(owner.parent, symbol) ?? null;
        if (base?.callable !== true) return;
        const disposal = baseDisposal(code, owner, body, base);
        if (disposal.is === "called") return;
        const statement = `${symbol === "asyncDispose" ? "await " : ""}super[Symbol.${symbol}]();`;
        const words = { base: base.owner === "" ? "the base class" : base.owner, statement, symbol };
        if (disposal.is === "never") {
          reportFinding(context, {
            node: key,
            messageId: "never",
            data: words,
            suggest: suggest("callSuper", words, appendTo(code, body, statement)),
            sites: () => (owner.parent.superClass === null ? [] : [siteAt(owner.parent.superClass, "Its disposer is replaced")]),
          });
          return;
        }
        const { call, exit } = disposal;
        reportFinding(context, {
          node: key,
          messageId: "skipped",
          data: { ...words, exit: lineOf(exit), call: spelled(code, call), line: lineOf(call) },
          sites: () => [siteAt(exit, "This `return` skips the base class"), siteAt(call, "This disposes the base class")],
        });
      },
    };
  },
});

function isStatic(member: TSESTree.Node): boolean {
  return "static" in member && member.static;
}
