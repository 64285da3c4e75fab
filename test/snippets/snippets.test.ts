import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";
import { describe, expect, it } from "vitest";

import { lint, strict } from "../../eslint-plugin/tests/support/workspace.js";
import { languages, snippetOf } from "../../tools/snippets/template.mjs";
import { allCases, type Case } from "./support/cases.js";
import { errorsOf, formatted, javascriptOf, programFor, write, writeCases } from "./support/compile.js";
import { expand, fieldsOf } from "./support/expand.mjs";
import { majors, nativeNode, polyfill, prettier } from "./support/runtimes.js";

const { format } = await prettier();
const cases = allCases();
const folder = writeCases(cases);
const fileOf = ({ file }: Case): string => path.join(folder, file);
const files = cases.map(fileOf);
const titled = cases.map((each) => [each.name, each] as const);

describe("an expansion", () => {
  it.each(titled)("of %s is formatted as the editor would", (_, { file, inserted }) => {
    expect(formatted(file, `${inserted}\n`)).toBe(`${inserted}\n`);
  });

  it.each(titled.filter(([name, { source }]) => name.endsWith("-defaults") || source.isFile))("of %s is formatted as Prettier would", async (_, { file, inserted }) => {
    expect(await format(`${inserted}\n`, { filepath: file })).toBe(`${inserted}\n`);
  });

  it.each(titled.filter(([, { language }]) => language.startsWith("javascript")))("of %s is the TypeScript variant without its types, to the token", (name, { inserted }) => {
    const typed = cases.find((other) => other.name === name.replace("javascript", "typescript"));
    expect(typed).toBeDefined();
    expect(tokensOf(inserted)).toEqual(tokensOf(javascriptOf("typed.ts", typed?.inserted ?? "", "native").replace('"use strict";\n', "")));
  });
});

describe.each(majors)("with the types of Node %i", (major) => {
  const program = programFor(major, files);
  it.each(titled)("%s type-checks", (_, each) => {
    expect(errorsOf(program, fileOf(each))).toEqual([]);
  });
});

describe("with nothing but what Node 20 has", () => {
  const program = programFor(20, files, "ES2022");
  it.each(titled)("%s type-checks, or says that it takes Node 24", (_, each) => {
    const errors = errorsOf(program, fileOf(each));
    if (each.use.takesStacks === true) expect(errors.join("\n")).toContain("AsyncDisposableStack");
    else expect(errors).toEqual([]);
    expect(each.source.description.includes("Node 24, or a polyfill")).toBe(each.use.takesStacks === true);
  });
});

describe("our strict config", () => {
  const program = programFor(24, files);
  it.each(titled)("finds nothing in %s", (_, each) => {
    const found = lint({ fileName: fileOf(each), text: each.text }, strict, program);
    expect(found.map(({ line, message, ruleId }) => `${String(line)} ${String(ruleId)}: ${message}`)).toEqual([]);
  });
});

interface Run {
  readonly case: string;
  readonly scenario: string;
  readonly run: string;
  readonly fails: readonly string[];
}

type Results = Readonly<Record<string, { readonly events: string; readonly error?: string }>>;

/** Events as the snippet's literals make them. */
function told({ literals }: Case, text: string): string {
  return [...literals].reduce((rest, [from, to]) => rest.replaceAll(` ${from}`, () => ` ${to}`), text);
}

const runs: readonly (Run & { readonly of: Case })[] = cases.flatMap((each) =>
  Object.entries(each.use.scenarios).map(([scenario, { fails }]) => ({ of: each, case: each.name, scenario, run: scenario === "twice" ? "twice" : "run", fails: fails.map((event) => told(each, event)) })),
);

/** Runs in one process of a Node; that it ends by itself says that no timer is left. */
function results(mode: "lowered" | "native", node: string, selected: readonly Run[], preload: readonly string[] = []): Results {
  const output = path.join(folder, mode);
  const manifest = path.join(output, "manifest.json");
  write(manifest, JSON.stringify(selected));
  const args = [...preload.flatMap((file) => ["--import", file]), path.join(import.meta.dirname, "support/runner.mjs"), output, manifest];
  const { error, status, stderr, stdout } = spawnSync(node, args, { encoding: "utf8", timeout: 20_000, maxBuffer: 2 ** 26 });
  if (error !== undefined || status !== 0) throw error ?? new Error(`${node} ended with ${String(status)}: ${stderr}`);
  return JSON.parse(stdout) as Results;
}

function compileAll(mode: "lowered" | "native"): void {
  write(path.join(folder, mode, "package.json"), JSON.stringify({ private: true, type: "module" }));
  write(path.join(folder, mode, "vocabulary.js"), javascriptOf("vocabulary.ts", readFileSync(path.join(folder, "vocabulary.ts"), "utf8"), mode));
  for (const { file, name, text } of cases) write(path.join(folder, mode, `${name}.js`), javascriptOf(file, text, mode));
}

