import awaitUsing from "eslint-plugin-await-using";
import { defineConfig } from "eslint/config";

export default defineConfig([
  { files: ["**/*.js"], plugins: { "await-using": awaitUsing }, extends: ["await-using/recommended"] },
]);
