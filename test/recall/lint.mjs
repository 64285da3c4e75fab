// @ts-check
import path from "node:path";

import { Linter } from "eslint";
import plugin from "eslint-plugin-await-using";
import tseslint from "typescript-eslint";

/**
 * @typedef {{ config: import("./options.mjs").Config, rule: string, line: number, endLine: number, message: string }} Finding
 * @typedef {{ findings: Finding[], fatal: string[] }} Found
 */

/**
 * Lints files by configs of the plugin, all of them in one run: the plugin under the name of each.
 *
 * @param {readonly import("./options.mjs").Config[]} configs
 * @param {Readonly<Record<string, unknown>>} settings
 * @returns {(program: import("typescript").Program, file: string, text: string) => Found}
 */
export function linter(configs, settings) {
  // From the disk's root, so that every file has a configuration.
  const eslint = new Linter({ cwd: path.parse(process.cwd()).root });
  const rules = configs.flatMap((config) => Object.entries(plugin.configs[config].rules ?? {}).map(([id, level]) => [id.replace("await-using", config), level]));
  return (program, file, text) => {
    const messages = eslint.verify(
      text,
      [
        { ignores: ["!**/node_modules/"] },
        {
          files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"],
          languageOptions: { parser: tseslint.parser, parserOptions: { programs: [program], ecmaFeatures: { jsx: !/\.[cm]?ts$/u.test(file) } } },
          linterOptions: { reportUnusedDisableDirectives: "off" },
          settings: { "await-using": settings },
          plugins: Object.fromEntries(configs.map((config) => [config, plugin])),
          rules: Object.fromEntries(rules),
        },
      ],
      { filename: file, allowInlineConfig: false },
    );
    /** @type {Found} */
    const found = { findings: [], fatal: [] };
    for (const { endLine, fatal, line, message, ruleId } of messages) {
      const [name, rule] = ruleId?.split("/") ?? [];
      const config = configs.find((each) => each === name);
      if (fatal === true || config === undefined || rule === undefined) found.fatal.push(`${line}: ${message}`);
      else found.findings.push({ config, rule, line, endLine: endLine ?? line, message });
    }
    return found;
  };
}
