// @ts-check
// What the rules find, and what they do not, where `using` is forgotten in code that nobody here wrote: `npm run recall`.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { withSection } from "../../tools/section.mjs";
import { root, writeJson } from "../support/stage.mjs";
import { BadInput, endWith } from "./bad-input.mjs";
import { optionsOf } from "./options.mjs";
import { checkoutAt, packagesNamed } from "./projects.mjs";
import { details, isReported, summary } from "./report.mjs";
import { entryFor, outdated, rightSilence } from "./right-silence.mjs";

const page = path.join(root, "docs", "accuracy.md");
const markers = { begin: "<!-- begin generated figures (npm run recall -- --write) -->", end: "<!-- end generated figures -->" };

await main().catch(endWith);

async function main() {
  const { checkout, configs, isEach, json, packages, rightSilence: silenceFile, write } = optionsOf(process.argv.slice(2));
  const known = rightSilence(silenceFile);
  const projects = checkout === null ? await packagesNamed(packages) : [checkoutAt(checkout)];
  const results = [];
  for (const project of projects) {
    const { name, version } = project;
    const measured = measure({ ...project, configs, isEach });
    const seconds = Object.values(measured.ms).map((ms) => (ms / 1000).toFixed(1));
    console.error(`${name} ${version}: ${measured.files} files in ${seconds[0]} s, ${measured.asked.length} forgotten ${isEach ? "one at a time" : "at once"} in ${seconds[1]} s`);
    const entries = known.filter((entry) => entry.project === name);
    results.push({ ...measured, name, version, entries, isRight: (/** @type {import("./measure.mjs").Asked} */ asked) => entryFor(entries, asked) !== null, outdated: outdated(entries, measured.asked, project.folder) });
  }
  if (results.every(({ asked }) => asked.length === 0)) {
    throw new BadInput(`${projects.map(({ tsconfig }) => tsconfig).join(", ")}: no \`using\` is declared in the files of ${projects.length === 1 ? "this configuration" : "these"}, so that none can be forgotten. Name, with --tsconfig, a configuration that includes the code that declares it.`);
  }

  console.log(`# What is reported where \`using\` is forgotten\n\n${summary(results, configs)}\n\n${details(results, configs)}`);
  if (write) writeFileSync(page, withSection(readFileSync(page, "utf8"), markers, summary(results, configs)));
  for (const { asked, isRight, name } of results) {
    for (const each of asked.filter(isRight)) for (const config of configs) if (isReported(each, config)) console.log(`\nreported by ${config}, though something else ends it: ${name} ${each.file}:${each.line} ${each.callee}`);
  }
  for (const { name, outdated: those } of results) for (const each of those) console.log(`\nright silence, but not any more: ${name}: ${each}`);
  for (const { fatal, name } of results) for (const each of fatal) console.log(`\ncannot be linted: ${name} ${each}`);
  if (json !== null) writeJson(path.resolve(json), results.map(({ entries, isRight: _, ...result }) => ({ ...result, asked: result.asked.map((each) => ({ ...each, rightSilence: entryFor(entries, each)?.reason ?? null })) })));
  process.exitCode = results.some((result) => result.outdated.length + result.fatal.length > 0) ? 1 : 0;
}

/** In a process of its own, which has the memory to itself and tells how far it is. @param {import("./measure.mjs").Task} task @returns {import("./measure.mjs").Measured} */
function measure({ configs, folder, isEach, settings, tsconfig }) {
  const task = JSON.stringify({ configs, folder, isEach, settings, tsconfig });
  const { status, stdout } = spawnSync(process.execPath, ["--max-old-space-size=8192", path.join(import.meta.dirname, "measure.mjs"), task], { cwd: root, encoding: "utf8", maxBuffer: 2 ** 30, stdio: ["ignore", "pipe", "inherit"] });
  // What is wrong with the input it has said itself.
  if (status === 2) process.exit(2);
  if (status !== 0) throw new Error(`${folder} cannot be measured: the process ended with ${status}`);
  return JSON.parse(stdout);
}
