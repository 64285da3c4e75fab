import { readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";
import { describe, expect, it } from "vitest";

import { ruleTestCases } from "./support/cases.js";
import { crashOf, distinct } from "./support/crashes.js";
import { mutated, randomFrom } from "./support/mutation.js";
import { fixtures } from "./support/rule-tester.js";
import { projectAt, Workspace, type SourceText } from "./support/workspace.js";

const tests = import.meta.dirname;
const { options } = projectAt(path.join(fixtures, "tsconfig.json"));
const resources = path.join(fixtures, "resources.d.ts");
const corpus = projectAt(path.join(tests, "corpus.tsconfig.json")).fileNames.map((fileName) => ({ fileName, text: readFileSync(fileName, "utf8") }));
const cases = (await ruleTestCases()).map(({ code, filename = "file.ts" }, index) => ({ fileName: path.join(fixtures, `case-${String(index)}${path.extname(filename)}`), text: code }));

/** `MUTANT=123 npx vitest run tests/robustness.test.ts` repeats one mutant. */
const only = process.env["MUTANT"] === undefined ? null : Number(process.env["MUTANT"]);

const size = 2_500; // a library's types are made once a program, so that large batches are quick
/** `MUTANTS=10000` makes four batches instead of two, and so on. */
const total = Math.ceil(Math.max(Number(process.env["MUTANTS"] ?? 5_000), (only ?? 0) + 1) / size) * size;
const batches = Array.from({ length: total / size }, (_, index) => index * size);

/** A mutant lies beside the file that it was made from, so that its imports lead where theirs do. */
function mutant(seed: number): SourceText {
  const random = randomFrom(-1 - seed);
  const one = (): SourceText | undefined => {
    const from = random() < 0.4 ? corpus : cases;
    return from[Math.floor(random() * from.length)];
  };
  const [original, donor] = [one(), one()];
  if (original === undefined || donor === undefined) throw new Error("There is nothing to mutate.");
  const { dir, ext, name } = path.parse(original.fileName);
  return { fileName: path.join(dir, `${name}~${String(seed)}${ext}`), text: mutated(original.text, donor.text, seed, ext.endsWith("x")) };
}

/** In every second batch what the mutants import is mutated too, as rules look into the bodies of other files. */
function originalsBeside(first: number): readonly SourceText[] {
  if ((first / size) % 2 === 0) return [];
  return corpus.map(({ fileName, text }, index) => ({ fileName, text: mutated(text, text, first + index, fileName.endsWith("x")) }));
}

/** The same without types, for ESLint's own parser. */
function inJavaScript({ fileName, text }: SourceText): SourceText {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { jsx: ts.JsxEmit.Preserve, module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ESNext }, fileName });
  return { fileName: fileName.replace(/\.tsx?$/u, ".js"), text: outputText };
}

describe("no rule throws over thousands of mutants of test files", () => {
  const workspace = new Workspace(options);
  const counts = { all: 0, refused: 0 };

  it.each(batches.filter((first) => only === null || (only >= first && only < first + size)))("from seed %i", (first) => {
    const mutants = Array.from({ length: size }, (_, index) => ({ seed: first + index, source: mutant(first + index) }));
    const program = workspace.program([resources, ...originalsBeside(first), ...mutants.map(({ source }) => source)]);
    const crashes: string[] = [];
    for (const { seed, source } of mutants) {
      if (only !== null && seed !== only) continue;
      const where = `seed ${String(seed)}, ${path.relative(tests, source.fileName)}`;
      const outcome = crashOf(source, program, where);
      counts.all++;
      if (outcome.refused !== null) counts.refused++;
      if (outcome.crash !== null) crashes.push(outcome.crash);
      const bare = seed % 5 === 0 ? inJavaScript(source) : seed % 5 === 3 ? source : null;
      const without = bare === null ? null : crashOf(bare, null, `${where}, without types`);
      if (without !== null && without.crash !== null) crashes.push(without.crash);
    }
    expect(distinct(crashes)).toEqual([]);
  });

  it.runIf(only === null)("of which at least half parse, as rules see no others", () => {
    expect(counts.all).toBe(total);
    expect(counts.refused).toBeLessThan(total / 2);
  });
});

describe("the mutation", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(mutant(7)).toEqual(mutant(7));
    const texts = new Set(Array.from({ length: 50 }, (_, seed) => mutant(seed).text));
    expect(texts.size).toBeGreaterThan(45);
  });

  it("parses as JavaScript too, more often than not", () => {
    const outcomes = Array.from({ length: 200 }, (_, seed) => crashOf(inJavaScript(mutant(seed)), null, ""));
    expect(outcomes.filter(({ refused }) => refused === null).length).toBeGreaterThan(100);
  });

  it("changes nearly every text", () => {
    const untouched = Array.from({ length: 100 }, (_, seed) => mutant(seed)).filter(({ text }) => [...cases, ...corpus].some((original) => original.text === text));
    expect(untouched.length).toBeLessThan(10);
  });
});

describe("a crash", () => {
  it("is reported with the rule, the place and the stack", () => {
    const source = { fileName: path.join(tests, "silent/any.ts"), text: "export const one = 1;\n" };
    // A rule that needs types throws without them.
    const { crash } = crashOf(source, null, "seed 1", { "await-using/require-using": "error" });
    expect(distinct([crash ?? "", (crash ?? "").replace("seed 1", "seed 2")])).toEqual([`2× ${crash ?? ""}`]);
    expect(crash).toMatch(/^no rule: seed 1\nError: [^]*'await-using\/require-using'[^]*\n +at /u);
  });
});
