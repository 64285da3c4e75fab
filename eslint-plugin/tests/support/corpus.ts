import path from "node:path";

import * as parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";

import plugin from "../../src/index.js";

export const tests = path.join(import.meta.dirname, "..");

/** ESLint with one of the plugin's configs over the corpus, typed by one program. */
export function linter(config: "recommended" | "strict"): ESLint {
  return new ESLint({
    cwd: tests,
    overrideConfigFile: true,
    baseConfig: [
      {
        files: ["**/*.ts", "**/*.tsx"],
        languageOptions: { parser, parserOptions: { project: "./corpus.tsconfig.json", tsconfigRootDir: tests } },
        linterOptions: { reportUnusedDisableDirectives: "off" },
      },
      plugin.configs[config],
    ],
  });
}

export interface Expected {
  readonly line: number;
  readonly rule: string;
  readonly words: readonly string[];
}

/** The findings that a file announces: `// ✗ rule: word, word` at the end of a line. */
export function expectedIn(text: string): readonly Expected[] {
  return text.split("\n").flatMap((source, index) =>
    [...source.matchAll(/\/\/ ✗ (?<claims>.+)$/gu)].flatMap(({ groups }) =>
      (groups?.["claims"] ?? "").split(" ✗ ").map((claim) => {
        const [rule = "", words = ""] = claim.split(/: (?<rest>.*)/u);
        return { line: index + 1, rule: rule.trim(), words: words.split(", ").map((word) => word.trim()).filter((word) => word !== "") };
      }),
    ),
  );
}
