// @ts-check
// Lints a staged package in a process of its own: `node lint.mjs <folder> <settings>`, findings as JSON.
import { readFileSync } from "node:fs";
import path from "node:path";

import { ESLint } from "eslint";
import plugin from "eslint-plugin-await-using";
import tseslint from "typescript-eslint";

import { relative } from "../support/announced.mjs";
import { placeIn } from "./places.mjs";

/**
 * @typedef {{ config: "recommended" | "strict", rule: string, file: string, line: number, message: string, place: string, digest: string }} Reported
 * @typedef {{ files: number, lines: number, imports: number, unresolved: string[], fatal: string[], reported: Reported[] }} Linted
 */

const [folder = ".", settings = "{}"] = process.argv.slice(2);

/** JavaScript is there only where it was staged as source. */
const sources = "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}";

/** @type {Omit<Linted, "fatal" | "reported">} */
const measured = { files: 0, lines: 0, imports: 0, unresolved: [] };

/** Counts lines with code on them, and the imports that no type is found for: there the rules are blind. @type {import("eslint").Rule.RuleModule} */
const measure = {
  create({ filename, sourceCode }) {
    const services = /** @type {any} */ (sourceCode.parserServices);
    return {
      Program({ tokens = [] }) {
        measured.files++;
        measured.lines += new Set(tokens.flatMap(({ loc }) => Array.from({ length: loc.end.line - loc.start.line + 1 }, (_, index) => loc.start.line + index))).size;
      },
      ImportDeclaration({ source }) {
        measured.imports++;
        const symbol = services.program.getTypeChecker().getSymbolAtLocation(services.esTreeNodeToTSNodeMap.get(source));
        if (symbol === undefined) measured.unresolved.push(`${relative(folder, filename)}: ${source.value}`);
      },
    };
  },
};

// One run for both configs: the plugin under two names, each with the severities and options of one config.
const configs = /** @type {const} */ (["recommended", "strict"]);
const rules = configs.flatMap((config) => Object.entries(plugin.configs[config].rules ?? {}).map(([id, level]) => [id.replace("await-using", config), level]));

const eslint = new ESLint({
  cwd: folder,
  overrideConfigFile: true,
  allowInlineConfig: false,
  overrideConfig: [
    {
      files: [sources],
      ignores: ["**/*.d.{ts,mts,cts}"],
      languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: folder } },
      linterOptions: { reportUnusedDisableDirectives: "off" },
      settings: { "await-using": JSON.parse(settings) },
      plugins: { recommended: plugin, strict: plugin, accuracy: { rules: { measure } } },
      rules: { ...Object.fromEntries(rules), "accuracy/measure": "error" },
    },
  ],
});

/** @type {Reported[]} */
const reported = [];
/** @type {string[]} */
const fatal = [];
for (const { filePath, messages } of await eslint.lintFiles([sources])) {
  const file = relative(folder, filePath);
  if (messages.length === 0) continue;
  const find = placeIn(readFileSync(filePath, "utf8"), /\.(?:tsx|[cm]?jsx?)$/u.test(filePath));
  for (const { column, fatal: isFatal, line, message, ruleId } of messages) {
    const [config = "", rule = ""] = ruleId?.split("/") ?? [];
    if (isFatal === true || (config !== "recommended" && config !== "strict")) fatal.push(`${file}:${line}: ${message}`);
    else reported.push({ config, rule, file, line, message, ...find({ column, config, line, message, rule }) });
  }
}
console.log(JSON.stringify({ ...measured, fatal, reported }));
