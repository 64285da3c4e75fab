import ts from "typescript";
import { describe, it } from "vitest";

import { ignores, makes, refuses, type Rest } from "./support/refactoring.js";

const bundled: ts.CompilerOptions = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };

/** A module of the project that has the helper. */
const managed = { "ownership/managed.ts": "export declare function asyncContextManager<A extends unknown[], T>(make: (...args: A) => AsyncGenerator<T, void, void>): (...args: A) => Promise<Managed<T>>;\n" };

describe("a generator → a manager", () => {
  const title = "Make `conn` a manager with `asyncContextManager`";
  const body = "{\n  const c = await open(url);\n  try {\n    yield c;\n  } finally {\n    await c.close();\n  }\n}";
  const makesIt = (text: string, expected: string, rest: Rest = {}): void => {
    makes(title, text, expected, rest);
  };

  it("gives a function to the helper, with its comment and its export", () => {
    makesIt(`/** Connects. */\nexport async function* ‸conn(url: string) ${body} // end\n`, `/** Connects. */\nexport const conn = asyncContextManager(async function* conn(url: string) ${body}); // end\n`);
    makesIt(`‸export async function* conn(url: string) ${body}`, `export const conn = asyncContextManager(async function* conn(url: string) ${body});`);
  });

  it("or a constant", () => {
    makesIt(`export const ‸conn = async function* (url: string): AsyncGenerator<Conn, void, void> ${body};`, `export const conn = asyncContextManager(async function* (url: string): AsyncGenerator<Conn, void, void> ${body});`);
  });

  it("exported apart, with CRLF and tabs", () => {
    makesIt(
      "async function* ‸conn() {\r\n\tawait using c = await open();\r\n\tyield c;\r\n}\r\nexport { conn };\r\n",
      "const conn = asyncContextManager(async function* conn() {\r\n\tawait using c = await open();\r\n\tyield c;\r\n});\r\nexport { conn };\r\n",
    );
  });

  it("exported as the default", () => {
    makesIt(`export default async function* ‸conn(url: string) ${body}\n`, `const conn = asyncContextManager(async function* conn(url: string) ${body});\n\nexport default conn;\n`);
  });

  it("imports the helper that the project has", () => {
    makesIt(`export async function* ‸conn(url: string) ${body}`, `import { asyncContextManager } from "./ownership/managed.js";\n\nexport const conn = asyncContextManager(async function* conn(url: string) ${body});`, { beside: managed });
    makesIt(
      `// @ts-check\n"use strict";\n/** Connects. */\nexport async function* ‸conn(url: string) ${body}`,
      `// @ts-check\n"use strict";\nimport { asyncContextManager } from "./ownership/managed.js";\n\n/** Connects. */\nexport const conn = asyncContextManager(async function* conn(url: string) ${body});`,
      { beside: managed },
    );
  });

  it("behind other imports, written as they are, or beside one from there", () => {
    const other = { ...managed, "other.ts": "export const other = 1;\n" };
    makesIt(
      `import { other } from './other'\n\nexport async function* ‸conn(url: string) ${body}\nconsole.log(other);`,
      `import { other } from './other'\nimport { asyncContextManager } from './ownership/managed'\n\nexport const conn = asyncContextManager(async function* conn(url: string) ${body});\nconsole.log(other);`,
      { beside: other, options: bundled },
    );
    const both = { "managed.ts": `${managed["ownership/managed.ts"]}export const more = 1;\n` };
    makesIt(
      `import { more } from "./managed.js";\nexport async function* ‸conn(url: string) ${body}\nconsole.log(more);`,
      `import { more, asyncContextManager } from "./managed.js";\nexport const conn = asyncContextManager(async function* conn(url: string) ${body});\nconsole.log(more);`,
      { beside: both },
    );
  });

  it("under the name that the file imports it by", () => {
    makes(
      "Make `conn` a manager with `manage`",
      `import { asyncContextManager as manage } from "./ownership/managed.js";\nexport async function* ‸conn(url: string) ${body}`,
      `import { asyncContextManager as manage } from "./ownership/managed.js";\nexport const conn = manage(async function* conn(url: string) ${body});`,
      { beside: managed },
    );
  });

  it("with the endings that the compiler options ask for", () => {
    const from = (specifier: string): string => `import { asyncContextManager } from "${specifier}";\n\nexport const conn = asyncContextManager(async function* conn(url: string) ${body});`;
    const text = `export async function* ‸conn(url: string) ${body}`;
    makesIt(text, from("./ownership/managed.ts"), { beside: managed, options: { allowImportingTsExtensions: true } });
    makesIt(text, from("./ownership/managed"), { beside: managed, options: bundled });
    makesIt(text, from("./ownership/managed.mjs"), { beside: { "ownership/managed.mts": managed["ownership/managed.ts"] }, options: bundled });
    makesIt(text, from("../managed.js"), { beside: { "../managed.ts": managed["ownership/managed.ts"] } });
  });

  it("and takes its value where the file took it by hand", () => {
    makesIt(
      `async function* conn‸(url: string) ${body}\nexport async function ping() {\n  await using it = conn("a");\n  const { value } = await it.next();\n  await value?.ping();\n}\nexport async function rows() {\n  await using it = conn("b");\n  return await (await it.next()).value?.query("");\n}\n`,
      `const conn = asyncContextManager(async function* conn(url: string) ${body});\nexport async function ping() {\n  await using it = await conn("a");\n  const { value } = it;\n  await value?.ping();\n}\nexport async function rows() {\n  await using it = await conn("b");\n  return await it.value?.query("");\n}\n`,
    );
  });

  it("in JavaScript", () => {
    makesIt(
      "export async function* ‸conn(url = 'a') {\n  await using c = await open(url);\n  yield c;\n}\n",
      "import { asyncContextManager } from './ownership/managed.js';\n\nexport const conn = asyncContextManager(async function* conn(url = 'a') {\n  await using c = await open(url);\n  yield c;\n});\n",
      { beside: managed, fileName: "edited.js" },
    );
  });

  it.each([
    ["iterated", `async function* ‸conn(url: string) ${body}\nexport async function f() {\n  for await (const c of conn('')) await c.ping();\n}`, "Line 10 uses `conn` as a generator."],
    ["delegated to", `async function* ‸conn(url: string) ${body}\nexport async function* two() {\n  yield* conn('');\n}`, "Line 10 uses `conn` as a generator."],
    ["advanced by hand", `async function* ‸conn(url: string) ${body}\nexport async function f() {\n  return await conn('').next();\n}`, "Line 10 uses `conn` as a generator."],
    ["handed on", `async function* ‸conn(url: string) ${body}\nexport const all = [conn];`, "Line 9 uses `conn` as a generator."],
    ["asked whether it is done", `async function* ‸conn(url: string) ${body}\nexport async function f() {\n  await using it = conn('');\n  const { done, value } = await it.next();\n  return done ? '' : value?.id;\n}`, "Line 10 takes more than the value from the generator of `conn()`."],
    ["used ahead of its declaration", `export async function f() {\n  await using it = conn('');\n  const { value } = await it.next();\n  await value?.ping();\n}\nasync function* ‸conn(url: string) ${body}`, "Line 2 uses `conn` ahead of its declaration, which a constant cannot be."],
    ["declared as an iterable", `export async function* ‸conn(url: string): AsyncIterableIterator<Conn> ${body}`, "It is declared as an iterable, which a manager is not: declare it as an `AsyncGenerator`, or leave it one."],
    ["code behind the yield", "export async function* ‸conn() {\n  const c = await open();\n  yield c;\n  await c.close();\n}", "Line 4 would never run: a manager is left at its `yield`. Put it into a `finally` first."],
    ["a path without a yield", "export async function* ‸conn() {\n  if (flag()) return;\n  await using c = await open();\n  yield c;\n}", "It does not yield on every path: see line 2."],
    ["a catch", "export async function* ‸conn() {\n  const c = await open();\n  try {\n    yield c;\n  } catch {\n    step();\n  } finally {\n    await c.close();\n  }\n}", "The `catch` on line 5 would never see an error of the code that uses the manager."],
    ["what is sent back", "export async function* ‸conn() {\n  await using c = await open();\n  const answer: unknown = yield c;\n  void answer;\n}", "Line 4 would never run: a manager is left at its `yield`. Put it into a `finally` first."],
    ["what is sent back at the end", "export async function* ‸conn() {\n  await using c = await open();\n  return yield c;\n}", "Line 3 takes what `next()` sends back, which a manager is never sent."],
    ["`this`", "export async function* ‸conn(this: { url: string }) {\n  await using c = await open(this.url);\n  yield c;\n}", "Line 2 uses `this`, which the helper does not hand on."],
    ["a default without a type", "export async function* ‸conn(url = 'a') {\n  await using c = await open(url);\n  yield c;\n}", "Only a default says the type of a parameter, and the helper would make it `unknown`: annotate it first."],
    ["overloads", `export function conn(url: string): AsyncGenerator<Conn, void, void>;\nexport async function* ‸conn(url: string): AsyncGenerator<Conn, void, void> ${body}`, "`conn` is declared more than once."],
    ["a declared type", `export const ‸conn: (url: string) => AsyncGenerator<Conn, void, void> = async function* (url: string) ${body};`, "The type of `conn` says that it is a generator: take that away first."],
  ])("says why not: %s", (_, text, because) => {
    refuses(title, text, because);
  });

  it("says why not: a method", () => {
    refuses("Make the generator a manager with `asyncContextManager`", `export class A { async *‸conn(url: string) ${body} }`, "A method stays a method: give the generator a name of its own first.");
  });

  it("says why not: no helper", () => {
    refuses(title, "export async function* ‸conn() { await using c = { [Symbol.asyncDispose]: async () => { await Promise.resolve(); } }; yield c; }", "No file of this project exports a manager helper: add it to the project first.", { ambient: false });
  });

  it("has nothing to do with producers of data, managers, and the bodies of generators", () => {
    ignores(/manager/u, "export async function* ‸rows() { await using c = await open(); for (const row of await c.query('')) yield row; }");
    ignores(/manager/u, "export async function* ‸both() { await using c = await open(); yield c; yield c; }");
    ignores(/manager/u, "export async function* ‸one() { yield 1; }");
    ignores(/manager/u, "export function* ‸one() { using l = lock(); yield l; }");
    ignores(/manager/u, "export const conn = asyncContextManager(async function* ‸() { await using c = await open(); yield c; });");
    ignores(/manager/u, "async function* ‸conn() { await using c = await open(); yield c; } export const manager = asyncContextManager(conn);");
    ignores(/manager/u, "export async function* conn() { await using c = await open(); ‸yield c; }");
  });
});

