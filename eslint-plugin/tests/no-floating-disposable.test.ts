import rule from "../src/rules/no-floating-disposable.js";
import { found, silent, type Finding, type Suggestion } from "./support/finding.js";
import { typed } from "./support/rule-tester.js";

const conn = { type: "a Conn", call: "open()", keyword: "await using", await: "await " };
const held = { type: "a Lock", call: "lock()", keyword: "using", await: "" };

type Words = Readonly<Record<string, string>>;

const hold = (keyword: string, becomes: Words, also = ""): Suggestion => ({ messageId: "hold", data: { also, keyword }, becomes });
const statement = (data: Words, becomes?: Words): Finding => ({
  messageId: "statement",
  data,
  ...(becomes !== undefined && { suggestions: [hold(data["keyword"] ?? "", becomes)] }),
});
const temporary = (use: string, data: Words = conn): Finding => ({ messageId: "temporary", data: { ...data, use } });
const pattern = (data: Words = conn): Finding => ({ messageId: "pattern", data });
const callback = (data: Words): Finding => ({ messageId: "callback", data });

typed.run("no-floating-disposable", rule, {
  valid: [
    silent("held by a scope, its name unused", "async function f() { await using _ = await open(); await work(); }"),
    silent("the escape hatch void", "async function f() { void lock(); void open(); void (await open()); }"),
    silent("module scope", "await open(); lock(); export {};"),
    silent("a borrowed resource", "async function f() { await getConn(); }"),
    silent("a fluent call", "function f(c: Conn) { c.on('end', step).on('error', step); }"),
    silent("a declared passthrough", "declare function keep<T>(value: T): T; function f(c: Conn) { keep(c); }"),
    silent("returned", "function f() { return open(); }"),
    silent("returned by an arrow", "const f = () => lock(); const g = async () => await open();"),
    silent("returned under a condition", "async function f() { return flag() ? await open() : null; }"),
    silent("yielded", "function* f() { yield lock(); }"),
    silent("thrown", "function f() { throw lock(); }"),
    silent("stored in a field", "class A { #c: Conn | null = null; async start() { this.#c = await open(); } }"),
    silent("stored in a collection", "async function f(all: Map<string, Conn>) { all.set('a', await open()); }"),
    silent("stored in a literal", "async function f() { return { conn: await open() }; }"),
    silent("registered on a stack", "async function f(stack: AsyncDisposableStack) { stack.use(await open()); }"),
    silent("handed to a constructor", "async function f() { return new Repo(await open()); }"),
    silent("handed to a function that nobody knows", "declare function serve(c: Conn): void; async function f() { serve(await open()); }"),
    silent("released at once by its disposer", "async function f() { await (await open())[Symbol.asyncDispose](); }"),
    silent("released at once by a release method", "async function f() { await (await open()).close(); lock().release(); }"),
    silent("released at once under another verb", "declare class Pool implements Disposable { closeAll(): void; [Symbol.dispose](): void } function f() { new Pool().closeAll(); }"),
    silent("handed on by then", "function f() { return open().then((c) => new Repo(c)); }"),
    silent("released by then", "async function f() { await open().then((c) => c.close()); }"),
    silent("finished by its own listeners", "function f() { openSync().on('end', step); }"),
    silent("a view that may finish its source", "async function f() { return (await open()).stream(); }"),
    silent("rows that may finish their source", "async function f() { return (await open()).rows; }"),
    silent("a cursor that is read to its end", "declare class Cursor implements AsyncDisposable { map(change: (row: string) => string): this; toArray(): Promise<string[]>; [Symbol.asyncDispose](): Promise<void> } declare function openCursor(): Cursor; async function f() { return [...(await openCursor().toArray()), ...(await openCursor().map((row) => row + '!').toArray())]; }"),
    silent("Node's lines of a file, which close it at their end", "import { open as openFile } from 'node:fs/promises'; async function f() { for await (const line of (await openFile('x')).readLines()) decode(line); }"),
    silent("a handle that is kept", "declare class Database { find(): string } declare class Client implements AsyncDisposable { db(): Database; [Symbol.asyncDispose](): Promise<void> } declare function connect(): Promise<Client>; async function f() { return (await connect()).db(); }"),
    silent("a REPL, which lives on its terminal", "import repl from 'node:repl'; function f() { repl.start('> '); }"),
    silent("a pattern that takes the release method", "async function f() { const { id, close } = await open(); }"),
    silent("a pattern that takes a view", "async function f() { const { rows } = await open(); return rows; }"),
    silent("a timer", "function f() { setTimeout(step, 10); setImmediate(step); }"),
    silent("a built-in iterator", "function f(all: Map<string, number>) { all.keys(); [1, 2].values().next(); }"),
    silent("a generator", "function* g() { yield 1; } function f() { g(); }"),
    silent("a hash", "import { createHash } from 'node:crypto'; function f() { createHash('sha256').update('x').digest('hex'); }"),
    silent("an unresolved import", "import { connect } from 'nowhere'; async function f() { await connect(); }"),
    silent("any", "declare const pool: any; async function f() { await pool.connect(); }"),
    silent("a union in which only one member is a resource", "declare function attempt(): Conn | Error; function f() { attempt(); }"),
    silent("a subscription's bare handle", "declare function subscribe(then: () => void): Disposable; function f() { subscribe(step); }"),
    silent("a callback's result that somebody collects", "function f(names: string[]) { return names.map((name) => lock(name)); }"),
    silent("an array of concurrent acquisitions, another rule's", "async function f() { await Promise.all([open(), open()]); }"),
    silent("given or made", "declare const given: Lock | null; function f() { given ?? lock(); }"),
    silent("a name that lends", "declare const scope: { resolveLock(): Lock; currentLock(): Lock; useLock(): Lock }; function f() { scope.resolveLock(); scope.currentLock(); scope.useLock(); }"),
    silent("a name that says nothing", "declare function begin(): Lock; function f() { begin(); }"),
    silent("the setting borrowedCalls", "function f() { lock(); }", { settings: { "await-using": { borrowedCalls: ["lock"] } } }),
    silent("the setting inertTypes", "function f() { lock(); }", { settings: { "await-using": { inertTypes: ["Lock"] } } }),
    silent("the setting releaseMethods", "declare class Line implements Disposable { hangUp(): void; [Symbol.dispose](): void } function f() { new Line().hangUp(); }", {
      settings: { "await-using": { releaseMethods: ["hangUp"] } },
    }),
    silent("a child of what the same function holds", "import type { Browser } from 'playwright-core'; declare function launch(): Promise<Browser>; async function f() { await using browser = await launch(); await browser.newPage(); }"),
  ],
  invalid: [
    found("a discarded acquisition", "async function f() { await «open()»; }", {
      message: "`open()` acquires a Conn that nobody holds, so it is never disposed. Hold it: `await using _ = await open()`.",
      suggestions: [hold("await using", { "await open()": "await using _ = await open()" })],
    }),
    found("a discarded sync acquisition", "function f() { «lock()»; }", {
      message: "`lock()` acquires a Lock that nobody holds, so it is never disposed. Hold it: `using _ = lock()`.",
      suggestions: [hold("using", { "lock()": "using _ = lock()" })],
    }),
    found("a discarded promise of a resource", "async function f() { «open()»; }", statement(conn, { "open()": "await using _ = await open()" })),
    found("a discarded instance", "class Timer implements Disposable { [Symbol.dispose]() {} } function f() { «new Timer()»; }", statement({ ...held, type: "a Timer", call: "new Timer()" }, { "new Timer();": "using _ = new Timer();" })),
    found("the name _ is taken", "function f(_: string) { «lock()»; }", statement(held, { "lock()": "using __ = lock()" })),
    found("a value with both disposers", "async function f() { await «openDir('.')»; }", statement({ ...conn, type: "a Dir", call: "openDir()" }, { "await openDir": "await using _ = await openDir" })),
    found("a value with both disposers in a function that cannot await", "declare function openDirSync(): Dir; function f() { «openDirSync()»; }", statement({ ...held, type: "a Dir", call: "openDirSync()" }, { "{ openDirSync()": "{ using _ = openDirSync()" })),
    found("a nullable acquisition", "declare function acquireLock(): Lock | null; function f() { «acquireLock()»; }", statement({ ...held, call: "acquireLock()" }, { "{ acquireLock()": "{ using _ = acquireLock()" })),
    found("a function that is not async, so no suggestion", "function f() { «openSync()»; }", statement({ ...conn, call: "openSync()", await: "" })),
    found("a function that can become async", "function f(): Promise<void> { «openSync()»; return work(); }", {
      ...statement({ ...conn, call: "openSync()", await: "" }),
      suggestions: [hold("await using", { "function f()": "async function f()", "{ openSync()": "{ await using _ = openSync()" }, " This makes the function `async`.")],
    }),
    found("a branch without a block, so no suggestion", "function f() { if (flag()) «lock()»; }", statement(held)),
    found("a case clause, so no suggestion", "function f(x: number) { switch (x) { case 1: «lock()»; } }", statement(held)),
    found("behind &&, where the scope would get false, so no suggestion", "function f() { flag() && «lock()»; }", statement(held)),
    found("in a conditional, so no suggestion", "function f() { flag() ? «lock()» : null; }", statement(held)),
    found("before a comma", "function f() { «lock()», step(); }", statement(held)),
    found("the update of a loop", "function f() { for (let i = 0; i < 3; «lock()») i += 1; }", statement(held)),
    found("a comment before it stays", "function f() {\n  // exclusive\n  «lock()»; // now\n}", statement(held, { "lock()": "using _ = lock()" })),
    found("a temporary", "async function f() { return await (await «open()»).query('x'); }", temporary("(await open()).query")),
    found("a temporary's property", "function f() { return «lock()».name; }", temporary("lock().name", held)),
    found("a temporary behind ?.", "declare function acquireLock(): Lock | null; function f() { return «acquireLock()»?.name; }", temporary("acquireLock()?.name", { ...held, call: "acquireLock()" })),
    found("a temporary in an arrow", "const f = async () => (await «open()»).id;", temporary("(await open()).id")),
    found("a child of a temporary", "import { chromium } from 'playwright-core'; async function f() { const page = await (await «chromium.launch()»).newPage(); return page; }", {
      messageId: "temporary",
      data: { ...conn, type: "a Browser", call: "chromium.launch()", use: "(await chromium.launch()).newPage" },
    }),
    found("a pattern", "async function f() { const { id } = await «open()»; return id; }", {
      message: "This pattern takes values out of a Conn acquired by `open()` and drops the resource itself, so it is never disposed. Hold it first: `await using resource = await open()`.",
    }),
    found("a pattern of a sync resource", "function f() { const { name } = «lock()»; return name; }", pattern(held)),
    found("a forEach that drops what its callback acquires", "function f(names: string[]) { names.forEach((name) => «lock(name)»); }", {
      message: "`lock()` acquires a Lock and this callback returns it to `forEach`, which drops it, so it is never disposed. Collect the resources in a stack, or dispose each with `using`.",
    }),
    found("a forEach with an async callback", "function f(urls: string[]) { urls.forEach(async (url) => await «open(url)»); }", callback({ type: "a Conn", call: "open()", keyword: "await using" })),
    found("two, each once", "async function f() {\n  await «open('a')»;\n  await «open('b')»;\n}", [
      statement(conn, { "await open('a')": "await using _ = await open('a')" }),
      statement(conn, { "await open('b')": "await using _ = await open('b')" }),
    ]),
    found("a helper whose body acquires", "function connect() { return openSync(); } function f() { return «connect()».id; }", temporary("connect().id", { ...conn, call: "connect()", await: "" })),
    found("a declaration tagged @owned", "/** @owned */ declare function getFresh(): Lock; function f() { return «getFresh()».name; }", temporary("getFresh().name", { ...held, call: "getFresh()" })),
    found("the setting ownedCalls", "declare function obtain(): Lock; function f() { return «obtain()».name; }", temporary("obtain().name", { ...held, call: "obtain()" }), {
      settings: { "await-using": { ownedCalls: ["obtain"] } },
    }),
  ],
});
