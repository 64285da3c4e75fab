import rule from "../src/rules/no-use-after-dispose.js";
import { found, silent, type Finding } from "./support/finding.js";
import { typed, untyped } from "./support/rule-tester.js";

const f = (body: string): string => `async function f() { ${body} }`;
/** A lock whose disposer has this body, released by hand and by its scope. */
const released = (members: string): string => `class Slot { #held = true; #lock: Lock | undefined = lock(); #ending?: Promise<void>; ${members} } async function f() { await using slot = new Slot(); await slot[Symbol.asyncDispose](); }`;
const twice = (members: string): string => released(members).replace("slot[Symbol.asyncDispose]()", "«slot[Symbol.asyncDispose]()»");
const disposed = (call: string): Finding => ({ messageId: "disposed", data: { call, line: "1", name: "c", type: "a Conn" } });

typed.run("no-use-after-dispose", rule, {
  valid: [
    silent("a test of what a disposed resource does", "declare function it(title: string, run: () => Promise<void>): void; it('tells nobody', async () => { const c = await open(); await c[Symbol.asyncDispose](); await c.ping(); });"),
    silent("a test that looks at what the disposal did", "declare function it(title: string, run: () => Promise<void>): void; it('ends', async () => { await using c = await open(); await c.ping(); await c[Symbol.asyncDispose](); step(); });"),
    silent("a test that looks at it outside the scope", "declare function it(title: string, run: () => Promise<void>): void; it('ends', async () => { let last: Conn; { await using c = await open(); last = c; } await last.ping(); });"),
    silent("a disposer with a guard that is a function of an object", "function slot(): Disposable { let held = true; return { [Symbol.dispose]: () => { if (!held) return; held = false; step(); } }; } function f() { using s = slot(); s[Symbol.dispose](); }"),
    silent("disposed behind its last use", f("const c = await open(); await c.ping(); await c.close();")),
    silent("plain data", f("const c = await open(); await c.close(); return c.id;")),
    silent("a second disposal", f("const c = await open(); await c.close(); await c[Symbol.asyncDispose]();")),
    silent("a listener", f("const c = await open(); await c.close(); c.on('end', step);")),
    silent("an early end under a condition", f("const c = await open(); if (flag()) await c.close(); await c.ping();")),
    silent("an early end with its own way out", f("const c = await open(); if (flag()) { await c.close(); return; } await c.ping();")),
    silent("an end that throws", f("const c = await open(); if (flag()) { await c.close(); throw new Error(); } await c.ping();")),
    silent("an end that leaves the program", f("const c = await open(); if (flag()) { await c.close(); process.exit(1); } await c.ping();")),
    silent("one of two branches", f("const c = await open(); if (flag()) { await c.close(); } else { await c.ping(); }")),
    silent("the end of a loop's turn", f("for (;;) { const c = await open(); await c.ping(); await c.close(); }")),
    silent("a loop that ends with the disposal", f("const c = await open(); for (const name of ['a', 'b']) { await c.query(name); if (name === 'b') { await c.close(); break; } }")),
    silent("a variable that is written again", f("let c = await open(); await c.close(); c = await open(); await c.ping(); await c.close();")),
    silent("a finally behind the use", f("const c = await open(); try { await c.ping(); } finally { await c.close(); }")),
    silent("a catch that may come before the disposal", f("const c = await open(); try { await c.ping(); await c.close(); } catch { await c.query('rollback'); await c.close(); }")),
    silent("a closure, which may run before", f("const c = await open(); const ping = () => c.ping(); await ping(); await c.close();")),
    silent("a disposal in a closure", f("const c = await open(); process.once('SIGINT', () => void c.close()); await c.ping(); await c.close();")),
    silent("graceful close in a scope (F20)", f("await using c = await open(); await c.ping(); await c.close();")),
    silent("a flag", "declare class Pool implements AsyncDisposable { readonly closed: boolean; run(): Promise<void>; close(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } async function f(pool: Pool) { await pool.close(); if (!pool.closed) await pool.run(); }"),
    silent("opened again", "declare class Db implements AsyncDisposable { connect(): Promise<void>; run(sql: string): Promise<void>; close(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } async function f(db: Db) { await db.close(); await db.connect(); await db.run('a'); }"),
    silent("what asks, waits or listens", "declare class Page implements AsyncDisposable { url(): string; getName(key: string): string; waitForClose(): Promise<void>; saveAs(path: string): Promise<void>; close(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } async function f(page: Page) { await page.close(); await page.waitForClose(); await page.saveAs('a'); return page.url() + page.getName('a'); }"),
    silent("`end`, which only begins the end", "declare class Wire implements Disposable { end(): void; flush(text: string): void; send(text: string): void; [Symbol.dispose](): void } function f(wire: Wire) { wire.end(); wire.send('a'); }"),
    silent("a disposal of something else", "declare class Pool implements AsyncDisposable { release(c: Conn): void; run(sql: string): Promise<void>; [Symbol.asyncDispose](): Promise<void> } async function f(pool: Pool, c: Conn) { pool.release(c); await pool.run('a'); }"),
    silent("what is no resource", "declare class Menu { close(): void; draw(text: string): void } function f(menu: Menu) { menu.close(); menu.draw('a'); }"),
    silent("a use that a test expects to fail", "declare const assert: { rejects(p: Promise<unknown>): Promise<void> }; async function f() { const c = await open(); await c.close(); await assert.rejects(c.ping()); }"),
    silent("a use that a test expects to fail, called by name", "declare function rejects(p: Promise<unknown>, e?: RegExp): Promise<void>; async function f() { const c = await open(); await c.close(); await rejects(c.query('a'), /closed/); }"),
    silent("a use whose expectation follows", "declare function expect(p: unknown): { rejects: { toThrow(): Promise<void> } }; async function f() { const c = await open(); await c.close(); await expect(c.ping()).rejects.toThrow(); }"),
    silent("a use whose failure is dealt with on the spot", f("const c = await open(); await c.close(); await c.ping().catch(step);")),
    silent("a use of which the outcome is asked", f("const c = await open(); await c.close(); const [end] = await Promise.allSettled([c.ping()]); return end;")),
    silent("a use in a `try` of its own", f("const c = await open(); await c.close(); try { await c.ping(); } catch { step(); }")),
    silent("two variables", f("const a = await open(); const c = await open(); await a.close(); await c.ping(); await c.close();")),
    // Stacks
    silent("a stack that is moved last", f("using s = new DisposableStack(); s.use(lock()); return s.move();")),
    silent("a stack that is moved on some way", f("using s = new DisposableStack(); if (flag()) return s.move(); s.use(lock()); return null;")),
    silent("a stack that is asked", f("const s = new DisposableStack(); s.use(lock()); s.dispose(); return s.disposed;")),
    silent("a stack that is asked whether it is disposed", f("const s = new DisposableStack(); s.dispose(); if (!s.disposed) s.use(lock());")),
    silent("a stack that is disposed twice", f("await using s = new AsyncDisposableStack(); s.use(await open()); await s.disposeAsync();")),
    // Names for a scoped resource outside its block
    silent("data of an alias", f("let k: Conn; { await using c = await open(); k = c; } console.log(k.id);")),
    silent("an alias that is printed", f("let k: Conn; { await using c = await open(); k = c; } console.log(k);")),
    silent("an alias that somebody unknown gets", "declare function check(conn: Conn): Promise<void>; async function f() { let k: Conn; { await using c = await open(); k = c; } await check(k); }"),
    silent("an alias whose state a known function asks for", "async function isOpen(conn: Conn) { return await conn.ping().then(() => true, () => false); } async function f() { let k: Conn; { await using c = await open(); k = c; } return await isOpen(k); }"),
    silent("an alias inside the block", f("let k: Conn; { await using c = await open(); k = c; await k.ping(); }")),
    silent("an alias that is written again", f("let k: Conn; { await using c = await open(); k = c; } k = await open(); await k.ping(); await k.close();")),
    silent("an alias that may hold another", f("let k: Conn | undefined; if (flag()) { await using c = await open(); k = c; await work(); } else { k = await open(); } await k.ping();")),
    silent("an alias that may hold nothing", f("let k: Conn | undefined; if (flag()) { await using c = await open(); k = c; } await k?.ping();")),
    silent("data of it", f("let id: string; { await using c = await open(); id = c.id; } decode(id);")),
    // Twice
    silent("a disposer with a flag", released("async [Symbol.asyncDispose]() { if (!this.#held) return; this.#held = false; await work(); }")),
    silent("a disposer that asks what it holds", released("async [Symbol.asyncDispose]() { if (this.#lock === undefined) return; await work(); this.#lock.release(); this.#lock = undefined; }")),
    silent("a disposer that remembers its end", released("[Symbol.asyncDispose]() { return (this.#ending ??= this.#end()); } async #end() { await work(); }")),
    silent("a disposer that hands out its end", released("[Symbol.asyncDispose]() { if (this.#ending !== undefined) return this.#ending; this.#ending = work(); return this.#ending; }")),
    silent("a disposer under a condition", released("async [Symbol.asyncDispose]() { if (this.#held) { await work(); this.#held = false; } console.log('released'); }")),
    silent("a disposer that takes out what it holds", released("async [Symbol.asyncDispose]() { const held = this.#lock; this.#lock = undefined; await Promise.resolve(); held?.release(); }")),
    silent("a disposer that calls a method with a flag", released("async [Symbol.asyncDispose]() { await this.close(); } async close() { if (!this.#held) return; this.#held = false; await work(); }")),
    silent("a disposer that asks an accessor", released("get closed() { return this.#lock === undefined; } async [Symbol.asyncDispose]() { if (this.closed) return; await work(); this.#lock = undefined; }")),
    silent("a disposer with nothing but a stack", "class Slot { readonly #stack = new AsyncDisposableStack(); async [Symbol.asyncDispose]() { await this.#stack.disposeAsync(); } } async function f() { await using slot = new Slot(); await slot[Symbol.asyncDispose](); }"),
    silent("an object with a flag, in two scopes", "function slot() { let held = true; return { [Symbol.dispose]() { if (!held) return; held = false; step(); } }; } function f() { using a = slot(); using b = a; step(); }"),
    silent("an object with a flag, whose type does not tell", "function slot(): Disposable { let held = true; return { [Symbol.dispose]() { if (!held) return; held = false; step(); } }; } function f() { using a = slot(); step(); a[Symbol.dispose](); }"),
    silent("an object with a flag, in a scope and on a stack", "function slot() { let held = true; return { [Symbol.dispose]() { if (!held) return; held = false; step(); } }; } function f() { using s = new DisposableStack(); using a = s.use(slot()); using b = slot(); s.use(b); }"),
    silent("an early end under a condition, in a scope", f("using l = lock(); if (flag()) l[Symbol.dispose](); step();")),
    silent("an early end in a loop", f("using l = lock(); for (;;) { if (flag()) { l[Symbol.dispose](); break; } }")),
    silent("an early end in one of two branches", f("using l = lock(); if (flag()) { step(); } else { l[Symbol.dispose](); }")),
    silent("the symbol in a catch", f("using l = lock(); try { step(); } catch { l[Symbol.dispose](); }")),
    silent("the symbol ahead of the program's end, which skips the scope's", f("await using c = await open(); await c.ping(); await c[Symbol.asyncDispose](); if (flag()) process.exit(1); step();")),
    silent("the symbol of a stack, which bears it", f("await using s = new AsyncDisposableStack(); s.use(await open()); await s[Symbol.asyncDispose]();")),
    silent("the symbol in a closure", f("using l = lock(); process.once('SIGINT', () => { l[Symbol.dispose](); }); step();")),
    silent("the symbol of what is not scoped", f("const c = await open(); try { await c.ping(); } finally { await c[Symbol.asyncDispose](); }")),
    silent("another object's disposer", f("using l = lock(); const other = lock(); other[Symbol.dispose](); step();")),
    silent("a constant that is scoped once", f("const made = await open(); await using c = made; await c.ping();")),
    silent("a member of a stack", f("await using s = new AsyncDisposableStack(); const c = s.use(await open()); await c.ping();")),
    silent("an inert value", f("const timer = setTimeout(step, 10); using a = timer; using b = timer; step();")),
    silent("two scopes, of which one runs", f("const made = await open(); if (flag()) { await using c = made; await c.ping(); } else { await using c = made; await c.ping(); }")),
    silent("a bag that is no stack", "declare const bag: { use<T>(value: T): T }; async function f() { await using c = bag.use(await open()); await c.ping(); }"),
    silent("a view, inside", f("let k: Conn | undefined; { await using c = await open(); k = c; for await (const row of k.rows) decode(row); }")),
    silent("data of another name", f("let k: Conn | undefined; { await using c = await open(); k = c; } for (const letter of k.id) decode(letter);")),
    silent("a stream, which may still have something", f("let k: Tail | undefined; { await using c = new Tail(); k = c; } for await (const row of k.out) console.log(row);") + " declare class Tail implements AsyncDisposable { readonly out: NodeJS.ReadableStream & AsyncDisposable; [Symbol.asyncDispose](): Promise<void> }"),
  ],
  invalid: [
    found("a view of another name", f("let k: Conn | undefined; { await using c = await open(); k = c; } for await (const row of «k.rows») decode(row);"), {
      message: "`k` is another name for `c`, a Conn, which `await using` (line 1) has disposed at the end of its block: `k.rows` finds it closed. Use it inside the block.",
    }),
    found("a use after close", f("const c = await open(); await c.close(); await «c.query('a')»;"), {
      message: "`c`, a Conn, is used after its disposal on line 1: `c.query()` finds it closed. Dispose it behind its last use, or declare it with `using` or `await using` and leave that to the scope.",
    }),
    found("a use after the disposer", f("const c = await open(); await c[Symbol.asyncDispose](); await «c.ping()»;"), disposed("c.ping()")),
    found("a use that is returned", f("const c = await open(); await c.close(); return «c.query('a')»;"), disposed("c.query()")),
    found("a use after a loop", f("const c = await open(); for (const name of ['a']) await c.query(name); await c.close(); if (flag()) await «c.ping()»;"), disposed("c.ping()")),
    found("disposed by every branch", f("const c = await open(); if (flag()) { await c.ping(); await c.close(); } else { await c.close(); } await «c.ping()»;"), disposed("c.ping()")),
    found("disposed in a finally", f("const c = await open(); try { await c.ping(); } finally { await c.close(); } await «c.ping()»;"), disposed("c.ping()")),
    found("in a scope", f("await using c = await open(); await c.close(); await «c.ping()»;"), disposed("c.ping()")),
    found("a parameter", "async function f(c: Conn) { await c.close(); await «c.ping()»; }", disposed("c.ping()")),
    found("by another name", f("const c = await open(); const d = c; await c.close(); await «d.ping()»;"), { messageId: "disposed" }),
    found("a use in the same arguments, later", "declare class Db implements Disposable { run(sql: string): number; close(): void; [Symbol.dispose](): void } function f(db: Db) { db.close(); return «db.run('a')»; }", { messageId: "disposed" }),
    found("a resource by the settings", "declare class Client { end(): Promise<void>; query(sql: string): Promise<void> } async function f(client: Client) { await client.end(); await «client.query('a')»; }", { messageId: "disposed" }, { settings: { "await-using": { resourceTypes: [{ type: "Client", release: "end" }] } } }),
    // Stacks
    found("a stack after move (D09)", f("using s = new DisposableStack(); s.use(lock());\nconst t = s.move(); «s.use(lock())»; return t;"), {
      message: "`s` holds nothing since `s.move()` on line 2 and is disposed: `s.use()` throws a ReferenceError, and what it is given stays open. Use the stack that `move()` gave.",
    }),
    found("a stack that is moved twice", f("const s = new DisposableStack(); const t = s.move(); return [t, «s.move()»];"), { messageId: "moved" }),
    found("a stack after its disposal (D14)", f("const s = new AsyncDisposableStack(); await s.disposeAsync(); «s.defer(() => work())»;"), {
      message: "`s` is disposed since line 1: `s.defer()` throws a ReferenceError, and what it is given stays open. Make a new stack for it.",
    }),
    found("a stack that is a parameter", "function f(s: DisposableStack) { s.dispose(); «s.adopt(1, step)»; }", { messageId: "stack" }),
    // Names for a scoped resource outside its block
    found("an alias after the block", "async function f() {\n  let k: Conn;\n  {\n    await using c = await open();\n    k = c;\n  }\n  await «k.ping()»;\n}", {
      message: "`k` is another name for `c`, a Conn, which `await using` (line 4) has disposed at the end of its block: `k.ping()` finds it closed. Use it inside the block.",
    }),
    found("an alias that was empty before", f("let k: Conn | null = null; { await using c = await open(); k = c; } await «k.query('a')»;"), { messageId: "outside" }),
    found("an alias that is returned", f("let k: Conn; { await using c = await open(); k = c; } return «k»;"), {
      message: "`k` is another name for `c`, a Conn, which `await using` (line 1) has disposed at the end of its block: whoever gets it here gets a closed one. Let the block end later.",
    }),
    found("an alias that a manager yields", "asyncContextManager(async function* () { let k: Conn; { await using c = await open(); k = c; } yield { k: «k» }; });", { messageId: "handedOut" }),
    found("an alias that is read from asynchronously", "declare class Table implements AsyncDisposable { rows(): AsyncIterable<string>; [Symbol.asyncDispose](): Promise<void> } declare function openTable(): Promise<Table>; async function f() { let k: Table; { await using c = await openTable(); k = c; } for await (const row of «k.rows()») console.log(row); }", { messageId: "outside" }),
    found("an alias that a known function works with", "async function count(conn: Conn) { return (await conn.query('a')).length; } async function f() { let k: Conn; { await using c = await open(); k = c; } return await «count(k)»; }", { messageId: "outside" }),
    found("work on an alias that is passed on", f("let k: Conn; { await using c = await open(); k = c; } await Promise.all([«k.ping()»]);"), { messageId: "outside" }),
    found("what a manager lends", "const session = asyncContextManager(async function* () { await using c = await open(); yield c; }); async function f() { let k; { await using held = await session(); k = held; } await «k.value.ping()»; }", { messageId: "outside" }),
    // Twice
    found("the symbol of a scoped variable (B10)", f("await using c = await open(); await c.ping(); await «c[Symbol.asyncDispose]()»;"), {
      message: "`await using` (line 1) disposes `c`, a Conn, again at the end of its scope. Leave this disposal out, or end the scope earlier with a block.",
    }),
    found("a disposer without a guard", twice("async [Symbol.asyncDispose]() { await work(); this.#lock = undefined; }"), { messageId: "twice" }),
    found("a disposer whose flag nobody sets", twice("async [Symbol.asyncDispose]() { if (!this.#held) return; await work(); }"), { messageId: "twice" }),
    found("a disposer that works ahead of its guard", twice("async [Symbol.asyncDispose]() { await work(); if (!this.#held) return; this.#held = false; }"), { messageId: "twice" }),
    found("a disposer that throws the second time", twice("async [Symbol.asyncDispose]() { if (!this.#held) throw new Error('released already'); this.#held = false; await work(); }"), { messageId: "twice" }),
    found("a disposer that asks about something else", twice("async [Symbol.asyncDispose]() { if (flag()) return; await work(); }"), { messageId: "twice" }),
    found("a disposer that calls a method without a guard", twice("async [Symbol.asyncDispose]() { await this.close(); } async close() { await work(); }"), { messageId: "twice" }),
    found("one of two objects without a flag", "function slot(): Disposable { if (flag()) return { [Symbol.dispose]() { step(); } }; let held = true; return { [Symbol.dispose]() { if (!held) return; held = false; step(); } }; } function f() { using a = slot(); step(); «a[Symbol.dispose]()»; }", { messageId: "twice" }),
    found("two disposers, one of which has a guard", twice("[Symbol.dispose]() { step(); } async [Symbol.asyncDispose]() { if (!this.#held) return; this.#held = false; await work(); }"), { messageId: "twice" }),
    found("the symbol in a finally", f("using l = lock(); try { step(); } finally { «l[Symbol.dispose]()»; }"), { messageId: "twice" }),
    found("the symbol ahead of more work", f("await using c = await open(); await c.ping(); await «c[Symbol.asyncDispose]()»; step();"), { messageId: "twice" }),
    found("a use after the symbol, in a scope: one finding", f("await using c = await open(); await c[Symbol.asyncDispose](); await «c.ping()»;"), disposed("c.ping()")),
    found("a scope of a scoped variable (B11)", f("await using a = await open(); await using b = «a»; await b.ping();"), {
      message: "A scope on line 1 disposes `a` already, and `b` disposes it again. Declare `b` with `const`.",
    }),
    found("two scopes of a constant", f("const made = await open(); await using a = made; await using b = «made»; await b.ping();"), { messageId: "scopes" }),
    found("a scope of a stack's member (D28)", f("await using s = new AsyncDisposableStack(); await using c = «s.use(await open())»; await c.ping();"), { message: "`s` disposes what `s.use()` hands back, and `c` disposes it again. Declare `c` with `const`." }),
    found("a scoped variable on a stack", f("using s = new DisposableStack(); using l = lock(); s.use(«l»); step();"), {
      message: "`l` is disposed by `using` (line 1) already, and `s` disposes it too. Declare it with `const` and leave its disposal to the stack.",
    }),
  ],
});

