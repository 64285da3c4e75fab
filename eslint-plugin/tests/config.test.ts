import { readFileSync } from "node:fs";
import path from "node:path";

import * as parser from "@typescript-eslint/parser";
import { ESLint, Linter } from "eslint";
import { defineConfig } from "eslint/config";
import ts from "typescript";
import { describe, expect, it } from "vitest";

import type { RuleDocs } from "../src/rules/create-rule.js";
import { filesIn } from "./support/crashes.js";
import plugin from "../src/index.js";

const root = path.join(import.meta.dirname, "..");
const fixtures = path.join(import.meta.dirname, "fixtures");
const { recommended, strict, untyped } = plugin.configs;

const rules = Object.entries(plugin.rules).map(([name, rule]) => {
  const { docs, schema } = rule.meta ?? {};
  if (docs === undefined) throw new Error(`${name} describes nothing`);
  return { name: `await-using/${name}`, docs: docs as unknown as RuleDocs & { readonly url: string }, schema };
});

function namesIn({ rules: configured = {} }: Linter.Config): readonly string[] {
  return Object.keys(configured).sort();
}

function named(which: (docs: RuleDocs) => boolean): readonly string[] {
  return rules.filter(({ docs }) => which(docs)).map(({ name }) => name).sort();
}

describe("configs", () => {
  it("strict has every rule", () => {
    expect(namesIn(strict)).toEqual(named(() => true));
  });

  it("recommended has the rules that find bugs", () => {
    expect(namesIn(recommended)).toEqual(named(({ recommended: of }) => of === "recommended"));
    expect(namesIn(recommended)).not.toContain("await-using/prefer-using");
  });

  const graded = rules.filter(({ schema }) => JSON.stringify(schema ?? []).includes('"likely"')).map(({ name }) => name);

  it("strict has every rule that rests on an acquisition report what is only likely owned, and recommended none", () => {
    expect(graded).not.toEqual([]);
    const asked = ({ rules: configured = {} }: Linter.Config): readonly string[] => Object.entries(configured).filter(([, entry]) => JSON.stringify(entry).includes('"likely":true')).map(([name]) => name);
    expect([...asked(strict)].sort()).toEqual([...graded].sort());
    expect(asked(recommended)).toEqual([]);
    expect(asked(untyped)).toEqual([]);
  });

  it("untyped has the rules that need no types", () => {
    expect(namesIn(untyped)).toEqual(named(({ requiresTypeChecking }) => !requiresTypeChecking));
  });

  it("have types that know no other name", () => {
    // @ts-expect-error -- misspelled
    expect(plugin.configs["recomended"]).toBeUndefined();
    expect(defineConfig([{ extends: [plugin.configs.recommended, plugin.configs.strict] }, plugin.configs.untyped])).toHaveLength(3);
    const asPlugin: ESLint.Plugin = plugin;
    expect(asPlugin.configs).toBe(plugin.configs);
  });

  it("bring the plugin with them", () => {
    for (const config of [recommended, strict, untyped]) expect(config.plugins?.["await-using"]).toBe(plugin);
  });

  it.each(["recommended", "strict"] as const)("%s works by defineConfig and extends", async (name) => {
    const eslint = new ESLint({
      cwd: fixtures,
      overrideConfigFile: true,
      baseConfig: defineConfig([
        {
          files: ["**/*.ts"],
          plugins: { "await-using": plugin },
          extends: [`await-using/${name}`],
          languageOptions: { parser, parserOptions: { project: "./tsconfig.json", tsconfigRootDir: fixtures } },
        },
      ]),
    });
    const { rules: effective } = (await eslint.calculateConfigForFile("file.ts")) as { rules: object };
    expect(Object.keys(effective).sort()).toEqual(namesIn(plugin.configs[name]));
    const [result] = await eslint.lintText("export async function f() { await open(); }", { filePath: "file.ts" });
    expect(result?.messages.map(({ ruleId }) => ruleId)).toEqual(["await-using/no-floating-disposable"]);
  });
});

const leaking = "export class Held { async [Symbol.dispose]() {} }\nexport async function f() { await using held = connect(); }\nasync function connect() { return new Held(); }\n";

