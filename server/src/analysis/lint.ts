import path from "node:path";

import type { TSESLint } from "@typescript-eslint/utils";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import type ts from "typescript";

import type { Chosen } from "../config/messages.js";
import type { Finding, Fix, Range } from "../finding.js";
import { positions, smallest } from "../text.js";

const files = ["**/*.ts", "**/*.tsx", "**/*.mts", "**/*.cts", "**/*.js", "**/*.jsx", "**/*.mjs", "**/*.cjs"];

/** One file, as it is to be checked. */
export interface Subject {
  readonly fileName: string;
  readonly text: string;
  /** `null` where the configuration asks for no types. */
  readonly program: ts.Program | null;
  readonly chosen: Chosen;
  /** The plugin that the configuration means. */
  readonly plugin: object;
}

export interface Linted {
  readonly findings: readonly Finding[];
  /** How many more there are that `eslint-suppressions.json` leaves out. */
  readonly suppressed: number;
  readonly times: Readonly<Record<string, number>>;
  /** What ESLint itself says instead of findings: a syntax error, a wrong option. */
  readonly problem: string | null;
}

/**
 * Runs the chosen rules over one file.
 *
 * @throws whatever a rule or its settings throw
 */
export function lint({ chosen, fileName, plugin, program, text }: Subject): Linted {
  const linter = new Linter({ configType: "flat", cwd: path.parse(fileName).root });
  const ids = Object.keys(chosen.rules);
  const languageOptions: Linter.LanguageOptions =
    program === null
      ? { ...chosen.untyped?.options, ...(chosen.untyped?.parser === "typescript" ? { parser } : {}) }
      : { parser, parserOptions: { programs: [program], projectService: false } };
  const { messages } = linter.verifyAndFix(
    text,
    [
      {
        files: [...files, "**/*"],
        plugins: { [chosen.namespace]: plugin },
        languageOptions,
        linterOptions: { noInlineConfig: chosen.noInlineConfig, reportUnusedDisableDirectives: "off" },
        rules: chosen.rules,
        settings: chosen.settings,
      },
    ],
    { filename: fileName, fix: false, stats: true } as Linter.FixOptions,
  );
  const times = timesOf(linter);
  const sourceCode = linter.getSourceCode() as unknown as TSESLint.SourceCode | undefined;
  const fatal = messages.find((message) => message.fatal === true);
  if (sourceCode === undefined || fatal !== undefined) return { findings: [], suppressed: 0, times, problem: fatal?.message ?? null };
  const toRange = positions(text);
  const ours = messages.filter(({ ruleId }) => ruleId !== null && ids.includes(ruleId));
  const left = forgiven(chosen.suppressed, ours);
  const findings = ours
    .filter(({ ruleId }) => !left.has(ruleId))
    .map((message) => findingOf(message, { namespace: chosen.namespace, plugin, sourceCode, text, toRange }));
  return { findings, suppressed: ours.length - findings.length, times, problem: null };
}

/** The rules whose findings are left out: as in ESLint all of a rule, where it has no more errors than are suppressed. */
function forgiven(suppressed: Chosen["suppressed"], messages: readonly Linter.LintMessage[]): ReadonlySet<string | null> {
  const errors = (rule: string): number => messages.filter(({ ruleId, severity }) => ruleId === rule && severity === 2).length;
  return new Set(Object.entries(suppressed).flatMap(([rule, count]) => (errors(rule) > 0 && errors(rule) <= count ? [rule] : [])));
}

/** The time of each rule, in milliseconds. */
function timesOf(linter: Linter): Record<string, number> {
  const { passes } = (linter as unknown as { getTimes(): { passes?: readonly { rules?: Record<string, { total: number }> }[] } }).getTimes();
  return Object.fromEntries(Object.entries(passes?.[0]?.rules ?? {}).map(([name, { total }]) => [name, total]));
}

/** What we read of our plugin, which may be the workspace's own copy in another version. */
interface OurPlugin {
  readonly rules?: Readonly<Record<string, { readonly meta?: { readonly docs?: { readonly url?: string } } }>>;
  readonly sitesOf?: (sourceCode: object, message: Linter.LintMessage) => readonly { readonly range: readonly [number, number]; readonly says: string }[];
}

/** In which form a comment can stand on a line of its own above an offset. */
function commentAbove(sourceCode: TSESLint.SourceCode, text: string, offset: number): Finding["suppressible"] {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const indent = /\s*/uy.exec(text.slice(lineStart))?.[0].length ?? 0;
  const around = sourceCode.getNodeByRangeIndex(lineStart);
  const at = sourceCode.getNodeByRangeIndex(lineStart + indent);
  if (around?.type === "TemplateElement") return null;
  const isInJsx = around?.type === "JSXText" || around?.type === "JSXElement" || around?.type === "JSXFragment";
  if (!isInJsx) return "line";
  return at?.type.startsWith("JSX") === true ? "jsx" : "line";
}

interface Context {
  readonly namespace: string;
  readonly plugin: OurPlugin;
  readonly sourceCode: TSESLint.SourceCode;
  readonly text: string;
  readonly toRange: (start: number, end: number) => Range;
}

function findingOf(message: Linter.LintMessage, { namespace, plugin, sourceCode, text, toRange }: Context): Finding {
  const offset = (line: number, column: number): number => sourceCode.getIndexFromLoc({ line, column: column - 1 });
  const start = offset(message.line, message.column);
  const end = message.endLine === undefined || message.endColumn === undefined ? start : offset(message.endLine, message.endColumn);
  const fix = (title: string, { range: [from, to], text: newText }: { range: [number, number]; text: string }, isSafe: boolean): Fix => ({
    title,
    isSafe,
    edits: [smallest(text, from, to, newText, toRange)],
  });
  const rule = (message.ruleId ?? "").slice(namespace.length + 1);
  return {
    rule,
    ruleId: message.ruleId ?? "",
    messageId: message.messageId ?? "",
    severity: message.severity === 2 ? "error" : "warn",
    message: message.message,
    range: toRange(start, end),
    url: plugin.rules?.[rule]?.meta?.docs?.url ?? null,
    sites: (plugin.sitesOf?.(sourceCode, message) ?? []).map(({ range: [from, to], says }) => ({ uri: null, range: toRange(from, to), says })),
    suppressible: commentAbove(sourceCode, text, start),
    fixes: [
      ...(message.fix === undefined ? [] : [fix("", message.fix, true)]),
      ...(message.suggestions ?? []).map(({ desc, fix: change }) => fix(desc, change, false)),
    ],
  };
}
