import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { claimsIn, differences, endingOf, readPage, type Block } from "../../eslint-plugin/tests/support/markdown.js";
import { lint, strict } from "../../eslint-plugin/tests/support/workspace.js";
import { prefixesOf } from "./support/cases.js";
import { errorsOf, javascriptOf, programFor, temporary, write } from "./support/compile.js";
import { nativeNode, polyfill } from "./support/runtimes.js";

const root = path.join(import.meta.dirname, "../..");
const page = readFileSync(path.join(root, "docs/managers.md"), "utf8");

interface Documented {
  readonly block: Block;
  readonly name: string;
  readonly file: string;
  /** What the last line says. */
  readonly events: string;
  readonly error: string | undefined;
}

/** The lines ahead of a block, which is the body of a function: the rules say little of a module's own scope. */
const opening = [
  'import { body, Conn, connect, events, failures, lock } from "./vocabulary.js";',
  'import { acquireAll, asyncContextManager, runManaged, timeoutScope } from "./managed.js";',
  "export async function run() {",
].join("\n");

const folder = temporary("managers");
write(path.join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
for (const [name, file] of [["vocabulary", "vocabulary.ts"], ["managed", "helper/managed.ts"]] as const) write(path.join(folder, `${name}.ts`), readFileSync(path.join(root, "snippets/src", file), "utf8"));

const { blocks, unclaimed } = readPage(page);
const documented = blocks.map((block): Documented => {
  const { events = "", error } = /^\/\/ → (?<events>.*?)(?:; throws (?<error>.+))?\n$/mu.exec(block.code)?.groups ?? {};
  const name = `line-${String(block.line)}`;
  const file = path.join(folder, `${name}.${endingOf(block)}`);
  write(file, textOf(block));
  return { block, error, events, file, name };
});

function textOf({ code }: Block): string {
  return `${opening}\n${code}}\n`;
}

const titled = documented.map((each) => [`line ${String(each.block.line)}`, each] as const);
const program = programFor(24, documented.map(({ file }) => file));

describe("docs/managers.md", () => {
  it("claims something about each block of code, and says what happens", () => {
    expect(unclaimed).toEqual([]);
    for (const { block } of documented) expect(block.code).toMatch(/^\/\/ → .*\n$/mu);
  });

  it("names prefixes that snippets have", () => {
    const named = [...page.matchAll(/snippets? (?<first>\[?`[\w-]+`)(?: and (?<second>`[\w-]+`))?/gu)].flatMap(({ groups }) => [groups?.["first"], groups?.["second"]]).filter((name) => name !== undefined);
    expect(named.length).toBeGreaterThan(10);
    for (const name of named) expect(prefixesOf()).toContain(name.replace(/[`[]/gu, ""));
  });

  it("links to files and headings that are there", () => {
    const headings = page.split("\n").filter((line) => /^#+ /u.test(line)).map((line) => `#${line.replace(/^#+ /u, "").toLowerCase().replace(/[^\w\- ]/gu, "").replaceAll(" ", "-")}`);
    for (const [, target = ""] of page.matchAll(/\]\((?<target>[^)]+)\)/gu)) {
      if (target.startsWith("#")) expect(headings).toContain(target);
      else expect(() => readFileSync(path.join(root, "docs", target))).not.toThrow();
    }
  });

  it.each(titled.filter(([, { block }]) => block.language === "ts"))("%s type-checks", (_, { file }) => {
    expect(errorsOf(program, file)).toEqual([]);
  });

  it.each(titled)("%s has the findings that it spells, and no others", (_, { block, file }) => {
    const found = lint({ fileName: file, text: textOf(block) }, strict, program);
    const inBlock = found.map((each) => ({ ...each, line: each.line - 3, ...(each.endLine === undefined ? {} : { endLine: each.endLine - 3 }) }));
    expect(differences(block.code, inBlock)).toEqual([]);
    expect(claimsIn(block.code).length > 0).toBe(block.claim === "incorrect");
  });
});

const native = nativeNode();
const nodes = [
  { mode: "lowered", node: process.execPath, preload: "AsyncDisposableStack" in globalThis ? [] : ["--import", polyfill] },
  ...(native === null ? [] : [{ mode: "native", node: native, preload: [] } as const]),
] as const;
if (native === null) console.log("Skipped, and not counted: no Node for this platform runs `await using` as it is written.");

describe.each(nodes)("its blocks, $mode", ({ mode, node, preload }) => {
  const into = path.join(folder, mode);
  write(path.join(into, "package.json"), JSON.stringify({ private: true, type: "module" }));
  for (const name of ["vocabulary", "managed"]) write(path.join(into, `${name}.js`), javascriptOf(`${name}.ts`, readFileSync(path.join(folder, `${name}.ts`), "utf8"), mode));
  for (const { block, name } of documented) write(path.join(into, `${name}.js`), javascriptOf(`${name}.ts`, textOf(block), mode));
  const manifest = path.join(into, "manifest.json");
  write(manifest, JSON.stringify(documented.map(({ name }) => ({ case: name, scenario: "", run: "run", fails: [] }))));
  const { status, stderr, stdout } = spawnSync(node, [...preload, path.join(import.meta.dirname, "support/runner.mjs"), into, manifest], { encoding: "utf8", timeout: 20_000 });
  if (status !== 0) throw new Error(stderr);
  const results = JSON.parse(stdout) as Readonly<Record<string, { readonly events: string; readonly error?: string }>>;

  it.each(titled)("%s does what its last line says", (_, { error, events, name }) => {
    const result = results[`${name} `];
    expect(result?.events).toBe(events);
    // What the engine and the compilers say of what is not disposable differs.
    expect(result?.error?.replace(/^(?<name>\w+): .*/u, "$<name>")).toBe(error);
  });
});
