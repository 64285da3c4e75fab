// @ts-check
// (b) The ESLint class with typescript-eslint's project service, as the ESLint extension runs it: an instance a request.
// With our rules alone, or beside the three typed rules of typescript-eslint that most projects have on.
import path from "node:path";

import { ESLint } from "eslint";
import awaitUsing from "eslint-plugin-await-using";
import tseslint from "typescript-eslint";

import { answerEdits } from "./edits.mjs";

const [, , configFile = "", file = "", rules = "ours"] = process.argv;
const cwd = path.dirname(configFile);

const typed = {
  files: ["**/*.ts"],
  plugins: { "@typescript-eslint": tseslint.plugin },
  rules: { "@typescript-eslint/await-thenable": "error", "@typescript-eslint/no-floating-promises": "error", "@typescript-eslint/no-misused-promises": "error" },
};

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
      ...(rules === "both" ? [typed] : []),
    ],
  });
  const [result] = await eslint.lintText(text, { filePath: file });
  const fatal = result?.messages.find((message) => message.fatal === true);
  if (fatal !== undefined) throw new Error(fatal.message);
  return result?.messages.length ?? 0;
});
