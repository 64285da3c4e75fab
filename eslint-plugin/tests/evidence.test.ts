import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import type { Linter } from "eslint";
import { describe, expect, it } from "vitest";

import { sitesOf as sitesIn, type Site } from "../src/rules/related-sites.js";
import { ruleTestCases } from "./support/cases.js";
import { disposers } from "./support/claims/disposers.js";
import { leaks } from "./support/claims/leaks.js";
import { scopes } from "./support/claims/scopes.js";
import { fixtures } from "./support/rule-tester.js";
import { lint, projectAt, sitesOf, strict, Workspace, type SourceText } from "./support/workspace.js";
import plugin from "../src/index.js";

type Range = Site["range"];

const claims = [...leaks, ...scopes, ...disposers];

interface Unmarked {
  readonly text: string;
  readonly own: Range;
  /** In the order of their ends, as marks are nested. */
  readonly sites: readonly Range[];
}

function unmark(marked: string): Unmarked {
  let text = "";
  let own: Range | null = null;
  const open: { readonly isSite: boolean; readonly start: number }[] = [];
  const sites: Range[] = [];
  for (const piece of marked.split(/(?<mark>«(?:\d:)?|»)/u)) {
    if (piece.startsWith("«")) open.push({ isSite: piece.length > 1, start: text.length });
    else if (piece === "»") {
      const closed = open.pop();
      if (closed === undefined) throw new Error(`» without « in: ${marked}`);
      const range: Range = [closed.start, text.length];
      if (closed.isSite) sites.push(range);
      else own = range;
    } else text += piece;
  }
  if (own === null || open.length > 0) throw new Error(`no finding is marked in: ${marked}`);
  return { text, own, sites: sites.sort((one, other) => one[0] - other[0]) };
}

function rangeOf(text: string, { column, endColumn = column, endLine, line }: Linter.LintMessage): Range {
  const starts = [0, ...[...text.matchAll(/\n/gu)].map(({ index }) => index + 1)];
  const offset = (ofLine: number, ofColumn: number): number => (starts[ofLine - 1] ?? Number.NaN) + ofColumn - 1;
  return [offset(line, column), offset(endLine ?? line, endColumn)];
}

const vocabulary = new Workspace(projectAt(path.join(fixtures, "tsconfig.json")).options);
const cases = claims.map((each, index) => ({ ...each, ...unmark(each.marked), fileName: path.join(fixtures, `evidence-${String(index)}.${each.isTyped ? "ts" : "js"}`) }));
const program = vocabulary.program([path.join(fixtures, "resources.d.ts"), ...cases.filter(({ isTyped }) => isTyped)]);

describe("the sites of a finding", () => {
  it.each(cases)("$rule: $title", ({ fileName, isTyped, options, own, rule, says, sites, text }) => {
    const id = `await-using/${rule}`;
    const findings = lint({ fileName, text }, { [id]: options === undefined ? (strict[id] ?? "error") : ["error", ...options] }, isTyped ? program : null);
    expect(findings.map((finding) => rangeOf(text, finding))).toEqual([own]);
    expect(findings.flatMap(sitesOf)).toEqual(sites.map((range, index) => ({ range, says: says[index] })));
    expect(says).toHaveLength(sites.length);
  });

  it("are claimed of every rule", () => {
    expect([...new Set(claims.map(({ rule }) => rule))].sort()).toEqual(Object.keys(plugin.rules).sort());
  });

  it("are none for another finding, and for another run", () => {
    const [first] = cases;
    if (first === undefined) throw new Error("no claims");
    const id = `await-using/${first.rule}`;
    const [finding] = lint(first, { [id]: "error" }, program);
    if (finding === undefined) throw new Error("no finding");
    expect(sitesOf(finding)).not.toEqual([]);
    expect(sitesOf({ ...finding, line: finding.line + 1 })).toEqual([]);
    expect(sitesOf({ ...finding, ruleId: "other/rule" })).toEqual([]);
    expect(sitesIn({}, finding)).toEqual([]);
    lint(first, {}, program);
    expect(sitesOf(finding)).toEqual([]);
  });
});

