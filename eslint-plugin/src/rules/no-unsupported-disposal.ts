import { AST_NODE_TYPES, type TSESTree } from "@typescript-eslint/utils";

import { callInPlace, hoistHead } from "../edits/scopes/replace-unsupported.js";
import { suggest } from "../edits/text/edit.js";
import { misusedGenerator } from "../ownership/generators/misused-generator.js";
import { disposerAt } from "../ownership/release/disposer.js";
import { capturedIn, globalRead, refusedDisposer, retryLoopAround, scopedGenerator } from "../ownership/scopes/unsupported.js";
import { allows, declaredNode, lowest, type DeclaredNode } from "../platform/node.js";
import { callText } from "../text.js";
import { codeOf, createRule, reportFinding } from "./create-rule.js";
import { siteAt } from "./sites.js";

type Finding = "disposer" | "generator" | "head" | "missing" | "retry";
type Options = [{ readonly lowering?: "esbuild"; readonly node?: string }];

const instead: Readonly<Record<string, string>> = {
  AsyncDisposableStack: "Nest `await using` scopes instead, load a polyfill, or raise the range",
  DisposableStack: "Nest `using` scopes instead, load a polyfill, or raise the range",
  SuppressedError: 'Compare `error.name === "SuppressedError"` instead, load a polyfill, or raise the range',
};

export default createRule<Options, Finding | "arrow" | "hoist">({
  name: "no-unsupported-disposal",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow disposal that the declared versions of Node lack or break",
      recommended: "recommended",
      requiresTypeChecking: false,
    },
    hasSuggestions: true,
    messages: {
      disposer: "{{by}} allows Node 24, which refuses {{what}} as a disposer: `using` and `use()` throw a TypeError, and this stays open. Write a method, or an arrow function.",
      generator: "{{by}} allows Node {{version}}, where {{kind}} have no disposer (they have one from Node 24 on): this scope throws a TypeError, and {{call}} is never closed. Iterate it by {{loop}}, or make it a manager.",
      head: "{{by}} allows Node 24, which can crash (a segmentation fault) where the head of a `for` declares `await using` and a closure captures `{{captured}}`. Declare `{{name}}` in a block around the loop.",
      missing: "{{by}} allows Node {{version}}, where `{{name}}` does not exist (it does from Node 24 on): this throws a ReferenceError. {{instead}}.",
      retry: "esbuild lowers this scope so that a pass of the loop that fails makes every later pass throw the same error again: the retry never succeeds. Move the body with `{{name}}` into a function, and call it in the loop.",
      arrow: "Write it as an arrow function, which calls `{{called}}` the same way.",
      hoist: "Declare `{{name}}` in a block around the loop: it is disposed after the last pass, as before.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          lowering: {
            description: "What lowers `using` to older syntax. `esbuild` has a defect of its own.",
            enum: ["esbuild"],
            type: "string",
          },
          node: {
            description: "The versions of Node that the code runs on, instead of `engines.node` of the nearest package.json.",
            type: "string",
          },
        },
      },
    ],
    defaultOptions: [{}],
  },
  create(context, [{ lowering, node }]) {
    const code = codeOf(context);
    const { filename } = context;
    let known: DeclaredNode | null | undefined;
    /** Read only where something may be unsupported. */
    const declared = (versions: string): DeclaredNode | null => {
      if (known === undefined) known = declaredNode(filename, node);
      return known !== null && allows(known, versions) ? known : null;
    };
    const words = (range: DeclaredNode): Readonly<Record<"by" | "version", string>> => ({ by: capitalized(range.by), version: lowest(range) });

    function checkGlobal(identifier: TSESTree.Identifier): void {
      const name = globalRead(code, identifier);
      if (name === null) return;
      // Where the types lack it TypeScript says so (TS2304); where the project declares it, it brings it.
      if (code.types !== null && !code.isJavaScript && !code.types.hasLibraryGlobal(name)) return;
      const range = declared("<24");
      if (range === null || range.polyfilled) return;
      reportFinding(context, { node: identifier, messageId: "missing", data: { ...words(range), name, instead: instead[name] ?? "" }, sites: () => [] });
    }

    return {
      ":matches(Identifier[name='AsyncDisposableStack'], Identifier[name='DisposableStack'], Identifier[name='SuppressedError'])": checkGlobal,
      ForStatement(loop) {
        const { init } = loop;
        // The types know no such head yet.
        if (init?.type !== AST_NODE_TYPES.VariableDeclaration || (init.kind as string) !== "await using") return;
        const captured = capturedIn(code, loop);
        const range = captured === null ? null : declared("24.x");
        const [declarator] = init.declarations;
        if (captured === null || range === null || declarator?.id.type !== AST_NODE_TYPES.Identifier) return;
        const data = { ...words(range), captured: captured.name, name: declarator.id.name };
        reportFinding(context, { node: init, messageId: "head", data, suggest: suggest("hoist", data, hoistHead(code, loop)), sites: () => captured.identifiers.map((at) => siteAt(at, "A closure captures this")) });
      },
      "MemberExpression[object.name='Symbol']"(key: TSESTree.MemberExpression) {
        const disposer = disposerAt(code, key);
        const what = disposer === null ? null : refusedDisposer(code, disposer.value);
        if (disposer === null || what === null) return;
        const range = declared(">=24 <25.9");
        if (range === null) return;
        const arrow = callInPlace(code, disposer.value);
        reportFinding(context, { node: key, messageId: "disposer", data: { ...words(range), what }, suggest: suggest("arrow", { called: arrow?.called ?? "" }, arrow?.edits ?? null), sites: () => [siteAt(disposer.value, `This is ${what}`)] });
      },
      "VariableDeclaration[kind=/using$/]"(declaration: TSESTree.VariableDeclaration) {
        for (const declarator of declaration.declarations) {
          const kind = scopedGenerator(code, declarator);
          if (kind === null || declarator.init?.type !== AST_NODE_TYPES.CallExpression || misusedGenerator(code, declarator.init) !== null) continue;
          // Where the types have no disposer for it TypeScript says so (TS2851).
          if (code.types !== null && !code.isJavaScript && code.types.resource(declarator.init).kind === "none") continue;
          const range = declared("<24");
          if (range === null || range.polyfilled) continue;
          reportFinding(context, {
            node: declarator.id,
            messageId: "generator",
            data: { ...words(range), call: `\`${callText(code, declarator.init)}\``, kind: kind === "async" ? "async generators" : "generators", loop: kind === "async" ? "`for await`" : "`for…of`" },
            sites: () => [],
          });
        }
        if (lowering !== "esbuild") return;
        const loop = retryLoopAround(declaration);
        const [{ id }] = declaration.declarations;
        if (loop === null || id.type !== AST_NODE_TYPES.Identifier) return;
        reportFinding(context, { node: id, messageId: "retry", data: { name: id.name }, sites: () => [siteAt(loop, "Every later pass of this loop fails")] });
      },
    };
  },
});

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
