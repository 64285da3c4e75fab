import type { ESLint } from "eslint";

import { configsFor, type Configs } from "./configs/configs.js";
import noAsyncDispose from "./rules/no-async-dispose.js";
import noEscapingUsing from "./rules/no-escaping-using.js";
import noFloatingDisposable from "./rules/no-floating-disposable.js";
import noFloatingDispose from "./rules/no-floating-dispose.js";
import noLeakOnPath from "./rules/no-leak-on-path.js";
import noLeakOnThrow from "./rules/no-leak-on-throw.js";
import noLeakyConcurrency from "./rules/no-leaky-concurrency.js";
import noSyncUsing from "./rules/no-sync-using.js";
import noUnawaitedAcquisition from "./rules/no-unawaited-acquisition.js";
import noUnawaitedUse from "./rules/no-unawaited-use.js";
import requireUsing from "./rules/require-using.js";
import validAsyncDispose from "./rules/valid-async-dispose.js";

const rules = {
  "no-async-dispose": noAsyncDispose,
  "no-escaping-using": noEscapingUsing,
  "no-floating-disposable": noFloatingDisposable,
  "no-floating-dispose": noFloatingDispose,
  "no-leak-on-path": noLeakOnPath,
  "no-leak-on-throw": noLeakOnThrow,
  "no-leaky-concurrency": noLeakyConcurrency,
  "no-sync-using": noSyncUsing,
  "no-unawaited-acquisition": noUnawaitedAcquisition,
  "no-unawaited-use": noUnawaitedUse,
  "require-using": requireUsing,
  "valid-async-dispose": validAsyncDispose,
};

// typescript-eslint types rules more closely than ESLint does; at run time they are ESLint rules.
const base = {
  meta: { name: "eslint-plugin-await-using", version: "0.1.0", namespace: "await-using" },
  rules: rules as unknown as NonNullable<ESLint.Plugin["rules"]>,
} satisfies ESLint.Plugin;

/** The plugin: `configs.recommended`, `configs.strict`, `configs.untyped` and the rules. */
const plugin: typeof base & { readonly configs: Configs & Record<string, Configs[keyof Configs]> } = Object.assign(base, {
  configs: {} as Configs & Record<string, Configs[keyof Configs]>,
});
Object.assign(plugin.configs, configsFor(plugin));

export default plugin;
