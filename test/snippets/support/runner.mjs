// @ts-check
// Runs cases in a Node of its own: `runner.mjs <folder> <manifest.json>`. Prints what has happened in each scenario.
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [, , folder = "", manifest = ""] = process.argv;
/** @type {{ case: string, scenario: string, run: string, fails: string[] }[]} */
const runs = JSON.parse(readFileSync(manifest, "utf8"));
/** @param {string} file @returns {Promise<any>} */
const load = (file) => import(pathToFileURL(path.join(folder, file)).href);
const { events, failures } = await load("vocabulary.js");

/** @type {Record<string, { events: string, error?: string }>} */
const results = {};
for (const { case: name, fails, run, scenario } of runs) {
  const module = await load(`${name}.js`);
  events.length = 0;
  failures.clear();
  for (const event of fails) failures.add(event);
  const error = await Promise.resolve().then(module[run]).then(() => undefined, described);
  results[`${name} ${scenario}`] = { events: events.join(", "), ...(error === undefined ? {} : { error }) };
}
console.log(JSON.stringify(results));

/** An error in one line: `what is on top ← what it suppressed`, `[several]`. @param {any} error @returns {string} */
function described(error) {
  if (error.name === "SuppressedError") return `${described(error.error)} ← ${described(error.suppressed)}`;
  if (error.name === "AggregateError") return `[${error.errors.map(described).join(", ")}]`;
  return error.name === "Error" ? error.message : `${error.name}: ${error.message}`;
}
