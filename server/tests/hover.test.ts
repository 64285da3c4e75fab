import { describe, expect, it } from "vitest";

import { hoverAt } from "../src/analysis/hover.js";
import { opened } from "./support/opened.js";

type Context = readonly [others?: Readonly<Record<string, string>>, settings?: Readonly<Record<string, unknown>>];

/** Claims the lines that a hover at `‸` has. */
function says(text: string, expected: readonly string[], ...context: Context): void {
  const { code, position } = opened(text, ...context);
  expect(hoverAt(code, position)?.markdown.split("  \n") ?? null).toEqual(expected);
}

/** Claims one of the lines. */
function saysAmongOthers(text: string, expected: string, ...context: Context): void {
  const { code, position } = opened(text, ...context);
  expect(hoverAt(code, position)?.markdown.split("  \n")).toContainEqual(expected);
}

function silent(text: string): void {
  const { code, position } = opened(text);
  expect(hoverAt(code, position)).toBeNull();
}

describe("a scoped resource", () => {
  const run = (keyword: string, name: string): string => `
async function run() {
  await using pool = await open();
  await using conn = await open("a");
  using cursor = lock();
  await conn.ping();
}`.replace(`${keyword} ${name}`, (found) => `‸${found}`);

  it("says what it is, who owns it, when it is disposed and how that is awaited", () => {
    says(run("await using", "conn"), [
      "**`conn`**: async resource `Conn`",
      "Owned: acquired by `open()`, which is tagged `@owned`.",
      "Disposed at the end of `run` (line 7): 2nd of 3, after `cursor`, before `pool`.",
      "The scope awaits its `[Symbol.asyncDispose]()`.",
    ]);
  });

  it("the first and the last have one neighbor", () => {
    saysAmongOthers(run("using", "cursor"), "Disposed at the end of `run` (line 7): 1st of 3, before `conn`.");
    saysAmongOthers(run("await using", "pool"), "Disposed at the end of `run` (line 7): 3rd of 3, after `conn`.");
  });

  it("says the same on its name and wherever it is used", () => {
    const lines = ["**`held`**: sync resource `Lock`", "Owned: acquired by `lock()`, which is tagged `@owned`.", "Disposed at the end of `f` (line 1).", "The scope calls its `[Symbol.dispose]()` and awaits nothing."];
    says("function f() { ‸using held = lock(); held.name; }", lines);
    says("function f() { using ‸held = lock(); held.name; }", lines);
    says("function f() { using held = lock(); ‸held.name; }", lines);
    says("function f() { using held = lock(); return () => ‸held.name; }", lines);
  });

  it("on the call that acquires it", () => {
    says("async function f() { await using conn = await ‸open(); }", [
      "**`open()`**: promise of an async resource `Conn`",
      "Owned: acquired by `open()`, which is tagged `@owned`.",
      "Disposed at the end of `f` (line 1).",
      "The scope awaits its `[Symbol.asyncDispose]()`.",
    ]);
  });

  it("with both disposers the keyword chooses", () => {
    const of = (keyword: string): string => `async function f() { ${keyword} dir = await openDir('.'); ‸dir.read(); }`;
    says(of("using"), [
      "**`dir`**: async resource `Dir`, which has `[Symbol.dispose]` too",
      "Owned: acquired by `openDir()`, which is tagged `@owned`.",
      "Disposed at the end of `f` (line 1).",
      "The scope calls its `[Symbol.dispose]()` and awaits nothing.",
    ]);
    saysAmongOthers(of("await using"), "The scope awaits its `[Symbol.asyncDispose]()`.");
  });

  it("`await using` of a synchronous one", () => {
    saysAmongOthers("async function f() { await using ‸held = lock(); }", "The scope calls its `[Symbol.dispose]()`; the `await` costs one turn.");
  });

  it("`using` of one that only has an asynchronous disposer", () => {
    saysAmongOthers("async function f() { using ‸conn = await open(); }", "`using` cannot dispose it: it has no `[Symbol.dispose]`.");
  });

  it("a scope that is given a promise", () => {
    says("async function f() { await using ‸conn = open(); }", [
      "**`conn`**: promise of an async resource `Conn`",
      "Owned: acquired by `open()`, which is tagged `@owned`.",
      "Never disposed: the scope is given a promise of it, which has no disposer.",
    ]);
  });

  it("a type without a name", () => {
    saysAmongOthers(`declare const made: { ${"abcdefghij".split("").map((name) => `${name}: string`).join("; ")}; [Symbol.dispose](): void }; ‸made.a;`, "**`made`**: sync resource");
  });

  it("or nothing", () => {
    saysAmongOthers("declare function tryLock(): Lock | null; function f() { using ‸held = tryLock(); }", "**`held`**: sync resource `Lock`, or nothing");
  });

  it("each end by its kind", () => {
    saysAmongOthers("function f(locks: Lock[]) {\n  for (using ‸held of locks) {\n    step();\n  }\n}", "Disposed at the end of each turn of the loop (line 4).");
    saysAmongOthers("for (using ‸held = lock(); flag(); ) {\n  step();\n}", "Disposed when the loop ends (line 3).");
    saysAmongOthers("using ‸held = lock();\nexport {};", "Disposed when the module has been evaluated.");
    saysAmongOthers("function f() { {\n using ‸held = lock();\n}\n}", "Disposed at the end of the block (line 3).");
    saysAmongOthers("class C { m() { using ‸held = lock(); } }", "Disposed at the end of `m` (line 1).");
    saysAmongOthers("while (flag()) {\n  using ‸held = lock();\n}", "Disposed at the end of the loop's body (line 3).");
  });

  it("the keyword of several declarators tells the order of all", () => {
    const { code, position } = opened("function f() {\n  ‸using a = lock(), b = lock();\n}");
    expect(hoverAt(code, position)?.markdown.split(/\s*\n+/u)).toEqual([
      "**`a`**: sync resource `Lock`",
      "Disposed at the end of `f` (line 3): 2nd of 2, after `b`.",
      "**`b`**: sync resource `Lock`",
      "Disposed at the end of `f` (line 3): 1st of 2, before `a`.",
    ]);
  });

  it("a member of a scoped stack goes with the stack", () => {
    says("async function f() {\n  await using stack = new AsyncDisposableStack();\n  const ‸conn = stack.use(await open());\n}", [
      "**`conn`**: async resource `Conn`",
      "Owned by `stack`, which took it over.",
      "Disposed with `stack` at the end of `f` (line 4).",
    ]);
  });

  it("not if the stack moves its members on", () => {
    says("async function f() {\n  await using stack = new AsyncDisposableStack();\n  const ‸conn = stack.use(await open());\n  return stack.move();\n}", [
      "**`conn`**: async resource `Conn`",
      "Owned by `stack`, which took it over.",
    ]);
  });
});

