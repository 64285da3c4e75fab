import { readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { crashOf, distinct, filesIn } from "./support/crashes.js";
import { projectAt, repository, Workspace } from "./support/workspace.js";

const { options } = projectAt(path.join(import.meta.dirname, "corpus.tsconfig.json"));

describe("no rule throws", () => {
  it.each([
    ["the declarations of TypeScript", "node_modules/typescript/lib", /\.d\.ts$/u, 100],
    ["the sources of effect", "node_modules/effect/src", /\.tsx?$/u, 500],
  ])("over %s", (_, folder, ending, least) => {
    const files = filesIn(path.join(repository, folder), ending);
    const program = new Workspace(options).program(files);
    const found = files.map((fileName) => crashOf({ fileName, text: readFileSync(fileName, "utf8") }, program, path.relative(repository, fileName)));
    expect(distinct(found.flatMap(({ crash }) => crash ?? []))).toEqual([]);
    expect(found.filter(({ refused }) => refused === null).length).toBeGreaterThan(least);
  });
});
