import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { Linter, type RuleTester } from "eslint";
import { afterAll, describe, expect, it } from "vitest";

import rule from "../src/rules/no-unsupported-disposal.js";
import { declaredNode } from "../src/platform/node.js";
import { ts, typed, untyped } from "./support/rule-tester.js";

const packages = mkdtempSync(path.join(tmpdir(), "await-using-"));
afterAll(() => {
  rmSync(packages, { recursive: true });
});

/** A file in a package of its own with this package.json. */
function inPackage(name: string, manifest: object | string): string {
  const folder = path.join(packages, name);
  mkdirSync(path.join(folder, "src"), { recursive: true });
  writeFileSync(path.join(folder, "package.json"), typeof manifest === "string" ? manifest : JSON.stringify(manifest));
  return path.join(folder, "src", "file.js");
}

type Case = RuleTester.InvalidTestCase;

const on = (node: string, more: object = {}): { options: object[] } => ({ options: [{ node, ...more }] });
const data = (version: string, name: string): object => ({ by: "The option `node`", version, name });
const fails = (name: string, code: string, node: string, ...errors: RuleTester.TestCaseError[]): Case => ({ name, ...ts(code, { ...on(node), errors }) });

const stack = "function f() { using stack = new DisposableStack(); stack.use(lock()); }";
const gen = "async function* rows() { try { yield 1; } finally { await work(); } } ";
const bound = "class A { close() {} [Symbol.dispose] = this.close.bind(this); }";
const arrowed = "class A { close() {} [Symbol.dispose] = () => this.close(); }";
const retry = (body: string): string => `async function f() { for (let left = 3; ; left--) { ${body} } }`;

typed.run("no-unsupported-disposal", rule, {
  valid: [
    { name: "nothing declared", ...ts(stack) },
    { name: "from 24 on", ...ts(stack, on(">=24")) },
    { name: "a class of its own of that name", ...ts("class DisposableStack {} function f() { return new DisposableStack(); }", on(">=20")) },
    { name: "a parameter of that name", ...ts("function f(DisposableStack: { new (): Disposable }) { return new DisposableStack(); }", on(">=20")) },
    { name: "a type", ...ts("function f(stack: AsyncDisposableStack, error: SuppressedError) { return [stack, error]; }", on(">=20")) },
    { name: "a member of that name", ...ts("declare const shim: { DisposableStack: { new (): Disposable } }; function f() { return new shim.DisposableStack(); }", on(">=20")) },
    { name: "asked for first", ...ts("function f(error: unknown) { return typeof SuppressedError !== 'undefined' && error instanceof SuppressedError; }", on(">=20")) },
    { name: "what the project itself declares and brings", ...ts("declare global { var DisposableStack: { new (): Disposable } } export function f() { return new DisposableStack(); }", on(">=20")) },
    { name: "a generator that is iterated", ...ts(`${gen} async function f() { for await (const row of rows()) step(); }`, on(">=20")) },
    { name: "a scoped generator from 24 on", ...ts(`${gen} async function f() { await using it = rows(); for await (const row of it) { step(); } }`, on(">=24")) },
    { name: "a scoped resource", ...ts("async function f() { await using c = await open(); await c.ping(); }", on(">=20")) },
    { name: "a head without a closure", ...ts("async function f() { for (await using c = await open(); flag(); step()) { await c.ping(); } }", on(">=24")) },
    { name: "a head of `using` without `await`", ...ts("function f() { for (using l = lock(); flag(); step()) { [1].map(() => l.name); } }", on(">=24")) },
    { name: "a head of for-of", ...ts("async function f(all: Conn[]) { for (await using c of all) { [1].map(() => c.id); } }", on(">=24")) },
    { name: "a head on what does not crash", ...ts("async function f() { for (await using c = await open(); flag(); step()) { [1].map(() => c.id); } }", on(">=26")) },
    { name: "a method as a disposer", ...ts("class A { close() {} [Symbol.dispose]() { this.close(); } }", on(">=24")) },
    { name: "an arrow as a disposer", ...ts(arrowed, on(">=24")) },
    { name: "a bound function for adopt and defer", ...ts("function f(l: Lock) { using stack = new DisposableStack(); stack.defer(l.release.bind(l)); }", on(">=24")) },
    { name: "a bound disposer where it is mended", ...ts(bound, on(">=25.9")) },
    { name: "a bound disposer before Node had its own `using`", ...ts(bound, on("^22")) },
    { name: "a retry without esbuild", ...ts(retry("try { await using c = await open(); return await c.ping(); } catch { step(); }")) },
    { name: "a loop without a catch", ...ts(retry("await using c = await open(); await c.ping();"), { options: [{ lowering: "esbuild" }] }) },
    { name: "a loop inside the try", ...ts("async function f() { try { for (;;) { await using c = await open(); await c.ping(); } } catch { step(); } }", { options: [{ lowering: "esbuild" }] }) },
    { name: "a scope in a function in the loop", ...ts(retry("const once = async () => { await using c = await open(); return await c.ping(); }; try { return await once(); } catch { step(); }"), { options: [{ lowering: "esbuild" }] }) },
    { name: "a scope in the catch", ...ts(retry("try { return await work(); } catch { await using c = await open(); await c.ping(); }"), { options: [{ lowering: "esbuild" }] }) },
  ],
  invalid: [
    fails("AsyncDisposableStack", "async function f() { await using stack = new AsyncDisposableStack(); stack.use(await open()); }", ">=20.19", { messageId: "missing", data: { ...data("20.19.0", "AsyncDisposableStack"), instead: "Nest `await using` scopes instead, load a polyfill, or raise the range" } }),
    fails("DisposableStack", stack, "20 || 24", { messageId: "missing" }),
    fails("SuppressedError", "function f(error: unknown) { return error instanceof SuppressedError; }", "^22", { messageId: "missing" }),
    fails("an async generator in a scope", `${gen} async function f() { await using it = rows(); for await (const row of it) { step(); } }`, ">=22", { messageId: "generator", data: { ...data("22.0.0", ""), kind: "async generators", call: "`rows()`", loop: "`for await`" } }),
    fails("a generator in a scope", "function* rows() { yield 1; } function f() { using it = rows(); for (const row of it) step(); }", ">=22", { messageId: "generator" }),
    fails("a head that a closure captures", "async function f() {\n  for (await using c = await open(); flag(); step()) {\n    [1].map(() => c.id);\n  }\n}", ">=24", {
      messageId: "head",
      data: { by: "The option `node`", captured: "c", name: "c" },
      suggestions: [{ messageId: "hoist", data: { name: "c" }, output: "async function f() {\n  {\n    await using c = await open();\n    for (; flag(); step()) {\n      [1].map(() => c.id);\n    }\n  }\n}" }],
    }),
    fails("a head with a captured variable of the body", "async function f() { for (await using c = await open(); flag(); step()) { const id = c.id; [1].map(() => id); } }", ">=24", { messageId: "head", data: { by: "The option `node`", captured: "id", name: "c" }, suggestions: 1 }),
    fails("a head under a label", "async function f() { outer: for (await using c = await open(); flag(); step()) { [1].map(() => c.id); continue outer; } }", "24", { messageId: "head", suggestions: 0 }),
    fails("a bound disposer", bound, ">=24", { messageId: "disposer", data: { by: "The option `node`", what: "a bound function" }, suggestions: [{ messageId: "arrow", data: { called: "this.close()" }, output: arrowed }] }),
    fails("a bound disposer of an object", "function f(l: Lock) { return { [Symbol.dispose]: l.release.bind(l) }; }", "24", { messageId: "disposer", suggestions: [{ messageId: "arrow", data: { called: "l.release()" }, output: "function f(l: Lock) { return { [Symbol.dispose]: () => l.release() }; }" }] }),
    fails("a disposer with bound arguments", "function f(run: (name: string) => void) { return { [Symbol.dispose]: run.bind(null, 'a') }; }", "24", { messageId: "disposer", suggestions: 0 }),
    fails("a Proxy as a disposer", "class A { constructor() { this[Symbol.dispose] = new Proxy(step, {}); } [Symbol.dispose]: () => void; }", "24", { messageId: "disposer", data: { by: "The option `node`", what: "a Proxy" }, suggestions: 0 }),
    { name: "a retry that esbuild lowers", ...ts(retry("try { await using c = await open(); return await c.ping(); } catch { step(); }"), { options: [{ lowering: "esbuild" }], errors: [{ messageId: "retry", data: { name: "c" } }] }) },
    { name: "a retry deeper inside", ...ts(retry("try { if (flag()) { using l = lock(); step(); } } catch { step(); }"), { options: [{ lowering: "esbuild" }], errors: [{ messageId: "retry", data: { name: "l" } }] }) },
  ],
});

