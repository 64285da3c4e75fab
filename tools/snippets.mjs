// @ts-check
// Writes snippets/*.code-snippets from the sources in snippets/src/. `--check` fails where one is stale.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { readSources } from "./snippets/source.mjs";
import { languages, snippetOf } from "./snippets/template.mjs";

const folder = path.join(import.meta.dirname, "../snippets");
const all = readSources();

for (const language of languages) {
  const file = path.join(folder, `${language}.code-snippets`);
  const current = `${JSON.stringify(Object.fromEntries(all.map((source) => [source.title, snippetOf(source, language)])), null, 2)}\n`;
  if (!process.argv.includes("--check")) writeFileSync(file, current);
  else if (!existsSync(file) || readFileSync(file, "utf8").replaceAll("\r\n", "\n") !== current) throw new Error(`${path.basename(file)} is stale: run \`npm run snippets\``);
}
