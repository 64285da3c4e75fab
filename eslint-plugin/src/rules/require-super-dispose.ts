import type { TSESTree } from "@typescript-eslint/utils";

import { appendTo } from "../edits/placement/function-end.js";
import { suggest } from "../edits/text/edit.js";
import { baseDisposal } from "../flow/super-dispose.js";
import { disposerAt } from "../ownership/release/disposer.js";
import type { FunctionNode } from "../syntax.js";
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
      never: "This `{{disposer}}` replaces that of `{{base}}` and never calls it: what `{{base}}` holds stays open. Write `{{statement}}` at its end.",
      skipped: "This `{{disposer}}` replaces that of `{{base}}`, and the `return` on line {{exit}} comes before `{{call}}` on line {{line}}: what `{{base}}` holds then stays open. Call it in a `finally`.",
      callSuper: "Write `{{statement}}` at its end.",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);

    function check({ body, isAsync, key, name, owner }: Override): void {
      const base = code.types?.inheritedDisposer(owner, key.type === "MemberExpression" ? { symbol: isAsync ? "asyncDispose" : "dispose" } : { name }) ?? null;
      if (base?.callable !== true) return;
      const disposal = baseDisposal(code, owner.body, body, base);
      if (disposal.is === "called") return;
      const access = key.type === "MemberExpression" ? name : `.${name}`;
      const statement = `${isAsync ? "await " : ""}super${access}();`;
      const words = { base: base.owner === "" ? "the base class" : base.owner, disposer: `${name}()`, statement };
      if (disposal.is === "never") {
        reportFinding(context, {
          node: key,
          messageId: "never",
          data: words,
          suggest: suggest("callSuper", words, appendTo(code, body, statement)),
          sites: () => (owner.superClass === null ? [] : [siteAt(owner.superClass, "Its disposer is replaced")]),
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
    }

    return {
      "ClassDeclaration[superClass] MemberExpression[object.name='Symbol']:matches([property.name='asyncDispose'], [property.name='dispose'])"(key: TSESTree.MemberExpression) {
        const disposer = disposerAt(code, key);
        const owner = disposer?.owner?.parent;
        if (disposer?.body == null || owner?.type !== "ClassDeclaration" || isStatic(key.parent)) return;
        check({ body: disposer.body, isAsync: disposer.symbol === "asyncDispose", key, name: `[Symbol.${disposer.symbol}]`, owner });
      },
      "ClassDeclaration[superClass] > ClassBody > MethodDefinition[computed=false][static=false]"({ key, parent: { parent: owner }, value: body }: TSESTree.MethodDefinition) {
        // A type whose release a setting names.
        if (key.type !== "Identifier" || owner.type !== "ClassDeclaration" || body.type !== "FunctionExpression" || !code.settings.resourceTypes.some(({ release }) => release === key.name)) return;
        const { release } = code.types?.resource(owner) ?? { release: null };
        if (release?.name === key.name) check({ body, isAsync: release.isAsync, key, name: key.name, owner });
      },
    };
  },
});

/** A disposer that may replace another. */
interface Override {
  readonly body: FunctionNode;
  readonly isAsync: boolean;
  readonly key: TSESTree.Identifier | TSESTree.MemberExpression;
  /** As it is written: `[Symbol.dispose]`, or the name of a method that releases. */
  readonly name: string;
  readonly owner: TSESTree.ClassDeclaration;
}

function isStatic(member: TSESTree.Node): boolean {
  return "static" in member && member.static;
}
