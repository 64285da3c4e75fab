// @ts-check
// Writes the table of settings in the README from the extension's manifest. `--check` fails where it is stale, and
// where the manifest's rules are not the plugin's.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");
const begin = "<!-- begin generated settings table (tools/settings-table.mjs) -->";
const end = "<!-- end generated settings table -->";

/** @param {string} file */
const read = (file) => readFileSync(path.join(root, file), "utf8");
/** @type {Record<string, string>} */
const words = JSON.parse(read("package.nls.json"));
const { properties } = JSON.parse(read("package.json")).contributes.configuration;

/** @param {string} text */
const localized = (text) => text.replace(/^%(?<key>.+)%$/u, (_, key) => {
  const word = words[key];
  if (word === undefined) throw new Error(`package.nls.json has no ${key}`);
  return word;
});

/** @param {string} text */
const cell = (text) => text.replaceAll("|", "\\|").replaceAll("\n", "<br>");

/** @param {{ enum?: string[], type: string | string[] }} schema */
const valuesOf = ({ enum: values, type }) => (values === undefined ? [type].flat().join(" or ") : values.map((value) => `\`${value}\``).join(", "));

const rows = Object.entries(properties)
  .sort(([, a], [, b]) => a.order - b.order)
  .map(([name, schema]) => `| \`${name}\` | ${cell(valuesOf(schema))} | \`${JSON.stringify(schema.default)}\` | ${cell(localized(schema.markdownDescription))} |`);
const table = ["| setting | values | default | |", "|---|---|---|---|", ...rows].join("\n");

const readme = read("README.md");
const [before, rest] = readme.split(begin);
const after = rest?.split(end)[1];
if (before === undefined || after === undefined) throw new Error(`README.md has no ${begin} … ${end}`);
const current = `${before}${begin}\n\n${table}\n\n${end}${after}`;

const rules = readdirSync(path.join(root, "eslint-plugin/docs/rules")).map((file) => path.basename(file, ".md"));
const named = Object.keys(properties["awaitUsing.rules"].properties);
const different = [...rules.filter((name) => !named.includes(name)), ...named.filter((name) => !rules.includes(name))];
if (different.length > 0) throw new Error(`awaitUsing.rules in package.json and the plugin's rules differ: ${different.join(", ")}`);

if (!process.argv.includes("--check")) writeFileSync(path.join(root, "README.md"), current);
else if (current !== readme) throw new Error("The table of settings in README.md is stale: run `npm run docs:settings`");
