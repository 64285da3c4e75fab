// @ts-check
// Writes what the manifest says of the rules from their pages, and the table of settings in the README from the
// manifest. `--check` fails where one of them is stale.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");
const begin = "<!-- begin generated settings table (tools/settings-table.mjs) -->";
const end = "<!-- end generated settings table -->";

/** @param {string} file */
const read = (file) => readFileSync(path.join(root, file), "utf8");
const isCheck = process.argv.includes("--check");

/** @param {string} file @param {string} text */
function keep(file, text) {
  if (!isCheck) writeFileSync(path.join(root, file), text);
  else if (text !== read(file)) throw new Error(`${file} is stale: run \`npm run docs:settings\``);
}

/** @param {unknown} value */
const printed = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** The rules of the plugin with their one-line descriptions, by their pages. */
const rules = readdirSync(path.join(root, "eslint-plugin/docs/rules")).sort().map((file) => {
  const description = /^📝 (?<text>.+)$/mu.exec(read(`eslint-plugin/docs/rules/${file}`))?.groups?.["text"];
  if (description === undefined) throw new Error(`${file} has no description: run \`npm run docs\``);
  return { name: path.basename(file, ".md"), description };
});

const manifest = JSON.parse(read("package.json"));
const { properties } = manifest.contributes.configuration;
properties["awaitUsing.rules"].properties = Object.fromEntries(rules.map(({ name }) => [name, { enum: ["off", "warn", "error"], description: `%rules.${name}%` }]));
keep("package.json", printed(manifest));

/** @type {Record<string, string>} */
const words = Object.fromEntries([
  ...Object.entries(JSON.parse(read("package.nls.json"))).filter(([key]) => !key.startsWith("rules.")),
  ...rules.map(({ description, name }) => [`rules.${name}`, description]),
]);
keep("package.nls.json", printed(words));

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

keep("README.md", current);
