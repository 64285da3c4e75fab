const awaitUsing = require("eslint-plugin-await-using").default;
const { defineConfig } = require("eslint/config");
const tseslint = require("typescript-eslint");

module.exports = defineConfig([
  {
    files: ["**/*.ts"],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
    plugins: { "await-using": awaitUsing },
    extends: ["await-using/strict"],
  },
]);
