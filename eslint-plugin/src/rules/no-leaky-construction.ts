import type { TSESTree } from "@typescript-eslint/utils";

import { constructOnStack, fillOnStack, moveIntoObject, type Held } from "../edits/stacks/hold-until-made.js";
import { suggest } from "../edits/text/edit.js";
import { fateOf } from "../flow/fate/acquisition-fate.js";
import { unfinishedArguments, unfinishedCollection, unfinishedFields, type Unfinished } from "../ownership/classes/construction.js";
import { lineOf } from "../text.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { certainOnly, graded, gradeSchema, speaksOf, type GradeOptions } from "./grade.js";
import { article, shown, wordsOf } from "./leak.js";
import { acquiredAt, siteAt } from "./sites.js";
import { spelled, stackText } from "./words.js";

export default createRule<GradeOptions, "argument" | "collection" | "constructor" | "factory" | "hold">({
  name: "no-leaky-construction",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow constructors and static factories that lose a resource when they fail halfway",
      recommended: "strict",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      ...graded({
        argument: "If `{{risk}}` on line {{line}} throws, the {{type}} acquired by `{{call}}` stays open: the object that is to hold it is never made. Hold it in {{stack}}, and `move()` that into the object.",
        collection: "`{{name}}` collects what `{{call}}` acquires in a loop. If a later turn throws on line {{line}}, each {{type}} of the earlier ones stays open: the object that is to hold them is never made. Give each to {{stack}}, and `move()` that into the object.",
        constructor: "If {{risk}} on line {{line}} fails the construction, `{{name}}`, {{type}} acquired by `{{call}}`, stays open: nobody gets the object that holds it. Acquire it last, or dispose it in a `catch`.",
        factory: "If `{{risk}}` on line {{line}} throws, `{{name}}`, {{type}} acquired by `{{call}}`, stays open: the object that is to hold it is never made. Hold it in {{stack}}, and `move()` that into the object.",
      }),
      hold: "Hold what is acquired on a stack declared with `{{keyword}}` until the object is made; `move()` leaves it open then.",
    },
    schema: gradeSchema,
    defaultOptions: certainOnly,
  },
  create(context, options) {
    const code = typedCodeOf(context);
    const held = (stack: Held | null): ReturnType<typeof suggest<"hold">> => suggest("hold", { keyword: stack?.keyword ?? "" }, stack?.edits ?? null);

    function checkHeld(node: TSESTree.CallExpression | TSESTree.NewExpression): void {
      const fate = fateOf(code, node);
      if (fate.is !== "leaks-in-construction") return;
      const { holder, risk } = fate;
      if (!speaksOf(holder.acquisition, options)) return;
      reportFinding(context, {
        acquisition: holder.acquisition,
        node: holder.binding,
        messageId: "factory",
        data: { ...wordsOf(code, holder), stack: stackText(code, keywordFor(holder)), risk: spelled(code, risk), line: lineOf(risk) },
        suggest: held(moveIntoObject(code, holder) ?? constructOnStack(code, holder.acquisition)),
        sites: () => [acquiredAt(holder), riskAt(risk)],
      });
    }

    function checkArgument({ acquisition, holder, risk }: Unfinished): void {
      if (!speaksOf(acquisition, options)) return;
      reportFinding(context, {
        acquisition,
        node: holder,
        messageId: "argument",
        data: { type: acquisition.resource.name, call: acquisition.text, stack: stackText(code, keywordFor({ acquisition })), risk: spelled(code, risk), line: lineOf(risk) },
        suggest: held(constructOnStack(code, acquisition)),
        sites: () => [riskAt(risk)],
      });
    }

    return {
      CallExpression: checkHeld,
      NewExpression(node) {
        checkHeld(node);
        for (const unfinished of unfinishedArguments(code, node)) checkArgument(unfinished);
      },
      VariableDeclarator(declarator) {
        const filling = unfinishedCollection(code, declarator);
        if (filling === null) return;
        const { collection: { acquisitions, binding, resource }, risk } = filling;
        const acquisition = acquisitions.find((each) => speaksOf(each, options));
        if (acquisition === undefined) return;
        reportFinding(context, {
          acquisition,
          node: binding,
          messageId: "collection",
          data: { name: binding.name, type: resource.name, call: acquisition.text, stack: stackText(code, keywordFor({ acquisition })), line: lineOf(risk) },
          sites: () => [riskAt(risk)],
        });
      },
      ClassBody(body) {
        for (const { acquisition, holder, risk } of unfinishedFields(code, body)) {
          if (!speaksOf(acquisition, options)) continue;
          const name = shown(code, holder);
          reportFinding(context, {
            acquisition,
            node: holder,
            messageId: "constructor",
            data: { name, type: article(acquisition.resource.name), call: acquisition.text, risk: risk.type === "ThrowStatement" ? "the `throw`" : `\`${spelled(code, risk)}\``, line: lineOf(risk) },
            suggest: held(fillOnStack(code, holder)),
            sites: () => [acquiredAt({ acquisition, name }), riskAt(risk)],
          });
        }
      },
    };
  },
});

/** The keyword for a stack that holds a resource. */
function keywordFor({ acquisition: { resource } }: Pick<Unfinished, "acquisition">): "await using" | "using" {
  return resource.kind === "async" || resource.release?.isAsync === true ? "await using" : "using";
}

function riskAt(risk: TSESTree.Node): ReturnType<typeof siteAt> {
  return siteAt(risk, risk.type === "ThrowStatement" ? "This throws" : "This may throw");
}
