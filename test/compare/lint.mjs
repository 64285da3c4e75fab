// @ts-check
// One run of ESLint in a process of its own: `node lint.mjs <folder> <set> <folder of the peers> <files>`; findings, processor time and memory as JSON.
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { ESLint } from "eslint";
import ours from "eslint-plugin-await-using";
import tseslint from "typescript-eslint";

import { relative } from "../support/announced.mjs";

const [folder = ".", set = "none", peers = ".", ...patterns] = process.argv.slice(2);

/** A peer's plugin. @param {string} name */
async function peer(name) {
  const module = await import(pathToFileURL(createRequire(path.join(peers, "package.json")).resolve(name)).href);
  return module.default?.default ?? module.default ?? module;
}

/** @type {Record<string, () => any>} */
const configs = {
  none: () => [],
  recommended: () => ours.configs.recommended,
  strict: () => ours.configs.strict,
  typescriptEslint: () => tseslint.configs.strictTypeChecked,
  unicorn: async () => ({ plugins: { unicorn: await peer("eslint-plugin-unicorn") }, rules: { "unicorn/prefer-dispose": "error", "unicorn/no-invalid-well-known-symbol-methods": "error" } }),
  jupyter: async () => ({ plugins: { jupyter: await peer("@jupyter/eslint-plugin") }, rules: { "jupyter/require-disposable-ownership": "error", "jupyter/require-disposable-transfer": "error" } }),
};

const eslint = new ESLint({
  cwd: folder,
  overrideConfigFile: true,
  allowInlineConfig: false,
  overrideConfig: [
    {
      files: ["**/*.{ts,tsx}"],
      languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
      linterOptions: { reportUnusedDisableDirectives: "off" },
    },
    ...[await configs[set]?.()].flat(),
  ],
});

const results = await eslint.lintFiles(patterns);
const fatal = results.flatMap(({ filePath, messages }) => messages.filter((each) => each.fatal).map(({ message }) => `${filePath}: ${message}`));
if (fatal.length > 0) throw new Error(fatal.join("\n"));
const findings = results.flatMap(({ filePath, messages }) =>
  messages.map(({ endLine, line, message, ruleId }) => ({ file: relative(folder, filePath), line, endLine: endLine ?? line, rule: ruleId ?? "", message })),
);
const { system, user } = process.cpuUsage();
console.log(JSON.stringify({ files: results.length, findings, cpu: (system + user) / 1000, memory: process.resourceUsage().maxRSS / 1024 }));