function expectAsTold(selected: typeof runs, found: Results): void {
  it.each(selected.map((run) => [run.case, run.scenario, run] as const))("%s: %s", (name, scenario, { of }) => {
    const { error, events = "" } = of.use.scenarios[scenario] ?? {};
    expect(found[`${name} ${scenario}`]).toEqual({ events: told(of, events), ...(error === undefined ? {} : { error: told(of, error) }) });
  });
}

const isStacked = ({ of }: (typeof runs)[number]): boolean => of.use.takesStacks === true;
const hasStacks = "AsyncDisposableStack" in globalThis;

describe(`compiled for ES2022, on Node ${process.versions.node}`, () => {
  compileAll("lowered");
  const plain = runs.filter((run) => hasStacks || !isStacked(run));
  expectAsTold(plain, results("lowered", process.execPath, plain));
  if (hasStacks) return;

  const stacked = runs.filter(isStacked);
  describe("without stacks", () => {
    const found = results("lowered", process.execPath, stacked);
    it.each(stacked.map((run) => [run.case, run.scenario] as const))("%s: %s acquires nothing", (name, scenario) => {
      expect(found[`${name} ${scenario}`]).toEqual({ events: "", error: "ReferenceError: AsyncDisposableStack is not defined" });
    });
  });
  describe("with a polyfill for stacks", () => {
    expectAsTold(stacked, results("lowered", process.execPath, stacked, [polyfill]));
  });
});

const native = nativeNode();
if (native === null) console.log("Skipped, and not counted: no Node for this platform runs `await using` as it is written.");
else {
  describe("as they are written, on Node 24 or later", () => {
    compileAll("native");
    expectAsTold(runs, results("native", native, runs));
  });
}

describe("the snippets of a language", () => {
  const all = [...new Set(cases.map(({ source }) => source))];

  it.each(languages)("%s have prefixes of their own, with what a person looks for at their beginning", (language) => {
    const prefixes = all.flatMap((source) => snippetOf(source, language).prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
    if (language.endsWith("react")) expect(prefixes).toEqual(expect.arrayContaining(["awaitUsing", "acmHelper"]));
    for (const { prefixes: own } of all) expect(own.some((prefix) => /^(?:await-using|acm|using)/u.test(prefix))).toBe(true);
  });

  it.each(languages)("%s are in their file, which the manifest names", (language) => {
    const manifest = JSON.parse(readFileSync(path.join(import.meta.dirname, "../../package.json"), "utf8")) as { contributes: { snippets: { language: string; path: string }[] } };
    const [file, second] = manifest.contributes.snippets.filter((each) => each.language === language);
    expect(second).toBeUndefined();
    const read = JSON.parse(readFileSync(path.join(import.meta.dirname, "../..", file?.path ?? ""), "utf8")) as object;
    expect(read).toEqual(Object.fromEntries(all.map((source) => [source.title, snippetOf(source, language)])));
  });

  it.each(["typescript", "javascript"])("%s insert the same with JSX", (language) => {
    for (const source of all) expect(snippetOf(source, `${language}react`).body).toEqual(snippetOf(source, language).body);
  });

  it("are told in the title, and taught in the description", () => {
    for (const { description, title } of all) {
      expect(title.length).toBeLessThan(60);
      expect(description).toMatch(/\.$/u);
    }
  });
});

describe("the expander", () => {
  it("links holes, takes the first choice, and undoes escapes", () => {
    const body = "${2} \\$1 ${1|a\\,b,c|} ${2:x\\}y} {}\n\t$1$0";
    expect(expand(body)).toBe("x}y $1 a,b x}y {}\n  a,b");
    expect(expand(body, new Map([[1, "c"], [2, "$&"], [0, "end"]]))).toBe("$& $1 c $& {}\n  cend");
    expect(fieldsOf(body).map(({ number }) => number)).toEqual([1, 2, 0]);
  });

  it("refuses what it does not know", () => {
    expect(() => expand("${TM_FILENAME}")).toThrow("not understood");
    expect(() => expand("${1:a} ${1:b}")).toThrow("$1 is a and b");
  });
});

/** The tokens of a text, without comments and without commas that only close a list. */
function tokensOf(text: string): readonly string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, true, ts.LanguageVariant.Standard, text);
  const tokens: string[] = [];
  const templates: number[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (kind === ts.SyntaxKind.TemplateHead) templates.push(0);
    else if (kind === ts.SyntaxKind.OpenBraceToken && templates.length > 0) templates.push((templates.pop() ?? 0) + 1);
    else if (kind === ts.SyntaxKind.CloseBraceToken && templates.length > 0) {
      const depth = templates.pop() ?? 0;
      if (depth > 0) templates.push(depth - 1);
      else if (scanner.reScanTemplateToken(false) !== ts.SyntaxKind.TemplateTail) templates.push(0);
    }
    const token = scanner.getTokenText();
    if (/^[)\]}]$/u.test(token) && tokens.at(-1) === ",") tokens.pop();
    tokens.push(token);
  }
  return tokens;
}
