import awaitUsing from "eslint-plugin-await-using";
import { defineConfig } from "eslint/config";

export default defineConfig([
  {
    files: ["**/*.{js,jsx}"],
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
    plugins: { "await-using": awaitUsing },
    extends: ["await-using/untyped"],
  },
]);
