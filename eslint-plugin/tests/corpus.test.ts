import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import type { ESLint } from "eslint";
import { beforeAll, describe, expect, it } from "vitest";

import { announcedBy } from "../../test/support/announced.mjs";
import { linter, tests } from "./support/corpus.js";

const families = readdirSync(path.join(tests, "silent")).sort();
const leaks = readdirSync(path.join(tests, "leaks")).sort();

function lines(result: ESLint.LintResult): readonly string[] {
  return result.messages.map(({ line, message, ruleId }) => `${String(line)} ${String(ruleId)}: ${message}`);
}

describe("silence: correct code on which nothing is reported", () => {
  const results = new Map<string, ESLint.LintResult>();
  beforeAll(async () => {
    for (const result of await linter("strict").lintFiles(["silent"])) results.set(path.relative(tests, result.filePath), result);
  });

  it("has the twenty families, each with three files or more", () => {
    expect(families.map((family) => family.slice(0, 3))).toEqual(Array.from({ length: 20 }, (_, index) => `F${String(index + 1).padStart(2, "0")}`));
    for (const family of families) expect(readdirSync(path.join(tests, "silent", family)).length, family).toBeGreaterThanOrEqual(3);
  });

  describe.each(families)("%s", (family) => {
    it.each(readdirSync(path.join(tests, "silent", family)).filter((file) => /\.tsx?$/u.test(file)))("%s", (file) => {
      const result = results.get(path.join("silent", family, file));
      expect(result === undefined ? ["was not linted"] : lines(result)).toEqual([]);
    });
  });
});

describe("leaks: real-shaped bugs, each found, and nothing in the corrected form", () => {
  const results = new Map<string, ESLint.LintResult>();
  beforeAll(async () => {
    for (const result of await linter("strict").lintFiles(["leaks"])) results.set(path.basename(result.filePath), result);
  });

  it.each(leaks.filter((file) => /\.tsx?$/u.test(file)))("%s", (file) => {
    const expected = announcedBy(readFileSync(path.join(tests, "leaks", file), "utf8"));
    const messages = results.get(file)?.messages ?? [];
    const found = messages.map(({ line, ruleId }) => `${String(line)} ${String(ruleId)}`);
    expect(found).toEqual(expected.map(({ line, rule }) => `${String(line)} await-using/${rule}`));
    for (const [index, { words }] of expected.entries()) {
      for (const word of words) expect(messages[index]?.message).toContain(word);
    }
  });

  it("has a corrected form beside every bug, and a bug in every bad file", () => {
    for (const file of leaks.filter((name) => name.includes(".bad."))) {
      expect(leaks).toContain(file.replace(".bad.", ".good."));
      expect(announcedBy(readFileSync(path.join(tests, "leaks", file), "utf8")), file).not.toEqual([]);
    }
  });
});