describe("who owns it, and why", () => {
  it("a body that makes it", () => {
    saysAmongOthers("function make() { return lock(); } const ‸held = make();", "Owned: acquired by `make()`, which returns what it acquires.");
  });

  it("a constructor", () => {
    saysAmongOthers("const ‸conn = new Conn();", "Owned: acquired by `new Conn()`.");
  });

  it("a stack that took another one's members over", () => {
    saysAmongOthers("function f(stack: AsyncDisposableStack) { const ‸mine = stack.move(); }", "Owned: acquired by `stack.move()`.");
  });

  it("a name", () => {
    saysAmongOthers("declare function createConn(): Conn; const ‸conn = createConn();", "Owned: acquired by `createConn()`, whose verb says that each call makes a new one.");
  });

  it("a type, where nothing says otherwise", () => {
    saysAmongOthers("declare function hold(): Conn; const ‸conn = hold();", "Owned: acquired by `hold()`, as nothing says that somebody else keeps it; tag the function `@owned` or `@borrowed` to say so for sure.");
  });

  it("a callback whose result is handed on", () => {
    saysAmongOthers("declare function connect(): Promise<Conn>; async function retry<T>(run: () => Promise<T>) { return await run(); } const ‸conn = await retry(() => connect());", "Owned: acquired by `retry()`, which returns what the function that it is given acquires.");
  });

  it("a declared result", () => {
    saysAmongOthers("declare function hold(): AsyncDisposable; const ‸held = hold();", "Owned: acquired by `hold()`, which is declared to return an `AsyncDisposable`.");
  });

  it("a setting", () => {
    saysAmongOthers("const ‸conn = await getConn();", "Owned: acquired by `getConn()`, which the setting `ownedCalls` names.", {}, { ownedCalls: ["getConn"] });
    saysAmongOthers("const ‸held = lock();", "Borrowed: the setting `borrowedCalls` names `lock()`.", {}, { borrowedCalls: ["lock"] });
  });

  it("a getter without a body", () => {
    says("async function f() { const ‸conn = await getConn(); await conn.ping(); }", ["**`conn`**: async resource `Conn`", "Owner unknown: `getConn()` has no body that can be read, and its name may mean something that somebody else keeps."]);
  });

  it("a container of another file", () => {
    const pool = "export class Pool { #conn = openSync(); get() { return this.#conn; } }";
    saysAmongOthers("import { Pool } from './pool2.js'; function f(pool: Pool) { const ‸conn = pool.get(); }", "Borrowed: `pool.get()` returns what somebody else keeps.", { "pool2.ts": pool });
  });

  it("what somebody else is given, too", () => {
    const pool = "export class Pool { readonly #all = new Set<Conn>(); open() { const conn = openSync(); this.#all.add(conn); return conn; } }";
    saysAmongOthers("import { Pool } from './pool3.js'; function f(pool: Pool) { const ‸conn = pool.open(); }", "Shared: `pool.open()` gives it to somebody else, too, who may end it.", { "pool3.ts": pool });
    saysAmongOthers("const all = new Set<Lease>(); class Lease implements Disposable { constructor() { all.add(this); } [Symbol.dispose]() {} } const ‸lease = new Lease();", "Shared: the constructor of `new Lease()` gives it to somebody else, too, who may end it.");
  });

  it("a parameter that is only used", () => {
    says("export async function load(‸conn: Conn) { await conn.ping(); }", ["**`conn`**: async resource `Conn`", "Borrowed: a parameter of `load`, whose caller owns it."]);
  });

  it("a parameter that is handed back", () => {
    says("export function same(‸conn: Conn) { return conn; }", ["**`conn`**: async resource `Conn`", "Borrowed: a parameter of `same`, whose caller owns it."]);
  });

  it("a parameter that is disposed", () => {
    says("export async function finish(‸conn: Conn) {\n  await conn.close();\n}", ["**`conn`**: async resource `Conn`", "Owned: `finish` takes this parameter over.", "Disposed by `await conn.close()` on line 2."]);
  });

  it("a parameter that goes into another call's options is lent, as far as is known", () => {
    says("declare function write(options: { conn: Conn }): Promise<void>; export async function save(‸conn: Conn) { await write({ conn }); }", ["**`conn`**: async resource `Conn`", "Borrowed: a parameter of `save`, whose caller owns it."]);
  });

  it("a parameter of a callback", () => {
    saysAmongOthers("declare function withConn(run: (conn: Conn) => Promise<void>): Promise<void>; void withConn(async (conn) => { await ‸conn.ping(); });", "Owner unknown: a parameter of a callback, which may or may not take it over.");
  });

  it("a property", () => {
    says("class Service { conn = openSync(); ping() { return this.‸conn.ping(); } }", ["**`this.conn`**: async resource `Conn`", "Borrowed: a property of `this`, which holds it."]);
  });

  it("an import", () => {
    saysAmongOthers("import { shared } from './shared.js'; ‸shared.ping();", "Borrowed: the module `./shared.js` owns it.", { "shared.ts": "export const shared: Conn = openSync();" });
  });

  it("what a call hands back belongs to whom it belonged", () => {
    saysAmongOthers("declare function keep<T>(value: T): T; const ‸conn = keep(await open());", "`keep()` hands back what it is given. Owned: acquired by `open()`, which is tagged `@owned`.");
    saysAmongOthers("export function f(conn: Conn) { const ‸same = conn.on('end', step); }", "`conn.on()` hands back what it is called on. Borrowed: a parameter of `f`, whose caller owns it.");
  });

  it("an element of a fresh collection, and of any other", () => {
    saysAmongOthers("function f() { for (using ‸held of ['a', 'b'].map((name) => lock(name))) step(); }", "Owned: each turn of the loop acquires it by `lock()`.");
    saysAmongOthers("function f(locks: Lock[]) { for (using ‸held of locks) step(); }", "Owner unknown: `locks` may still hold it.");
  });

  it("one of several", () => {
    saysAmongOthers("export function f(given?: Lock) { const ‸held = given ?? lock(); }", "Owner unknown: it may come from several places.");
  });
});

