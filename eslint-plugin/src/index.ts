import type { TSESLint } from "@typescript-eslint/utils";

import noFloatingDisposable from "./rules/no-floating-disposable.js";
import noLeakOnPath from "./rules/no-leak-on-path.js";
import noLeakOnThrow from "./rules/no-leak-on-throw.js";
import requireUsing from "./rules/require-using.js";

const rules = {
  "no-floating-disposable": noFloatingDisposable,
  "no-leak-on-path": noLeakOnPath,
  "no-leak-on-throw": noLeakOnThrow,
  "require-using": requireUsing,
};
const plugin = { meta: { name: "eslint-plugin-await-using", version: "0.1.0", namespace: "await-using" }, rules };
export default plugin;
export type X = TSESLint.Linter.Plugin;
