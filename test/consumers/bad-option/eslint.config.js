import awaitUsing from "eslint-plugin-await-using";
import { defineConfig } from "eslint/config";

export default defineConfig([
  {
    files: ["**/*.js"],
    plugins: { "await-using": awaitUsing },
    rules: { "await-using/no-sync-using": ["error", { bothSymbols: true }] },
  },
]);
