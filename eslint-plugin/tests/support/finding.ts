import type { RuleTester } from "eslint";

import { ts } from "./rule-tester.js";

/** What a rule says about one marked place. */
export interface Finding {
  readonly messageId?: string;
  readonly message?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly suggestions?: readonly Suggestion[];
}

export interface Suggestion {
  readonly messageId: string;
  readonly data?: Readonly<Record<string, string>>;
  /** Pieces of the code, each of which occurs once, and what they become. */
  readonly becomes: Readonly<Record<string, string>>;
}

interface Rest {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly options?: unknown[];
}

/** Code on which the rule says nothing. */
export function silent(name: string, code: string, rest: Rest = {}): RuleTester.ValidTestCase {
  return { name, ...ts(code, rest) };
}

/** Code in which the rule reports exactly what stands between « and », one finding for each. */
export function found(name: string, marked: string, findings: Finding | readonly Finding[], rest: Rest = {}): RuleTester.InvalidTestCase {
  const { code, places } = unmark(marked);
  const list = (Array.isArray(findings) ? findings : [findings]) as readonly Finding[];
  if (list.length !== places.length) throw new Error(`${name}: ${String(places.length)} marks, ${String(list.length)} findings`);
  const errors = list.map(({ suggestions = [], ...finding }, index) => ({
    ...finding,
    ...places[index],
    ...(suggestions.length > 0 && {
      suggestions: suggestions.map(({ becomes, ...suggestion }) => ({ ...suggestion, output: replaced(code, becomes) })),
    }),
  }));
  return { name, ...ts(code, { ...rest, errors }) };
}

interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

function unmark(marked: string): { readonly code: string; readonly places: readonly Place[] } {
  const places: Place[] = [];
  let code = "";
  for (const [index, piece] of marked.split(/[«»]/u).entries()) {
    const start = end(code);
    code += piece;
    if (index % 2 === 1) places.push({ line: start.line, column: start.column, endLine: end(code).line, endColumn: end(code).column });
  }
  return { code, places };
}

/** The position behind a text, both counted from 1. */
function end(text: string): { readonly line: number; readonly column: number } {
  const lines = text.split("\n");
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

function replaced(code: string, becomes: Readonly<Record<string, string>>): string {
  return Object.entries(becomes).reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`"${from}" does not occur exactly once in:\n${text}`);
    return text.replace(from, () => to);
  }, code);
}
