import type { TSESTree } from "@typescript-eslint/utils";

import { helperAtHand } from "../edits/generators/manager-helper.js";
import { wrapInHelper } from "../edits/generators/wrap-manager.js";
import { suggest } from "../edits/text/edit.js";
import { unwrappedManager } from "../ownership/generators/unwrapped-manager.js";
import { codeOf, createRule, reportFinding } from "./create-rule.js";
import { siteAt } from "./sites.js";

export default createRule<[], "bare" | "wrap">({
  name: "require-manager-wrapper",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require an exported generator that acquires, yields once and releases to be made a manager",
      recommended: "strict",
      requiresTypeChecking: false,
    },
    hasSuggestions: true,
    messages: {
      bare: "`{{name}}` acquires, yields once and releases, but is exported as a bare generator: who forgets its `next()` gets nothing, and who forgets its `return()` leaves it open. Give it to `{{helper}}`, so that callers bind it by `await using`.",
      wrap: "Give it to `{{helper}}`; its callers then write `await using held = await {{name}}(…)` and use `held.value`.",
    },
    schema: [],
  },
  create(context) {
    const code = codeOf(context);
    const reported = new Set<TSESTree.Node>();

    function check(exported: TSESTree.Node | null): void {
      const bare = exported?.type === "Identifier" ? unwrappedManager(code, exported) : null;
      if (bare === null || reported.has(bare.name)) return;
      reported.add(bare.name);
      const helper = helperAtHand(code);
      const words = { name: bare.name.name, helper: helper ?? "asyncContextManager" };
      reportFinding(context, {
        node: bare.name,
        messageId: "bare",
        data: words,
        suggest: suggest("wrap", words, wrapInHelper(code, helper, bare)),
        sites: () => [siteAt(bare.at, "This is its only `yield`"), siteAt(bare.release, "This releases what it yields")],
      });
    }

    return {
      "Program > ExportDefaultDeclaration"({ declaration }: TSESTree.ExportDefaultDeclaration) {
        check(declaration.type === "FunctionDeclaration" ? declaration.id : declaration);
      },
      "Program > ExportNamedDeclaration"({ declaration, source, specifiers }: TSESTree.ExportNamedDeclaration) {
        if (source !== null) return;
        if (declaration?.type === "FunctionDeclaration") check(declaration.id);
        if (declaration?.type === "VariableDeclaration") for (const { id } of declaration.declarations) check(id);
        for (const { local } of specifiers) check(local);
      },
    };
  },
});