describe("without type information", () => {
  it("the untyped config works on plain JavaScript with ESLint's own parser", () => {
    const messages = new Linter().verify(leaking, [untyped], { filename: "script.js" });
    expect(messages.map(({ line, ruleId }) => `${String(line)} ${String(ruleId)}`)).toEqual(["1 await-using/no-async-dispose", "2 await-using/no-unawaited-acquisition"]);
  });

  it("the untyped config works on TypeScript without a program", () => {
    const messages = new Linter().verify(leaking, [{ files: ["**/*.ts"], languageOptions: { parser } }, untyped], { filename: "file.ts" });
    expect(messages.map(({ ruleId }) => ruleId)).toContain("await-using/no-async-dispose");
  });

  it.each(named(({ requiresTypeChecking }) => requiresTypeChecking))("%s says how to turn it on", (name) => {
    for (const languageOptions of [{}, { parser }]) {
      const verify = (): unknown => new Linter().verify("export {};", [{ languageOptions }, { plugins: { "await-using": plugin }, rules: { [name]: "error" } }], { filename: "script.js" });
      expect(verify).toThrow(new RegExp(`'${name}'.*requires type information.*https://tseslint\\.com/typed-linting`, "u"));
    }
  });

  it.each(["recommended", "strict"] as const)("%s says so once", async (name) => {
    const eslint = new ESLint({ cwd: fixtures, overrideConfigFile: true, baseConfig: [{ files: ["**/*.ts"], languageOptions: { parser } }, plugin.configs[name]] });
    await expect(eslint.lintFiles(["file.ts", "script.js"])).rejects.toThrow(/^Error while loading rule 'await-using\/[a-z-]+': You have used a rule which requires type information/u);
  });
});

describe("rule options", () => {
  const configured = (name: string, options: object): unknown =>
    new Linter().verify("export {};", [{ ...untyped, rules: { [name]: ["error", options] } }], { filename: "script.js" });

  it.each(rules.map(({ name }) => name))("%s refuses what it does not know", (name) => {
    expect(() => configured(name, { unheardOf: true })).toThrow(`Key "${name}"`);
  });

  it.each(rules.filter(({ schema }) => Array.isArray(schema) && schema.length > 0).map(({ name, schema }) => ({ name, properties: Object.keys((schema as [{ properties: object }])[0].properties) })))(
    "$name names the unknown key and those it knows",
    ({ name, properties }) => {
      expect(() => configured(name, { unheardOf: true })).toThrow("unheardOf");
      for (const property of properties) expect(() => configured(name, { unheardOf: true })).toThrow(property);
    },
  );

  const hold = "declare function hold(): Promise<Conn>; declare function keep(): Lock;";
  const probable = [
    ["no-floating-disposable", "export async function f() { await hold(); }"],
    ["no-leak-on-path", "export async function f() { const c = await hold(); if (flag()) return; await c.close(); }"],
    ["no-leak-on-throw", "export async function f() { const c = await hold(); await c.ping(); await c.close(); }"],
    ["no-leaky-collection", "export async function f(all: string[]) { const held: Conn[] = []; for (const each of all) { held.push(await hold()); step(); } for (const c of held) await c.ping(); }"],
    ["no-leaky-concurrency", "export async function f() { await using stack = new AsyncDisposableStack(); const [a, b] = await Promise.all([hold(), hold()]); stack.use(a); stack.use(b); }"],
    ["no-leaky-construction", "export class Pair implements Disposable { readonly a: Lock; readonly b: Lock; constructor() { this.a = keep(); this.b = keep(); } [Symbol.dispose]() { this.a.release(); this.b.release(); } }"],
    ["require-disposable-owner", "export class Holder { readonly #l: Lock; constructor() { this.#l = keep(); } name() { return this.#l.name; } }"],
    ["require-field-disposal", "export class Holder implements Disposable { readonly #l = keep(); name() { return this.#l.name; } [Symbol.dispose]() { step(); } }"],
    ["require-using", "export async function f() { const c = await hold(); await c.ping(); }"],
  ] as const;

  const typed: Linter.Config = { files: ["**/*.ts"], languageOptions: { parser, parserOptions: { project: "./tsconfig.json", tsconfigRootDir: fixtures } } };
  /** The rules that report on some code with one rule on. */
  const reportedBy = (name: string, text: string, entry: Linter.RuleEntry): readonly string[] => {
    const found = new Linter({ cwd: fixtures }).verify(text, [typed, { plugins: { "await-using": plugin }, rules: { [name]: entry } }], { filename: path.join(fixtures, "file.ts") });
    return [...new Set(found.map(({ message, ruleId }) => ruleId ?? message))];
  };

  it.each(probable)("%s reports what is only likely owned where `likely` asks for it, and else what is certain", (rule, code) => {
    const name = `await-using/${rule}`;
    const guessed = `${hold} ${code}`;
    const known = guessed.replaceAll("declare function", "\n/** @owned */ declare function");
    expect(reportedBy(name, guessed, "error")).toEqual([]);
    expect(reportedBy(name, guessed, ["error", { likely: false }])).toEqual([]);
    expect(reportedBy(name, guessed, ["error", { likely: true }])).toEqual([name]);
    expect(reportedBy(name, known, "error")).toEqual([name]);
  });
  it("report what is certain beside what is only likely owned", () => {
    const name = "await-using/require-disposable-owner";
    expect(reportedBy(name, `${hold} export class Store { #l = keep(); #c = openSync(); }`, "error")).toEqual([name]);
  });

  it("are tested for every rule that rests on an acquisition", () => {
    const graded = rules.filter(({ schema }) => JSON.stringify(schema ?? []).includes('"likely"')).map(({ name }) => name);
    expect(probable.map(([rule]) => `await-using/${rule}`)).toEqual([...graded].sort());
  });

  it("refuses a wrong value", () => {
    expect(() => configured("await-using/no-sync-using", { both: "perhaps" })).toThrow(/Value "perhaps" should be equal to one of the allowed values/u);
  });
});