const bare = "const stack = new AsyncDisposableStack();";

untyped.run("no-unsupported-disposal, by the nearest package.json", rule, {
  valid: [
    { name: "engines from 24 on", code: bare, filename: inPackage("new", { engines: { node: ">=24" } }) },
    { name: "every version: nothing is declared by that", code: bare, filename: inPackage("any", { engines: { node: "*" } }) },
    { name: "no engines", code: bare, filename: inPackage("none", {}) },
    { name: "engines that are no range", code: bare, filename: inPackage("wrong", { engines: { node: "latest" } }) },
    { name: "a file that is no JSON", code: bare, filename: inPackage("broken", "{ engines") },
    { name: "a polyfill among the dependencies", code: bare, filename: inPackage("polyfilled", { engines: { node: ">=20" }, dependencies: { "core-js": "3" } }) },
    { name: "the option says otherwise", code: bare, filename: inPackage("old-but", { engines: { node: ">=20" } }), ...on(">=24") },
  ],
  invalid: [],
});

describe("engines of the nearest package.json", () => {
  it("that allow Node 20 are what the rule goes by, and says so", () => {
    const filename = inPackage("old", { engines: { node: "^20.19.0 || >=24" } });
    const config = { plugins: { "await-using": { rules: { "no-unsupported-disposal": rule } } }, rules: { "await-using/no-unsupported-disposal": "error" } } as unknown as Linter.Config;
    expect(new Linter({ cwd: packages }).verify(bare, config, { filename }).map(({ message }) => message)).toEqual([
      "`engines.node` of package.json allows Node 20.19.0, where `AsyncDisposableStack` does not exist (it does from Node 24 on): this throws a ReferenceError. Nest `await using` scopes instead, load a polyfill, or raise the range.",
    ]);
  });
});

describe("the option node", () => {
  it("is refused where it is no range", () => {
    expect(() => declaredNode("file.js", "twenty")).toThrow('The option "node" must be a range of versions, for example ">=20"; it is "twenty".');
  });
});
