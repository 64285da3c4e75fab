import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { closingMethod, makeClassDisposable } from "../edits/classes/disposable-class.js";
import { suggest } from "../edits/text/edit.js";
import { endsItsClass } from "../lexicon/releasing.js";
import { teardownsOf } from "../ownership/classes/teardown.js";
import { disposesReceiver } from "../ownership/release/release-name.js";
import { unwrap } from "../ownership/values/destination.js";
import { nodesIn } from "../syntax.js";
import { codeOf, createRule, reportFinding } from "./create-rule.js";
import { classText } from "./fields.js";
import { siteAt } from "./sites.js";

export default createRule<[], "bare" | "makeDisposable">({
  name: "prefer-disposable-class",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require `[Symbol.asyncDispose]` of a class that is closed by a method",
      recommended: "strict",
      requiresTypeChecking: false,
    },
    hasSuggestions: true,
    messages: {
      bare: "{{owner}} is closed by `{{method}}()`, which every caller has to remember in a `finally`. Give it an `async [Symbol.asyncDispose]()` that calls `await this.{{method}}()`, so that callers can write `await using`.",
      makeDisposable: "Make the class an `AsyncDisposable` that calls `{{method}}()`.",
    },
    schema: [],
  },
  create(context) {
    const code = codeOf(context);
    return {
      ClassDeclaration(declared) {
        const { body, superClass } = declared;
        // ESLint's own parser knows no decorators.
        if (declared.declare || superClass !== null || ("decorators" in declared && declared.decorators.length > 0)) return;
        const close = closingMethod(code, body);
        if (close?.isAsync !== true || !endsItsClass(close.name) || !isPublic(close.method) || !disposesField(code, close.method)) return;
        if (teardownsOf(code, body).some(({ by }) => by !== "name")) return;
        if (code.types !== null && !code.types.hasGlobalType("AsyncDisposable")) return;
        const made = makeClassDisposable(code, declared);
        const words = { owner: classText(declared), method: close.name };
        reportFinding(context, {
          node: close.method.key,
          messageId: "bare",
          data: words,
          suggest: suggest("makeDisposable", words, made?.refused === null ? made.edits : null),
          sites: () => (declared.id === null ? [] : [siteAt(declared.id, "This class has no disposer")]),
        });
      },
    };
  },
});

function isPublic({ accessibility = "public", key }: TSESTree.MethodDefinition): boolean {
  return accessibility === "public" && key.type === "Identifier";
}

/** Whether a method releases something that the object holds, rather than deletes or resets. */
function disposesField(code: Code, method: TSESTree.MethodDefinition): boolean {
  return [...nodesIn(code, method)].some((node) => {
    if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return false;
    const held = unwrap(node.callee.object);
    const isField = held.type === "MemberExpression" && unwrap(held.object).type === "ThisExpression";
    return isField && disposesReceiver(code, { ...node, callee: node.callee });
  });
}
