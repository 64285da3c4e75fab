import type { TSESTree } from "@typescript-eslint/utils";

import { makeClassDisposable } from "../edits/classes/disposable-class.js";
import { isAcquiredAnew, needsAwait, writeHook } from "../edits/classes/lifecycle-hook.js";
import { suggest } from "../edits/text/edit.js";
import { lostGatherings } from "../ownership/classes/collection-field.js";
import { lifecycleOf } from "../ownership/classes/lifecycle.js";
import { isSingleton, neglectIn, teardownsOf } from "../ownership/classes/teardown.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { certainOnly, graded, gradeSchema, speaksOf, type GradeOptions } from "./grade.js";
import { classText, fieldSites, wordsOfField } from "./fields.js";
import { releaseText } from "./leak.js";
import type { Site } from "./related-sites.js";
import { siteAt } from "./sites.js";

export default createRule<GradeOptions, "gathered" | "hook" | "kept" | "makeDisposable" | "manual" | "writeHook">({
  name: "require-disposable-owner",
  meta: {
    type: "problem",
    docs: {
      description: "Require a class that keeps a resource it acquired to have a disposer",
      recommended: "recommended",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      ...graded({
        gathered: "{{owner}} gathers what `{{call}}` acquires in `{{field}}` and disposes it nowhere: each {{type}} stays open when the object is no longer needed. Dispose them in {{place}}, or gather them on a stack that is disposed there.",
        hook: "{{owner}} keeps {{type}} in `{{field}}`, acquired by `{{call}}`{{others}}, and disposes it nowhere: it stays open when {{framework}} lets go of the object. Dispose it in `{{hook}}()`, which {{framework}} calls{{manner}}.{{anew}}",
        kept: "{{owner}} keeps {{type}} in `{{field}}`, acquired by `{{call}}`{{others}}, and has no disposer: nobody can close it when the object is no longer needed. Give the class a `[Symbol.{{symbol}}]()` that disposes it, and bind its instances with `{{keyword}}`.",
        manual: "{{owner}} keeps {{type}} in `{{field}}`, acquired by `{{call}}`{{others}}, and releases it nowhere: nobody can close it when the object is no longer needed. Give the class a `[Symbol.{{symbol}}]()` that calls `{{release}}`, and bind its instances with `{{keyword}}`.",
      }),
      makeDisposable: "Make the class {{contract}}; whoever makes an instance must then dispose it.",
      writeHook: "Write `{{hook}}()`, which disposes what the class acquired.",
    },
    schema: gradeSchema,
    defaultOptions: certainOnly,
  },
  create(context, options) {
    const code = typedCodeOf(context);

    function checkGathered(declared: TSESTree.ClassDeclaration): void {
      const { body, declare: isAmbient, superClass } = declared;
      if (isAmbient || superClass !== null || teardownsOf(code, body).length > 0) return;
      const first = lostGatherings(code, body).find(({ acquisition }) => speaksOf(acquisition, options));
      if (first === undefined || isSingleton(code, declared)) return;
      const { acquisition, key, name } = first;
      const lifecycle = lifecycleOf(code, declared);
      const symbol = needsAwait(acquisition) ? "asyncDispose" : "dispose";
      reportFinding(context, {
        acquisition,
        node: declared.id ?? key,
        messageId: "gathered",
        data: {
          owner: classText(declared),
          field: name,
          call: acquisition.text,
          type: acquisition.resource.name,
          place: lifecycle === null ? `a \`[Symbol.${symbol}]()\` of the class` : `\`${lifecycle.end}()\`, which ${lifecycle.framework} calls`,
        },
        sites: () => [siteAt(key, "This field gathers them"), siteAt(acquisition.call, `What \`${name}\` gathers is acquired here`)],
      });
    }

    return {
      ClassDeclaration(declared) {
        const neglect = neglectIn(code, declared);
        if (neglect === null) {
          checkGathered(declared);
          return;
        }
        if (neglect.teardowns.length > 0 || neglect.inherits || isSingleton(code, declared)) return;
        const [first, ...more] = neglect.fields.filter(({ acquisition }) => speaksOf(acquisition, options));
        if (first === undefined) return;
        const fields = [first, ...more] as const;
        const release = releaseText(first.acquisition.resource, `this.${first.name}`);
        const isAsync = fields.some(needsAwait);
        const names = fields.slice(1).map(({ name }) => `\`${name}\``);
        const words = { ...wordsOfField(first), owner: classText(declared), others: names.length === 0 ? "" : `, and others in ${names.join(", ")}` };
        const sites = (): readonly Site[] => fields.flatMap((field) => [siteAt(field.key, "This field keeps it"), ...fieldSites(field)]);
        const node = declared.id ?? first.key;
        const lifecycle = lifecycleOf(code, declared);
        if (lifecycle !== null) {
          const { awaits, begin, end, framework } = lifecycle;
          const data = { ...words, framework, hook: end, manner: isAsync ? (awaits ? " and awaits" : " but does not await") : "" };
          const anew = begin === null || fields.every((field) => isAcquiredAnew(declared.body, lifecycle, field)) ? "" : ` Acquire it in \`${begin}()\`, as the object may begin anew.`;
          reportFinding(context, { acquisition: first.acquisition, node, messageId: "hook", data: { ...data, anew }, suggest: suggest("writeHook", data, writeHook(code, declared, lifecycle, fields)), sites });
          return;
        }
        const made = declared.superClass === null && declared.decorators.length === 0 ? makeClassDisposable(code, declared) : null;
        reportFinding(context, {
          acquisition: first.acquisition,
          node,
          messageId: release === null ? "kept" : "manual",
          data: {
            ...words,
            symbol: isAsync ? "asyncDispose" : "dispose",
            keyword: isAsync ? "await using" : "using",
            release: release ?? "",
          },
          suggest: suggest("makeDisposable", { contract: made?.contract === "Disposable" ? "a `Disposable`" : "an `AsyncDisposable`" }, made?.refused === null ? made.edits : null),
          sites,
        });
      },
    };
  },
});
