import type { TSESTree } from "@typescript-eslint/utils";

import { keepOpen } from "../edits/scopes/let-go.js";
import { suggest } from "../edits/text/edit.js";
import { usesAfterEvaluation, type UseAfterEvaluation } from "../ownership/lifetime/module-resource.js";
import { isInside } from "../ownership/values/functions.js";
import { variableOf, type Variable } from "../ownership/values/variables.js";
import { lineOf } from "../text.js";
import { codeOf, createRule, reportFinding } from "./create-rule.js";
import type { Site } from "./related-sites.js";
import { nameSite, siteAt } from "./sites.js";
import { typeOf } from "./words.js";

export default createRule({
  name: "no-module-using",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow a module-level `using` whose resource is needed after the module has been evaluated",
      recommended: "recommended",
      requiresTypeChecking: false,
    },
    hasSuggestions: true,
    messages: {
      callback: "`{{keyword}}` disposes `{{name}}`, {{type}}, as soon as this module has been evaluated, and the callback given to `{{late}}()` on line {{line}} uses it later. Declare it with `const`, and dispose it when the program ends.",
      export: "`{{keyword}}` disposes `{{name}}`, {{type}}, as soon as this module has been evaluated, before importers use `{{late}}` (line {{line}}). Declare it with `const`, and dispose it when the program ends.",
      keep: "Declare it with `const`: it stays open until somebody disposes it, or the program ends.",
    },
    schema: [],
  },
  create(context) {
    const code = codeOf(context);
    return {
      "Program > VariableDeclaration[kind=/using$/]"(declaration: TSESTree.VariableDeclaration) {
        for (const { id } of declaration.declarations as TSESTree.VariableDeclarator[]) {
          const variable = id.type === "Identifier" ? variableOf(code, id) : null;
          const uses = variable === null ? [] : usesAfterEvaluation(code, variable);
          const [first] = uses;
          if (variable === null || first === undefined) continue;
          const { at, by, name: late } = first;
          reportFinding(context, {
            node: id,
            messageId: by,
            data: { keyword: declaration.kind, late, line: lineOf(at), name: variable.name, type: typeOf(code, variable) },
            suggest: suggest("keep", {}, keepOpen(declaration)),
            sites: () => uses.flatMap((use) => lateUseSites(variable, use)),
          });
        }
      },
    };
  },
});

function lateUseSites({ name }: Variable, { at, by, name: late, reference }: UseAfterEvaluation): readonly Site[] {
  const keeper = siteAt(at, by === "export" ? `\`${late}\` is exported here` : "Its callback runs later");
  return by === "export" && isInside(reference, at) ? [keeper] : [keeper, nameSite(reference, `\`${name}\` is disposed by then`)];
}
