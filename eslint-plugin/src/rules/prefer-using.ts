import type { TSESTree } from "@typescript-eslint/utils";

import type { CallNode } from "../code.js";
import { suggest } from "../edits/edit.js";
import { finallyToUsing } from "../edits/refactorings/try-to-using.js";
import { fateOf } from "../flow/fate.js";
import { functionAround, nodesOf } from "../ownership/references.js";
import { doesWhatDisposerDoes } from "../ownership/equivalent.js";
import { lineOf } from "../text.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { siteAt } from "./sites.js";
import { spelled } from "./words.js";

export default createRule({
  name: "prefer-using",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require `using` or `await using` instead of a `finally` that only disposes",
      recommended: "strict",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      finally: "This `finally` (line {{line}}) only disposes {{names}}, which `{{keyword}}` does at the end of the scope. Declare {{names}} with `{{keyword}}` on line {{declared}}, and leave `try` and `finally` out.",
      replace: "Replace `finally` with `{{keyword}}`. When the code and the disposal both fail, the error is then a `SuppressedError` that has both.",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);
    return {
      TryStatement(node) {
        // In a generator, `try` and `finally` around a `yield` are the shape of a manager.
        const found = node.finalizer === null || functionAround(node)?.generator === true ? null : finallyToUsing(code, node);
        if (found === null || node.finalizer === null || "because" in found) return;
        const { disposals, edits, scopes } = found;
        const [first] = scopes;
        if (first === undefined || scopes.some(({ declaration: { kind } }) => kind === "using" || kind === "await using")) return;
        const isEquivalent = scopes.every(({ keyword }, index) => {
          const disposal = disposals[index];
          return disposal !== undefined && doesWhatDisposerDoes(code, disposal.call, keyword === "using" ? "dispose" : "asyncDispose");
        });
        // Where one of them leaks, that is the finding.
        const calls = scopes.flatMap(({ declaration, late }) => nodesOf(code, late?.right ?? declaration).filter(isCall));
        if (!isEquivalent || calls.some((call) => fateOf(code, call).is !== "settled")) return;
        const keyword = scopes.some((scope) => scope.keyword === "await using") ? "await using" : "using";
        const names = disposals.map(({ variable }) => `\`${variable.name}\``).join(" and ");
        reportFinding(context, {
          node: first.declaration.declarations[0].id,
          messageId: "finally",
          data: { declared: lineOf(first.late ?? first.declaration), keyword, line: lineOf(node.finalizer), names },
          suggest: suggest("replace", { keyword }, edits),
          sites: () => disposals.map(({ call, variable }) => siteAt(call, `\`${variable.name}\` is disposed by \`${spelled(code, call)}\``)),
        });
      },
    };
  },
});

function isCall(node: TSESTree.Node): node is CallNode {
  return node.type === "CallExpression" || node.type === "NewExpression";
}
