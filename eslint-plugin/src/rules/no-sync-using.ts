import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { canAwait } from "../edits/placement/placement.js";
import { rescope } from "../edits/scopes/change-keyword.js";
import { suggest } from "../edits/text/edit.js";
import { waitsForNothing } from "../ownership/release/equivalent-release.js";
import { givenBy, givenByElements, type Given } from "../ownership/scopes/given-resource.js";
import { functionAround } from "../ownership/values/functions.js";
import { codeOf, createRule, reportFinding } from "./create-rule.js";
import { article, shown } from "./leak.js";
import type { Site } from "./related-sites.js";
import { asyncSites, disposerSites, siteAt } from "./sites.js";
import { spelled } from "./words.js";

type Finding = "asyncOnly" | "both" | "promise" | "promises";
type Options = [{ readonly both: "allow" | "report" }];

export default createRule<Options, Finding | "awaitPromise" | "awaitUsing">({
  name: "no-sync-using",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow `using` for what only `await using` can dispose",
      recommended: "recommended",
      requiresTypeChecking: false,
    },
    hasSuggestions: true,
    messages: {
      asyncOnly: "`{{name}}` is {{type}}, which only `await using` can dispose: `using` throws a TypeError here and leaves it open. Declare it with `await using`.",
      both: "`using` disposes `{{name}}` by the synchronous disposer of {{type}} and skips the asynchronous one, so the code goes on before its cleanup is done. Declare it with `await using`.",
      promise: "`{{call}}` gives a promise, and `using` throws a TypeError on a promise: what opens later is never disposed. Write `{{keyword}} {{name}} = await {{call}}`.",
      promises: "`{{call}}` holds promises, and `using` throws a TypeError on a promise: what opens later is never disposed. Write `for await ({{keyword}} {{name}} of {{call}})`.",
      awaitPromise: "Await the promise, and dispose what it gives with `{{keyword}}`.",
      awaitUsing: "Declare it with `await using`, which waits for the asynchronous disposal at the end of the scope.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          both: {
            description: "Whether `using` in async code is reported for a resource that has both disposers.",
            enum: ["allow", "report"],
            type: "string",
          },
        },
      },
    ],
    defaultOptions: [{ both: "allow" }],
  },
  create(context, [{ both }]) {
    const code = codeOf(context);

    /** What is chosen between two disposers: the file's declarations tell together whether that is a habit. */
    const choices: (() => void)[] = [];
    let waitsElsewhere = false;

    function check(declarator: TSESTree.VariableDeclarator, source: TSESTree.Node, given: Given | null): void {
      const finding = given === null ? null : findingOf(declarator.parent, given);
      if (given === null || finding === null) return;
      if (finding === "both") choices.push(() => { report(declarator, source, given, finding); });
      else report(declarator, source, given, finding);
    }

    function report(declarator: TSESTree.VariableDeclarator, source: TSESTree.Node, given: Given, finding: Finding): void {
      const keyword = given.kind === "sync" ? "using" : "await using";
      const { id, parent: declaration } = declarator;
      reportFinding(context, {
        node: id,
        messageId: finding,
        data: {
          call: spelled(code, finding === "promise" ? given.at : source),
          keyword,
          name: id.type === "Identifier" ? id.name : shown(code, id),
          type: article(given.type),
        },
        suggest: suggest(given.promised ? "awaitPromise" : "awaitUsing", { keyword }, rescope(code, declaration, keyword, given.promised ? given.at : null)),
        sites: () => asynchronySites(code, finding, given),
      });
    }

    /** What each declarator of a scope is given, in place or by the loop whose head it stands in. */
    function givensOf({ declarations, parent }: TSESTree.VariableDeclaration): readonly { readonly declarator: TSESTree.VariableDeclarator; readonly given: Given | null; readonly source: TSESTree.Node }[] {
      return (declarations as TSESTree.VariableDeclarator[]).flatMap((declarator) => {
        if (declarator.init !== null) return [{ declarator, given: givenBy(code, declarator.init), source: declarator.init }];
        return parent.type === "ForOfStatement" ? [{ declarator, given: givenByElements(code, parent), source: parent.right }] : [];
      });
    }

    function findingOf(declaration: TSESTree.VariableDeclaration, given: Given): Finding | null {
      const inHead = declaration.parent.type === "ForOfStatement";
      // TypeScript itself refuses both in a plain declaration, unless a cast to any hides them (TS2850).
      const refused = !inHead && !code.isJavaScript && !given.hidden;
      if (given.promised) return refused ? null : inHead ? "promises" : "promise";
      if (given.kind !== "async") return null;
      if (!given.both) return refused ? null : "asyncOnly";
      return both === "report" && isAsyncCode(code, declaration) && !waitsForNothing(code, given.at) ? "both" : null;
    }

    return {
      "Program:exit"() {
        // Who chooses so each time, and never otherwise, has chosen.
        if (choices.length === 1 || waitsElsewhere) for (const choice of choices) choice();
      },
      "VariableDeclaration[kind='await using']"(declaration: TSESTree.VariableDeclaration) {
        if (both === "report") waitsElsewhere ||= givensOf(declaration).some(({ given }) => given?.both === true);
      },
      "VariableDeclaration[kind='using']"(declaration: TSESTree.VariableDeclaration) {
        for (const { declarator, given, source } of givensOf(declaration)) check(declarator, source, given);
      },
    };
  },
});

function asynchronySites(code: Code, finding: Finding, { at, type }: Given): readonly Site[] {
  switch (finding) {
    case "asyncOnly":
      return [siteAt(at, `Only \`await using\` can dispose ${article(type)}`), ...disposerSites(code, at)];
    case "both":
      return [siteAt(at, `${type} has an asynchronous disposer too`), ...disposerSites(code, at)];
    case "promise":
      return [siteAt(at, "This gives a promise"), ...asyncSites(code, at)];
    case "promises":
      return [siteAt(at, "This holds promises")];
  }
}

/** Where `await` may stand; at the top level of a module only if the initializer awaits, as CommonJS looks the same. */
function isAsyncCode(code: Code, declaration: TSESTree.VariableDeclaration): boolean {
  if (!canAwait(code, declaration)) return false;
  return functionAround(declaration) !== null || declaration.declarations[0].init?.type === "AwaitExpression";
}