/** What is wrong with the sites of the findings of the last run, one text each. */
function problemsIn(text: string, findings: readonly Linter.LintMessage[]): readonly string[] {
  const keys = findings.map(({ column, line, messageId, ruleId }) => [ruleId, messageId, line, column].join(" "));
  const mixedUp = keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `two findings are one to the editor: ${key}`);
  return [...mixedUp, ...findings.flatMap((finding) => problemsOf(text, rangeOf(text, finding), sitesOf(finding)).map((problem) => `${finding.message} ${problem}`))];
}

function problemsOf(text: string, own: Range, sites: readonly Site[]): readonly string[] {
  const ranges = sites.map(({ range }) => range);
  return [
    ...ranges.flatMap(([start, end]) => [
      ...(start >= 0 && start < end && end <= text.length ? [] : [`not in the text: ${start}-${end}`]),
      ...(start === own[0] && end === own[1] ? ["a site is the finding's own place"] : []),
      ...(/^\s|\s$|\n/u.test(text.slice(start, end)) ? [`white space around, or several lines: ${text.slice(start, end)}`] : []),
    ]),
    ...sites.filter(({ says }) => !/^[\p{Lu}`].*[^.\s]$/u.test(says)).map(({ says }) => `no sentence: ${says}`),
    ...(ranges.every((range, index) => index === 0 || (ranges[index - 1]?.[0] ?? 0) <= range[0]) ? [] : ["not in source order"]),
    ...(new Set(ranges.map(String)).size === ranges.length ? [] : ["a place occurs twice"]),
  ];
}

describe("what holds of every site, in leaks", () => {
  const folder = path.join(import.meta.dirname, "leaks");
  const files = readdirSync(folder)
    .filter((name) => /\.bad\.tsx?$/u.test(name))
    .map((name): SourceText & { readonly name: string } => ({ name, fileName: path.join(folder, name), text: readFileSync(path.join(folder, name), "utf8") }));
  const corpus = new Workspace(projectAt(path.join(import.meta.dirname, "corpus.tsconfig.json")).options).program(files.map(({ fileName }) => fileName));

  it.each(files)("$name", (file) => {
    const findings = lint(file, strict, corpus);
    expect(problemsIn(file.text, findings)).toEqual([]);
    // A resource that nobody holds has no other place.
    const bare = findings.filter((finding) => finding.ruleId !== "await-using/no-floating-disposable" && sitesOf(finding).length === 0);
    expect(bare.map(({ message }) => message)).toEqual([]);
    expect(findings).not.toEqual([]);
  });
});

describe("what holds of every site, in the invalid cases of the rules' tests", async () => {
  const invalid = (await ruleTestCases()).filter(({ isValid, languageOptions }) => !isValid && languageOptions === undefined);
  const subjects = invalid.map((each, index) => ({ ...each, text: each.code, fileName: path.join(fixtures, `case-${String(index)}${path.extname(each.filename ?? "file.ts")}`) }));
  const all = vocabulary.program([path.join(fixtures, "resources.d.ts"), ...subjects.filter(({ isTyped }) => isTyped)]);

  it.each(Object.keys(plugin.rules))("%s", (rule) => {
    const own = subjects.filter((each) => each.rule === rule);
    const problems = own.flatMap(({ fileName, isTyped, options = [], settings, text }) => {
      const findings = lint({ fileName, text }, { [`await-using/${rule}`]: ["error", ...options] }, isTyped ? all : null, settings);
      return findings.length === 0 ? [`nothing is found in: ${text}`] : problemsIn(text, findings);
    });
    expect(problems).toEqual([]);
    expect(own).not.toEqual([]);
  });
});
