import path from "node:path";

import { describe, expect, it } from "vitest";

import { projectAt, lint, strict, Workspace } from "./support/workspace.js";

const fixtures = path.join(import.meta.dirname, "fixtures");
const workspace = new Workspace(projectAt(path.join(fixtures, "tsconfig.json")).options);
const keys = "releaseMethods, inertTypes, ownedCalls, borrowedCalls, takesOwnership, managerHelpers";

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
  ])("%s", (_, settings, message) => {
    expect(() => rulesOn("export {};", settings)).toThrow(message);
  });

  it("by a rule that needs no types too", () => {
    const source = { fileName: path.join(fixtures, "script.js"), text: "export {};" };
    expect(() => lint(source, { "await-using/no-async-dispose": "error" }, null, { "await-using": { nope: [] } })).toThrow('Unknown key "nope"');
  });

  it("but any of the keys alone, and none, are taken", () => {
    expect(rulesOn("export {};", {})).toEqual([]);
    for (const key of keys.split(", ")) expect(rulesOn("export {};", { [key]: [] })).toEqual([]);
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
  ])("$name", ({ code, settings, with: changed, without }) => {
    expect(rulesOn(code, {})).toEqual(without);
    expect(rulesOn(code, settings)).toEqual(changed);
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
