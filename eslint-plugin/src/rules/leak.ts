import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { keywordAt, type Scoping } from "../edits/scopes/using.js";
import type { Holder } from "../flow/fate/holder.js";
import type { Exit } from "../flow/walk/exit.js";
import { functionAround } from "../ownership/values/functions.js";
import type { Resource } from "../resource.js";
import { functionName, lineOf, shortened, textOf } from "../text.js";

/** The words that every message about a held resource is made of. */
export function wordsOf(code: Code, holder: Holder): { name: string; type: string; call: string; keyword: string } {
  const { acquisition, name, promised } = holder;
  return {
    name,
    type: `${promised ? "a promise of " : ""}${article(acquisition.resource.name)}`,
    call: acquisition.text,
    keyword: keywordAt(code, acquisition.call, acquisition.resource),
  };
}

/** The call that releases what no keyword can dispose: `await client.end()`; `null` for a resource with a disposer. */
export function releaseText({ release }: Resource, name: string): string | null {
  return release === null ? null : `${release.isAsync ? "await " : ""}${name}.${release.name}()`;
}

/** The call by which a hook disposes a resource: `conn[Symbol.asyncDispose]()`. */
export function disposalText({ kind, release }: Resource, name: string): string {
  return release === null ? `${name}[Symbol.${kind === "sync" ? "dispose" : "asyncDispose"}]()` : `${name}.${release.name}()`;
}

export function article(type: string): string {
  return `${/^(?:[AEIO]|U(?!ni)(?!se))/u.test(type) ? "an" : "a"} ${type}`;
}

/** Whether the resource gets another owner on some path, so that the scope must not simply dispose it. */
export function isHandedOn({ uses }: Holder): boolean {
  return !uses.some(({ how }) => how === "disposed") || uses.some(({ how, via }) => how === "transferred" && via !== "iteration");
}

/** What a suggested scope does to the function around, as a sentence behind the suggestion's own. */
export function alsoText(scoping: Scoping | null): string {
  const effects = [
    ...(scoping?.makesAsync === true ? ["makes the function `async`"] : []),
    ...(scoping?.awaitsWork === true ? ["awaits the work on it"] : []),
    ...(scoping?.replaces ?? []).map((disposal) => `leaves out the disposal on line ${lineOf(disposal)}`),
  ];
  return effects.length === 0 ? "" : ` This ${effects.join(" and ")}.`;
}

/** An exit in words, with its line: “the `return` on line 7”. */
export function exitText(code: Code, { by, node }: Exit): string {
  switch (by) {
    case "break":
    case "continue":
    case "return":
      return `the \`${by}\` on line ${lineOf(node)}`;
    case "end":
      return `the end of ${scopeText(code, node)} (line ${String(node.loc.end.line)})`;
    case "overwrite":
      return `the assignment on line ${lineOf(node)}`;
    case "yield":
      return `the \`yield\` on line ${lineOf(node)}, where whoever iterates may stop,`;
    case "throw":
      return `the exception thrown on line ${lineOf(node)}`;
  }
}

export function scopeText(code: Code, scope: TSESTree.Node): string {
  if (scope.type === "SwitchStatement") return "the `switch`";
  const around = functionAround(scope);
  if (around === null || around.body !== scope) return scope.parent?.type.startsWith("For") === true || scope.parent?.type.includes("While") === true ? "the loop's body" : "the block";
  const name = functionName(code, around);
  return name === null ? "the function" : `\`${name}\``;
}

/** A piece of source in a message: one line, without comments, shortened in the middle. */
export function shown(code: Code, node: TSESTree.Node): string {
  return shortened(textOf(code, node));
}
