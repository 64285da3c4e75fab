// @ts-check
// Gives all that is published its next version, by the changesets, and the changelog what they say. `--check` fails
// where something carries another version than the plugin, or where the changelog could not take a changeset.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { changeOf, newestIn, withRelease } from "./changes.mjs";

const root = path.join(import.meta.dirname, "..");

/** @param {string} file */
const read = (file) => readFileSync(path.join(root, file), "utf8");
/** @param {string} file @param {string} text */
const write = (file, text) => writeFileSync(path.join(root, file), text);

/** The packages that changesets give a version. */
const packages = ["eslint-plugin", "server", "client"];

/** Every other place where the version stands. @type {readonly [file: string, place: RegExp][]} */
const mirrors = [
  ["package.json", /^ {2}"version": "(?<version>[^"]+)"/mu],
  ["package-lock.json", /^ {2}"version": "(?<version>[^"]+)"/mu],
  ["package-lock.json", /^ {4}"": \{\n.*\n {6}"version": "(?<version>[^"]+)"/mu],
  ...packages.map((name) => /** @type {[string, RegExp]} */ (["package-lock.json", new RegExp(`^ {4}"${name}": \\{\\n.*\\n {6}"version": "(?<version>[^"]+)"`, "mu")])),
  ["package-lock.json", /^ {8}"eslint-plugin-await-using": "(?<version>[^"]+)"/mu],
  ["eslint-plugin/src/index.ts", /name: "eslint-plugin-await-using", version: "(?<version>[^"]+)"/u],
  ["docs/ci.md", /"eslint-plugin-await-using": "(?<version>[^"]+)"/u],
];

const changes = readdirSync(path.join(root, ".changeset"))
  .filter((file) => file.endsWith(".md") && file !== "README.md")
  .map((file) => changeOf(`.changeset/${file}`, read(`.changeset/${file}`)));

if (process.argv.includes("--check")) check();
else if (changes.length === 0) throw new Error("Nothing to release: .changeset/ has no changes");
else {
  execFileSync(process.execPath, [path.join(root, "node_modules/@changesets/cli/bin.js"), "version"], { cwd: root, stdio: "inherit" });
  const version = released();
  for (const [file, place] of mirrors) write(file, read(file).replace(place, (found, old) => found.replace(`"${old}"`, () => `"${version}"`)));
  write("CHANGELOG.md", withRelease(read("CHANGELOG.md"), `${version} (${new Date().toISOString().slice(0, 10)})`, changes));
  check();
}

function released() {
  return JSON.parse(read("eslint-plugin/package.json")).version;
}

/** Fails with every place that carries another version. */
function check() {
  const version = released();
  /** @type {[place: string, carried: string | null][]} */
  const carried = [
    ...packages.map((name) => /** @type {[string, string]} */ ([`${name}/package.json`, JSON.parse(read(`${name}/package.json`)).version])),
    ["server/package.json, the plugin", JSON.parse(read("server/package.json")).dependencies["eslint-plugin-await-using"]],
    ["CHANGELOG.md", newestIn(read("CHANGELOG.md"))],
    ...mirrors.map(([file, place]) => /** @type {[string, string | null]} */ ([`${file}, ${String(place)}`, place.exec(read(file))?.groups?.["version"] ?? null])),
  ];
  const others = carried.filter(([, other]) => other !== version);
  if (others.length > 0) throw new Error(`The plugin has version ${version}, but:\n${others.map(([place, other]) => `${place} has ${other ?? "none"}`).join("\n")}`);
  console.log(`${version}, in ${carried.length} places`);
}
