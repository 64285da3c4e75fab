// @ts-check
// What the rules cost: `npm run bench`. Nothing here passes or fails; the figures belong in the README.
import { readFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

import { node } from "../support/eslint.mjs";
import { root, stagePackage, temporary } from "../support/stage.mjs";
import { stageCorpus } from "./corpus.mjs";

/**
 * @typedef {{ files: number, ours: number, theirs: number, parse: number, wall: number, cpu: number, memory: number, rules: Record<string, number>, fatal: string[] }} Run
 * @typedef {"both" | "none" | "ours" | "strict" | "theirs"} Set
 */

const { values } = parseArgs({
  options: { copies: { type: "string", default: "2" }, pairs: { type: "string", default: "5" }, project: { type: "string", default: "effect,tests,growth" } },
});
const pairs = Number(values.pairs);
const copies = Number(values.copies);
for (const [name, number] of Object.entries({ copies, pairs })) {
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} takes a number, 1 or more`);
}

const projects = {
  effect: () => compare("effect", `effect ${version("effect")}, all of its sources`, stagePackage("effect", path.join(temporary("bench"), "effect")), ["src"]),
  tests: () => compare("tests", `zod ${version("zod")}, its sources and tests`, stagePackage("zod", path.join(temporary("bench"), "zod")), ["src"]),
  growth,
};
const chosen = values.project.split(",");
for (const name of chosen) {
  if (!(name in projects)) throw new Error(`--project takes ${Object.keys(projects).join(", ")}; not ${name}`);
}

console.log(`Node ${process.version}, ESLint ${version("eslint")}, typescript-eslint ${version("typescript-eslint")}, TypeScript ${version("typescript")}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`);
console.log("Every run is a process of its own; the sets run in turn; medians, and the median, min..max of the ratios of runs that follow each other.");
console.log("theirs = @typescript-eslint/no-floating-promises, await-thenable and no-misused-promises; ours = await-using/recommended; strict = await-using/strict; rule time by ESLint's `stats`.");
for (const name of chosen) await projects[/** @type {keyof typeof projects} */ (name)]();

/**
 * Theirs alone, ours alone, all of ours (`strict`) alone, ours and theirs together.
 *
 * @param {string} name @param {string} title @param {string} folder @param {readonly string[]} patterns
 */
async function compare(name, title, folder, patterns) {
  /** @type {Record<"both" | "ours" | "strict" | "theirs", Run[]>} */
  const runs = { theirs: [], ours: [], both: [], strict: [] };
  for (let pair = 0; pair < pairs; pair++) {
    for (const set of /** @type {const} */ (["theirs", "ours", "both", "strict"])) runs[set].push(await lint(folder, set, patterns));
  }
  const { files = 0 } = runs.ours[0] ?? {};
  console.log(`\n**${title}**: ${files} files; ${pairs} runs of each set. Repeat: \`npm run bench -- --project ${name} --pairs ${pairs}\`\n`);
  table([
    ["", "theirs", "ours", "ratio (min..max)", "target"],
    ["rule time alone", seconds(runs.theirs.map(({ theirs }) => theirs)), seconds(runs.ours.map(({ ours }) => ours)), ratios(runs.ours.map(({ ours }) => ours), runs.theirs.map(({ theirs }) => theirs)), "≤ 0.40"],
    ["rule time of `strict` alone", seconds(runs.theirs.map(({ theirs }) => theirs)), seconds(runs.strict.map(({ ours }) => ours)), ratios(runs.strict.map(({ ours }) => ours), runs.theirs.map(({ theirs }) => theirs)), "≤ 0.70"],
    ["whole run alone", seconds(runs.theirs.map(({ wall }) => wall)), seconds(runs.ours.map(({ wall }) => wall)), ratios(runs.ours.map(({ wall }) => wall), runs.theirs.map(({ wall }) => wall)), "≤ 0.75"],
    ["whole run, ours added to theirs", seconds(runs.theirs.map(({ wall }) => wall)), seconds(runs.both.map(({ wall }) => wall)), ratios(runs.both.map(({ wall }) => wall), runs.theirs.map(({ wall }) => wall)), "≤ 1.05"],
    ["processor time alone", seconds(runs.theirs.map(({ cpu }) => cpu)), seconds(runs.ours.map(({ cpu }) => cpu)), ratios(runs.ours.map(({ cpu }) => cpu), runs.theirs.map(({ cpu }) => cpu)), ""],
    ["peak memory", mebibytes(runs.theirs), mebibytes(runs.ours), ratios(runs.ours.map(({ memory }) => memory), runs.theirs.map(({ memory }) => memory)), ""],
  ]);
}

