import ts from "typescript";
import { describe, expect, it } from "vitest";

import { compilerFixesIn, type Subject } from "./support/editing.js";

const scripts = { moduleDetection: ts.ModuleDetectionKind.Auto, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
const commonJs = { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Bundler };

/** Claims that the offered fixes, in their order, make these texts, each without a new error. */
function fixes(text: string, expected: Readonly<Record<string, string>>, rest: Omit<Subject, "text"> = {}, as: Readonly<Record<number, number>> = {}): void {
  const found = compilerFixesIn({ ...rest, text }, as);
  expect(Object.fromEntries(found.map(({ text: changed, title }) => [title, changed]))).toEqual(expected);
  expect(found.map(({ title }) => title)).toEqual(Object.keys(expected));
  for (const { come, gone, title } of found) expect({ title, come, isGone: gone.length > 0 }).toEqual({ title, come: [], isGone: true });
}

describe("what `using` cannot dispose (TS2850)", () => {
  it("an asynchronous resource takes `await using`", () => {
    fixes("export async function f() { using c = await open(); await c.ping(); }", {
      "Declare it with `await using`": "export async function f() { await using c = await open(); await c.ping(); }",
    });
  });

  it("a promise of an asynchronous one is awaited as well", () => {
    fixes("export async function f() { using c = open(); }", {
      "Declare it with `await using` and insert `await`": "export async function f() { await using c = await open(); }",
    });
  });

  it("a promise of a synchronous one is only awaited", () => {
    fixes("declare function later(): Promise<Lock>; export async function f() { using l = later(), m = lock(); }", {
      "Insert `await`": "declare function later(): Promise<Lock>; export async function f() { using l = await later(), m = lock(); }",
    });
  });

  it("a promise of one with both disposers leaves the choice", () => {
    fixes("export async function f() { using d = openDir('.'); }", {
      "Declare it with `await using` and insert `await`": "export async function f() { await using d = await openDir('.'); }",
      "Insert `await`": "export async function f() { using d = await openDir('.'); }",
    });
  });

  it("a stack", () => {
    fixes("export async function f() { using s = new AsyncDisposableStack(); }", {
      "Declare it with `await using`": "export async function f() { await using s = new AsyncDisposableStack(); }",
    });
  });

  it("a union of which only some are asynchronous", () => {
    fixes("export async function f(g: () => Conn | Lock) { using x = g(); }", {
      "Declare it with `await using`": "export async function f(g: () => Conn | Lock) { await using x = g(); }",
    });
  });

  it("a function that gives a promise becomes async", () => {
    fixes("export function f(): Promise<void> { using c = openSync(); return c.ping(); }", {
      "Declare it with `await using` and make the function `async`": "export async function f(): Promise<void> { await using c = openSync(); return c.ping(); }",
    });
  });

  it("nothing where the function's result is used as it is", () => {
    fixes("export function f(): number { using c = openSync(); return 1; }", {});
  });

  it("nothing where another declarator would be refused then", () => {
    fixes("export async function f() { using a = open(), b = open(); }", {});
  });

  it("all declarators of a declaration take the keyword", () => {
    fixes("export async function f() { using a = openSync(), b = open(); }", {
      "Declare it with `await using` and insert `await`": "export async function f() { await using a = openSync(), b = await open(); }",
    });
  });

  it("nothing for what is no resource at all", () => {
    fixes("export async function f() { using a = 5; using b = new Repo(openSync()); }", {});
  });

  it("nothing in the head of a C-style loop, which Node 24 does not survive", () => {
    fixes("export async function f() { for (using c = openSync(); flag(); ) await c.ping(); }", {});
  });
});

describe("TypeScript 7's name for it (TS2741)", () => {
  it("in a `using` declaration", () => {
    fixes("export async function f() { using c = await open(); }", { "Declare it with `await using`": "export async function f() { await using c = await open(); }" }, {}, { 2850: 2741 });
  });

  it("in what a synchronous stack is given", () => {
    fixes(
      "export async function f() { using s = new DisposableStack(); s.use(openSync()); }",
      { "Make it an `AsyncDisposableStack`, declared with `await using`": "export async function f() { await using s = new AsyncDisposableStack(); s.use(openSync()); }" },
      {},
      { 2345: 2741 },
    );
  });

  it("nothing anywhere else", () => {
    fixes("declare const conn: Conn; export const d: Disposable = conn; export function f(_: Disposable) {} f(conn);", {}, {}, { 2345: 2741 });
  });
});

describe("what `await using` cannot dispose (TS2851)", () => {
  it("a promise is awaited", () => {
    fixes("export async function f() { await using c = open(); }", { "Insert `await`": "export async function f() { await using c = await open(); }" });
  });

  it("with the parentheses it needs", () => {
    fixes("export async function f(g: boolean) { await using c = g ? open() : null; }", {
      "Insert `await`": "export async function f(g: boolean) { await using c = await (g ? open() : null); }",
    });
  });

  it("beside others in one declaration", () => {
    fixes("export async function f() { await using a = openSync(), b = open(); }", { "Insert `await`": "export async function f() { await using a = openSync(), b = await open(); }" });
  });

  it("nothing for a function that was not called, nor for `false`", () => {
    fixes("export async function f(g: boolean) { await using a = open; await using b = g && openSync(); }", {});
  });
});

describe("where `await using` may not stand (TS2852)", () => {
  it("a function that gives a promise becomes async", () => {
    fixes("export const f = (): Promise<void> => { await using c = openSync(); return c.ping(); };", {
      "Make the function `async`": "export const f = async (): Promise<void> => { await using c = openSync(); return c.ping(); };",
    });
  });

  it("a synchronous resource needs no `await`", () => {
    fixes("export function f(): string { await using l = lock(); return l.name; }", { "Declare it with `using`": "export function f(): string { using l = lock(); return l.name; }" });
  });

  it("one with both disposers leaves the choice", () => {
    fixes("declare function dir(): Dir; export function f(): Promise<unknown> { await using d = dir(); return d.read(); }", {
      "Make the function `async`": "declare function dir(): Dir; export async function f(): Promise<unknown> { await using d = dir(); return d.read(); }",
      "Declare it with `using`": "declare function dir(): Dir; export function f(): Promise<unknown> { using d = dir(); return d.read(); }",
    });
  });

  it("a local function without a result becomes async together with its calls", () => {
    fixes("function f(): void { await using c = openSync(); }\nexport async function g() { f(); step(); f(); }", {
      "Make the function `async`": "async function f(): Promise<void> { await using c = openSync(); }\nexport async function g() { await f(); step(); await f(); }",
    });
  });

  it("nothing where one of its callers cannot wait", () => {
    fixes("function f(): void { await using c = openSync(); }\nexport function g() { f(); }", {});
    fixes("export function f(): void { await using c = openSync(); }", {});
    fixes("const f = () => { await using c = openSync(); };\nexport const all = [f];", {});
    fixes("function f() { await using c = openSync(); }\nexport async function g(run: (h: () => void) => void) { run(f); }", {});
  });

  it("a callback whose result nobody reads", () => {
    fixes("setTimeout(() => { await using c = openSync(); }, 10); export {};", { "Make the function `async`": "setTimeout(async () => { await using c = openSync(); }, 10); export {};" });
  });

  it("nothing in a callback that runs for each element", () => {
    fixes("[1].forEach(() => { await using c = openSync(); }); export {};", {});
  });

  it("nothing in constructors, accessors and generators", () => {
    fixes("export class C { constructor() { await using c = openSync(); } get x() { await using c = openSync(); return 1; } *y() { await using c = openSync(); } }", {});
  });

  it("in the head of a loop", () => {
    fixes("export function f(xs: Lock[]): void { for (await using l of xs) step(); }", { "Declare it with `using`": "export function f(xs: Lock[]): void { for (using l of xs) step(); }" });
  });
});

describe("at the top level (TS2853, TS2854)", () => {
  it("a file without imports and exports becomes a module", () => {
    fixes("await using c = await open();\r\nawait c.ping();\r\n", { "Add `export {}`, which makes this file a module": "await using c = await open();\r\nawait c.ping();\r\nexport {};\r\n" }, { options: scripts });
  });

  it("a synchronous resource needs no `await`", () => {
    fixes("{ await using l = lock(); }\nexport {};\n", { "Declare it with `using`": "{ using l = lock(); }\nexport {};\n" }, { options: commonJs });
  });

  it("no `await` where the file takes none", () => {
    fixes("{ using c = openSync(); }\nexport {};\n", {}, { fileName: "edited.cts" });
    fixes("{ await using c = open(); }\n", { "Add `export {}`, which makes this file a module": "{ await using c = open(); }\nexport {};\n" }, { options: scripts });
  });

  it("nothing for an asynchronous one", () => {
    fixes("{ await using c = openSync(); }\nexport {};\n", {}, { options: commonJs });
  });
});
