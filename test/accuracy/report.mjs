// @ts-check
import { count, sum, table } from "../support/figures.mjs";
import { sampleSize } from "./compare.mjs";

/**
 * @typedef {import("./compare.mjs").Found} Found
 * @typedef {import("./compare.mjs").Result} Result
 */

/**
 * The figures as Markdown: for each config by rule and by package.
 *
 * @param {string} title of the set
 * @param {readonly Result[]} results
 * @param {readonly Found[]} found
 */
export function report(title, results, found) {
  const lines = sum(results.map((result) => result.lines));
  const tables = ["recommended", "strict"].map((config) => {
    const of = found.filter(({ configs }) => configs.includes(config));
    const rules = [...new Set(of.map(({ rule }) => rule))].sort();
    return [
      `## ${config}`,
      table(
        ["rule", "findings", "true", "arguable", "false", "unjudged", "true of judged"],
        [...rules.map((rule) => [rule, ...counts(of.filter((each) => each.rule === rule))]), ["**all**", ...counts(of)]],
      ),
      table(
        ["package", "files", "lines of code", "findings", "true", "arguable", "false", "unjudged", "true of judged", "findings in 2,000 lines"],
        [
          ...results.map(({ files, lines: own, name, version }) => {
            const here = of.filter((each) => each.name === name);
            return [`${name} ${version}`, count(files), count(own), ...counts(here), density(here.length, own)];
          }),
          ["**all**", count(sum(results.map(({ files }) => files))), count(lines), ...counts(of), density(of.length, lines)],
        ],
      ),
    ].join("\n\n");
  });
  const left = found.filter(({ sampled, verdict }) => !sampled && verdict === null).length;
  const note = left === 0 ? [] : [`Of a rule with more than ${sampleSize} findings in \`strict\` alone, ${sampleSize} drawn by chance are judged: ${count(left)} findings are left out.`];
  return [`# ${title}`, ...tables, ...note].join("\n\n") + "\n";
}

/** @param {readonly Found[]} found */
function counts(found) {
  const [right, arguable, wrong, open] = ["true", "arguable", "false", null].map((verdict) => found.filter((each) => each.verdict === verdict).length);
  const judged = (right ?? 0) + (arguable ?? 0) + (wrong ?? 0);
  return [count(found.length), count(right), count(arguable), count(wrong), count(open), judged === 0 ? "" : `${((100 * (right ?? 0)) / judged).toFixed(0)} %`];
}

/** @param {number} findings @param {number} lines */
function density(findings, lines) {
  return ((2000 * findings) / lines).toFixed(2);
}
