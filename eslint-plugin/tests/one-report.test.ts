import path from "node:path";

import { describe, expect, it } from "vitest";

import { documentationBlocks } from "./support/documentation.js";
import { fixtures } from "./support/rule-tester.js";
import { lint, strict } from "./support/workspace.js";

const { blocks, program, workspace } = documentationBlocks();
type Finding = ReturnType<typeof lint>[number];

/** Whether two findings are about the same place: one stands inside the other. */
function isSamePlace(one: Finding, other: Finding): boolean {
  return contains(one, other) || contains(other, one);
}

function contains(outer: Finding, inner: Finding): boolean {
  const starts = outer.line < inner.line || (outer.line === inner.line && outer.column <= inner.column);
  const [outerEnd = outer.line, innerEnd = inner.line] = [outer.endLine, inner.endLine];
  return starts && (outerEnd > innerEnd || (outerEnd === innerEnd && (outer.endColumn ?? 0) >= (inner.endColumn ?? 0)));
}

describe("one leak, one report: of all rules in strict", () => {
  for (const { block, rule, source, title } of blocks) {
    if (block.claim !== "incorrect" || rule === null) continue;
    it(`only the page's rule speaks at each place of ${title}`, () => {
      const own: (typeof strict)[string] = block.options === null ? (strict[rule] ?? "error") : ["error", block.options];
      const found = lint(source, { ...strict, [rule]: own }, program);
      const intended = found.filter(({ ruleId }) => ruleId === rule);
      expect(intended).not.toEqual([]);
      for (const finding of intended) {
        expect(found.filter((other) => isSamePlace(finding, other)).map(({ line, ruleId }) => `${String(line)} ${String(ruleId)}`)).toEqual([`${String(finding.line)} ${rule}`]);
      }
    });
  }
});

describe("one leak, one report: where two rules meet", () => {
  const meetings = [
    ["a resource that escapes with a promise of work on it", "async function f() { await using c = await open(); return { c, rows: c.query('a') }; }", ["no-escaping-using"]],
    ["work of which each part is pending", "async function f() { await using c = await open(); return Promise.all([c.ping(), c.ping()]); }", ["no-unawaited-use"]],
    ["an early return, and work that may throw", "async function f(x: boolean) { const c = await open(); if (x) return; await c.ping(); await c.close(); }", ["no-leak-on-path"]],
    ["concurrent acquisitions that nobody disposes", "async function f(urls: string[]) { const all = await Promise.all(urls.map((url) => open(url))); for (const c of all) await c.ping(); }", ["no-leaky-concurrency"]],
    ["a `finally` for the second of two", "async function f() { const a = await open(); const b = await open(); try { await b.ping(); } finally { await b.close(); await a.close(); } }", ["no-leak-on-throw"]],
    ["a factory that acquires twice, and a class without a disposer", "class P { private constructor(private readonly a: Lock, private readonly b: Lock) {} static of() { const a = lock(); const b = lock(); return new P(a, b); } names() { return this.a.name + this.b.name; } } export function start() { add(P.of()); } declare function add(p: P): void;", ["require-disposable-owner", "no-leaky-construction"]],
    ["a member that the module exports, with what uses it", "await using db = await open(); export const rows = () => db.query('a'); export { db };", ["no-module-using"]],
    ["a manager's release behind its `yield`", "export const held = asyncContextManager(async function* () { const c = await open(); yield c; await c.close(); });", ["valid-generator-manager"]],
    ["a late resource that a `finally` disposes, and another by hand", "function f() { let a: Lock | null = null; let b: Lock | null = null; try { a = lock(); b = lock(); work(); } finally { b?.release(); a?.release(); } }", ["prefer-using"]],
    ["a resource of others in two scopes", "async function f(c: Conn) { await using a = c; await a.ping(); }", ["no-dispose-borrowed"]],
  ] as const;
  const files = meetings.map(([, text], index) => ({ fileName: path.join(fixtures, `meeting${String(index)}.ts`), text: `${text} export {};` }));
  const together = workspace.program([path.join(fixtures, "resources.d.ts"), ...files]);

  it.each(meetings.map(([name, , rules], index) => [name, rules, index] as const))("%s", (_, rules, index) => {
    const file = files[index] ?? { fileName: "", text: "" };
    expect(lint(file, strict, together).map(({ ruleId }) => ruleId)).toEqual(rules.map((rule) => `await-using/${rule}`));
  });
});
