import path from "node:path";

import Ajv from "ajv";
import { describe, expect, it } from "vitest";

import { settingsSchema } from "../src/settings.js";
import { lint, projectAt, strict, Workspace } from "./support/workspace.js";

const fixtures = path.join(import.meta.dirname, "fixtures");
const workspace = new Workspace(projectAt(path.join(fixtures, "tsconfig.json")).options);
const keys = "releaseMethods, inertTypes, ownedCalls, borrowedCalls, takesOwnership, managerHelpers, presets, resourceTypes";

const validate = (schema: object, value: unknown): boolean => new Ajv().validate(schema, value) as boolean;
const linked = { resourceTypes: [{ type: "Link", release: "cut" }] };

/** What the rules report on some code with these settings. */
function findingsOn(text: string, settings: object): readonly { readonly ruleId: string | null; readonly message: string }[] {
  const source = { fileName: path.join(fixtures, "file.ts"), text };
  const program = workspace.program([path.join(fixtures, "resources.d.ts"), source]);
  return lint(source, strict, program, { "await-using": settings }).map(({ message, ruleId }) => ({ message, ruleId }));
}

/** The rules that report on some code with these settings. */
function rulesOn(text: string, settings: object): readonly string[] {
  const source = { fileName: path.join(fixtures, "file.ts"), text };
  const program = workspace.program([path.join(fixtures, "resources.d.ts"), source]);
  return lint(source, strict, program, { "await-using": settings }).map(({ fatal, message, ruleId }) => (fatal === true ? message : String(ruleId).replace("await-using/", "")));
}

describe("settings that are wrong are refused", () => {
  it.each([
    ["an unknown key", { releaseMethod: ["retire"] }, `Unknown key "releaseMethod" in settings["await-using"]. Allowed keys: ${keys}.`],
    ["a key that every object has", JSON.parse('{ "__proto__": [] }') as object, `Unknown key "__proto__" in settings["await-using"]. Allowed keys: ${keys}.`],
    ["a string", { releaseMethods: "retire" }, 'settings["await-using"].releaseMethods must be an array of strings, for example ["name"]; it is "retire".'],
    ["an object", { ownedCalls: { open: true } }, 'settings["await-using"].ownedCalls must be an array of strings, for example ["name"]; it is {"open":true}.'],
    ["null", { inertTypes: null }, 'settings["await-using"].inertTypes must be an array of strings, for example ["name"]; it is null.'],
    ["an item that is no string", { takesOwnership: ["keep", 1] }, 'settings["await-using"].takesOwnership must be an array of strings, for example ["name"]; it is ["keep",1].'],
    ["a list of settings", ["retire"], `settings["await-using"] must be an object with any of the keys ${keys}; it is ["retire"].`],
    ["an unknown preset", { presets: ["pg", "mysql"] }, 'Unknown preset "mysql" in settings["await-using"].presets. Presets: better-sqlite3, ioredis, lumino, pg, socket.io, undici, vscode, ws.'],
    ["a preset as a string", { presets: "pg" }, 'settings["await-using"].presets must be an array of strings, for example ["pg"]; it is "pg".'],
    ["resourceTypes by name only", { resourceTypes: ["PoolClient"] }, 'settings["await-using"].resourceTypes must be an array of objects such as { type: "PoolClient", module: "pg", release: "release" }; item 0 is "PoolClient".'],
    ["resourceTypes as an object", { resourceTypes: { PoolClient: "release" } }, 'settings["await-using"].resourceTypes must be an array of objects such as { type: "PoolClient", module: "pg", release: "release" }; it is {"PoolClient":"release"}.'],
    ["a resource type without its release", { resourceTypes: [{ type: "A", release: "end" }, { type: "PoolClient" }] }, 'settings["await-using"].resourceTypes[1] has no "release". It needs the name of a type and of the method that releases it, for example { type: "PoolClient", module: "pg", release: "release" }.'],
    ["a resource type with an unknown key", { resourceTypes: [{ type: "A", release: "end", package: "pg" }] }, 'Unknown key "package" in settings["await-using"].resourceTypes[0]. Allowed keys: type, module, release.'],
    ["a resource type with a wrong type", { resourceTypes: [{ type: "A", release: ["end"] }] }, 'settings["await-using"].resourceTypes[0].release must be a string; it is ["end"].'],
  ])("%s", (_, settings, message) => {
    expect(() => validate(settingsSchema, settings)).not.toThrow();
    expect(validate(settingsSchema, settings)).toBe(false);
    expect(() => rulesOn("export {};", settings)).toThrow(message);
  });

  it("by a rule that needs no types too", () => {
    const source = { fileName: path.join(fixtures, "script.js"), text: "export {};" };
    expect(() => lint(source, { "await-using/no-async-dispose": "error" }, null, { "await-using": { nope: [] } })).toThrow('Unknown key "nope"');
  });

  it("but any of the keys alone, and none, are taken", () => {
    expect(rulesOn("export {};", {})).toEqual([]);
    for (const key of keys.split(", ")) {
      expect(rulesOn("export {};", { [key]: [] })).toEqual([]);
      expect(validate(settingsSchema, { [key]: [] })).toBe(true);
    }
  });
});

