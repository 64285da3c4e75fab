// @ts-check
// One lint run in a process of its own: `node lint.mjs <folder> <none|ours|strict|theirs|both> <files>`, figures as JSON.
import { performance } from "node:perf_hooks";

import { ESLint } from "eslint";
import tseslint from "typescript-eslint";

const [folder = ".", set = "ours", ...patterns] = process.argv.slice(2);
const plugin = (await import(process.env.BENCH_PLUGIN ?? "eslint-plugin-await-using")).default;

/** The three rules that nearly every typed configuration runs. */
const theirs = {
  "@typescript-eslint/await-thenable": "error",
  "@typescript-eslint/no-floating-promises": "error",
  "@typescript-eslint/no-misused-promises": "error",
};
const ours = plugin.configs[set === "strict" ? "strict" : "recommended"].rules;

const eslint = new ESLint({
  cwd: folder,
  overrideConfigFile: true,
  stats: true,
  allowInlineConfig: false,
  overrideConfig: [
    {
      files: ["**/*.ts"],
      languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
      linterOptions: { reportUnusedDisableDirectives: "off" },
      plugins: { "await-using": plugin, "@typescript-eslint": /** @type {any} */ (tseslint.plugin) },
      rules: { ...(set === "none" || set === "theirs" ? {} : ours), ...(set === "theirs" || set === "both" ? theirs : {}) },
    },
  ],
});

const started = performance.now();
const results = await eslint.lintFiles(patterns);
const lint = performance.now() - started;

/** @type {Record<string, number>} */
const rules = {};
let parse = 0;
for (const { stats } of results) {
  for (const pass of stats?.times.passes ?? []) {
    parse += pass.parse?.total ?? 0;
    for (const [rule, { total }] of Object.entries(pass.rules ?? {})) rules[rule] = (rules[rule] ?? 0) + total;
  }
}
const sum = (/** @type {string} */ prefix) => Object.entries(rules).reduce((total, [rule, time]) => (rule.startsWith(prefix) ? total + time : total), 0);
/** @type {Record<string, number>} */
const findings = {};
const fatal = [];
for (const { filePath, messages } of results) {
  for (const { fatal: isFatal, message, ruleId } of messages) {
    if (isFatal) fatal.push(`${filePath}: ${message}`);
    else findings[ruleId ?? ""] = (findings[ruleId ?? ""] ?? 0) + 1;
  }
}
const { system, user } = process.cpuUsage();
console.log(JSON.stringify({ files: results.length, lint, cpu: (system + user) / 1000, parse, ours: sum("await-using/"), theirs: sum("@typescript-eslint/"), rules, findings, fatal, memory: process.resourceUsage().maxRSS / 1024 }));
if (process.env.BENCH_MESSAGES) for (const { filePath, messages } of results) for (const m of messages) console.error(`${filePath}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