/** The corpus of the plugin's tests, copied: four times the files, how many times the rule time? */
async function growth() {
  const [small, large] = [copies, 4 * copies].map(stageCorpus);
  /** @type {Run[]} */
  const one = [];
  /** @type {Run[]} */
  const four = [];
  for (let pair = 0; pair < pairs; pair++) {
    one.push(await lint(small ?? "", "ours", ["."]));
    four.push(await lint(large ?? "", "ours", ["."]));
  }
  console.log(`\n**Growth**: the plugin's corpus (tests/silent and tests/leaks), ${copies} and ${4 * copies} copies; ${pairs} runs of each. Repeat: \`npm run bench -- --project growth --pairs ${pairs} --copies ${copies}\`\n`);
  table([
    ["", `${one[0]?.files} files`, `${four[0]?.files} files`, "ratio (min..max)", "target"],
    ["our rule time", seconds(one.map(({ ours }) => ours)), seconds(four.map(({ ours }) => ours)), ratios(four.map(({ ours }) => ours), one.map(({ ours }) => ours)), "≤ 4.50"],
    ["whole run", seconds(one.map(({ wall }) => wall)), seconds(four.map(({ wall }) => wall)), ratios(four.map(({ wall }) => wall), one.map(({ wall }) => wall)), ""],
    ["peak memory", mebibytes(one), mebibytes(four), ratios(four.map(({ memory }) => memory), one.map(({ memory }) => memory)), ""],
  ]);
}

/** One run in a process of its own. @param {string} folder @param {Set} set @param {readonly string[]} patterns @returns {Promise<Run>} */
async function lint(folder, set, patterns) {
  const { ms, status, stderr, stdout } = await node(["--max-old-space-size=8192", path.join(import.meta.dirname, "lint.mjs"), folder, set, ...patterns], { cwd: root });
  if (status !== 0) throw new Error(`the run of ${set} failed:\n${stderr}`);
  const run = { .../** @type {Run} */ (JSON.parse(stdout)), wall: ms };
  if (run.fatal.length > 0) throw new Error(`files that cannot be linted:\n${run.fatal.join("\n")}`);
  console.error(`  ${set}: ${(ms / 1000).toFixed(1)} s, rules ${((run.ours + run.theirs) / 1000).toFixed(1)} s, load ${loadavg()[0]?.toFixed(1)}`);
  return run;
}

/** @param {readonly (readonly string[])[]} rows */
function table([head = [], ...rows]) {
  for (const row of [head, head.map(() => "---"), ...rows]) console.log(`| ${row.join(" | ")} |`);
}

/** @param {readonly number[]} numbers */
function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2;
}

/** @param {readonly number[]} milliseconds */
function seconds(milliseconds) {
  return `${(median(milliseconds) / 1000).toFixed(2)} s`;
}

/** @param {readonly Run[]} runs */
function mebibytes(runs) {
  return `${median(runs.map(({ memory }) => memory)).toFixed(0)} MiB`;
}

/** @param {readonly number[]} numerators @param {readonly number[]} denominators */
function ratios(numerators, denominators) {
  const each = numerators.map((numerator, index) => numerator / (denominators[index] ?? Number.NaN));
  return `${median(each).toFixed(2)} (${Math.min(...each).toFixed(2)}..${Math.max(...each).toFixed(2)})`;
}

/** @param {string} name */
function version(name) {
  return JSON.parse(readFileSync(path.join(root, "node_modules", name, "package.json"), "utf8")).version;
}
