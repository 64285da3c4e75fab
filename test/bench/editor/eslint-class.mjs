// @ts-check
// (b) The ESLint class with typescript-eslint's project service and our rules, as the ESLint extension runs them: an instance a request.
import path from "node:path";

import { ESLint } from "eslint";
import awaitUsing from "eslint-plugin-await-using";
import tseslint from "typescript-eslint";

import { answerEdits } from "./edits.mjs";

const [, , configFile = "", file = ""] = process.argv;
const cwd = path.dirname(configFile);

answerEdits(async (text) => {
  const eslint = new ESLint({
    cwd,
    overrideConfigFile: true,
    baseConfig: [
      {
        files: ["**/*.ts"],
        languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: cwd } },
        linterOptions: { reportUnusedDisableDirectives: "off" },
      },
      awaitUsing.configs.recommended,
    ],
  });
  const [result] = await eslint.lintText(text, { filePath: file });
  const fatal = result?.messages.find((message) => message.fatal === true);
  if (fatal !== undefined) throw new Error(fatal.message);
  return result?.messages.length ?? 0;
});
