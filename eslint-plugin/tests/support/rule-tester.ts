import path from "node:path";

import * as parser from "@typescript-eslint/parser";
import type { TSESLint } from "@typescript-eslint/utils";
import { RuleTester, type Rule } from "eslint";
import { describe, it } from "vitest";

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;

/** Where test code pretends to stand; `resources.d.ts` beside it declares the vocabulary. */
export const fixtures = path.join(import.meta.dirname, "../fixtures");

/** ESLint's rule tester; it runs our rules, whose types are typescript-eslint's. */
interface Tester {
  run(name: string, rule: Rule.RuleModule | TSESLint.AnyRuleModule, cases: Parameters<RuleTester["run"]>[2]): void;
}

function tester(config: ConstructorParameters<typeof RuleTester>[0]): Tester {
  return new RuleTester(config);
}

const languageOptions = { parser, ecmaVersion: "latest", sourceType: "module" } as const;

/** A rule tester with type information; code is `file.ts` unless a case names `react.tsx` or `script.js`. */
export const typed: Tester = tester({
  languageOptions: { ...languageOptions, parserOptions: { project: "./tsconfig.json", tsconfigRootDir: fixtures } },
});

/** A rule tester without type information. */
export const untyped: Tester = tester({ languageOptions });

/** A rule tester with ESLint's own parser, for JavaScript. */
export const espree: Tester = tester({ languageOptions: { ecmaVersion: "latest", sourceType: "module" } });

/** A case in `file.ts`, typed. */
export function ts<T extends object>(code: string, rest?: T): T & { code: string; filename: string } {
  return { ...(certainIn(rest) as T), code, filename: path.join(fixtures, "file.ts") };
}

/** A case in `script.js`, typed by inference only. */
export function js<T extends object>(code: string, rest?: T): T & { code: string; filename: string } {
  return { ...(certainIn(rest) as T), code, filename: path.join(fixtures, "script.js") };
}

/** Findings whose data says nothing of what they rest on rest on what is certain. */
function certainIn<T extends { readonly errors?: unknown }>(rest: T | undefined): T | undefined {
  if (!Array.isArray(rest?.errors)) return rest;
  return { ...rest, errors: (rest.errors as { readonly data?: object }[]).map((error) => (error.data === undefined ? error : { ...error, data: { rests: "", ...error.data } })) };
}