describe("what becomes of one without a scope", () => {
  it("it is disposed by hand", () => {
    saysAmongOthers("async function f() {\n  const ‸conn = await open();\n  try { await conn.ping(); } finally { await conn.close(); }\n}", "Disposed by `await conn.close()` on line 3.");
  });

  it("it gets another owner", () => {
    saysAmongOthers("async function f() {\n  const ‸conn = await open();\n  return conn;\n}", "Transferred on line 3: it is handed out.");
    saysAmongOthers("async function f() {\n  const ‸conn = await open();\n  return new Repo(conn);\n}", "Transferred on line 3: `new Repo()` takes it over.");
    saysAmongOthers("class C { conn?: Conn; async f() {\n  const ‸conn = await open();\n  this.conn = conn;\n} }", "Transferred on line 3: it is stored.");
    saysAmongOthers("async function f(stack: AsyncDisposableStack) {\n  const ‸conn = await open();\n  stack.use(conn);\n}", "Transferred on line 3: `stack.use()` takes it over.");
  });

  it("it leaves inside something else, or in a function", () => {
    saysAmongOthers("async function f() {\n  const ‸conn = await open();\n  return { data: [conn] };\n}", "Transferred on line 3: it is handed out.");
    saysAmongOthers("async function f() {\n  const ‸conn = await open();\n  return () => conn.close();\n}", "Transferred on line 3: a function disposes it or hands it on.");
  });

  it("it is read to its end", () => {
    saysAmongOthers("async function f(‸rows: AsyncIterable<string> & AsyncDisposable) {\n  for await (const row of rows) row.trim();\n}", "Read to its end on line 2, which finishes it.");
  });

  it("another scope disposes it", () => {
    saysAmongOthers("async function f() {\n  const ‸conn = await open();\n  await using scoped = conn;\n}", "Disposed with `scoped` at the end of `f` (line 4).");
  });

  it("it stays open", () => {
    says("async function f() {\n  const ‸conn = await open();\n  await conn.ping();\n}", ["**`conn`**: async resource `Conn`", "Owned: acquired by `open()`, which is tagged `@owned`.", "Still open at the end of `f` (line 4)."]);
  });

  it("it stays open on one path", () => {
    says("function f() {\n  const ‸held = lock();\n  if (flag()) return;\n  held.release();\n}", [
      "**`held`**: sync resource `Lock`",
      "Owned: acquired by `lock()`, which is tagged `@owned`.",
      "Disposed by `held.release()` on line 4.",
      "Still open at the `return` on line 3.",
    ]);
  });

  it("nobody holds it", () => {
    saysAmongOthers("async function f() { await ‸open(); }", "Nobody holds it, so nothing can dispose it.");
  });

  it("a resource without a disposer, by the setting", () => {
    saysAmongOthers(
      "declare class Client { quit(): void } declare function connect(): Client; function f() { const ‸client = connect(); client.quit(); }",
      "**`client`**: resource `Client`, released by `quit()`",
      {},
      { resourceTypes: [{ type: "Client", release: "quit" }] },
    );
  });
});

