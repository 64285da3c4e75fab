/** Which edits mend what TypeScript reports about `using`? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { givenBy, givenByElements, type Given } from "../ownership/scopes/given-resource.js";
import { registrationBy } from "../ownership/scopes/stack.js";
import { isInside } from "../ownership/values/functions.js";
import { nodeAround } from "../syntax.js";
import { around } from "./refactorings/refactoring.js";
import { makeStackAsync } from "./stacks/make-stack-async.js";
import type { Edit } from "./text/edit.js";
import { newlineOf } from "./text/lines.js";
import { allowAwait } from "./waiting/allow-await.js";
import { awaited } from "./waiting/await.js";

/** A diagnostic of TypeScript's own, by its number and its place. */
export interface CompilerDiagnostic {
  readonly code: number;
  readonly range: readonly [start: number, end: number];
}

/** A change that makes one of them go away and brings no other. */
export interface CompilerFix {
  readonly diagnostic: CompilerDiagnostic;
  readonly title: string;
  readonly edits: readonly Edit[];
}

/**
 * The changes for what TypeScript says about `using` and offers no fix for:
 * TS2850, which TypeScript 7 calls TS2741, and TS2851 to TS2854.
 */
export function compilerFixes(code: Code, diagnostics: readonly CompilerDiagnostic[]): readonly CompilerFix[] {
  return diagnostics.flatMap((diagnostic) => fixesOf(code, diagnostic).map((fix) => ({ ...fix, diagnostic })));
}

type Change = Omit<CompilerFix, "diagnostic">;

function fixesOf(code: Code, { code: number, range }: CompilerDiagnostic): readonly Change[] {
  switch (number) {
    case 2741:
      return [...forUsing(code, range), ...forStack(code, range)];
    case 2850:
      return forUsing(code, range);
    case 2851:
      return forAwaitUsing(code, range);
    case 2852:
      return forPlace(code, range);
    case 2853:
      return [{ title: "Add `export {}`, which makes this file a module", edits: [exportNothing(code)] }];
    case 2854:
      return keywordOnly(code, declarationAt(code, range));
    default:
      return [];
  }
}

/** What `using` cannot dispose. */
function forUsing(code: Code, range: readonly [number, number]): readonly Change[] {
  const declarator = declaratorAt(code, range);
  const given = declarator?.init == null ? null : givenBy(code, declarator.init);
  if (declarator === null || given === null || declarator.parent.kind !== "using") return [];
  if (given.kind === "sync" || (given.both && given.promised)) {
    const kept = given.promised ? rewritten(code, declarator, "using", given) : [];
    return given.kind === "sync" ? kept : [...rewritten(code, declarator, "await using", given), ...kept];
  }
  return given.kind === "async" ? rewritten(code, declarator, "await using", given) : [];
}

/** What `await using` cannot dispose: a promise. */
function forAwaitUsing(code: Code, range: readonly [number, number]): readonly Change[] {
  const declarator = declaratorAt(code, range);
  const given = declarator?.init == null ? null : givenBy(code, declarator.init);
  return declarator?.parent.kind === "await using" && given?.promised === true ? rewritten(code, declarator, "await using", given) : [];
}

/** Where `await using` may not stand. */
function forPlace(code: Code, range: readonly [number, number]): readonly Change[] {
  const declaration = declarationAt(code, range);
  // The head of a C-style loop crashes Node 24 with `await using` (SEMANTICS.md, C22).
  if (declaration === null || declaration.parent.type === "ForStatement") return [];
  const edits = allowAwait(code, declaration);
  const asynchronous: readonly Change[] = edits === null || edits.length === 0 ? [] : [{ title: titleOf([], true), edits }];
  const synchronous = keywordOnly(code, declaration);
  return givenIn(code, declaration).every((given) => given?.kind === "sync") ? [...synchronous, ...asynchronous] : [...asynchronous, ...synchronous];
}

