import awaitUsing from "eslint-plugin-await-using";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig([
  {
    files: ["**/*.ts"],
    languageOptions: { parser: tseslint.parser, parserOptions: { project: true, tsconfigRootDir: import.meta.dirname } },
    extends: [awaitUsing.configs.recommended],
  },
]);
