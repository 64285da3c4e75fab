import type { TSESTree } from "@typescript-eslint/utils";

import { useAfterDisposal } from "../flow/use-after-dispose.js";
import { useOutside } from "../flow/use-outside-scope.js";
import { repeatedBy, scopedAndRegistered, scopedBefore, type TwoScopes } from "../ownership/lifetime/double-dispose.js";
import { isIdempotent } from "../ownership/release/idempotent-disposer.js";
import { unwrap } from "../ownership/values/destination.js";
import { isInTest } from "../ownership/values/test-code.js";
import { declaratorOf, scopedBy, variableOf, type Variable } from "../ownership/values/variables.js";
import { lineOf } from "../text.js";
import { codeOf, createRule, reportFinding } from "./create-rule.js";
import { scopeSites, siteAt } from "./sites.js";
import { spelled, typeOf } from "./words.js";

export default createRule({
  name: "no-use-after-dispose",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow using a resource after its disposal, and disposing it twice by scopes",
      recommended: "recommended",
      requiresTypeChecking: false,
    },
    messages: {
      disposed: "`{{name}}`, {{type}}, is used after its disposal on line {{line}}: `{{call}}` finds it closed. Dispose it behind its last use, or declare it with `using` or `await using` and leave that to the scope.",
      handedOut: "`{{name}}` is another name for `{{first}}`, {{type}}, which `{{keyword}}` (line {{line}}) has disposed at the end of its block: whoever gets it here gets a closed one. Let the block end later.",
      member: "`{{first}}` disposes what `{{source}}` hands back, and `{{name}}` disposes it again. Declare `{{name}}` with `const`.",
      moved: "`{{name}}` holds nothing since `{{disposal}}` on line {{line}} and is disposed: `{{call}}` throws a ReferenceError, and what it is given stays open. Use the stack that `move()` gave.",
      outside: "`{{name}}` is another name for `{{first}}`, {{type}}, which `{{keyword}}` (line {{line}}) has disposed at the end of its block: `{{call}}` finds it closed. Use it inside the block.",
      scopes: "A scope on line {{line}} disposes `{{source}}` already, and `{{name}}` disposes it again. Declare `{{name}}` with `const`.",
      stack: "`{{name}}` is disposed since line {{line}}: `{{call}}` throws a ReferenceError, and what it is given stays open. Make a new stack for it.",
      stackTwice: "`{{source}}` is disposed by `{{keyword}}` (line {{line}}) already, and `{{name}}` disposes it too. Declare it with `const` and leave its disposal to the stack.",
      twice: "`{{keyword}}` (line {{line}}) disposes `{{name}}`, {{type}}, again at the end of its scope. Leave this disposal out, or end the scope earlier with a block.",
    },
    schema: [],
  },
  create(context) {
    const code = codeOf(context);
    const judged = new Set<Variable>();

    function checkUses(variable: Variable): void {
      if (judged.has(variable)) return;
      judged.add(variable);
      const use = useAfterDisposal(code, variable);
      if (use === null || isInTest(use.call)) return;
      const { call, disposal, stack } = use;
      reportFinding(context, {
        node: call,
        messageId: stack === null ? "disposed" : stack === "moved" ? "moved" : "stack",
        data: { call: spelled(code, call), disposal: spelled(code, disposal), line: lineOf(disposal), name: variable.name, type: typeOf(code, variable) },
        sites: () => [siteAt(disposal, stack === "moved" ? "What it held is moved here" : "It is disposed here")],
      });
    }

    function checkTwice(name: string, messageId: "member" | "scopes" | "stackTwice", { first, given }: TwoScopes): void {
      if (isIdempotent(code, given)) return;
      const scope = variableOf(code, first);
      reportFinding(context, {
        node: given,
        messageId,
        data: { first: spelled(code, first), keyword: scope === null ? "" : (scopedBy(scope) ?? ""), line: lineOf(first), name, source: spelled(code, given) },
        sites: () => [siteAt(first, "This disposes it too")],
      });
    }

    function checkRepeated(call: TSESTree.CallExpression): void {
      const variable = repeatedBy(code, call)?.variable;
      const keyword = variable === undefined ? null : scopedBy(variable);
      const declarator = variable === undefined ? null : declaratorOf(variable);
      // A use behind it is found already, and this disposal is its reason.
      if (variable === undefined || keyword === null || declarator === null || isInTest(call) || useAfterDisposal(code, variable) !== null || isIdempotent(code, declarator.id)) return;
      reportFinding(context, {
        node: call,
        messageId: "twice",
        data: { keyword, line: lineOf(declarator), name: variable.name, type: typeOf(code, variable) },
        sites: () => scopeSites({ keyword, stack: null, variable }),
      });
    }

    return {
      CallExpression(call) {
        const { callee } = call;
        if (callee.type !== "MemberExpression") return;
        const variable = variableOf(code, unwrap(callee.object));
        if (variable === null) return;
        checkUses(variable);
        const registered = scopedAndRegistered(code, call);
        if (registered !== null) checkTwice(variable.name, "stackTwice", registered);
        checkRepeated(call);
      },
      "VariableDeclaration[kind=/using$/]"(declaration: TSESTree.VariableDeclaration) {
        for (const declarator of declaration.declarations as TSESTree.VariableDeclarator[]) {
          const { id } = declarator;
          const variable = variableOf(code, id);
          if (id.type !== "Identifier" || variable === null) continue;
          const before = scopedBefore(code, declarator);
          if (before !== null) checkTwice(id.name, before.given.type === "CallExpression" ? "member" : "scopes", before);
          reportOutside(variable, declaration);
        }
      },
    };

    function reportOutside(variable: Variable, declaration: TSESTree.VariableDeclaration): void {
      const use = useOutside(code, variable);
      const keyword = scopedBy(variable);
      if (use === null || keyword === null || isInTest(use.at)) return;
      reportFinding(context, {
        node: use.at,
        messageId: use.at.type === "Identifier" ? "handedOut" : "outside",
        data: { call: spelled(code, use.at), first: variable.name, keyword, line: lineOf(declaration), name: use.alias.name, type: typeOf(code, variable) },
        sites: () => scopeSites({ keyword, stack: null, variable }),
      });
    }
  },
});