/** `using` instead of `await using`, where it can dispose all that is declared. */
function keywordOnly(code: Code, declaration: TSESTree.VariableDeclaration | null): readonly Change[] {
  if (declaration === null || !givenIn(code, declaration).every((given) => given !== null && !given.promised && (given.kind === "sync" || given.both))) return [];
  const keyword = keywordEdit(code, declaration, "using");
  return keyword === null ? [] : [{ title: titleOf(["declare it with `using`"], false), edits: [keyword] }];
}

/** A declaration with another keyword, and the promise in it awaited. */
function rewritten(code: Code, declarator: TSESTree.VariableDeclarator, keyword: "await using" | "using", given: Given): readonly Change[] {
  const { parent: declaration } = declarator;
  const isSame = declaration.kind === keyword;
  // What the other declarators are given must fit the keyword as well.
  if (!isSame && declaration.declarations.some((other) => other !== declarator && (other.init === null || givenBy(code, other.init)?.promised === true))) return [];
  if (declaration.parent.type === "ForStatement") return [];
  const around = allowAwait(code, declaration);
  const replaced = isSame ? [] : keywordEdit(code, declaration, keyword);
  if (around === null || replaced === null) return [];
  const effects = [...(isSame ? [] : [`declare it with \`${keyword}\``]), ...(given.promised ? ["insert `await`"] : [])];
  const edits = [...around, ...[replaced].flat(), ...(given.promised ? awaited(given.at) : [])];
  return [{ title: titleOf(effects, around.length > 0), edits }];
}

function keywordEdit(code: Code, { kind, range: [start] }: TSESTree.VariableDeclaration, keyword: "await using" | "using"): Edit | null {
  // White space or a comment may stand between `await` and `using`.
  return code.text.startsWith(kind, start) ? { range: [start, start + kind.length], text: keyword } : null;
}

function titleOf(effects: readonly string[], makesAsync: boolean): string {
  const all = [...effects, ...(makesAsync ? ["make the function `async`"] : [])].join(" and ");
  return `${all.slice(0, 1).toUpperCase()}${all.slice(1)}`;
}

function givenIn(code: Code, { declarations, parent }: TSESTree.VariableDeclaration): readonly (Given | null)[] {
  if (parent.type === "ForOfStatement") return [givenByElements(code, parent)];
  return declarations.map(({ init }) => (init === null ? null : givenBy(code, init)));
}

/** TypeScript 7: what a synchronous stack is given, but cannot dispose. */
function forStack(code: Code, range: readonly [number, number]): readonly Change[] {
  const argument = nodeAround(code, range);
  const call = argument.parent;
  const registration = call?.type === "CallExpression" ? registrationBy(code, call) : null;
  if (registration === null || registration.call.arguments[0] !== argument || code.types?.resource(argument).kind !== "async") return [];
  const edits = makeStackAsync(code, registration.stack);
  return edits === null ? [] : [{ title: "Make it an `AsyncDisposableStack`, declared with `await using`", edits }];
}

function declaratorAt(code: Code, range: readonly [number, number]): TSESTree.VariableDeclarator | null {
  const declarator = around({ start: range[0], end: range[1], node: nodeAround(code, range) }, (node) => node.type === "VariableDeclarator");
  return declarator?.init != null && (isInside({ range } as TSESTree.Node, declarator.init) || isInside(declarator.init, { range } as TSESTree.Node)) ? declarator : null;
}

function declarationAt(code: Code, range: readonly [number, number]): TSESTree.VariableDeclaration | null {
  const declaration = around({ start: range[0], end: range[1], node: nodeAround(code, range) }, (node) => node.type === "VariableDeclaration");
  return declaration?.kind === "await using" ? declaration : null;
}

function exportNothing(code: Code): Edit {
  const { length } = code.text;
  const newline = newlineOf(code);
  return { range: [length, length], text: `${/(?:^|\n)$/u.test(code.text) ? "" : newline}export {};${newline}` };
}