describe("silence", () => {
  it("what is no resource", () => {
    silent("const ‸count = 1;");
    silent("async function f() { await using conn = await open(); conn.‸ping(); }");
    silent("async function f() { await using conn = await open(); conn.‸id; }");
  });

  it("the names of types and classes", () => {
    silent("function f(conn: ‸Conn) {}");
    silent("class ‸Mine implements Disposable { [Symbol.dispose]() {} }");
    silent("class Mine extends ‸Conn {}");
    silent("type Alias = ‸Lock;");
  });

  it("inert values", () => {
    silent("const ‸timer = setTimeout(step, 1);");
    silent("const ‸values = new Map<string, number>().values();");
    silent("function f() { ‸using timer = setTimeout(step, 1); }");
  });

  it("any, nothing, and unresolved names", () => {
    silent("declare const given: any; function f() { ‸using x = given; }");
    silent("function f() { using ‸x = null; }");
    silent("‸missing();");
  });

  it("keywords of other declarations, punctuation, comments and strings", () => {
    silent("function f() { ‸const held = lock(); }");
    silent("function f() { using held ‸= lock(); }");
    silent("function f() { using a = lock()‸, b = lock(); }");
    silent("/* us‸ing */ const x = 'using';");
    silent("const x = 'us‸ing';");
  });

  it("functions that are not called", () => {
    silent("const factory = ‸open;");
    silent("[''].map(‸lock);");
    silent("function ‸make() { return lock(); }");
  });

  it("the receiver's type is not the call's", () => {
    silent("declare const factory: { make(): Lock }; ‸factory.make();");
  });
});

it("marks the name, the keyword, or what is called", () => {
  const marked = (text: string): string => {
    const { code, position } = opened(text);
    const range = hoverAt(code, position)?.range;
    if (range?.start.line !== 0 || range.end.line !== 0) return "";
    return code.text.slice(range.start.character, range.end.character);
  };
  expect(marked("async function f(co‸nn: Conn) {}")).toBe("conn");
  expect(marked("async function f() { await us‸ing conn = await open(); }")).toBe("await using");
  expect(marked("async function f() { await using conn = await op‸en(); }")).toBe("open");
  expect(marked("class C { #conn = openSync(); f() { this.#co‸nn; } }")).toBe("#conn");
});
