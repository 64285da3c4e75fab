import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import type { Linter } from "eslint";
import { beforeAll, describe, expect, it } from "vitest";

import { ruleTestCases } from "./support/cases.js";
import { changesIn, problemsOf, type Change, type Group, type Subject } from "./support/changes.js";
import { documentationBlocks } from "./support/documentation.js";
import { fixtures } from "./support/rule-tester.js";
import { projectAt, repository, strict, untyped, Workspace } from "./support/workspace.js";

const tests = import.meta.dirname;
type Rules = Linter.RulesRecord;
const resources = path.join(fixtures, "resources.d.ts");
const vocabulary = new Workspace(projectAt(path.join(fixtures, "tsconfig.json")).options);

function leaks(): Group {
  const folder = path.join(tests, "leaks");
  const { options } = projectAt(path.join(tests, "corpus.tsconfig.json"));
  const subjects = readdirSync(folder).filter((name) => /\.bad\.tsx?$/u.test(name)).sort().map((name) => onDisk(folder, name));
  return { name: "leaks", ambient: [path.join(fixtures, "frameworks.d.ts")], linked: false, subjects, workspace: new Workspace(options) };
}

function demo(): Group {
  const folder = path.join(repository, "test/fixtures/demo/planted");
  const { fileNames, options } = projectAt(path.join(folder, "tsconfig.json"));
  const subjects = fileNames.map((fileName) => onDisk(folder, path.relative(folder, fileName)));
  return { name: "demo", ambient: [], linked: true, subjects, workspace: new Workspace(options) };
}

function onDisk(folder: string, name: string): Subject {
  const fileName = path.join(folder, name);
  return { title: name, source: { fileName, text: readFileSync(fileName, "utf8") } };
}

function documentation(): Group {
  const subjects = documentationBlocks()
    .blocks.filter(({ block }) => block.claim === "incorrect")
    .map(({ block, rule, source, title }) => ({
      source,
      title,
      rules: rule === null || block.options === null ? strict : ({ ...strict, [rule]: ["error", block.options] } satisfies Rules),
    }));
  return { name: "documentation", ambient: [resources], linked: false, subjects, workspace: vocabulary };
}

/** The invalid cases of every rule's own test. */
async function ruleTests(): Promise<readonly Group[]> {
  const invalid = (await ruleTestCases()).filter(({ isValid, languageOptions }) => !isValid && languageOptions === undefined);
  const subjects = invalid.map(({ code, filename = "file.ts", isTyped, name, options = [], rule, settings }, index) => {
    const fileName = path.join(fixtures, `case-${String(index)}${path.extname(filename)}`);
    const configured: Rules = options.length === 0 ? strict : { ...strict, [`await-using/${rule}`]: ["error", ...options] };
    const rules = isTyped ? configured : withoutTypes(configured);
    const title = `${rule}.test.ts, ${name ?? code.replace(/\s+/gu, " ")}`;
    return { isTyped, subject: { source: { fileName, text: code }, title, rules, ...(settings === undefined ? {} : { settings }) } };
  });
  const group = (name: string, isTyped: boolean): Group => ({
    name,
    ambient: isTyped ? [resources] : [],
    linked: false,
    subjects: subjects.filter((each) => each.isTyped === isTyped).map(({ subject }) => subject),
    workspace: isTyped ? vocabulary : null,
  });
  return [group("invalid cases, typed", true), group("invalid cases, untyped", false)];
}

/** Of some rules those that need no types. */
function withoutTypes(rules: Rules): Rules {
  return Object.fromEntries(Object.entries(rules).filter(([name]) => name in untyped));
}

const groups = [leaks(), demo(), documentation(), ...(await ruleTests())];
const offers = groups.map((group) => ({ group, changes: changesIn(group) }));

for (const { changes, group } of offers) describe(`${group.name}: every suggestion, applied alone, is safe`, () => {
  let problems: readonly (readonly string[])[] = [];
  beforeAll(() => {
    problems = problemsOf(group, changes);
  });

  it("there are suggestions", () => {
    expect(changes).not.toEqual([]);
  });

  for (const [index, { title }] of changes.entries()) {
    it(title, () => {
      expect(problems[index]).toEqual([]);
    });
  }
});

describe("an unsafe change is noticed", () => {
  const text = "async function load() {\n  const conn = await open();\n  return await conn.query('');\n}\nvoid load;\n";
  const subject: Subject = { title: "a file", source: { fileName: path.join(fixtures, "unsafe.ts"), text } };
  const other: Subject = { title: "an importer", source: { fileName: path.join(fixtures, "importer.ts"), text: "import { one } from './exporter.js';\nexport const two: number = one;\n" } };
  const exporter: Subject = { title: "an exporter", source: { fileName: path.join(fixtures, "exporter.ts"), text: "export const one = 1;\nasync function load() {\n  const conn = await open();\n  return await conn.query('');\n}\nvoid load;\n" } };
  const group: Group = { name: "a group", ambient: [resources], linked: false, subjects: [subject], workspace: vocabulary };
  const linked: Group = { ...group, linked: true, subjects: [other, exporter] };

  function changed(of: Group, from: string, to: string): readonly string[] {
    const [offered] = changesIn(of);
    if (offered === undefined) throw new Error("The file has no finding.");
    const change: Change = { ...offered, text: offered.subject.source.text.replace(from, to) };
    return problemsOf(of, [change])[0] ?? ["was not checked"];
  }

  it("which its opposite, a safe one, shows", () => {
    expect(changed(group, "const conn", "await using conn")).toEqual([]);
    expect(changed(linked, "const conn", "await using conn")).toEqual([]);
  });

  it.each([
    ["that does not parse", "const conn", "await using const conn", /^does not parse: /u],
    ["that does not type-check", "const conn", "await using con", /^new error: TS2552 /u],
    ["that leaves the finding", "query('')", "query('select 1')", /^the finding stays: await-using\/require-using/u],
    ["that brings another finding", "const conn = await open();", "await open(); await using conn = await open();", /^new finding: await-using\/no-floating-disposable/u],
  ])("%s", (_, from, to, problem) => {
    const problems = changed(group, from, to);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });

  it("that breaks another file", () => {
    const problems = changed(linked, "export const one = 1;\nasync function load() {\n  const conn", "export const one = '1';\nasync function load() {\n  await using conn");
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^an importer: new error: TS2322 /u);
  });
});