describe("a release behind the `yield` → `finally`", () => {
  const title = "Put what follows the `yield` into a `finally`";

  it("of a manager", () => {
    makes(
      title,
      "export const conn = asyncContextManager(async function* () {\r\n\tconst c = await open();\r\n\t‸yield c; // here\r\n\tawait c.close();\r\n});\r\n",
      "export const conn = asyncContextManager(async function* () {\r\n\tconst c = await open();\r\n\ttry {\r\n\t\tyield c; // here\r\n\t} finally {\r\n\t\tawait c.close();\r\n\t}\r\n});\r\n",
    );
  });

  it("of any generator", () => {
    makes(title, "export function* name() {\n  const l = lock();\n  yield‸ l.name;\n  l.release();\n}", "export function* name() {\n  const l = lock();\n  try {\n    yield l.name;\n  } finally {\n    l.release();\n  }\n}");
  });

  it.each([
    ["a commit", "  yield‸ c;\n  await c.query('commit');\n  await c.close();", "Line 4 does more than release, and would then run after a failure too: decide on that first."],
    ["a try around it", "  try { yield‸ c; } finally { step(); }\n  await c.close();", "The `yield` stands in the `try` of line 3 already: put its release there."],
    ["a block around it", "  { yield‸ c; }\n  await c.close();", "The `yield` is nested in a block: what follows it stands outside."],
    ["a value", "  const n: unknown = yield‸ c;\n  await c.close(); void n;", "Its value is used, and there would be none when the generator is left."],
    ["one line", "  yield‸ c; await c.close();", "Put the `yield` and what follows it on lines of their own first."],
  ])("says why not: %s", (_, body, because) => {
    refuses(title, `export const conn = asyncContextManager(async function* () {\n  const c = await open();\n${body}\n});`, because);
  });

  it("has nothing to do with a `yield` that nothing follows, with loops, nor with other statements", () => {
    ignores(/finally/u, "export async function* conn() { await using c = await open(); ‸yield c; }");
    ignores(/finally/u, "export async function* rows() { const c = await open(); for (const row of await c.query('')) yield‸ row; await c.close(); }");
    ignores(/finally/u, "export async function* conn() { const c = await open(); yield c; ‸await c.close(); }");
  });
});

