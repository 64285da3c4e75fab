import { readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { crashOf, distinct, filesIn } from "./support/crashes.js";
import { projectAt, repository, Workspace } from "./support/workspace.js";

const { options } = projectAt(path.join(import.meta.dirname, "corpus.tsconfig.json"));
const libraries = path.join(repository, "node_modules");

describe("no rule throws", () => {
  it.each([
    ["the declarations of TypeScript", "typescript/lib", /\.d\.ts$/u, 100],
    ["the sources of effect", "effect/src", /\.tsx?$/u, 500],
    ["every syntax that JavaScript has", "test262-parser-tests/pass", /\.js$/u, 1200],
  ])("over %s", (_, folder, ending, least) => {
    const files = filesIn(path.join(libraries, folder), ending);
    const program = new Workspace({ ...options, allowJs: true }).program(files);
    const found = files.map((fileName) => crashOf({ fileName, text: readFileSync(fileName, "utf8") }, program, path.relative(repository, fileName)));
    expect(distinct(found.flatMap(({ crash }) => crash ?? []))).toEqual([]);
    expect(found.filter(({ refused }) => refused === null).length).toBeGreaterThan(least);
  });

  it("without types over every syntax that JavaScript has", () => {
    const files = filesIn(path.join(libraries, "test262-parser-tests", "pass"), /\.js$/u);
    const found = files.map((fileName) => crashOf({ fileName, text: readFileSync(fileName, "utf8") }, null, path.relative(repository, fileName)));
    expect(distinct(found.flatMap(({ crash }) => crash ?? []))).toEqual([]);
    expect(found.filter(({ refused }) => refused === null).length).toBeGreaterThan(1200);
  });
});
