import type { TSESTree } from "@typescript-eslint/utils";

import { suggest } from "../edits/edit.js";
import { letGo, moveStack } from "../edits/escape.js";
import { departuresOf, scopedIn } from "../ownership/escape.js";
import { createRule, typedCodeOf } from "./create-rule.js";
import { article, lineOf, shown } from "./leak.js";

export default createRule({
  name: "no-escaping-using",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow a scoped resource, or something that works only while it is open, to outlive its scope",
      recommended: "recommended",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      closure: "This function uses `{{name}}`, {{type}}, and runs after `{{keyword}}` (line {{line}}) has disposed it. Do the work before the scope ends, or let the function's owner hold the resource.",
      outward: "`{{left}}` keeps `{{name}}`, {{type}}, beyond its scope, at whose end `{{keyword}}` (line {{line}}) disposes it. Declare it with `const` and let the new owner dispose it.",
      value: "`{{name}}`, {{type}}, is handed out after `{{keyword}}` (line {{line}}) has disposed it: the receiver gets a closed one. Declare it with `const` and let the receiver dispose it.",
      view: "`{{left}}` works only while `{{name}}`, {{type}}, is open, and `{{keyword}}` (line {{line}}) disposes it before the receiver reads. Read it here, or hand over the resource with it.",
      wrapper: "`{{left}}` takes `{{name}}`, {{type}}, out of the scope at whose end `{{keyword}}` (line {{line}}) disposes it. Declare it with `const` and let the new owner dispose it.",
      letGo: "Declare it with `const`: whoever receives it disposes it.",
      move: "Hand over the stack with `{{stack}}.move()`: the receiver disposes what it holds.",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);
    const reported = new Set<TSESTree.Node>();
    return {
      'VariableDeclaration[kind=/using$/]'(declaration: TSESTree.VariableDeclaration) {
        for (const scoped of scopedIn(code, declaration)) {
          for (const { is, node } of departuresOf(code, scoped)) {
            if (is === "pending" || reported.has(node)) continue;
            reported.add(node);
            const { stack, variable } = scoped;
            const [identifier = node] = variable.identifiers;
            context.report({
              node,
              messageId: is,
              data: { keyword: scoped.keyword, left: shown(code, node), line: lineOf(declaration), name: variable.name, type: article(code.types?.resource(identifier).name ?? "") },
              suggest: [
                ...suggest("letGo", {}, letGo(code, scoped, declaration, node)),
                ...suggest("move", { stack: (stack ?? variable).name }, moveStack(code, stack ?? variable, node)),
              ],
            });
          }
        }
      },
    };
  },
});
