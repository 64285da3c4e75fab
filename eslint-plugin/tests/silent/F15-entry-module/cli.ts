#!/usr/bin/env node
// F15: a command-line entry; `using` at module scope is released when the evaluation of this module ends.
import { mkdtempDisposable, open, readFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: "string", short: "o", default: "report.pdf" },
    cache: { type: "string" },
    yes: { type: "boolean", short: "y", default: false },
    help: { type: "boolean", short: "h" },
  },
});

if (values.help || positionals.length === 0) {
  console.log("usage: pages-to-pdf [-o file] [--cache file] [-y] url…");
  process.exit(values.help ? 0 : 2);
}

async function confirm(question: string): Promise<boolean> {
  using prompt = createInterface({ input: process.stdin, output: process.stdout });
  return /^y(es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim());
}

if (!values.yes && process.stdin.isTTY && !(await confirm(`print ${positionals.length} pages to ${values.out}?`))) {
  process.exit(1);
}

using cache = values.cache ? new DatabaseSync(resolve(values.cache)) : null;
cache?.exec("create table if not exists visited (url text primary key, at text)");

await using output = await open(resolve(values.out), "w");
await using directory = await mkdtempDisposable(join(tmpdir(), "pages-"));

await using browser = await chromium.launch();
const remember = cache?.prepare("insert or replace into visited values (?, ?)");

for (const url of positionals) {
  await using page = await browser.newPage();
  const response = await page.goto(url, { waitUntil: "load" });
  if (!response?.ok()) {
    console.error("%s: %s", url, response?.status() ?? "no response");
    process.exitCode = 1;
    continue;
  }
  const path = join(directory.path, `${encodeURIComponent(url)}.pdf`);
  await page.pdf({ path });
  await output.write(await readFile(path));
  remember?.run(url, new Date().toISOString());
}

console.log("%d bytes written", (await output.stat()).size);
