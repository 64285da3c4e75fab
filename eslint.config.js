import eslintPlugin from "eslint-plugin-eslint-plugin";
import awaitUsing from "eslint-plugin-await-using";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig([
  globalIgnores(["**/dist/", "**/node_modules/", "eslint-plugin/tests/leaks/", "eslint-plugin/tests/silent/", "eslint-plugin/tests/fixtures/", "test/fixtures/", "test/consumers/*/"]),
  {
    files: ["eslint-plugin/{src,tests,tools}/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, { plugins: { "await-using": awaitUsing }, extends: ["await-using/strict"] }],
    languageOptions: { parserOptions: { project: ["eslint-plugin/tsconfig.json", "eslint-plugin/tests/tsconfig.json"], tsconfigRootDir: import.meta.dirname } },
    rules: {
      // One rule a file, and files of pure functions: names say more than order.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "off",
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  {
    files: ["eslint-plugin/src/rules/*.ts"],
    extends: [eslintPlugin.configs.recommended],
    rules: {
      "eslint-plugin/require-meta-docs-description": "error",
      "eslint-plugin/require-meta-schema": "error",
    },
  },
  {
    files: ["eslint-plugin/src/{rules,ownership,flow,edits}/**/*.ts"],
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ regex: "^(?:typescript|ts-api-utils|@typescript-eslint/(?:type-utils|parser|typescript-estree))$", message: "Only src/types/ asks TypeScript anything." }] }],
    },
  },
  {
    files: ["test/**/*.mjs", "*.js"],
    languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly", performance: "readonly" } },
  },
]);
