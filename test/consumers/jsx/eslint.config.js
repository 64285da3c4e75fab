import awaitUsing from "eslint-plugin-await-using";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig([
  {
    files: ["**/*.{jsx,tsx}"],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
    plugins: { "await-using": awaitUsing },
    extends: ["await-using/recommended"],
  },
]);
