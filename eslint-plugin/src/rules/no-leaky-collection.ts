import { keywordFor } from "../edits/scopes/using.js";
import { registerEach } from "../edits/stacks/register-each.js";
import { suggest } from "../edits/text/edit.js";
import { scopeOf } from "../flow/scope.js";
import { collectionToReturn } from "../ownership/classes/construction.js";
import { abandonedCollection } from "../ownership/several/collection.js";
import { lineOf } from "../text.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { certainOnly, graded, gradeSchema, speaksOf, type GradeOptions } from "./grade.js";
import { exitText } from "./leak.js";
import { siteAt } from "./sites.js";
import { stackText } from "./words.js";

export default createRule<GradeOptions, "collection" | "manual" | "returned" | "stack">({
  name: "no-leaky-collection",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow a local collection of acquired resources that nobody disposes",
      recommended: "strict",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      ...graded({
        collection: "`{{name}}` collects what `{{call}}` acquires on line {{line}}, and nobody disposes it: each {{type}} is still open at {{exit}}. Give each to {{stack}}.",
        returned: "`{{name}}` collects what `{{call}}` acquires in a loop. If a later turn throws on line {{line}}, each {{type}} of the earlier ones stays open: nobody has `{{name}}` before it is returned. Give each to {{stack}}, and `move()` that ahead of the `return`.",
        manual: "`{{name}}` collects what `{{call}}` acquires on line {{line}}, and nobody disposes it: each {{type}} is still open at {{exit}}. It has no disposer, so call `{{release}}()` of each in a `finally`.",
      }),
      stack: "Give each to a stack declared with `{{keyword}}`, which disposes them at the end of this block, the last one first.",
    },
    schema: gradeSchema,
    defaultOptions: certainOnly,
  },
  create(context, options) {
    const code = typedCodeOf(context);
    return {
      VariableDeclarator(declarator) {
        const unreturned = collectionToReturn(code, declarator);
        if (unreturned !== null) {
          const { collection: { acquisitions, binding, resource }, risk } = unreturned;
          const acquisition = acquisitions.find((each) => speaksOf(each, options));
          if (acquisition === undefined) return;
          reportFinding(context, {
            acquisition,
            node: binding,
            messageId: "returned",
            data: { name: binding.name, type: resource.name, call: acquisition.text, stack: stackText(code, keywordFor(resource.kind)), line: lineOf(risk) },
            sites: () => [siteAt(risk, "When this fails in a later turn, the earlier ones are lost")],
          });
          return;
        }
        const collection = abandonedCollection(code, declarator);
        const scope = collection === null ? null : scopeOf(collection.variable);
        if (collection === null || scope === null) return;
        const { acquisitions, binding, resource } = collection;
        const acquisition = acquisitions.find((each) => speaksOf(each, options));
        if (acquisition === undefined) return;
        const keyword = keywordFor(resource.kind);
        reportFinding(context, {
          acquisition,
          node: binding,
          messageId: resource.release === null ? "collection" : "manual",
          data: {
            call: acquisition.text,
            exit: exitText(code, { by: "end", node: scope.end, risk: null }),
            line: lineOf(acquisition.call),
            name: binding.name,
            release: resource.release?.name ?? "",
            stack: stackText(code, keyword),
            type: resource.name,
          },
          suggest: suggest("stack", { keyword }, registerEach(code, collection)),
          sites: () => acquisitions.map(({ call }) => siteAt(call, `What this acquires is kept by \`${binding.name}\``)),
        });
      },
    };
  },
});
