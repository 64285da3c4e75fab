import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import plugin from "../src/index.js";
import { documentationBlocks, pages, type DocumentedBlock } from "./support/documentation.js";
import { claimsIn, differences, type Block } from "./support/markdown.js";
import { lint, placedErrorsIn, strict } from "./support/workspace.js";

const names = Object.keys(plugin.rules).sort();
const { program, blocks } = documentationBlocks();

function findings({ block, rule, source }: DocumentedBlock, only: boolean): ReturnType<typeof lint> {
  const own = rule === null ? {} : { [rule]: optioned(rule, block) };
  return lint(source, only && rule !== null ? own : { ...strict, ...own }, program);
}

function optioned(rule: string, { options }: Block): (typeof strict)[string] {
  return options === null ? (strict[rule] ?? "error") : ["error", options];
}

describe("rule pages", () => {
  it("are those of the rules, no more and no fewer", () => {
    expect(pages.filter(({ rule }) => rule !== null).map(({ name }) => name)).toEqual(names.map((name) => `docs/rules/${name}.md`));
  });

  describe.each(pages.filter(({ rule }) => rule !== null))("$name", ({ page }) => {
    it("says why, shows examples, and says how safe its fixes are and when not to use it", () => {
      for (const heading of ["Why", "Examples", "Fix safety", "When not to use it"]) expect(page.headings).toContain(heading);
    });

    it("shows incorrect and correct code", () => {
      expect(page.blocks.filter(({ claim }) => claim === "incorrect")).not.toEqual([]);
      expect(page.blocks.filter(({ claim }) => claim === "correct")).not.toEqual([]);
    });

    it("claims something about each block of TypeScript", () => {
      expect(page.unclaimed.filter(({ language }) => /^(?:[cm]?tsx?|typescript)$/u.test(language))).toEqual([]);
    });
  });
});

describe("code blocks", () => {
  for (const documented of blocks) {
    const { block, source, title } = documented;
    describe(title, () => {
      it("parses and type-checks", () => {
        expect(placedErrorsIn(program, source.fileName)).toEqual([]);
      });

      if (block.claim === "incorrect") {
        it("spells every finding, and each is found", () => {
          expect(differences(source.text, findings(documented, true))).toEqual([]);
          expect(claimsIn(source.text)).not.toEqual([]);
        });
      } else {
        it("has no finding", () => {
          expect(findings(documented, false).map(({ line, message, ruleId }) => `${String(line)} ${String(ruleId)}: ${message}`)).toEqual([]);
          expect(claimsIn(source.text)).toEqual([]);
        });
      }
    });
  }
});

describe("the notation", () => {
  const code = "const conn = await open();\n//    ^^^^\n// first line\n//   second line\n\nlock();\n//^^^^\n// at the edge\n//\n// not part of it\n";
  const found = (line: number, column: number, endColumn: number, message: string): ReturnType<typeof lint>[number] => ({
    ruleId: "await-using/some", severity: 2, line, column, endLine: line, endColumn, message,
  });

  it("takes the carets' columns, the line above them and the whole message", () => {
    expect(claimsIn(code)).toEqual([
      { line: 1, columns: [7], endColumn: 11, message: "first line second line" },
      { line: 6, columns: [3, 1], endColumn: 7, message: "at the edge" },
    ]);
    expect(differences(code, [found(1, 7, 11, "first  line second line"), found(6, 1, 7, "at the edge")])).toEqual([]);
  });

  it.each([
    ["a finding too few", [found(1, 7, 11, "first line second line")], 1],
    ["a finding too many", [found(1, 7, 11, "first line second line"), found(6, 1, 7, "at the edge"), found(6, 1, 7, "at the edge")], 1],
    ["another line", [found(2, 7, 11, "first line second line"), found(6, 1, 7, "at the edge")], 2],
    ["another column", [found(1, 8, 11, "first line second line"), found(6, 1, 7, "at the edge")], 2],
    ["another end", [found(1, 7, 12, "first line second line"), found(6, 1, 7, "at the edge")], 2],
    ["another message", [found(1, 7, 11, "first line"), found(6, 1, 7, "at the edge")], 2],
  ])("tells %s", (_, messages, count) => {
    expect(differences(code, messages)).toHaveLength(count);
  });
});

describe("the plugin's files", () => {
  it("have a page and a test for every rule", () => {
    for (const name of names) {
      expect(existsSync(path.join(import.meta.dirname, `${name}.test.ts`)), `tests/${name}.test.ts`).toBe(true);
      expect(readFileSync(path.join(import.meta.dirname, `../src/rules/${name}.ts`), "utf8")).toContain(`name: "${name}"`);
    }
    expect(readdirSync(path.join(import.meta.dirname, "../docs/rules")).sort()).toEqual(names.map((name) => `${name}.md`));
  });
});
