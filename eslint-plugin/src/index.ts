import type { ESLint } from "eslint";

import { configsFor, type Configs } from "./configs/configs.js";
import { sitesOf } from "./rules/related-sites.js";
import noAbandonedGenerator from "./rules/no-abandoned-generator.js";
import noAsyncDispose from "./rules/no-async-dispose.js";
import noDisposeBorrowed from "./rules/no-dispose-borrowed.js";
import noEscapingUsing from "./rules/no-escaping-using.js";
import noFloatingDisposable from "./rules/no-floating-disposable.js";
import noFloatingDispose from "./rules/no-floating-dispose.js";
import noLeakOnPath from "./rules/no-leak-on-path.js";
import noLeakOnThrow from "./rules/no-leak-on-throw.js";
import noLeakyCollection from "./rules/no-leaky-collection.js";
import noLeakyConcurrency from "./rules/no-leaky-concurrency.js";
import noLeakyConstruction from "./rules/no-leaky-construction.js";
import noModuleUsing from "./rules/no-module-using.js";
import noSyncUsing from "./rules/no-sync-using.js";
import noUnawaitedAcquisition from "./rules/no-unawaited-acquisition.js";
import noUnawaitedUse from "./rules/no-unawaited-use.js";
import noUnclearedTimeout from "./rules/no-uncleared-timeout.js";
import noUnsupportedDisposal from "./rules/no-unsupported-disposal.js";
import preferDisposableClass from "./rules/prefer-disposable-class.js";
import requireDisposableOwner from "./rules/require-disposable-owner.js";
import requireFieldDisposal from "./rules/require-field-disposal.js";
import noUseAfterDispose from "./rules/no-use-after-dispose.js";
import preferDisposableStack from "./rules/prefer-disposable-stack.js";
import preferUsing from "./rules/prefer-using.js";
import requireManagerWrapper from "./rules/require-manager-wrapper.js";
import requireSuperDispose from "./rules/require-super-dispose.js";
import requireUsing from "./rules/require-using.js";
import validAsyncDispose from "./rules/valid-async-dispose.js";
import validGeneratorManager from "./rules/valid-generator-manager.js";

const rules = {
  "no-abandoned-generator": noAbandonedGenerator,
  "no-async-dispose": noAsyncDispose,
  "no-dispose-borrowed": noDisposeBorrowed,
  "no-escaping-using": noEscapingUsing,
  "no-floating-disposable": noFloatingDisposable,
  "no-floating-dispose": noFloatingDispose,
  "no-leak-on-path": noLeakOnPath,
  "no-leak-on-throw": noLeakOnThrow,
  "no-leaky-collection": noLeakyCollection,
  "no-leaky-concurrency": noLeakyConcurrency,
  "no-leaky-construction": noLeakyConstruction,
  "no-module-using": noModuleUsing,
  "no-sync-using": noSyncUsing,
  "no-unawaited-acquisition": noUnawaitedAcquisition,
  "no-unawaited-use": noUnawaitedUse,
  "no-uncleared-timeout": noUnclearedTimeout,
  "no-unsupported-disposal": noUnsupportedDisposal,
  "prefer-disposable-class": preferDisposableClass,
  "require-disposable-owner": requireDisposableOwner,
  "require-field-disposal": requireFieldDisposal,
  "no-use-after-dispose": noUseAfterDispose,
  "prefer-disposable-stack": preferDisposableStack,
  "prefer-using": preferUsing,
  "require-manager-wrapper": requireManagerWrapper,
  "require-super-dispose": requireSuperDispose,
  "require-using": requireUsing,
  "valid-async-dispose": validAsyncDispose,
  "valid-generator-manager": validGeneratorManager,
};

// typescript-eslint types rules more closely than ESLint does; at run time they are ESLint rules.
const base = {
  meta: { name: "eslint-plugin-await-using", version: "0.1.0", namespace: "await-using" },
  rules: rules as unknown as NonNullable<ESLint.Plugin["rules"]>,
} satisfies ESLint.Plugin;

/** What the plugin has beside its rules. */
interface Extras {
  readonly configs: Configs;
  /** For editors: the places that belong to a finding (acquisition, exits, disposals), of the run that reported it. */
  readonly sitesOf: typeof sitesOf;
}

/** The plugin: `configs.recommended`, `configs.strict`, `configs.untyped`, the rules, and `sitesOf` for editors. */
const plugin: typeof base & Extras = Object.assign(base, { configs: configsFor(base), sitesOf });

export type { Site } from "./rules/related-sites.js";
export default plugin;