untyped.run("no-use-after-dispose", rule, {
  valid: [
    { name: "close: nothing tells what it is", code: "async function f(menu) { menu.close(); menu.draw('a'); }" },
    { name: "a stack of somebody else's", code: "function f(s) { const t = s.move(); s.use(t); }" },
    { name: "the end of the program", code: "function f() { using l = lock(); l[Symbol.dispose](); process.exit(0); }" },
    { name: "an early end", code: "function f() { using l = lock(); if (flag()) l[Symbol.dispose](); }" },
  ],
  invalid: [
    { name: "a stack", code: "function f() { using s = new DisposableStack(); const t = s.move(); s.use(lock()); return t; }", errors: [{ messageId: "moved" }] },
    { name: "the symbol", code: "async function f(c) { await c[Symbol.asyncDispose](); await c.ping(); }", errors: [{ messageId: "disposed" }] },
    { name: "a scope", code: "async function f() { await using c = await open(); await c.close(); await c.ping(); }", errors: [{ messageId: "disposed" }] },
    { name: "twice", code: "function f() { using l = lock(); step(); l[Symbol.dispose](); }", errors: [{ messageId: "twice" }] },
    { name: "two scopes", code: "function f() { using l = lock(); using m = l; step(m); }", errors: [{ messageId: "scopes" }] },
  ],
});
