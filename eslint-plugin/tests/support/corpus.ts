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
