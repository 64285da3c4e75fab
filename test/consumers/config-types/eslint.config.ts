import awaitUsing from "eslint-plugin-await-using";
import type { ESLint, Linter } from "eslint";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig([
  {
    files: ["**/*.ts"],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
    plugins: { "await-using": awaitUsing },
    extends: ["await-using/recommended"],
  },
  { files: ["src/**/*.ts"], extends: [awaitUsing.configs.strict] },
  { files: ["**/*.js"], extends: [awaitUsing.configs.untyped] },
  awaitUsing.configs.recommended,
]);

export const plugin: ESLint.Plugin = awaitUsing;
export const config: Linter.Config = awaitUsing.configs.recommended;
// @ts-expect-error -- there is no config of this name
export const misspelled: unknown = awaitUsing.configs.recomended;