const pooled = `
interface Pooled extends AsyncDisposable { readonly id: string; retire(): Promise<void> }
/** @owned */
declare function pooled(): Promise<Pooled>;
`;

describe("settings", () => {
  it.each([
    {
      name: "releaseMethods: a call of the method disposes",
      code: `${pooled} export async function f() { const held = await pooled(); await held.retire(); }`,
      without: ["require-using"],
      settings: { releaseMethods: ["retire"] },
      with: [],
    },
    {
      name: "inertTypes: a value of the type is no resource",
      code: "export function f() { const held = lock(); step(); return held.name; }",
      without: ["require-using"],
      settings: { inertTypes: ["Lock"] },
      with: [],
    },
    {
      name: "ownedCalls: the caller owns what the function returns",
      code: "export async function f() { const held = await getConn(); await held.ping(); }",
      without: [],
      settings: { ownedCalls: ["getConn"] },
      with: ["require-using"],
    },
    {
      name: "borrowedCalls: somebody else owns what the function returns",
      code: "export async function f() { const held = await open(); await held.ping(); }",
      without: ["require-using"],
      settings: { borrowedCalls: ["open"] },
      with: [],
    },
    {
      name: "takesOwnership: the function takes what it is given",
      code: "function enlist(conn: Conn) { return conn.id.length; } export async function f() { const held = await open(); enlist(held); }",
      without: ["require-using"],
      settings: { takesOwnership: ["enlist"] },
      with: [],
    },
    {
      name: "resourceTypes: a type of the project's own files, released by its method",
      code: "class Link { cut(): void {} send(): void { this.cut.call(this); } } export function f() { const held = new Link(); held.send(); }",
      without: [],
      settings: { resourceTypes: [{ type: "Link", release: "cut" }] },
      with: ["require-using"],
    },
    {
      name: "resourceTypes: what extends such a type counts too",
      code: "class Link { cut(): void {} send(): void { this.cut.call(this); } } class Wire extends Link {} export function f() { const held = new Wire(); held.send(); }",
      without: [],
      settings: { resourceTypes: [{ type: "Link", release: "cut" }] },
      with: ["require-using"],
    },
    {
      name: "resourceTypes: a package's type",
      code: 'import { Client } from "undici"; export async function f() { const held = new Client("http://a"); await held.request({ path: "/", method: "GET" }); }',
      without: [],
      settings: { resourceTypes: [{ type: "Client", module: "undici", release: "close" }] },
      with: ["require-using"],
    },
    {
      name: "resourceTypes: a package whose types come from @types",
      code: 'import { Client } from "ssh2"; export function f() { const held = new Client(); held.setNoDelay(); }',
      without: [],
      settings: { resourceTypes: [{ type: "Client", module: "ssh2", release: "end" }] },
      with: ["require-using"],
    },
  ])("$name", ({ code, settings, with: changed, without }) => {
    expect(rulesOn(code, {})).toEqual(without);
    expect(rulesOn(code, settings)).toEqual(changed);
  });

  it.each([
    ["released by its method", "held.cut();"],
    ["returned", "return held;"],
    ["released in a finally", "try { step(); } finally { held.cut(); }"],
    ["adopted by a stack", "using stack = new DisposableStack(); stack.adopt(held, (it) => { it.cut(); }); step();"],
    ["registered with a stack", "using stack = new DisposableStack(); stack.defer(() => { held.cut(); }); step();"],
  ])("resourceTypes: silent where the resource is %s", (_, body) => {
    expect(rulesOn(`class Link { cut(): void {} send(): void { this.cut.call(this); } } export function f() { const held = new Link(); ${body} }`, linked)).toEqual([]);
  });

  it.each([
    ["another package's type of that name", 'import { Client } from "undici"; export function f() { const held = new Client("http://a"); held.on("drain", step); }', { type: "Client", module: "pg", release: "close" }],
    ["a package's type where none is named", 'import { Client } from "undici"; export async function f() { const held = new Client("http://a"); await held.request({ path: "/", method: "GET" }); }', { type: "Client", release: "close" }],
    ["a type that has no such method", "class Link { send(): void { this.cut.call(this); } } export function f() { const held = new Link(); held.send(); }", { type: "Link", release: "cut" }],
    ["a promise or null", "export function f() { const held = null; return held; }", { type: "Link", release: "cut" }],
  ])("resourceTypes: silent for %s", (_, code, resourceType) => {
    expect(rulesOn(code, { resourceTypes: [resourceType] })).toEqual([]);
  });

  it.each([
    ["nobody holds it", "new Link().send();", "no-floating-disposable", "`new Link()` acquires a Link that nobody holds, so it is never disposed. It has no disposer, so hold it and dispose it in a `finally`: `resource.cut()`."],
    ["it is never released", "const held = new Link(); held.send();", "require-using", "`held` holds a Link acquired by `new Link()` that is never disposed: it is still open at the end of `f` (line 1). It has no disposer, so dispose it in a `finally`: `held.cut()`."],
    ["a path leaves it", "const held = new Link(); if (step()) return; held.cut();", "no-leak-on-path", "`held`, a Link acquired by `new Link()`, is discharged on line 1 but not on every path: the `return` on line 1 leaves it open. It has no disposer, so dispose it in a `finally`: `held.cut()`."],
    ["it is overwritten", "let held = new Link(); held = new Link(); held.cut();", "no-leak-on-path", "`held` may still hold a Link acquired by `new Link()` when the assignment on line 1 replaces it, so that one is never disposed. Dispose it first: `held.cut()`."],
    ["an exception skips its release", "const held = new Link(); held.send(); held.cut();", "no-leak-on-throw", "If `held.send()` on line 1 throws, `held`, a Link acquired by `new Link()`, stays open: the disposal on line 1 is skipped. It has no disposer, so dispose it in a `finally`: `held.cut()`."],
    ["concurrent ones get lost", "await Promise.all([link(), link()]);", "no-leaky-concurrency", "When one of these fails or wins, every other Link that `link()` acquires is lost. Acquire one after the other, or wait for all with `Promise.allSettled` and dispose those that came."],
    ["nobody awaits its release", "const held = new Line(); held.cut();", "no-floating-dispose", "`held.cut()` starts disposing a Line and nobody awaits it: the code goes on before `held` is closed, and a failure becomes an unhandled rejection. Write `await held.cut()`."],
  ])("resourceTypes: says what to do where %s", (_, body, rule, message) => {
    const code = `class Link { cut(): void {} send(): void { this.cut.call(this); } } class Line { async cut(): Promise<void> {} } async function link() { return new Link(); } export async function f() { ${body} }`;
    expect(findingsOn(code, { resourceTypes: [{ type: "Link", release: "cut" }, { type: "Line", release: "cut" }] })).toContainEqual({ ruleId: `await-using/${rule}`, message });
  });

  it.each([
    ["releaseMethods", "export async function f() { const held = await open(); await held.close(); }"],
    ["inertTypes", "export function f(all: number[]) { const held = all.values(); held.next(); }"],
    ["ownedCalls", "export async function f() { const held = await getConn(); await held.ping(); }"],
    ["takesOwnership", "export async function f(stack: AsyncDisposableStack) { const held = await open(); stack.use(held); }"],
  ])("%s adds to what is silent by default", (key, code) => {
    expect(rulesOn(code, {})).toEqual([]);
    expect(rulesOn(code, { [key]: ["somethingElse"] })).toEqual([]);
  });

  it.each([
    ["ownedCalls", "export async function f() { const held = await open(); await held.ping(); }"],
    ["borrowedCalls", "export async function f() { const held = await open(); await held.ping(); }"],
    ["inertTypes", "export async function f() { const held = await open(); await held.ping(); }"],
  ])("%s adds to what is found by default", (key, code) => {
    expect(rulesOn(code, { [key]: ["somethingElse"] })).toEqual(["require-using"]);
  });

  it.each([
    ["first", [true, false]],
    ["last", [false, true]],
  ])("hold for the files that have them only, when such a file is read %s", (_, order) => {
    const shared = { fileName: path.join(fixtures, "shared.ts"), text: "export function enter() { return getConn(); }" };
    const text = "import { enter } from './shared.js'; export async function f() { const held = await enter(); await held.ping(); }";
    const files = order.map((isSet) => ({ isSet, source: { fileName: path.join(fixtures, isSet ? "set.ts" : "unset.ts"), text } }));
    const program = workspace.program([path.join(fixtures, "resources.d.ts"), shared, ...files.map(({ source }) => source)]);
    for (const { isSet, source } of files) {
      const found = lint(source, strict, program, isSet ? { "await-using": { ownedCalls: ["getConn"] } } : {});
      expect(found.map(({ ruleId }) => ruleId), source.fileName).toEqual(isSet ? ["await-using/require-using"] : []);
    }
  });
});
