// @ts-check
// How often the rules are right on code that nobody here wrote: `npm run accuracy`.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

import { node } from "../support/eslint.mjs";
import { root, writeJson } from "../support/stage.mjs";
import { compare } from "./compare.mjs";
import { fileOf } from "./judgements.mjs";
import { versionOf } from "./packages.mjs";
import { report } from "./report.mjs";
import { remembered } from "./remembered.mjs";
import { sets } from "./sets.mjs";
import { install, stage } from "./stage.mjs";

const { values } = parseArgs({ options: { package: { type: "string", multiple: true, default: [] } } });
const all = Object.values(sets).flat();
for (const name of values.package) if (!all.some((each) => each.name === name)) throw new Error(`--package takes one of ${all.map((each) => each.name).join(", ")}`);
const chosen = all.filter(({ name }) => values.package.length === 0 || values.package.includes(name));

await install(chosen);
/** @type {import("./compare.mjs").Result[]} */
const results = [];
for (const wanted of chosen) {
  const linted = await remembered(wanted, () => lint(wanted));
  console.error(`${wanted.name} ${versionOf(wanted.name)}: ${linted.files} files, ${linted.imports - linted.unresolved.length} of ${linted.imports} imports resolved`);
  results.push({ name: wanted.name, version: versionOf(wanted.name), ...linted });
}

const compared = compare(results);
for (const [title, set] of Object.entries(sets)) {
  const names = new Set(set.map(({ name }) => name));
  const own = results.filter(({ name }) => names.has(name));
  if (own.length > 0) console.log(report(title, own, compared.found.filter(({ name }) => names.has(name))));
}

const { back, fatal, gone, unjudged } = compared;
for (const each of fatal) console.log(`cannot be linted: ${each}`);
for (const { file, name, place, rule } of gone) console.log(`gone, though judged: ${name} ${file}: ${rule}: ${place}`);
for (const { file, line, message, name, rule } of back) console.log(`false again: ${name} ${file}:${line} ${rule}: ${message}`);
for (const { file, line, message, name, rule } of unjudged) console.log(`unjudged: ${name} ${file}:${line} ${rule}: ${message}`);
if (gone.length > 0) console.log("\nTake out judgements that are gone; where one was false and the engine has learned better, give it \"mended\": true instead.");
if (unjudged.length > 0) {
  const draft = path.join(root, ".cache", "accuracy", "unjudged.json");
  mkdirSync(path.dirname(draft), { recursive: true });
  writeJson(draft, unjudged.map(({ digest, file, line, message, name, place, rule }) => ({ name, line, message, rule, file, place, digest, verdict: "", reason: "" })));
  console.log(`\nRead the code at each unjudged finding, then enter it in ${path.relative(root, path.dirname(fileOf("")))} with a verdict (true, arguable, false) and a reason. ${path.relative(root, draft)} has the entries to fill in.`);
}
if (back.length > 0) console.log("\nWhat was mended is reported again: the engine has to be mended once more.");
process.exitCode = fatal.length + back.length + unjudged.length === 0 ? 0 : 1;

/** @param {import("./packages.mjs").Package} wanted @returns {Promise<import("./lint.mjs").Linted>} */
async function lint(wanted) {
  const { status, stderr, stdout } = await node(["--max-old-space-size=8192", path.join(import.meta.dirname, "lint.mjs"), stage(wanted), JSON.stringify(wanted.settings ?? {})], { cwd: root });
  if (status !== 0) throw new Error(`${wanted.name} cannot be linted:\n${stderr}`);
  return JSON.parse(stdout);
}
