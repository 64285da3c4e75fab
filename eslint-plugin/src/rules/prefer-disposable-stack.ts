import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { merged } from "../edits/by-hand/flatten.js";
import { onStack } from "../edits/stacks/onto-stack.js";
import { suggest } from "../edits/text/edit.js";
import { disposalIn } from "../ownership/release/release-statement.js";
import { nestedScopes, type LateAcquired, type Unwinding } from "../ownership/several/unwinding.js";
import { unwrap } from "../ownership/values/destination.js";
import { isScoped } from "../ownership/values/variables.js";
import { lineOf } from "../text.js";
import { createRule, reportFinding, typedCodeOf } from "./create-rule.js";
import { article } from "./leak.js";
import type { Site } from "./related-sites.js";
import { siteAt } from "./sites.js";
import { spelled } from "./words.js";

type Finding = Unwinding["is"] | "blocks";

export default createRule<[], Finding | "merge" | "stack">({
  name: "prefer-disposable-stack",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require a stack where `finally` undoes by hand what was done step by step",
      recommended: "strict",
      requiresTypeChecking: true,
    },
    hasSuggestions: true,
    messages: {
      blocks: "These {{count}} blocks (lines {{lines}}) have a scope each and all end at the same place. Declare {{names}} side by side in one block: it disposes them in the same order, the last one first.",
      closers: "`{{name}}` collects functions for the loop in `finally` (line {{line}}), which stops at the first one that fails and never calls the rest. Declare `{{name}}` with `{{keyword}}` as {{stack}}, and `defer` each function on it: it calls them all, the last one first.",
      collected: "`{{name}}` collects what `{{call}}` acquires for the loop in `finally` (line {{line}}), which stops at the first {{type}} that fails to close and leaves the rest open. Give each to {{stack}} declared with `{{keyword}}`: it disposes them all, the last one first.",
      conditional: "`{{name}}`, {{type}}, is acquired under a condition (line {{acquired}}), and `finally` asks again before it disposes it (line {{line}}). Give it to {{stack}} declared with `{{keyword}}` right where it is acquired: that disposes just what it was given.",
      nested: "These {{count}} nested `try` statements only see to it that {{calls}} run at the end. Declare {{stack}} with `{{keyword}}`, and `defer` each call on it: it runs them in the same order, the last one first.",
      merge: "Declare them side by side in one block, which disposes them in the same order.",
      stack: "Let {{stack}} release them instead of `finally`, in the same order. When the code and a release both fail, the error is then a `SuppressedError` that has both.",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);
    return {
      BlockStatement(block) {
        const blocks = nestedScopes(block);
        const edits = blocks === null ? null : merged(code, blocks);
        // Who needs a name twice, or says something about a block, opened it for that.
        if (blocks === null || edits === null) return;
        const scoped = blocks.map(({ body }) => body.filter(isScoped));
        reportFinding(context, {
          node: context.sourceCode.getFirstToken(blocks[1] ?? block) ?? block,
          messageId: "blocks",
          data: { count: String(blocks.length), lines: listed(blocks.map(lineOf)), names: listed(scoped.flat().flatMap(namesIn)) },
          suggest: suggest("merge", {}, edits),
          sites: () => scoped.flat().map((declaration) => siteAt(declaration.declarations[0].id, "This is disposed where all the blocks end")),
        });
      },
      TryStatement(node) {
        const found = onStack(code, node);
        if (found === null) return;
        const { edits, keyword, made, unwinding } = found;
        const stack = made === "AsyncDisposableStack" ? "an `AsyncDisposableStack`" : "a `DisposableStack`";
        reportFinding(context, {
          node: placeOf(unwinding, context.sourceCode.getFirstToken(node) ?? node),
          messageId: unwinding.is,
          data: { ...unwindingWords(code, unwinding), keyword, stack },
          suggest: suggest("stack", { stack }, edits),
          sites: () => sitesOf(code, unwinding),
        });
      },
    };
  },
});

/** Where a report stands: at what is acquired or collected, else at the `try`. */
function placeOf(unwinding: Unwinding, keyword: TSESTree.Node | TSESTree.Token): TSESTree.Node | TSESTree.Token {
  switch (unwinding.is) {
    case "closers":
      return unwinding.closers.declaration.declarations[0].id;
    case "collected":
      return unwinding.collection.binding;
    case "conditional":
      return bindingOf(chosen(unwinding));
    case "nested":
      return keyword;
  }
}

/** The first resource that is not always acquired. */
function chosen({ resources }: Extract<Unwinding, { is: "conditional" }>): LateAcquired {
  return resources.find(({ condition }) => condition !== null) ?? resources[0];
}

function bindingOf({ declaration, value: { parent } }: LateAcquired): TSESTree.Node {
  return parent.type === "AssignmentExpression" ? parent.left : declaration.declarations[0].id;
}

function unwindingWords(code: Code, unwinding: Unwinding): Readonly<Record<string, string>> {
  switch (unwinding.is) {
    case "closers":
      return { name: unwinding.closers.variable.name, line: lineOf(unwinding.loop.statement) };
    case "collected": {
      const { collection: { acquisitions: [first], resource, variable }, loop } = unwinding;
      return { call: first.text, line: lineOf(loop.statement), name: variable.name, type: resource.name };
    }
    case "conditional": {
      const { acquisition: { call, resource }, disposal } = chosen(unwinding);
      return { acquired: lineOf(call), line: lineOf(disposal.call), name: disposal.variable.name, type: article(resource.name) };
    }
    case "nested": {
      const calls = releasesIn(code, unwinding).map((each) => `\`${spelled(code, each)}\``);
      return { calls: listed(calls), count: String(unwinding.levels.length) };
    }
  }
}

function listed(all: readonly string[]): string {
  return `${all.slice(0, -1).join(", ")} and ${all.at(-1) ?? ""}`;
}

function namesIn({ declarations }: TSESTree.VariableDeclaration): readonly string[] {
  return (declarations as readonly TSESTree.VariableDeclarator[]).map(({ id }) => (id.type === "Identifier" ? `\`${id.name}\`` : ""));
}

/** The calls of the `finally` blocks, as they run. */
function releasesIn(code: Code, { levels }: Extract<Unwinding, { is: "nested" }>): readonly TSESTree.Node[] {
  const statements = levels.toReversed().flatMap(({ finalizer }) => finalizer.body);
  return statements.map((statement) => (statement.type === "ExpressionStatement" ? unwrap(statement.expression) : (disposalIn(code, statement)?.call ?? statement)));
}

function sitesOf(code: Code, unwinding: Unwinding): readonly Site[] {
  switch (unwinding.is) {
    case "closers":
      return [...unwinding.closers.additions.map(({ call }) => siteAt(call, "This is kept for the loop")), siteAt(unwinding.loop.call, "This stops at the first one that fails")];
    case "collected":
      return [...unwinding.collection.acquisitions.map(({ call }) => siteAt(call, "What this acquires is kept for the loop")), siteAt(unwinding.loop.call, "This stops at the first one that fails")];
    case "conditional": {
      const { acquisition, disposal } = chosen(unwinding);
      return [siteAt(acquisition.call, `\`${disposal.variable.name}\` is acquired here`), siteAt(disposal.call, "It is disposed here, if it is there")];
    }
    case "nested":
      return releasesIn(code, unwinding).map((call) => siteAt(call, "This is called on the way out"));
  }
}
