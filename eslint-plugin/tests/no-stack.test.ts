import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { Linter } from "eslint";
import { afterAll, describe, expect, it } from "vitest";

import { fixtures } from "./support/rule-tester.js";
import { lint, projectAt, strict, Workspace } from "./support/workspace.js";

const folders = mkdtempSync(path.join(tmpdir(), "await-using-"));
afterAll(() => {
  rmSync(folders, { recursive: true });
});

const workspace = new Workspace(projectAt(path.join(fixtures, "tsconfig.json")).options);

/** What `strict` finds in a file of a package with this manifest. */
function found(text: string, manifest: object): readonly Linter.LintMessage[] {
  const folder = path.join(folders, JSON.stringify(manifest).replace(/\W+/gu, "-"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
  const file = { fileName: path.join(folder, "file.ts"), text };
  const program = workspace.program([path.join(fixtures, "resources.d.ts"), file]);
  return lint(file, strict, program);
}

/** The rules of what is found, and how many suggestions each finding has. */
function suggested(text: string, manifest: object): readonly (readonly [rule: string | null, suggestions: number])[] {
  return found(text, manifest).map(({ ruleId, suggestions }) => [ruleId, suggestions?.length ?? 0]);
}

/** What a file becomes by each suggestion for what is found in it. */
function repaired(text: string, manifest: object): readonly string[] {
  return found(text, manifest).flatMap(({ suggestions = [] }) => suggestions.map(({ fix: { range: [start, end], text: inserted } }) => text.slice(0, start) + inserted + text.slice(end)));
}

const old = { engines: { node: "^20.19.0 || >=22" } };
const polyfilled = { ...old, dependencies: { disposablestack: "1" } };
const current = { engines: { node: ">=24" } };

const stacks = [
  ["no-leaky-collection", "async function f(urls: string[]) { const conns = []; for (const url of urls) conns.push(await open(url)); for (const conn of conns) await conn.ping(); } export { f };"],
  ["no-leaky-construction", "export class Pair { constructor(readonly a: Conn, readonly b: Conn) {} static async of() { const a = await open(); const b = await open(); return new Pair(a, b); } async [Symbol.asyncDispose]() { await this.a.close(); await this.b.close(); } }"],
  ["no-leaky-construction", "export class Pair { readonly #a: Lock; readonly #b: Lock; constructor() { this.#a = lock('a'); this.#b = lock('b'); } [Symbol.dispose]() { this.#b.release(); this.#a.release(); } }"],
] as const;

describe.each(stacks)("a stack that %s would write: %s", (rule, text) => {
  const name = `await-using/${rule}`;

  it("is no suggestion where the package allows a Node without stacks; the finding stays", () => {
    expect(suggested(text, old)).toEqual([[name, 0]]);
  });

  it("is one where the package brings a polyfill, allows only versions that have stacks, or says nothing", () => {
    for (const manifest of [polyfilled, current, {}]) expect(suggested(text, manifest)).toEqual([[name, 1]]);
  });
});

describe("a scope, which compilers lower for any Node", () => {
  it("is a suggestion wherever the package is meant for", () => {
    for (const manifest of [old, polyfilled, current, {}]) expect(suggested("export async function f() { const conn = await open(); await conn.ping(); }", manifest)).toEqual([["await-using/require-using", 1]]);
  });
});

describe("a message that proposes a stack", () => {
  const handedOn = "export async function f(flag: boolean) { const conn = await open(); if (flag) return null; return new Repo(conn); }";
  const advised = (manifest: object): string | undefined => /a stack.*declared/u.exec(found(handedOn, manifest)[0]?.message ?? "")?.[0];

  it("says what brings one where the package allows a Node without stacks", () => {
    expect(advised(old)).toBe("a stack (from Node 24 on, or by a polyfill) declared");
  });

  it("says no more than that where there are stacks", () => {
    for (const manifest of [polyfilled, current, {}]) expect(advised(manifest)).toBe("a stack declared");
  });
});

describe("a hand-over behind a step that may fail", () => {
  const text = "export async function f() {\n  const conn = await open();\n  await conn.ping();\n  return conn;\n}\n";

  it("is guarded by a `catch` where the package allows a Node without stacks, by a stack elsewhere", () => {
    expect(repaired(text, old)).toEqual(["export async function f() {\n  const conn = await open();\n  try {\n    await conn.ping();\n    return conn;\n  } catch (error) {\n    await conn[Symbol.asyncDispose]();\n    throw error;\n  }\n}\n"]);
    expect(repaired(text, current)).toEqual(["export async function f() {\n  await using stack = new AsyncDisposableStack();\n  const conn = stack.use(await open());\n  await conn.ping();\n  stack.move();\n  return conn;\n}\n"]);
  });

  it("is left alone where a `return` passes it, which no `catch` sees", () => {
    expect(suggested(text.replace("await conn.ping();", "if (flag()) return null;"), old)).toEqual([["await-using/no-leak-on-path", 0]]);
  });
});
