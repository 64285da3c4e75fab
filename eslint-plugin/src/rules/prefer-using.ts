import type { TSESTree } from "@typescript-eslint/utils";

import { atEnd, inFinally, type ByHand } from "../edits/by-hand/by-hand.js";
import { suggest } from "../edits/text/edit.js";
import { lineOf } from "../text.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { siteAt } from "./sites.js";
import { spelled } from "./words.js";

export default createRule({
  name: "prefer-using",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require `using` or `await using` where code disposes in `finally` or at the end of a block",
      recommended: "strict",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      end: "`{{call}}` on line {{line}} only disposes {{names}} at the end of its block, which `{{keyword}}` does by itself. Declare {{names}} with `{{keyword}}` on line {{declared}}, and leave the call out.",
      finally: "This `finally` (line {{line}}) only disposes {{names}}, which `{{keyword}}` does at the end of the scope. Declare {{names}} with `{{keyword}}` on line {{declared}}, and leave `try` and `finally` out.",
      leaveOut: "Declare it with `{{keyword}}`, which also disposes it when something throws, and leave the call out.",
      replace: "Replace `finally` with `{{keyword}}`. When the code and the disposal both fail, the error is then a `SuppressedError` that has both.",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);

    function report(found: ByHand | null, way: "end" | "finally", disposing: TSESTree.Node): void {
      if (found === null) return;
      const { disposals, edits, scopes: [first, ...others] } = found;
      const keyword = [first, ...others].some((scope) => scope.keyword === "await using") ? "await using" : "using";
      reportFinding(context, {
        node: first.declaration.declarations[0].id,
        messageId: way,
        data: {
          call: spelled(code, disposals[0].call),
          declared: lineOf(first.late ?? first.declaration),
          keyword,
          line: lineOf(disposing),
          names: disposals.map(({ variable }) => `\`${variable.name}\``).join(" and "),
        },
        suggest: suggest(way === "end" ? "leaveOut" : "replace", { keyword }, edits),
        sites: () => disposals.map(({ call, variable }) => siteAt(call, `\`${variable.name}\` is disposed by \`${spelled(code, call)}\``)),
      });
    }

    return {
      BlockStatement(block) {
        const found = atEnd(code, block);
        report(found, "end", found?.disposals[0].call ?? block);
      },
      TryStatement(node) {
        report(inFinally(code, node), "finally", node.finalizer ?? node);
      },
    };
  },
});
