// @ts-check
import { judgementsOn, keyOf } from "./judgements.mjs";
import { digestOf } from "./places.mjs";

/**
 * @typedef {import("./lint.mjs").Linted & { name: string, version: string }} Result
 * @typedef {Omit<import("./lint.mjs").Reported, "config"> & { name: string, configs: readonly string[], verdict: import("./judgements.mjs").Judgement["verdict"] | null, sampled: boolean }} Found
 * @typedef {import("./judgements.mjs").Judgement & { name: string }} Gone
 * @typedef {{ found: readonly Found[], unjudged: readonly Found[], back: readonly Found[], gone: readonly Gone[], fatal: readonly string[] }} Compared
 */

/** Of a rule with more findings of `strict` alone than this, only so many are judged, drawn by chance. */
export const sampleSize = 60;
const seed = "2026-11-22";

/**
 * Lays findings beside judgements.
 *
 * @param {readonly Result[]} results
 * @returns {Compared}
 */
export function compare(results) {
  const found = sampled(results.flatMap(foundIn));
  const keys = new Set(found.map((each) => `${each.name} ${keyOf(each)}`));
  const judged = results.flatMap(({ name }) => judgementsOn(name).map((judgement) => ({ name, ...judgement })));
  const mended = new Set(judged.filter((judgement) => judgement.mended === true).map((judgement) => `${judgement.name} ${keyOf(judgement)}`));
  return {
    found,
    unjudged: found.filter((each) => each.verdict === null && each.sampled),
    back: found.filter((each) => mended.has(`${each.name} ${keyOf(each)}`)),
    gone: judged.filter((judgement) => judgement.mended !== true && !keys.has(`${judgement.name} ${keyOf(judgement)}`)),
    fatal: results.flatMap(({ fatal, name }) => fatal.map((each) => `${name} ${each}`)),
  };
}

/** The findings of one package, those of both configs once. @param {Result} result @returns {Found[]} */
function foundIn({ name, reported }) {
  const verdicts = new Map(judgementsOn(name).map((judgement) => [keyOf(judgement), judgement.verdict]));
  const byKey = grouped(reported, keyOf);
  return [...byKey].flatMap(([key, all]) => {
    const [first] = all;
    if (first === undefined) return [];
    const { config: _, ...rest } = first;
    return [{ ...rest, name, configs: all.map(({ config }) => config), verdict: verdicts.get(key) ?? null, sampled: true }];
  });
}

/** Draws the findings to judge. The same seed draws the same ones, whatever else is found. @param {readonly Found[]} found @returns {Found[]} */
function sampled(found) {
  const strictOnly = grouped(found.filter(({ configs }) => !configs.includes("recommended")), ({ rule }) => rule);
  const left = new Set([...strictOnly.values()].flatMap((all) => all.toSorted(byChance).slice(sampleSize)));
  return found.map((each) => ({ ...each, sampled: !left.has(each) }));
}

/** @param {Found} one @param {Found} other */
function byChance(one, other) {
  const [first, second] = [one, other].map((each) => digestOf(seed, each.name, keyOf(each)));
  return (first ?? "") < (second ?? "") ? -1 : 1;
}

/**
 * @template Each
 * @param {readonly Each[]} all
 * @param {(each: Each) => string} keyBy
 * @returns {ReadonlyMap<string, readonly Each[]>}
 */
function grouped(all, keyBy) {
  /** @type {Map<string, Each[]>} */
  const groups = new Map();
  for (const each of all) groups.set(keyBy(each), [...(groups.get(keyBy(each)) ?? []), each]);
  return groups;
}
