import { existsSync } from "node:fs";
import path from "node:path";

import { RuleTester } from "eslint";
import { vi } from "vitest";

import plugin from "../../src/index.js";
import { typed } from "./rule-tester.js";

interface Given {
  readonly code: string;
  readonly filename?: string;
  readonly languageOptions?: object;
  readonly name?: string;
  readonly options?: readonly unknown[];
  readonly settings?: Record<string, unknown>;
}

/** A case of a rule's own test. */
export interface Case extends Given {
  readonly isTyped: boolean;
  readonly isValid: boolean;
  /** The rule, without its namespace. */
  readonly rule: string;
}

let known: Promise<readonly Case[]> | undefined;

/** The cases of every rule's own test; asked once, as modules run once. */
export function ruleTestCases(): Promise<readonly Case[]> {
  known ??= collectCases();
  return known;
}

/** The rule tester is told to collect instead of to test. */
async function collectCases(): Promise<readonly Case[]> {
  const collected: Case[] = [];
  let rule = "";
  const collect = vi.spyOn(RuleTester.prototype, "run").mockImplementation(function (this: RuleTester, _name, _rule, { invalid, valid }) {
    const of = (each: Given | string, isValid: boolean): Case => ({ ...(typeof each === "string" ? { code: each } : each), isTyped: this === typed, isValid, rule });
    collected.push(...(valid as (Given | string)[]).map((each) => of(each, true)), ...(invalid as Given[]).map((each) => of(each, false)));
  });
  try {
    for (rule of Object.keys(plugin.rules)) {
      const name = `${rule}.test.ts`;
      // The query makes it another module than the test that vitest runs.
      if (existsSync(path.join(import.meta.dirname, "..", name))) await import(/* @vite-ignore */ `../${name}?cases`);
    }
  } finally {
    collect.mockRestore();
  }
  return collected;
}
