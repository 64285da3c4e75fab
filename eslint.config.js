import eslintPlugin from "eslint-plugin-eslint-plugin";
import awaitUsing from "eslint-plugin-await-using";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig([
  globalIgnores(["**/dist/", "dist-*/", "**/node_modules/", ".cache/", "artifacts/", "eslint-plugin/tests/leaks/", "eslint-plugin/tests/silent/", "eslint-plugin/tests/fixtures/", "test/fixtures/", "test/consumers/*/"]),
  {
    files: ["eslint-plugin/{src,tests,tools}/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, awaitUsing.configs.strict],
    languageOptions: { parserOptions: { project: ["eslint-plugin/tsconfig.json", "eslint-plugin/tests/tsconfig.json"], tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // A node's type is compared with its name in the grammar; the enum's members are those very names.
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  {
    files: ["eslint-plugin/src/rules/*.ts"],
    extends: [eslintPlugin.configs.recommended],
    rules: {
      "eslint-plugin/require-meta-docs-description": ["error", { pattern: "^(?:Disallow|Require) " }],
      "eslint-plugin/require-meta-schema": "error",
      // Neither sees through `suggest` and shared words; ESLint's rule tester checks every message for open placeholders.
      "eslint-plugin/no-missing-placeholders": "off",
      "eslint-plugin/no-unused-message-ids": "off",
    },
  },
  {
    // The names by which the engine guesses are in src/lexicon/, those of libraries in src/libraries/, each list once with its reason.
    files: ["eslint-plugin/src/**/*.ts"],
    // What src/types/ matches is TypeScript's own text.
    ignores: ["eslint-plugin/src/{lexicon,libraries,types}/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        // A choice of lower-case words is one of names; the names of syntax nodes begin with a capital.
        { selector: "Literal[regex.pattern=/(?:[(|^]|\\?:)[a-z_]\\w+(?:\\|[^()]*)?(?:\\$|\\||\\))/]", message: "A list of names of an API belongs in src/lexicon/, where it gets a meaning and a reason." },
        { selector: "Literal[value=/=\\u002f\\^/]", message: "A selector with a list of names of an API: ask a word of src/lexicon/ instead." },
      ],
    },
  },
  {
    files: ["server/{src,tests}/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, awaitUsing.configs.strict],
    languageOptions: { parserOptions: { project: ["server/tsconfig.json", "server/tests/tsconfig.json"], tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  {
    files: ["client/src/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, awaitUsing.configs.strict],
    languageOptions: { parserOptions: { project: ["client/tsconfig.json"], tsconfigRootDir: import.meta.dirname } },
    rules: { "@typescript-eslint/consistent-type-imports": "error" },
  },
  {
    files: ["snippets/src/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, awaitUsing.configs.strict],
    languageOptions: { parserOptions: { project: ["snippets/tsconfig.json"], tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A snippet names what the person who inserts it will use.
      "@typescript-eslint/no-unused-vars": "off",
      // Takes a variable that a closure sets for one that never changes.
      "@typescript-eslint/no-unnecessary-condition": "off",
      // Snippets with a stack say that they need Node 24.
      "await-using/no-unsupported-disposal": ["error", { node: ">=24" }],
    },
  },
  {
    files: ["test/protocol/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, awaitUsing.configs.strict],
    languageOptions: { parserOptions: { project: ["test/protocol/tsconfig.json"], tsconfigRootDir: import.meta.dirname } },
    rules: { "@typescript-eslint/consistent-type-imports": "error" },
  },
  {
    files: ["test/snippets/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, awaitUsing.configs.strict],
    languageOptions: { parserOptions: { project: ["test/snippets/tsconfig.json"], tsconfigRootDir: import.meta.dirname } },
    rules: { "@typescript-eslint/consistent-type-imports": "error" },
  },
  {
    files: ["test/mutation/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, awaitUsing.configs.strict],
    languageOptions: { parserOptions: { project: ["test/mutation/tsconfig.json"], tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unnecessary-condition": "off",
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
    },
  },
  {
    // Shows what happens at run time to managers that the rules report.
    files: ["test/snippets/support/claims/*.ts"],
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { ignoreUsingDeclarations: true }],
      "@typescript-eslint/require-await": "off",
      "await-using/no-leak-on-throw": "off",
      "await-using/valid-generator-manager": "off",
    },
  },
  {
    files: ["test/**/*.mjs", "tools/**/*.mjs", "*.js"],
    languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly", performance: "readonly" } },
  },
]);
