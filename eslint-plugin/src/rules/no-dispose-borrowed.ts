import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { keepOpen } from "../edits/scopes/let-go.js";
import { suggest } from "../edits/text/edit.js";
import { borrowedBy, type BorrowedInScope } from "../ownership/lifetime/borrowed-in-scope.js";
import { lineOf } from "../text.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { article } from "./leak.js";
import type { Site } from "./related-sites.js";
import { siteAt } from "./sites.js";
import { spelled } from "./words.js";

type Finding = "field" | "parameter" | "result" | "scope";
type Options = [{ readonly parameters: "all" | "lent" }];

export default createRule<Options, Finding | "keep">({
  name: "no-dispose-borrowed",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow a scope for a resource that somebody else owns",
      recommended: "recommended",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      field: "`{{keyword}}` disposes `{{source}}`, {{type}} that `{{owner}}` keeps: `{{member}}` finds a closed one (line {{line}}). Declare `{{name}}` with `const`, and dispose the field where `{{owner}}` ends.",
      parameter: "`{{keyword}}` disposes `{{source}}`, {{type}} that belongs to whoever calls `{{owner}}`. Declare `{{name}}` with `const`, or say `@takesOwnership` in the comment of `{{owner}}`.",
      result: "`{{keyword}}` disposes {{type}} that `{{source}}` only hands out: whoever keeps it has a closed one then. Declare `{{name}}` with `const`, and leave its disposal to the owner.",
      scope: "`{{keyword}}` disposes `{{source}}`, {{type}} that a scope of the caller holds (line {{line}}): the caller goes on with a closed one and disposes it again. Declare `{{name}}` with `const`.",
      keep: "Declare it with `const`: its owner disposes it.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          parameters: {
            description: "Which parameters are borrowed: those that a scope of a caller in the same file holds (`lent`), or all of functions that are not known to take them over (`all`).",
            enum: ["all", "lent"],
            type: "string",
          },
        },
      },
    ],
    defaultOptions: [{ parameters: "lent" }],
  },
  create(context, [{ parameters }]) {
    const code = typedCodeOf(context);
    return {
      "VariableDeclaration[kind=/using$/]"(declaration: TSESTree.VariableDeclaration) {
        for (const declarator of declaration.declarations as TSESTree.VariableDeclarator[]) {
          const lent = borrowedBy(code, declarator);
          if (lent === null || (lent.of === "parameter" && lent.scope === null && parameters === "lent")) continue;
          reportFinding(context, {
            node: declarator.id,
            messageId: lent.of === "parameter" && lent.scope !== null ? "scope" : lent.of,
            data: ownerWords(code, declarator, lent),
            suggest: suggest("keep", {}, keepOpen(declaration)),
            sites: () => [siteAt(lent.source, "This belongs to somebody else"), ...ownerSites(lent)],
          });
        }
      },
    };
  },
});

function ownerWords(code: Code, { id, parent }: TSESTree.VariableDeclarator, lent: BorrowedInScope): Record<"keyword" | "line" | "member" | "name" | "owner" | "source" | "type", string> {
  const evidence = lent.of === "field" ? lent.other : lent.of === "parameter" ? lent.scope : null;
  return {
    keyword: parent.kind,
    line: evidence === null ? "" : lineOf(evidence),
    member: lent.of === "field" ? lent.member : "",
    name: id.type === "Identifier" ? id.name : "",
    owner: lent.of === "field" ? lent.owner : lent.of === "parameter" ? lent.name : "",
    source: spelled(code, lent.source),
    type: article(code.types?.resource(lent.source).name ?? ""),
  };
}

function ownerSites(lent: BorrowedInScope): readonly Site[] {
  if (lent.of === "field") return [siteAt(lent.other, "This is used after it")];
  return lent.of === "parameter" && lent.scope !== null ? [siteAt(lent.scope.declarations[0].id, "The caller's scope disposes it too")] : [];
}
