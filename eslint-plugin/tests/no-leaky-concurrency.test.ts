import rule from "../src/rules/no-leaky-concurrency.js";
import { found, silent, type Finding } from "./support/finding.js";
import { typed } from "./support/rule-tester.js";

const conn = { call: "open()", keyword: "await using", type: "Conn" };

const all = (becomes?: Readonly<Record<string, string>>, data = conn): Finding => ({
  messageId: "all",
  data,
  ...(becomes !== undefined && { suggestions: [{ messageId: "sequence", data: { keyword: data.keyword }, becomes }] }),
});
const loser = (combinator: string, data = conn): Finding => ({ messageId: "loser", data: { ...data, combinator } });
const stack = (data = conn): Finding => ({ messageId: "stack", data });

const timeout = "declare function timeout(): Promise<never>;";

typed.run("no-leaky-concurrency", rule, {
  valid: [
    silent("one after the other on a stack (D20)", "async function f(urls: string[]) { await using s = new AsyncDisposableStack(); for (const url of urls) s.use(await open(url)); }"),
    silent("all settled, then registered (D21)", `async function f(urls: string[]) {
      await using s = new AsyncDisposableStack();
      const settled = await Promise.allSettled(urls.map((url) => open(url)));
      for (const each of settled) if (each.status === "fulfilled") s.use(each.value);
      for (const each of settled) if (each.status === "rejected") throw each.reason;
      await work();
    }`),
    silent("only one acquisition, alone", "async function f() { const [c] = await Promise.all([open()]); return c; }"),
    silent("one acquisition beside plain values", "async function f(url: string) { return await Promise.all([open(), 1, url, lock]); }"),
    silent("one acquisition beside what never fails", "async function f() { return await Promise.all([open(), work().catch(step), Promise.allSettled([work()])]); }"),
    silent("one acquisition beside a pause", "declare function sleep(ms: number): Promise<void>; async function f() { const [c] = await Promise.all([open(), sleep(100)]); return c; }"),
    silent("acquisitions that each give null when they fail", "async function f() { const [a, b] = await Promise.all([open().catch(() => null), open().catch(() => null)]); return [a, b]; }"),
    silent("acquisitions that each give null when they fail, mapped", "async function f(urls: string[]) { return await Promise.all(urls.map((url) => open(url).catch(() => null))); }"),
    silent("acquisitions that each catch their failure", "async function f(urls: string[]) { return await Promise.all(urls.map(async (url) => { try { return await open(url); } catch { return null; } })); }"),
    silent("work that acquires nothing", "async function f(conns: Conn[]) { await Promise.all(conns.map((conn) => conn.query('a'))); await Promise.all([work(), work()]); }"),
    silent("each callback scopes its own (C36)", "async function f(urls: string[]) { return await Promise.all(urls.map(async (url) => { await using c = await open(url); return await c.query('a'); })); }"),
    silent("each callback disposes its own", "async function f(urls: string[]) { return await Promise.all(urls.map(async (url) => { const c = await open(url); try { return await c.query('a'); } finally { await c.close(); } })); }"),
    silent("each callback stores its own", "class A { readonly #all: Conn[] = []; async start(urls: string[]) { await Promise.all(urls.map(async (url) => { const c = await open(url); this.#all.push(c); return c; })); } }"),
    silent("each callback registers on its own stack", "async function f(urls: string[]) { return await Promise.all(urls.map(async (url) => { await using s = new AsyncDisposableStack(); const c = s.use(await open(url)); return await c.query('a'); })); }"),
    silent("registered on a stack that outlives the failure", "class A { readonly #stack = new AsyncDisposableStack(); async start(urls: string[]) { await Promise.all(urls.map(async (url) => this.#stack.use(await open(url)))); } }"),
    silent("registered on a stack that somebody else disposes", "async function f(s: AsyncDisposableStack, urls: string[]) { await Promise.all(urls.map(async (url) => s.use(await open(url)))); }"),
    silent("each registered by then on a stack that somebody else disposes", "async function f(s: AsyncDisposableStack) { await Promise.all([open().then((c) => s.use(c)), open().then((c) => s.use(c))]); }"),
    silent("acquired one after the other, as both are awaited first", "async function f() { return await Promise.all([await open(), await open()]); }"),
    silent("promises made earlier, which the caller may settle", "async function f() { const a = open(), b = open(); try { return await Promise.all([a, b]); } catch (error) { for (const each of await Promise.allSettled([a, b])) if (each.status === 'fulfilled') await each.value.close(); throw error; } }"),
    silent("kept for later", "class A { #ready: Promise<unknown> = Promise.resolve(); start() { this.#ready = Promise.all([open(), open()]); return this.#ready; } }"),
    silent("a race whose loser is disposed (B15)", `${timeout} async function f() { const acquiring = open(); try { return await Promise.race([acquiring, timeout()]); } catch (error) { void acquiring.then((c) => c.close()); throw error; } }`),
    silent("a race whose loser is canceled by a signal", `${timeout} declare function openWith(options: { signal: AbortSignal }): Promise<Conn>; async function f(signal: AbortSignal) { return await Promise.race([openWith({ signal }), timeout()]); }`),
    silent("borrowed resources", "async function f() { return await Promise.all([getConn(), getConn()]); }"),
    silent("borrowed resources, mapped", "declare class Pool { get(name: string): Promise<Conn> } async function f(pool: Pool, names: string[]) { return await Promise.all(names.map((name) => pool.get(name))); }"),
    silent("children of what the function holds, which go with it", "import { chromium } from 'playwright-core'; async function f() { await using browser = await chromium.launch(); const [a, b] = await Promise.all([browser.newPage(), browser.newPage()]); await a.goto('a'); await b.goto('b'); }"),
    silent("streams", "import { Readable } from 'node:stream'; async function f(names: string[]) { return await Promise.all(names.map(async (name) => Readable.from([name]))); }"),
    silent("another object's all", "declare const Tasks: { all(tasks: Promise<Conn>[]): Promise<Conn[]> }; async function f() { return await Tasks.all([open(), open()]); }"),
    silent("an array that came from elsewhere", "async function f(acquiring: Promise<Conn>[]) { return await Promise.all(acquiring); }"),
    silent("any", "declare const pool: any; async function f() { return await Promise.all([pool.connect(), pool.connect()]); }"),
    silent("an unresolved import", "import { connect } from 'nowhere'; async function f(urls: string[]) { return await Promise.all(urls.map(connect)); }"),
    silent("the setting borrowedCalls", "async function f() { return await Promise.all([open(), open()]); }", { settings: { "await-using": { borrowedCalls: ["open"] } } }),
  ],
  invalid: [
    found(
      "two acquisitions",
      "async function f() {\n  const [a, b] = await «Promise.all([open('x'), open('y')])»;\n  await a.ping();\n  await b.ping();\n}",
      {
        message: "When one of these fails, `Promise.all` gives up and every Conn that `open()` acquires beside it is lost. Acquire one after the other with `await using`, or wait for all with `Promise.allSettled` and dispose those that came.",
        suggestions: [
          {
            messageId: "sequence",
            data: { keyword: "await using" },
            becomes: { "const [a, b] = await Promise.all([open('x'), open('y')]);": "await using a = await open('x');\n  await using b = await open('y');" },
          },
        ],
      },
    ),
    found("returned", "async function f() { return await «Promise.all([open(), open()])»; }", all()),
    found("returned without await", "function f() { return «Promise.all([open(), open()])»; }", all()),
    found("discarded", "async function f() { await «Promise.all([open(), open()])»; }", all()),
    found("mapped (D18)", "async function f(urls: string[]) { return await «Promise.all(urls.map((url) => open(url)))»; }", all()),
    found("mapped by reference (D18)", "async function f(urls: string[]) { return await «Promise.all(urls.map(open))»; }", all()),
    found("mapped by an async callback", "async function f(urls: string[]) { return await «Promise.all(urls.map(async (url) => await open(url)))»; }", all()),
    found("mapped by a callback that holds it first", "async function f(urls: string[]) { return await «Promise.all(urls.map(async (url) => { const c = await open(url); await c.ping(); return c; }))»; }", all()),
    found("an acquisition beside work that may fail", "async function f() { const [c] = await «Promise.all([open(), work()])»; return c; }", all()),
    found("an acquisition beside one that gives null when it fails", "async function f() { return await «Promise.all([open(), open().catch(() => null)])»; }", all()),
    found("an acquisition beside others that were started before", "async function f(jobs: Promise<void>[]) { return await «Promise.all([open(), ...jobs])»; }", all()),
    found("a sync resource behind a promise", "declare function acquireLock(): Promise<Lock>;\nasync function f() {\n  const [a, b] = await «Promise.all([acquireLock(), acquireLock()])»;\n  step();\n}", all({ "const [a, b] = await Promise.all([acquireLock(), acquireLock()]);": "using a = await acquireLock();\n  using b = await acquireLock();" }, { call: "acquireLock()", keyword: "using", type: "Lock" })),
    found("of two kinds, each with its keyword", "declare function acquireLock(): Promise<Lock>;\nasync function f() {\n\tconst [a, b] = await «Promise.all([open(), acquireLock()])»;\n\tawait a.ping();\n}", all({ "const [a, b] = await Promise.all([open(), acquireLock()]);": "await using a = await open();\n\tusing b = await acquireLock();" })),
    found("text over several lines is kept as it is", "async function f() {\n  const [a, b] = await «Promise.all([\n    open(`x\n      y`),\n    open(),\n  ])»;\n  await Promise.all([a.ping(), b.ping()]);\n}", all({ "const [a, b] = await Promise.all([\n    open(`x\n      y`),\n    open(),\n  ]);": "await using a = await open(`x\n      y`);\n  await using b = await open();" })),
    found("one leaves the scope, so no suggestion", "async function f() { const [a, b] = await «Promise.all([open(), open()])»; await b.ping(); return a; }", all()),
    found("a comment that would be lost, so no suggestion", "async function f() { const [a, b] = await «Promise.all([open(), /* the replica */ open()])»; await a.ping(); await b.ping(); }", all()),
    found("an acquisition that does not wait for a name, so no suggestion", "async function f() { const [a] = await «Promise.all([open(), open()])»; await a.ping(); }", all()),
    found("a cast, so no suggestion", "async function f() { const [a, b] = await «Promise.all([open() as Promise<Conn>, open()])»; await a.ping(); await b.ping(); }", all()),
    found("variables that are written again, so no suggestion", "async function f() { let [a, b] = await «Promise.all([open(), open()])»; await a.ping(); a = b; }", all()),
    found("fields", "class A { a: Conn | null = null; b: Conn | null = null; async start() { [this.a, this.b] = await «Promise.all([open(), open()])»; } }", all()),
    found("module scope", "const [a, b] = await «Promise.all([open(), open()])»; export { a, b };", all()),
    found("a race against a timeout (B14)", `${timeout} async function f() { await using c = await «Promise.race([open(), timeout()])»; await c.ping(); }`, {
      message: "`Promise.race` hands on one result; whatever Conn `open()` acquires besides is lost. Dispose the losers when they arrive, or acquire one after the other with `await using`.",
    }),
    found("the first of any", "async function f(urls: string[]) { await using c = await «Promise.any(urls.map((url) => open(url)))»; await c.ping(); }", loser("any")),
    found("registered on a scoped stack (D19)", "async function f(urls: string[]) { await using s = new AsyncDisposableStack(); const all = await «Promise.all(urls.map(async (url) => s.use(await open(url))))»; await all[0]?.ping(); }", {
      message: "When one of these fails, the stack is disposed while other acquisitions still run: `use` then refuses them and every late Conn from `open()` is lost. Acquire one after the other, or wait for all with `Promise.allSettled` and register those that came.",
    }),
    found("registered on a scoped stack in a statement", "async function f(urls: string[]) { await using s = new AsyncDisposableStack(); await «Promise.all(urls.map(async (url) => { const c = s.use(await open(url)); await c.ping(); }))»; }", stack()),
    found("registered on a scoped stack after a name", "async function f(urls: string[]) { await using s = new AsyncDisposableStack(); await «Promise.all(urls.map(async (url) => { const c = await open(url); s.use(c); return c; }))»; }", stack()),
    found("adopted by a scoped stack", "async function f(urls: string[]) { await using s = new AsyncDisposableStack(); await «Promise.all(urls.map(async (url) => s.adopt(await open(url), (c) => c.close())))»; }", stack()),
    found("each registered by then", "async function f() { await using s = new AsyncDisposableStack(); const [a, b] = await «Promise.all([open().then((c) => s.use(c)), open().then((c) => s.use(c))])»; await a.ping(); await b.ping(); }", stack()),
    found("put on a scoped stack by the next statement, too late", "async function f(urls: string[]) {\n  await using s = new AsyncDisposableStack();\n  const conns = await «Promise.all(urls.map(open))»; // late\n  for (const conn of conns) s.use(conn);\n  for (const conn of conns) await conn.ping();\n}", {
      messageId: "all",
      data: conn,
      suggestions: [
        {
          messageId: "settled",
          data: { stack: "s" },
          becomes: {
            "const conns = await Promise.all(urls.map(open));": "const opening = urls.map(open);\n  for (const result of await Promise.allSettled(opening)) {\n    if (result.status === \"fulfilled\") s.use(result.value);\n  }\n  const conns = await Promise.all(opening);",
            "\n  for (const conn of conns) s.use(conn);": "",
          },
        },
      ],
    }),
    found("put on a stack that nothing disposes, so no suggestion", "async function f(urls: string[]) {\n  const s = new AsyncDisposableStack();\n  const conns = await «Promise.all(urls.map(open))»;\n  for (const conn of conns) s.use(conn);\n  await conns[0]?.ping();\n}", all()),
    found("put on a stack after another step, so no suggestion", "async function f(urls: string[]) {\n  await using s = new AsyncDisposableStack();\n  const conns = await «Promise.all(urls.map(open))»;\n  step();\n  for (const conn of conns) s.use(conn);\n}", all()),
    found("some of them put on a stack, so no suggestion", "async function f(urls: string[]) {\n  await using s = new AsyncDisposableStack();\n  const conns = await «Promise.all(urls.map(open))»;\n  for (const conn of conns) if (conns.length > 1) s.use(conn);\n}", all()),
    found("put on a stack with a comment that would be lost, so no suggestion", "async function f(urls: string[]) {\n  await using s = new AsyncDisposableStack();\n  const conns = await «Promise.all(urls.map(open))»;\n  for (const conn of conns) s.use(conn); // in order\n}", all()),
    found("a callback that works before it hands over, so no suggestion", "async function f(urls: string[]) {\n  await using s = new AsyncDisposableStack();\n  const conns = await «Promise.all(urls.map(async (url) => { const c = await open(url); await c.ping(); return c; }))»;\n  for (const conn of conns) s.use(conn);\n}", all()),
    found("a factory of this file", "async function connect(url: string) { return await open(url); } async function f(urls: string[]) { return await «Promise.all(urls.map(connect))»; }", all(undefined, { ...conn, call: "connect()" })),
    found("from a parent that outlives the function", "import type { Browser } from 'playwright-core'; class Crawler { constructor(readonly browser: Browser) {} async pages() { return await «Promise.all([this.browser.newPage(), this.browser.newPage()])»; } }", all(undefined, { call: "this.browser.newPage()", keyword: "await using", type: "Page" })),
    found("the setting ownedCalls", "declare function obtain(): Promise<Conn>; async function f() { return await «Promise.all([obtain(), obtain()])»; }", all(undefined, { ...conn, call: "obtain()" }), { settings: { "await-using": { ownedCalls: ["obtain"] } } }),
  ],
});
