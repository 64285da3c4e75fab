import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { transformSync } from "esbuild";
import { describe, expect, it } from "vitest";

import { withoutTypes } from "../../tools/snippets/javascript.mjs";
import { javascriptOf, temporary, write } from "./support/compile.js";
import { nativeNode } from "./support/runtimes.js";

const folder = temporary("helper");

const helper = readFileSync(path.join(import.meta.dirname, "../../snippets/src/helper/managed.ts"), "utf8");
const claims = path.join(import.meta.dirname, "support/claims");

/** The modules of the claims, beside the helper that they are made of. */
const modules = readdirSync(claims).map((name) => ({ name, text: readFileSync(path.join(claims, name), "utf8").replace(/"[^"]+\/managed\.js"/u, '"./managed.js"') }));

const compilers: Readonly<Record<string, (name: string, text: string) => string>> = {
  "compiled by TypeScript for ES2022": (name, text) => javascriptOf(name, text, "lowered"),
  "compiled by esbuild for Node 20": (_, text) => transformSync(text, { loader: "ts", target: "node20" }).code,
};

/** What is wrong with each claim, by one Node. */
function tested(node: string, how: string, compile: (name: string, text: string) => string, text: string): Readonly<Record<string, string>> {
  const into = path.join(folder, how.replace(/\W+/gu, "-"));
  write(path.join(into, "package.json"), JSON.stringify({ private: true, type: "module" }));
  write(path.join(into, "managed.js"), compile("managed.ts", text));
  for (const module of modules) write(path.join(into, module.name.replace(/ts$/u, "js")), compile(module.name, module.text));
  const { error, status, stderr, stdout } = spawnSync(node, [path.join(import.meta.dirname, "support/claimant.mjs"), path.join(into, "claims.js")], { encoding: "utf8", timeout: 20_000 });
  if (error !== undefined || status !== 0) throw error ?? new Error(`${node} ended with ${String(status)}: ${stderr}`);
  return JSON.parse(stdout) as Readonly<Record<string, string>>;
}

const native = nativeNode();
if (native === null) console.log("Skipped, and not counted: no Node for this platform runs `await using` as it is written.");

describe.each([["the helper", helper], ["the helper without types", withoutTypes(helper)]])("%s", (name, text) => {
  const ways = [
    ...Object.entries(compilers).map(([how, compile]) => ({ how: `${how}, on Node ${process.versions.node}`, compile, node: process.execPath })),
    ...(native === null ? [] : [{ how: "as it is written, on Node 24 or later", compile: (file: string, code: string) => javascriptOf(file, code, "native"), node: native }]),
  ];
  describe.each(ways)("$how", ({ compile, how, node }) => {
    const wrong = tested(node, `${name} ${how}`, compile, text);
    it.each(Object.keys(wrong))("%s", (claim) => {
      expect(wrong[claim]).toBe("");
    });
  });
});

describe("the helper's text", () => {
  it("uses nothing that Node 20 has not, and imports nothing", () => {
    expect(helper).not.toMatch(/AsyncDisposableStack|DisposableStack|SuppressedError|^import /mu);
  });
});
