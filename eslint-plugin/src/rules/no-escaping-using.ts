import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { letGo, moveStack } from "../edits/scopes/let-go.js";
import { suggest } from "../edits/text/edit.js";
import { departuresOf, type Departure } from "../ownership/lifetime/escape.js";
import { scopedIn, type Scoped } from "../ownership/scopes/scoped-variable.js";
import { isInside } from "../ownership/values/functions.js";
import { readsOf, variableOf } from "../ownership/values/variables.js";
import { lineOf } from "../text.js";
import { codeOf, createRule, reportFinding } from "./create-rule.js";
import { shown } from "./leak.js";
import type { Site } from "./related-sites.js";
import { originSites, scopeSites, siteAt } from "./sites.js";
import { typeOf } from "./words.js";

type Escape = Exclude<Departure, { readonly is: "pending" }>;

export default createRule({
  name: "no-escaping-using",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow a scoped resource, or something that works only while it is open, to outlive its scope",
      recommended: "recommended",
      requiresTypeChecking: false,
    },
    hasSuggestions: true,
    messages: {
      closure: "This function uses `{{name}}`, {{type}}, and runs after `{{keyword}}` (line {{line}}) has disposed it. Do the work before the scope ends, or let the function's owner hold the resource.",
      outward: "`{{holder}}` keeps `{{name}}`, {{type}}, beyond its scope, at whose end `{{keyword}}` (line {{line}}) disposes it. Declare it with `const` and let the new owner dispose it.",
      stack: "`{{left}}` leaves the scope at whose end `{{keyword}}` (line {{line}}) disposes `{{stack}}` and all it holds. Hand over `{{stack}}.move()`, so that the receiver disposes it.",
      value: "`{{name}}`, {{type}}, is handed out after `{{keyword}}` (line {{line}}) has disposed it: the receiver gets a closed one. Declare it with `const` and let the receiver dispose it.",
      view: "`{{left}}` works only while `{{name}}`, {{type}}, is open, and `{{keyword}}` (line {{line}}) disposes it before the receiver reads. Read it here, or hand over the resource with it.",
      wrapper: "`{{left}}` takes `{{name}}`, {{type}}, out of the scope at whose end `{{keyword}}` (line {{line}}) disposes it. Declare it with `const` and let the new owner dispose it.",
      letGo: "Declare it with `const`: whoever receives it disposes it.",
      move: "Hand over the stack with `{{stack}}.move()`: the receiver disposes what it holds.",
    },
    schema: [],
  },
  create(context) {
    const code = codeOf(context);
    const reported = new Set<TSESTree.Node>();

    function report(declaration: TSESTree.VariableDeclaration, scoped: Scoped, escape: Escape): void {
      const { is, node } = escape;
      if (reported.has(node)) return;
      reported.add(node);
      const isHandedOver = is === "value" || is === "wrapper";
      const data = escapeWords(code, declaration, scoped, escape);
      reportFinding(context, {
        node,
        messageId: messageOf(scoped, escape),
        data,
        suggest: [...suggest("letGo", {}, isHandedOver ? letGo(code, scoped, declaration, node) : null), ...suggest("move", { stack: data.stack }, moveStack(scoped, node))],
        sites: () => escapeSites(code, scoped, escape),
      });
    }

    return {
      "VariableDeclaration[kind=/using$/]"(declaration: TSESTree.VariableDeclaration) {
        for (const scoped of scopedIn(code, declaration)) {
          for (const departure of departuresOf(code, scoped)) if (departure.is !== "pending") report(declaration, scoped, departure);
        }
      },
    };
  },
});

function escapeSites(code: Code, scoped: Scoped, escape: Escape): readonly Site[] {
  const { variable } = scoped;
  switch (escape.is) {
    case "closure": {
      const reads = readsOf(variable).filter((read) => isInside(read, escape.node));
      return [...scopeSites(scoped), ...reads.map((read) => siteAt(read, `When this runs, \`${variable.name}\` is disposed`))];
    }
    case "outward":
      return [...scopeSites(scoped), siteAt(escape.holder, "This keeps it beyond the scope")];
    default:
      return [...scopeSites(scoped), ...(variableOf(code, escape.node) === variable ? [] : originSites(code, escape.node))];
  }
}

function messageOf({ stack }: Scoped, { is }: Escape): Escape["is"] | "stack" {
  return stack === null || is === "closure" || is === "view" ? is : "stack";
}

function escapeWords(code: Code, declaration: TSESTree.VariableDeclaration, { keyword, stack, variable }: Scoped, escape: Escape): Record<"holder" | "keyword" | "left" | "line" | "name" | "stack" | "type", string> {
  const { node } = escape;
  return {
    holder: escape.is === "outward" ? shown(code, escape.holder) : "",
    keyword,
    left: shown(code, node),
    line: lineOf(declaration),
    name: variable.name,
    stack: stack?.name ?? "",
    type: typeOf(code, variable),
  };
}