describe("the package", () => {
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { name: string; version: string; dependencies: Record<string, string> };

  it("has the name and the version that the plugin tells ESLint", () => {
    expect(plugin.meta).toEqual({ name: manifest.name, version: manifest.version, namespace: "await-using" });
  });

  it("documents each rule under its own address", () => {
    for (const { docs, name } of rules) expect(docs.url).toBe(`https://unpkg.com/eslint-plugin-await-using/docs/rules/${name.replace("await-using/", "")}.md`);
  });
});

interface Import {
  readonly file: string;
  readonly of: string;
  readonly typeOnly: boolean;
}

/** What a source file imports, by whatever syntax. */
function importsIn(text: string, file: string): readonly Import[] {
  const imports: Import[] = [];
  const add = (of: ts.Node | undefined, typeOnly: boolean): void => {
    imports.push({ file, of: of !== undefined && ts.isStringLiteralLike(of) ? of.text : "something computed", typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) add(node.moduleReference.expression, node.isTypeOnly);
    else if (ts.isCallExpression(node) && (node.expression.kind === ts.SyntaxKind.ImportKeyword || /^(?:createRequire|require)$/u.test(node.expression.getText()))) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return imports;
}

describe("the sources", () => {
  const imports = filesIn(path.join(root, "src"), /\.ts$/u).flatMap((file) => importsIn(readFileSync(file, "utf8"), path.relative(path.join(root, "src"), file)));
  const shown = ({ file, of }: Import): string => `${file} imports ${of}`;

  it("load nothing at run time but themselves, @typescript-eslint/utils and what reads the declared Node", () => {
    const loaded = imports.filter(({ of, typeOnly }) => !typeOnly && !of.startsWith("."));
    expect(loaded).not.toEqual([]);
    expect(loaded.filter(({ of }) => of !== "@typescript-eslint/utils").map(shown)).toEqual(["node:fs", "node:path", "semver"].map((of) => shown({ file: "platform/node.ts", of, typeOnly: false })));
  });

  it("know TypeScript in src/types only, and there only its types", () => {
    const known = imports.filter(({ of }) => /^(?:typescript|ts-api-utils|@typescript-eslint\/(?:parser|type-utils|typescript-estree))$/u.test(of));
    expect(known).not.toEqual([]);
    expect(known.filter(({ file, typeOnly }) => !typeOnly || !file.startsWith("types/")).map(shown)).toEqual([]);
  });

  it("ask types through src/code.ts; only where a linted file gets its types do rules know src/types", () => {
    const door = "rules/create-rule.ts";
    const taken = imports.filter(({ file, of }) => /^(?:edits|explain|flow|lexicon|libraries|ownership|rules)\//u.test(file) && of.includes("/types/"));
    expect([...new Set(taken.map(({ file }) => file))]).toEqual([door]);
  });

  it("are read so that every kind of import is seen", () => {
    const text = `import a from "a"; import type b from "b"; import { type c } from "c"; import "d"; export * from "e"; export type * from "f"; import g = require("g"); await import("h"); require("i"); import(j);`;
    expect(importsIn(text, "").map(({ of, typeOnly }) => `${of}${typeOnly ? " (type)" : ""}`)).toEqual(["a", "b (type)", "c", "d", "e", "f (type)", "g", "h", "i", "something computed"]);
  });
});
