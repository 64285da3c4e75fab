import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { disposalOf, makeClassDisposable } from "../edits/classes/disposable-class.js";
import { appendTo } from "../edits/placement/function-end.js";
import { suggest, type Edit } from "../edits/text/edit.js";
import { lostGatherings, type CollectionField } from "../ownership/classes/collection-field.js";
import type { OwnedField } from "../ownership/classes/fields.js";
import { neglectIn, teardownsOf, type Teardown } from "../ownership/classes/teardown.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { certainOnly, graded, gradeSchema, speaksOf, type GradeOptions } from "./grade.js";
import { classText, fieldSites, wordsOfField } from "./fields.js";
import { siteAt } from "./sites.js";

type Effect = "append" | "override";
type Finding = "gathered" | "inherited" | "missed" | "synchronous";

export default createRule<GradeOptions, Effect | Finding>({
  name: "require-field-disposal",
  meta: {
    type: "problem",
    docs: {
      description: "Require a class that can be disposed to dispose the fields that it acquired",
      recommended: "recommended",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      ...graded({
        gathered: "`{{field}}` gathers what `{{call}}` acquires, and `{{teardown}}` leaves it alone: each {{type}} is still open when the object is disposed. Dispose them there, or gather them on a stack that it disposes.",
        inherited: "`{{field}}` holds {{type}} acquired by `{{call}}`, of which the disposer that {{owner}} inherits knows nothing: it stays open when the object is disposed. Override that disposer, write `{{statement}}` in it, and call `super`.",
        missed: "`{{field}}` holds {{type}} acquired by `{{call}}`, and `{{teardown}}` does not dispose it: it stays open when the object is disposed. Write `{{statement}}` there.",
        synchronous: "`{{field}}` holds {{type}} acquired by `{{call}}`, and {{owner}} has only `{{teardown}}`, which cannot await its disposal: it stays open when the object is disposed. Give the class an `async [Symbol.asyncDispose]()` that writes `{{statement}}`, and bind its instances with `await using`.",
      }),
      append: "Write `{{statement}}` at the end of `{{teardown}}`.",
      override: "Override the disposer: dispose what the class acquired, then call `super`.",
    },
    schema: gradeSchema,
    defaultOptions: certainOnly,
  },
  create(context, options) {
    const code = typedCodeOf(context);
    return {
      ClassDeclaration(declared) {
        for (const { field, teardown } of lost(code, declared.body)) {
          const { acquisition, key, name } = field;
          if (!speaksOf(acquisition, options)) continue;
          reportFinding(context, {
            acquisition,
            node: key,
            messageId: "gathered",
            data: { field: name, call: acquisition.text, type: acquisition.resource.name, teardown: teardown.text },
            sites: () => [siteAt(acquisition.call, `What \`${name}\` gathers is acquired here`), siteAt(teardown.member.key, "This leaves it alone")],
          });
        }
        const neglect = neglectIn(code, declared);
        if (neglect === null || (neglect.teardowns.length === 0 && !neglect.inherits)) return;
        for (const field of neglect.fields.filter(({ acquisition }) => speaksOf(acquisition, options))) {
          const teardown = teardownFor(code, field, neglect.teardowns);
          const statement = statementFor(field, teardown);
          const finding = teardown === null ? "inherited" : statement.startsWith("await ") && isSynchronous(neglect.teardowns) ? "synchronous" : "missed";
          const words = { ...wordsOfField(field), owner: classText(declared), statement, teardown: teardown?.text ?? "" };
          reportFinding(context, {
            acquisition: field.acquisition,
            node: field.key,
            messageId: finding,
            data: words,
            suggest: finding === "inherited" ? suggest("override", {}, overrideIn(code, declared, neglect.fields)) : suggest("append", words, appendIn(code, field, neglect.teardowns, teardown, statement)),
            sites: () => [...fieldSites(field), ...(teardown === null ? [] : [siteAt(teardown.member.key, "This does not dispose it")])],
          });
        }
      },
    };
  },
});

/** What a class gathers and its first teardown, which leaves that alone, as all the others do. */
function lost(code: Code, body: TSESTree.ClassBody): readonly { readonly field: CollectionField; readonly teardown: Teardown }[] {
  const [teardown] = teardownsOf(code, body);
  return teardown === undefined ? [] : lostGatherings(code, body).map((field) => ({ field, teardown }));
}

/** The member in which a field's disposal is missed most: one that can await it, a symbol before a name. */
function teardownFor(code: Code, { resource: { kind, release } }: OwnedField, teardowns: readonly Teardown[]): Teardown | null {
  const needsAwait = kind === "async" || release?.isAsync === true;
  const fitting = teardowns.filter((each) => each.symbol === "asyncDispose" || (each.body !== null && code.types?.returnsPromise(each.body) === "always") || !needsAwait);
  return fitting.find(({ by }) => by === "symbol") ?? fitting[0] ?? teardowns[0] ?? null;
}

/** Whether nothing but the synchronous disposer lets go of what a class holds. */
function isSynchronous(teardowns: readonly Teardown[]): boolean {
  return teardowns.every(({ symbol }) => symbol === "dispose");
}

/** The disposal to write, synchronous in a disposer that is. */
function statementFor(field: OwnedField, teardown: Teardown | null): string {
  const { resource } = field;
  return disposalOf(teardown?.symbol === "dispose" && resource.both ? { ...field, resource: { ...resource, kind: "sync" } } : field);
}

/** Withheld where another disposer would miss it still, and where the field has something else by then. */
function appendIn(code: Code, { writes }: OwnedField, teardowns: readonly Teardown[], teardown: Teardown | null, statement: string): readonly Edit[] | null {
  const isOnlySymbol = teardowns.filter(({ by }) => by === "symbol").length < 2;
  if (teardown?.body == null || !isOnlySymbol || writes.some(({ member }) => member === teardown.member)) return null;
  return appendTo(code, teardown.body, statement);
}

/** Withheld where it leaves another of the fields out. */
function overrideIn(code: Code, declared: TSESTree.ClassDeclaration, fields: readonly OwnedField[]): readonly Edit[] | null {
  const made = fields.some(({ resource }) => resource.release !== null) ? null : makeClassDisposable(code, declared);
  return made?.refused === null ? made.edits : null;
}
