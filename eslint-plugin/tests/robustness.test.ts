import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";
import type ts from "typescript";

import plugin from "../src/index.js";
import { mutated, randomFrom } from "./support/mutation.js";
import { lint, projectAt, repository, strict, Workspace, type SourceText } from "./support/workspace.js";

const tests = import.meta.dirname;
const { fileNames, options } = projectAt(path.join(tests, "corpus.tsconfig.json"));
const untyped = { ...plugin.configs.untyped.rules };

/** Runs every rule; what it throws, as rule, place and stack. */
function crashes(source: SourceText, program: ts.Program | null, where: string): { readonly crash: string | null; readonly refused: boolean } {
  try {
    const [first] = lint(source, program === null ? untyped : strict, program);
    return { crash: null, refused: first?.fatal === true };
  } catch (error) {
    const { ruleId, stack } = error as Error & { readonly ruleId?: string };
    return { crash: `${ruleId ?? "no rule"}: ${where}\n${stack ?? String(error)}`, refused: false };
  }
}

function filesIn(folder: string, ending: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}

describe("no rule throws", () => {
  it.each([
    ["the declarations of TypeScript", "node_modules/typescript/lib", /\.d\.ts$/u, 100],
    ["the sources of effect", "node_modules/effect/src", /\.tsx?$/u, 500],
  ])("over %s", (_, folder, ending, least) => {
    const files = filesIn(path.join(repository, folder), ending);
    const program = new Workspace({ ...options, skipLibCheck: true }).program(files);
    const found = files.map((fileName) => crashes({ fileName, text: readFileSync(fileName, "utf8") }, program, fileName));
    expect(found.flatMap(({ crash }) => crash ?? []).slice(0, 5)).toEqual([]);
    expect(found.filter(({ refused }) => !refused).length).toBeGreaterThan(least);
  });
});

/** `MUTANT=123 npx vitest run tests/robustness.test.ts` repeats one mutant. */
const only = process.env["MUTANT"];
const size = 250;
const batches = Array.from({ length: 40 }, (_, index) => index * size).filter((first) => only === undefined || (Number(only) >= first && Number(only) < first + size));

const corpus = fileNames.filter((name) => /\.tsx?$/u.test(name)).map((fileName) => ({ fileName, text: readFileSync(fileName, "utf8") }));

/** The mutant of a seed lies beside the file that it was made from, so that its imports lead where theirs do. */
function mutant(seed: number): SourceText {
  const random = randomFrom(-1 - seed);
  const of = corpus[Math.floor(random() * corpus.length)];
  const donor = corpus[Math.floor(random() * corpus.length)];
  if (of === undefined || donor === undefined) throw new Error("There is nothing to mutate.");
  const { dir, ext, name } = path.parse(of.fileName);
  return { fileName: path.join(dir, `${name}~${String(seed)}${ext}`), text: mutated(of.text, donor.text, seed, ext === ".tsx") };
}

/** Every file that others import, mutated too: rules look into the bodies of other files. */
function mutatedOriginals(first: number): readonly SourceText[] {
  return corpus.map(({ fileName, text }, index) => ({ fileName, text: mutated(text, corpus[0]?.text ?? "", first + index, fileName.endsWith("x")) }));
}

describe("no rule throws over ten thousand mutants of the corpus", () => {
  const workspace = new Workspace(options);
  const counts = { all: 0, refused: 0, changed: 0 };

  it.each(batches)("from seed %i", (first) => {
    const mutants = Array.from({ length: size }, (_, index) => mutant(first + index));
    const originals = (first / size) % 2 === 0 ? [] : mutatedOriginals(first);
    const program = workspace.program([...originals, ...mutants]);
    const found: string[] = [];
    for (const [index, source] of mutants.entries()) {
      const seed = first + index;
      if (only !== undefined && seed !== Number(only)) continue;
      const where = `seed ${String(seed)}, ${path.relative(tests, source.fileName)}`;
      const { crash, refused } = crashes(source, program, where);
      const bare = crashes(source, null, `${where}, without types`);
      counts.all += 1;
      if (refused) counts.refused += 1;
      found.push(...[crash, bare.crash].filter((each) => each !== null));
    }
    expect(found.slice(0, 5)).toEqual([]);
  });

  it("of which at least half parse, as a mutant that does not says nothing of rules", () => {
    expect(counts.all).toBe(batches.length * size);
    expect(counts.refused).toBeLessThan(counts.all / 2);
    console.log(counts);
  });
});