describe("an acquisition with its release → a manager of its own", () => {
  const title = "Extract `conn` with its release into a manager";
  const makesIt = (text: readonly string[], expected: readonly string[], rest: Rest = {}): void => {
    makes(title, text.join("\n"), expected.join("\n"), rest);
  };

  it("of a `finally`, with what it takes as parameters", () => {
    makesIt(
      ["import type { AddressInfo } from \"node:net\";", "", "/** Asks. */", "export async function ask(url: string, { port }: AddressInfo) {", "  const name = url.trim();", "  const conn‸ = await open(`${url}:${String(port)}`);", "  try {", "    // first", "    await conn.ping();", "    return await conn.query(name);", "  } finally {", "    // in any case", "    await conn.close();", "    console.log(name);", "  }", "}", ""],
      ["import type { AddressInfo } from \"node:net\";", "", "const managedConn = asyncContextManager(async function* (url: string, port: number, name: string) {", "  const conn = await open(`${url}:${String(port)}`);", "  try {", "    yield conn;", "  } finally {", "    // in any case", "    await conn.close();", "    console.log(name);", "  }", "});", "", "/** Asks. */", "export async function ask(url: string, { port }: AddressInfo) {", "  const name = url.trim();", "  await using held = await managedConn(url, port, name);", "  const conn = held.value;", "  // first", "  await conn.ping();", "  return await conn.query(name);", "}", ""],
    );
  });

  it("of a scope", () => {
    makesIt(
      ["export class A {", "  async ping(url?: string) {", "    if (url === undefined) return;", "    ‸await using conn = await open(url); // kept", "    await conn.ping();", "  }", "}"],
      ["const managedConn = asyncContextManager(async function* (url: string) {", "  await using conn = await open(url);", "  yield conn;", "});", "", "export class A {", "  async ping(url?: string) {", "    if (url === undefined) return;", "    await using held = await managedConn(url);", "    const conn = held.value; // kept", "    await conn.ping();", "  }", "}"],
    );
  });

  it("makes a block of what something follows, and keeps `catch`", () => {
    makesIt(
      ["export async function f() {", "  const conn‸ = await open(", "    'a',", "  );", "  try {", "    await conn.ping();", "  } finally {", "    await conn.close();", "  }", "  step();", "}"],
      ["const managedConn = asyncContextManager(async function* () {", "  const conn = await open(", "    'a',", "  );", "  try {", "    yield conn;", "  } finally {", "    await conn.close();", "  }", "});", "", "export async function f() {", "  {", "    await using held = await managedConn();", "    const conn = held.value;", "    await conn.ping();", "  }", "  step();", "}"],
    );
    makesIt(
      ["export async function f() {", "  const conn‸ = await open();", "  try {", "    await conn.ping();", "  } catch (error) {", "    console.log(error);", "  } finally {", "    await conn.close();", "  }", "}"],
      ["const managedConn = asyncContextManager(async function* () {", "  const conn = await open();", "  try {", "    yield conn;", "  } finally {", "    await conn.close();", "  }", "});", "", "export async function f() {", "  await using held = await managedConn();", "  const conn = held.value;", "  try {", "    await conn.ping();", "  } catch (error) {", "    console.log(error);", "  }", "}"],
    );
  });

  it("with CRLF, tabs, a template, and names that are taken", () => {
    makes(
      title,
      "export async function f(held: string, managedConn: number) {\r\n\tconst conn: Conn‸ = await open(`${held}\r\n\t\tb`);\r\n\ttry {\r\n\t\tawait conn.query(String(managedConn));\r\n\t} finally {\r\n\t\tawait conn.close();\r\n\t}\r\n}\r\n",
      "const managedConn_ = asyncContextManager(async function* (held: string) {\r\n\tconst conn: Conn = await open(`${held}\r\n\t\tb`);\r\n\ttry {\r\n\t\tyield conn;\r\n\t} finally {\r\n\t\tawait conn.close();\r\n\t}\r\n});\r\n\r\nexport async function f(held: string, managedConn: number) {\r\n\tawait using held_ = await managedConn_(held);\r\n\tconst conn = held_.value;\r\n\tawait conn.query(String(managedConn));\r\n}\r\n",
    );
  });

  it("of what has no disposer, but a method that releases", () => {
    makesIt(
      ["class Client { async end(): Promise<void> { await work(); } ask(): number { return 1; } }", "async function connect(retries: number): Promise<Client> { step(); return retries > 0 ? new Client() : await connect(1); }", "export async function f(retries: number) {", "  const conn‸ = await connect(retries);", "  try {", "    return conn.ask();", "  } finally {", "    await conn.end();", "  }", "}"],
      ["class Client { async end(): Promise<void> { await work(); } ask(): number { return 1; } }", "async function connect(retries: number): Promise<Client> { step(); return retries > 0 ? new Client() : await connect(1); }", "const managedConn = asyncContextManager(async function* (retries: number) {", "  const conn = await connect(retries);", "  try {", "    yield conn;", "  } finally {", "    await conn.end();", "  }", "});", "", "export async function f(retries: number) {", "  await using held = await managedConn(retries);", "  const conn = held.value;", "  return conn.ask();", "}"],
    );
  });

  it("ahead of what runs when the module is loaded, and with the import that it takes", () => {
    makesIt(
      ["import process from \"node:process\";", "", "// Starts.", "void main(process.argv.length);", "", "async function main(n: number) {", "  await using conn‸ = await open();", "  await conn.query(String(n));", "}"],
      ["import process from \"node:process\";", "import { asyncContextManager } from \"./ownership/managed.js\";", "", "const managedConn = asyncContextManager(async function* () {", "  await using conn = await open();", "  yield conn;", "});", "", "// Starts.", "void main(process.argv.length);", "", "async function main(n: number) {", "  await using held = await managedConn();", "  const conn = held.value;", "  await conn.query(String(n));", "}"],
      { beside: managed },
    );
  });

  it("in JavaScript", () => {
    makesIt(
      ["export async function f(url) {", "  const conn‸ = await open(url);", "  try {", "    await conn.ping();", "  } finally {", "    await conn.close();", "  }", "}"],
      ["const managedConn = asyncContextManager(async function* (url) {", "  const conn = await open(url);", "  try {", "    yield conn;", "  } finally {", "    await conn.close();", "  }", "});", "", "export async function f(url) {", "  await using held = await managedConn(url);", "  const conn = held.value;", "  await conn.ping();", "}"],
      { fileName: "edited.js", options: { noImplicitAny: false } },
    );
  });

  const inFunction = (body: string, head = "export async function f(url: string)"): string => `${head} {\n  ${body}\n}`;
  it.each([
    ["a variable that is assigned", inFunction("let done = false;\n  const conn‸ = await open(url);\n  try { await conn.ping(); done = true; } finally { if (!done) step(); await conn.close(); }"), "`done` is assigned on line 4, which the manager would not see."],
    ["a parameter that is assigned", inFunction("url = url.trim();\n  await using conn‸ = await open(url);\n  await conn.ping();"), "`url` is assigned on line 2, which the manager would not see."],
    ["an assignment in the `finally`", inFunction("let n = 0;\n  const conn‸ = await open(url);\n  try { await conn.ping(); } finally { n += 1; await conn.close(); }\n  return n;"), "`n` is assigned on line 4, which the manager would not see."],
    ["`this`", "export class A {\n  url = '';\n  async f() {\n    await using conn‸ = await open(this.url);\n    await conn.ping();\n  }\n}", "Line 4 uses `this`, which belongs to the function around it."],
    ["`this` in an arrow function", "export class A {\n  url = '';\n  async f() {\n    await using conn‸ = await open((() => this.url)());\n    await conn.ping();\n  }\n}", "Line 4 uses `this`, which belongs to the function around it."],
    ["`arguments`", inFunction("await using conn‸ = await open(String(arguments.length));\n  await conn.ping();"), "Line 2 uses `arguments`, which belongs to the function around it."],
    ["`super`", "class A { url() { return ''; } }\nexport class B extends A {\n  async f() {\n    await using conn‸ = await open(super.url());\n    await conn.ping();\n  }\n}", "Line 4 uses `super`, which belongs to the function around it."],
    ["a `yield`", "export async function* f(): AsyncGenerator<number, void, string> {\n  await using conn‸ = await open(yield 1);\n  await conn.ping();\n}", "Line 2 yields, which belongs to the generator around it."],
    ["a `return` in the `finally`", inFunction("const conn‸ = await open(url);\n  try { await conn.ping(); } finally { await conn.close(); if (flag()) return; }"), "Line 3 returns from the function, which a manager cannot."],
    ["a jump out of the `finally`", inFunction("for (;;) {\n    const conn‸ = await open(url);\n    try { await conn.ping(); } finally { await conn.close(); break; }\n  }"), "Line 4 jumps out of the `finally`."],
    ["a labelled jump", inFunction("outer: for (;;) {\n    const conn‸ = await open(url);\n    try { await conn.ping(); } finally { for (;;) { await conn.close(); continue outer; } }\n  }"), "Line 4 jumps out of the `finally`."],
    ["a type of the function", inFunction("type Url = string;\n  await using conn‸ = await open(url as Url);\n  await conn.ping();"), "Line 3 names the type `Url`, which only the function knows."],
    ["a type parameter", inFunction("await using conn‸ = await open(of(t));\n  await conn.ping();", "declare function of(t: unknown): string;\nexport async function f<T>(t: T)"), "The type of `t` has no name at the top of this file."],
    ["a class of the function", inFunction("class Url { text = url; }\n  await using conn‸ = await open(new Url().text);\n  await conn.ping();"), "The type of `Url` has no name at the top of this file."],
    ["a use after the `try`", inFunction("const conn‸ = await open(url);\n  try { await conn.ping(); } finally { await conn.close(); }\n  console.log(conn.id);"), "`conn` is used after the `try`, on line 4."],
    ["a second assignment", inFunction("let conn‸ = await open(url);\n  try { conn = await open(); } finally { await conn.close(); }"), "`conn` is assigned again on line 3."],
    ["a comment", inFunction("const conn‸ = await open(url);\n  try { await conn.ping(); } /* always */ finally { await conn.close(); }"), "A comment beside `try` or `finally` would be lost."],
    ["work that nobody waits for", inFunction("await using conn‸ = await open(url);\n  return conn.query('');"), "Line 3 does not wait for its work on `conn`: await it first."],
    ["what is handed out", inFunction("const conn‸ = await open(url);\n  try { return conn; } finally { await conn.close(); }"), "`conn`, or something that works only while it is open, leaves the scope on line 3."],
    ["a function that is not async", "export function f() {\n  using conn‸ = lock();\n  step();\n}", "`await` cannot stand here: make the function `async` first."],
  ])("says why not: %s", (_, text, because) => {
    refuses(title, text, because);
  });

  it("says why not: no helper, and CommonJS", () => {
    const own = "async function own() { await Promise.resolve(); return { close: async () => { await Promise.resolve(); } }; }\n";
    const text = `${own}EXPORT async function f() {\n  const conn‸ = await own();\n  try { await Promise.resolve(); } finally { await conn.close(); }\n}`;
    refuses(title, text.replace("EXPORT", "export"), "No file of this project exports a manager helper: add it to the project first.", { ambient: false });
    refuses(title, text.replace("EXPORT", "module.exports = f;"), "This file has no `import`, by which the manager helper would come.", { fileName: "edited.js" });
  });

  it("has nothing to do with what nothing releases, nor with module scope", () => {
    ignores(/^Extract/u, "export async function f() { const conn‸ = await open(); await conn.ping(); }");
    ignores(/^Extract/u, "export async function f() { const conn‸ = await open(); try { await conn.ping(); } finally { step(); } }");
    ignores(/^Extract/u, "export async function f() { const conn‸ = await open(); step(); try { await conn.ping(); } finally { await conn.close(); } }");
    ignores(/^Extract/u, "export async function f() { await using s‸ = new AsyncDisposableStack(); s.use(await open()); }");
    ignores(/^Extract/u, "await using conn‸ = await open();\nexport {};");
  });
});
