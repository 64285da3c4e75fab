import { ESLintUtils, type TSESLint, type TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import type { Acquisition } from "../ownership/owners/acquisition.js";
import { settingsOf } from "../settings.js";
import { isJavaScript, typedCode } from "../types/code-of.js";
import type { Parser } from "../types/tree-of.js";
import { restsOn } from "./grade.js";
import { remember, type Site } from "./related-sites.js";

/** What the documentation generator and the configs read from a rule. */
export interface RuleDocs {
  readonly recommended: "recommended" | "strict";
  readonly requiresTypeChecking: boolean;
}

/** Makes a rule whose documentation has its page in the published package. */
export const createRule = ESLintUtils.RuleCreator<RuleDocs>(
  (name) => `https://unpkg.com/eslint-plugin-await-using/docs/rules/${name}.md`,
);

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

const codes = new WeakMap<object, Code>();

/** The linted file, with types where the configuration provides them. */
export function codeOf(context: Context): Code {
  const { sourceCode } = context;
  const known = codes.get(sourceCode);
  if (known !== undefined) return known;
  const { ast, parserServices, scopeManager, text, visitorKeys } = sourceCode;
  if (scopeManager === null) throw new Error("The parser provides no scopes, which every parser for ESLint must.");
  const untyped = {
    fileName: context.filename,
    ast,
    text,
    isJavaScript: isJavaScript(context.filename),
    scopes: scopeManager,
    settings: settingsOf(context.settings),
    visitorKeys,
  };
  const parser = (context.languageOptions.parser ?? null) as Parser | null;
  const code: Code =
    parserServices?.program == null
      ? { ...untyped, types: null }
      : typedCode(untyped, ESLintUtils.getParserServices(context), typeof parser?.parseForESLint === "function" ? parser : null);
  codes.set(sourceCode, code);
  return code;
}

/**
 * The linted file for a rule that cannot work without types.
 *
 * @throws Error that says how to turn type information on, where there is none
 */
export function typedCodeOf(context: Context): Code {
  ESLintUtils.getParserServices(context);
  return codeOf(context);
}

/** What a rule found, with the places that belong to it. */
interface Finding<Id extends string> {
  readonly node: TSESTree.Node | TSESTree.Token;
  readonly messageId: Id;
  readonly data?: Readonly<Record<string, string>>;
  /** What the finding rests on, for a rule whose messages are graded. */
  readonly acquisition?: Pick<Acquisition, "by" | "grade" | "text">;
  readonly suggest?: readonly TSESLint.SuggestionReportDescriptor<Id>[];
  /** Asked only by editors. */
  readonly sites: () => readonly Site[];
}

/** Reports a finding to ESLint and keeps its sites for the editor. */
export function reportFinding<Id extends string>(context: Readonly<TSESLint.RuleContext<Id, readonly unknown[]>>, { acquisition, data = {}, sites, ...finding }: Finding<Id>): void {
  const { messageId, node } = finding;
  const { line, column } = node.loc.start;
  remember(context.sourceCode, { ruleId: context.id, messageId, line, column: column + 1 }, node.range, sites);
  context.report({ ...finding, data: { ...data, rests: acquisition === undefined ? "" : restsOn(acquisition) } });
}
