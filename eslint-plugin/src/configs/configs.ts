import type { ESLint, Linter } from "eslint";

/** Severities of RULES.md: *recommended* holds what is a bug, *strict* adds what is a risk. */
const recommended: Linter.RulesRecord = {
  "await-using/no-abandoned-generator": "error",
  "await-using/no-async-dispose": "error",
  "await-using/no-dispose-borrowed": "warn",
  "await-using/no-escaping-using": "error",
  "await-using/no-floating-disposable": "error",
  "await-using/no-floating-dispose": "error",
  "await-using/no-leak-on-path": "error",
  "await-using/no-leak-on-throw": "error",
  "await-using/no-leaky-concurrency": "error",
  "await-using/no-module-using": "error",
  "await-using/no-sync-using": "error",
  "await-using/no-unawaited-acquisition": "error",
  "await-using/no-unawaited-use": "error",
  "await-using/no-unsupported-disposal": "error",
  "await-using/no-use-after-dispose": "error",
  "await-using/require-disposable-owner": "warn",
  "await-using/require-field-disposal": "warn",
  "await-using/require-super-dispose": "error",
  "await-using/require-using": "error",
  "await-using/valid-async-dispose": "error",
  "await-using/valid-generator-manager": "error",
};

/** Rules that rest on an acquisition report what is certain; `strict` has them report what is likely, too. */
const likely = ["no-floating-disposable", "no-leak-on-path", "no-leaky-collection", "no-leaky-concurrency", "no-leaky-construction", "require-disposable-owner", "require-field-disposal", "require-using"];

const strict: Linter.RulesRecord = {
  ...recommended,
  ...Object.fromEntries(likely.map((rule) => [`await-using/${rule}`, ["error", { likely: true }] as const])),
  "await-using/no-dispose-borrowed": ["error", { parameters: "all" }],
  "await-using/no-leak-on-throw": ["error", { likely: true, tests: true }],
  "await-using/no-sync-using": ["error", { both: "report" }],
  "await-using/no-uncleared-timeout": "warn",
  "await-using/prefer-disposable-class": "warn",
  "await-using/prefer-disposable-stack": "warn",
  "await-using/prefer-using": "warn",
  "await-using/require-manager-wrapper": "warn",
};

/** The rules that prove something from syntax alone, for projects without type information. */
const untyped: Linter.RulesRecord = {
  "await-using/no-async-dispose": "error",
  "await-using/no-escaping-using": "error",
  "await-using/no-module-using": "error",
  "await-using/no-sync-using": "error",
  "await-using/no-unawaited-acquisition": "error",
  "await-using/no-uncleared-timeout": "warn",
  "await-using/no-unsupported-disposal": "error",
  "await-using/no-use-after-dispose": "error",
  "await-using/prefer-disposable-class": "warn",
  "await-using/require-manager-wrapper": "warn",
  "await-using/valid-generator-manager": "error",
};

/** A type alias, because ESLint's type of a plugin takes no interface here. */
export type Configs = Readonly<Record<"recommended" | "strict" | "untyped", Linter.Config>>;

/** The plugin's flat configs; each brings the plugin along. */
export function configsFor(plugin: ESLint.Plugin): Configs {
  const config = (name: string, rules: Linter.RulesRecord): Linter.Config => ({
    name: `await-using/${name}`,
    plugins: { "await-using": plugin },
    rules,
  });
  return {
    recommended: config("recommended", recommended),
    strict: config("strict", strict),
    untyped: config("untyped", untyped),
  };
}
