// @ts-check
// The plugin at work, for a person to watch: `npm run demo`.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { styleText } from "node:util";

import { announcedBy, announcedIn, differences } from "./support/announced.mjs";
import { eslint, node } from "./support/eslint.mjs";
import { recommendedConfig, root, stagePackage, temporary } from "./support/stage.mjs";

/** @typedef {import("./support/announced.mjs").Finding} Finding */

const demo = path.join(import.meta.dirname, "fixtures", "demo");
const leak = `import { open } from "node:fs/promises";

export async function leak(path: string): Promise<number> {
  const file = await open(path); // ✗ require-using: file, FileHandle, open(), line 5, await using
  return (await file.stat()).size;
}
`;

/** @type {string[]} */
const failures = [];

heading("Building the plugin");
const build = await node([path.join(root, "node_modules", "typescript", "bin", "tsc"), "-b"], { cwd: root });
if (build.status !== 0) {
  console.error(build.stdout);
  console.error("The plugin does not build.");
  process.exit(1);
}
say("eslint-plugin-await-using is ready.");

heading("1. A job runner with leaks");
const config = readFileSync(path.join(demo, "eslint.config.js"), "utf8").trimEnd();
say("A small service (files, an HTTP server, MongoDB, a browser), with mistakes as people make them.");
say("Its eslint.config.js, as in the README:\n");
console.log(`${indented(config, 4)}\n`);
const announced = announcedIn(path.join(demo, "planted"));
const planted = await lint("planted", ["planted"]);
for (const [file, findings] of byFile(planted.findings)) {
  console.log(`\n  ${bold(file)}`);
  const text = readFileSync(path.join(demo, file), "utf8").split("\n");
  for (const { line, message, rule } of findings) {
    console.log(`  ${String(line).padStart(4)} | ${(text[line - 1] ?? "").replace(/\s*\/\/ ✗.*$/u, "").trim()}`);
    console.log(dim(wrapped(message, 9)));
    console.log(dim(`         (${rule})`));
  }
}
console.log();
expect(
  `${planted.findings.length} findings, ${announced.length} planted mistakes`,
  differences(announced.map((each) => ({ ...each, file: `planted/${each.file}` })), planted.findings),
);

heading("2. The same service, corrected");
const corrected = await lint("corrected", ["corrected"]);
expect(`${corrected.findings.length} findings`, differences([], corrected.findings));

heading("3. Real libraries, from their published TypeScript sources");
say("Nothing is expected in them, except in one file that we add, which leaks a file handle: so we know that");
say("the rules were awake. With the config `recommended`:");
await library("effect");
await library("@trpc/server");

heading("Verdict");
if (failures.length === 0) {
  say(green("As expected: every planted mistake was found, and nothing else was reported."));
} else {
  console.log(failures.join("\n"));
  process.exitCode = 1;
}

/** @param {string} name @param {readonly string[]} files */
async function lint(name, files) {
  say(`$ npx eslint ${files.join(" ")}`);
  const run = await eslint(demo, files, { installedIn: root });
  say(`${run.files} files in ${seconds(run.ms)}`);
  if (run.files < 10) failures.push(`${name}: only ${run.files} files were linted`);
  return run;
}

/** @param {"@trpc/server" | "effect"} name */
async function library(name) {
  const project = stagePackage(name, path.join(temporary("demo"), "package"));
  writeFileSync(path.join(project, "eslint.config.js"), recommendedConfig);
  writeFileSync(path.join(project, "src", "leak.ts"), leak);
  const { version } = JSON.parse(readFileSync(path.join(root, "node_modules", name, "package.json"), "utf8"));
  say(`$ npx eslint src        (a copy of the sources of ${name} ${version})`);
  const { files, findings, ms } = await eslint(project, ["src"], { installedIn: root });
  const others = findings.filter(({ file }) => file !== "src/leak.ts");
  for (const { file, line, message, rule } of others) console.log(`  ${file}:${line}\n${wrapped(message, 9)}\n         (${rule})`);
  expect(
    `${name}: ${files - 1} files in ${seconds(ms)}, ${others.length} findings; the added leak was ${findings.length > others.length ? "found" : "missed"}`,
    differences(announcedBy(leak).map((each) => ({ ...each, file: "src/leak.ts" })), findings),
  );
}

/** @param {string} what @param {readonly string[]} different */
function expect(what, different) {
  if (different.length === 0) {
    say(`${green("✓")} ${what}`);
    return;
  }
  say(`${red("✗")} ${what}`);
  failures.push(`${what}, but (- expected and not reported, + reported and not expected):\n${indented(different.join("\n"), 2)}`);
}

/** @param {readonly Finding[]} findings */
function byFile(findings) {
  /** @type {Map<string, Finding[]>} */
  const files = new Map();
  for (const finding of findings) files.set(finding.file, [...(files.get(finding.file) ?? []), finding]);
  return files;
}

/** @param {string} text */
function heading(text) {
  console.log(`\n${bold(text)}`);
}

/** @param {string} text */
function say(text) {
  console.log(`  ${text}`);
}

/** @param {number} ms */
function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** @param {string} text @param {number} spaces */
function indented(text, spaces) {
  return text.replace(/^(?=.)/gmu, " ".repeat(spaces));
}

/** @param {string} text @param {number} spaces */
function wrapped(text, spaces) {
  return indented(text.replace(/(?<line>.{1,90})(?:\s+|$)/gu, "$1\n").trimEnd(), spaces);
}

/** @param {string} text */
function bold(text) {
  return styled("bold", text);
}

/** @param {string} text */
function dim(text) {
  return styled("dim", text);
}

/** @param {string} text */
function green(text) {
  return styled("green", text);
}

/** @param {string} text */
function red(text) {
  return styled("red", text);
}

/** @param {"bold" | "dim" | "green" | "red"} style @param {string} text */
function styled(style, text) {
  return process.stdout.isTTY && process.env.NO_COLOR === undefined ? styleText(style, text) : text;
}
