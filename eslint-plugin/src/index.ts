import noEscapingUsing from "./rules/no-escaping-using.js";
import noFloatingDisposable from "./rules/no-floating-disposable.js";
import noLeakOnPath from "./rules/no-leak-on-path.js";
import noLeakOnThrow from "./rules/no-leak-on-throw.js";
import noLeakyConcurrency from "./rules/no-leaky-concurrency.js";
import noUnawaitedUse from "./rules/no-unawaited-use.js";
import requireUsing from "./rules/require-using.js";

const rules = {
  "no-escaping-using": noEscapingUsing,
  "no-floating-disposable": noFloatingDisposable,
  "no-leak-on-path": noLeakOnPath,
  "no-leak-on-throw": noLeakOnThrow,
  "no-leaky-concurrency": noLeakyConcurrency,
  "no-unawaited-use": noUnawaitedUse,
  "require-using": requireUsing,
};
const plugin = { meta: { name: "eslint-plugin-await-using", version: "0.1.0", namespace: "await-using" }, rules };
export default plugin;
