/** Can the declaration at the cursor become `using` or `await using`? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { fateOfElements } from "../../flow/fate/element-fate.js";
import { functionAround } from "../../ownership/values/functions.js";
import { isScoped } from "../../ownership/values/variables.js";
import { lineOf } from "../../text.js";
import { heldBy, whyNotScoped, type Held } from "../by-hand/held.js";
import { scopeHolder } from "../scopes/scope-holder.js";
import { keywordAt, type Scoping } from "../scopes/using.js";
import { around, offer, refuse, type Name, type Refactor, type Refactoring } from "./refactoring.js";

/** `const conn = await open();` → `await using conn = await open();` */
export const scopeDeclaration: Refactor = (code, selection) => {
  const declaration = around(selection, (node) => node.type === "VariableDeclaration");
  if (declaration === null || isScoped(declaration)) return null;
  if (declaration.parent.type === "ForOfStatement") return scopeElements(code, declaration.parent);
  for (const declarator of declaration.declarations as TSESTree.VariableDeclarator[]) {
    const held = heldBy(code, declarator);
    if (held === null) continue;
    const { acquisition, name } = held;
    const keyword = keywordAt(code, acquisition.call, acquisition.resource);
    const title = { kind: "rewrite", title: `Declare \`${name}\` with \`${keyword}\`` } as const;
    const because = whyNot(code, held);
    const scoping = because === null ? scopeHolder(code, held) : null;
    return scoping === null ? refuse(title, because ?? whyNoKeyword(keyword)) : offer(named(title, scoping), scoping.edits);
  }
  return null;
};

/** `for (const conn of fresh())`, where nobody else can hold the elements. */
function scopeElements(code: Code, loop: TSESTree.ForOfStatement): Refactoring | null {
  const fate = fateOfElements(code, loop);
  if (fate.is !== "undischarged" || fate.holder.acquisition.resource.kind === "manual") return null;
  const { acquisition, name } = fate.holder;
  const keyword = keywordAt(code, loop, acquisition.resource);
  const title = { kind: "rewrite", title: `Declare \`${name}\` with \`${keyword}\`` } as const;
  const scoping = scopeHolder(code, fate.holder);
  return scoping === null ? refuse(title, whyNoKeyword(keyword)) : offer(named(title, scoping), scoping.edits);
}

function named(name: Name, { awaitsWork, makesAsync, replaces }: Scoping): Name {
  const also = [
    ...(makesAsync ? ["make the function `async`"] : []),
    ...(awaitsWork ? ["await the work on it"] : []),
    ...replaces.map((disposal) => `leave out the disposal on line ${lineOf(disposal)}`),
  ];
  return { ...name, title: [name.title, ...also].join(" and ") };
}

function whyNoKeyword(keyword: string): string {
  return keyword === "await using" ? "`await` cannot stand here: make the function `async` first." : `\`${keyword}\` cannot stand here.`;
}

function whyNot(code: Code, held: Held): string | null {
  const { acquisition, declaration, name, owner } = held;
  const { resource, text } = acquisition;
  if (resource.kind === "manual") return `\`${name}\` is a ${resource.name}, which has no disposer that a scope could call.`;
  if (owner === "borrowed" || owner === "passthrough") return `\`${text}\` hands out what somebody else disposes.`;
  if (owner === "unknown") return `Nothing tells whether \`${text}\` hands over what it gives; the tag \`@owned\` would.`;
  return whyNotHere(declaration, name) ?? whyNotScoped(code, held);
}

/** Why a scope cannot be declared at a place. */
function whyNotHere(declaration: TSESTree.VariableDeclaration, name: string): string | null {
  const { declarations, kind, parent } = declaration;
  if (declarations.length > 1) return `Give \`${name}\` a declaration of its own first.`;
  if (kind === "var") return "`var` belongs to the function, not to a block: declare it with `const` first.";
  if (parent.type === "SwitchCase") return "A scope cannot stand in a `case` directly: put braces around its statements first.";
  if (functionAround(declaration) === null && parent.type !== "BlockStatement") return "At the top level of a module the scope would end as soon as the module is loaded.";
  return null;
}
