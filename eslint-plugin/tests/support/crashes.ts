import { readdirSync } from "node:fs";
import path from "node:path";

import type { Linter } from "eslint";
import type ts from "typescript";

import { lint, strict, untyped, type SourceText } from "./workspace.js";

export interface Outcome {
  /** Rule, place and stack of what was thrown. */
  readonly crash: string | null;
  /** Why the parser did not take the text. */
  readonly refused: string | null;
}

/**
 * Runs every rule over a text, or, without a program, every rule that can do without types.
 *
 * @param where what to say of a crash, so that it can be repeated
 */
export function crashOf(source: SourceText, program: ts.Program | null, where: string, rules: Linter.RulesRecord = program === null ? untyped : strict): Outcome {
  try {
    const [first] = lint(source, rules, program);
    return { crash: null, refused: first?.fatal === true ? first.message : null };
  } catch (error) {
    const { ruleId, stack } = error as Error & { readonly ruleId?: string };
    return { crash: `${ruleId ?? "no rule"}: ${where}\n${stack ?? String(error)}`, refused: null };
  }
}

/** Of crashes one for each place in the rules that throws, with how often it throws. */
export function distinct(crashes: readonly string[]): readonly string[] {
  const places = new Map<string, readonly string[]>();
  for (const crash of crashes) {
    const place = `${crash.split(":", 1)[0] ?? ""} ${/\n +at (?<place>.*)/u.exec(crash)?.groups?.["place"] ?? ""}`;
    places.set(place, [...(places.get(place) ?? []), crash]);
  }
  return [...places.values()].map((same) => `${String(same.length)}× ${same[0] ?? ""}`);
}

/** The files below a folder with an ending, sorted. */
export function filesIn(folder: string, ending: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}
