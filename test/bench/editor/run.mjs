// @ts-check
// From one keystroke to fresh findings: `npm run bench:editor`. Nothing here passes or fails; the figures belong in the README.
import { cpSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

import { root, stagePackage, temporary } from "../../support/stage.mjs";
import { stageCorpus } from "../corpus.mjs";
import { edited, startScript, startServer } from "./contenders.mjs";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "21" }, starts: { type: "string", default: "3" }, project: { type: "string", default: "demo,effect,test" } } });
const rounds = Number(values.rounds);
const starts = Number(values.starts);
/** The first edits pay for what a warm process has. */
const warmUp = 4;
if (!existsSync(path.join(root, "dist", "server.cjs"))) throw new Error("dist/server.cjs is missing: run npm run build first");

/** @typedef {{ title: string, folder: string, files: readonly string[] }} Subject */

/** @type {Readonly<Record<string, () => Subject>>} */
const subjects = {
  demo() {
    const folder = path.join(temporary("bench"), "demo");
    cpSync(path.join(root, "test", "fixtures", "demo", "planted"), folder, { recursive: true, filter: (name) => !name.includes("node_modules") });
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
    return { title: "the demo, its largest files", folder, files: largest(path.join(folder, "src"), 3) };
  },
  effect() {
    const folder = stagePackage("effect", path.join(temporary("bench"), "effect"));
    return { title: "effect's sources", folder, files: ["Queue.ts", "Pool.ts", "Scope.ts"].map((name) => path.join(folder, "src", name)).filter((name) => existsSync(name)) };
  },
  test() {
    const folder = stagePackage("zod", path.join(temporary("bench"), "zod"));
    return { title: "the largest test file of zod", folder, files: largest(path.join(folder, "src"), 1, /\.test\.ts$/u) };
  },
  growth() {
    const folder = stageCorpus(48);
    return { title: "a project of 48 copies of the plugin's corpus, its largest file", folder, files: largest(path.join(folder, "copy-1"), 1) };
  },
};

console.log(`Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}; ${rounds} edits of each file, the contenders in turn; ${starts} starts. Medians in ms; ratios of medians.`);
for (const name of values.project.split(",")) {
  const subject = subjects[name];
  if (subject === undefined) throw new Error(`--project takes ${Object.keys(subjects).join(", ")}; not ${name}`);
  await measure(name, subject());
}

/** @param {string} name @param {Subject} subject */
async function measure(name, { files, folder, title }) {
  const configFile = path.join(folder, "tsconfig.json");
  console.log(`\n**${title}**. Repeat: \`npm run bench:editor -- --project ${name} --rounds ${rounds} --starts ${starts}\`\n`);
  console.log("| file | lines | our server | (a) LanguageService | (b) ESLint class | (b) our rules only | ours / (a), target ≤ 0.8 | (b) / ours, target ≥ 1.8 |");
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    const contenders = /** @type {const} */ ([
      ["ours", await startServer(folder, file)],
      ["service", startScript("language-service.mjs", configFile, file)],
      ["eslint", startScript("eslint-class.mjs", configFile, file, "both")],
      ["eslintOurs", startScript("eslint-class.mjs", configFile, file, "ours")],
    ]);
    /** @type {Record<"ours" | "service" | "eslint" | "eslintOurs", number[]>} */
    const times = { ours: [], service: [], eslint: [], eslintOurs: [] };
    for (let round = 0; round < rounds + warmUp; round++) {
      for (const [key, contender] of contenders) {
        const started = performance.now();
        await contender.edit(edited(text, round));
        if (round >= warmUp) times[key].push(performance.now() - started);
      }
    }
    await Promise.all(contenders.map(([, contender]) => contender.stop()));
    const [ours, service, eslint] = [median(times.ours), median(times.service), median(times.eslint)];
    console.log(`| ${path.relative(folder, file)} | ${text.split("\n").length} | ${ours.toFixed(0)} | ${service.toFixed(0)} | ${eslint.toFixed(0)} | ${median(times.eslintOurs).toFixed(0)} | ${(ours / service).toFixed(2)} | ${(eslint / ours).toFixed(1)} |`);
  }
  const [file = ""] = files;
  const text = readFileSync(file, "utf8");
  /** @type {{ ours: number[], service: number[], memory: number[], serviceMemory: number[] }} */
  const cold = { ours: [], service: [], memory: [], serviceMemory: [] };
  for (let start = 0; start < starts; start++) {
    for (const key of /** @type {const} */ (["ours", "service"])) {
      const started = performance.now();
      const contender = key === "ours" ? await startServer(folder, file) : startScript("language-service.mjs", configFile, file);
      await contender.edit(edited(text, 0));
      cold[key].push(performance.now() - started);
      for (let round = 1; round < 6; round++) await contender.edit(edited(text, round));
      cold[key === "ours" ? "memory" : "serviceMemory"].push(contender.memory());
      await contender.stop();
    }
  }
  console.log(`\nFirst findings after the start: ${median(cold.ours).toFixed(0)} ms against ${median(cold.service).toFixed(0)} ms of a bare LanguageService: ${(median(cold.ours) / median(cold.service)).toFixed(2)} (target ≤ 1.2).`);
  console.log(`Peak memory after six edits: ${median(cold.memory).toFixed(0)} MiB against ${median(cold.serviceMemory).toFixed(0)} MiB: ${(median(cold.memory) / median(cold.serviceMemory)).toFixed(2)} (target ≤ 1.3).`);
}

/** @param {string} folder @param {number} count */
function largest(folder, count, wanted = /\.ts$/u) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => wanted.test(name))
    .map((name) => path.join(folder, name))
    .sort((one, other) => statSync(other).size - statSync(one).size)
    .slice(0, count);
}

/** @param {readonly number[]} numbers */
function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
