import { makeClassDisposable } from "../edits/disposable-class.js";
import { suggest } from "../edits/edit.js";
import { isSingleton, neglectIn } from "../ownership/teardown.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { classText, fieldSites, wordsOfField } from "./fields.js";
import { releaseText } from "./leak.js";
import { siteAt } from "./sites.js";

export default createRule<[], "kept" | "makeDisposable" | "manual">({
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
      kept: "{{owner}} keeps {{type}} in `{{field}}`, acquired by `{{call}}`{{others}}, and has no disposer: nobody can close it when the object is no longer needed. Give the class a `[Symbol.{{symbol}}]()` that disposes it, and bind its instances with `{{keyword}}`.",
      manual: "{{owner}} keeps {{type}} in `{{field}}`, acquired by `{{call}}`{{others}}, and releases it nowhere: nobody can close it when the object is no longer needed. Give the class a `[Symbol.{{symbol}}]()` that calls `{{release}}`, and bind its instances with `{{keyword}}`.",
      makeDisposable: "Make the class {{contract}}; whoever makes an instance must then dispose it.",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);
    return {
      ClassDeclaration(declared) {
        const neglect = neglectIn(code, declared);
        if (neglect === null || neglect.teardowns.length > 0 || neglect.inherits || isSingleton(code, declared)) return;
        const { fields } = neglect;
        const [first] = fields;
        const release = releaseText(first.acquisition.resource, `this.${first.name}`);
        const isAsync = fields.some(({ resource: { kind, release: method } }) => kind === "async" || method?.isAsync === true);
        const others = fields.slice(1).map(({ name }) => `\`${name}\``);
        const made = declared.superClass === null && declared.decorators.length === 0 ? makeClassDisposable(code, declared) : null;
        reportFinding(context, {
          node: declared.id ?? first.key,
          messageId: release === null ? "kept" : "manual",
          data: {
            ...wordsOfField(first),
            owner: classText(declared),
            others: others.length === 0 ? "" : `, and others in ${others.join(", ")}`,
            symbol: isAsync ? "asyncDispose" : "dispose",
            keyword: isAsync ? "await using" : "using",
            release: release ?? "",
          },
          suggest: suggest("makeDisposable", { contract: made?.contract === "Disposable" ? "a `Disposable`" : "an `AsyncDisposable`" }, made?.refused === null ? made.edits : null),
          sites: () => fields.flatMap((field) => [siteAt(field.key, "This field keeps it"), ...fieldSites(field)]),
        });
      },
    };
  },
});
