import rule from "../src/rules/require-using.js";
import { found, silent, type Finding, type Suggestion } from "./support/finding.js";
import { typed } from "./support/rule-tester.js";

type Words = Readonly<Record<string, string>>;

const conn = { name: "c", type: "a Conn", call: "open()", keyword: "await using" };
const held = { name: "l", type: "a Lock", call: "lock()", keyword: "using" };

const scope = (keyword: string, becomes: Words, also = ""): Suggestion => ({ messageId: "scope", data: { also, keyword }, becomes });

/** A declaration that leaks at `exit`; with `becomes`, the one suggestion that goes with it. */
const declared = (words: Words, exit: string, becomes?: Words, also?: string): Finding => ({
  messageId: "declared",
  data: { kind: "const", ...words, exit },
  ...(becomes !== undefined && { suggestions: [scope(words["keyword"] ?? "", becomes, also)] }),
});
const assigned = (words: Words, exit: string): Finding => ({ messageId: "assigned", data: { ...words, exit } });

const settings = (added: Readonly<Record<string, readonly string[]>>): { settings: Record<string, unknown> } => ({ settings: { "await-using": added } });

/** A client that hands out handles, which work only while it is open. */
const client = `
declare class Database { readonly name: string; find(): Promise<string>; table(): Database }
declare class Client implements AsyncDisposable { readonly port: number; db(): Database; url(): string; getHost(): string; [Symbol.asyncDispose](): Promise<void> }
declare function connect(): Promise<Client>;`;

/** Its end can be awaited, as well as asked for. */
const jobs = "declare class Jobs implements PromiseLike<void>, AsyncDisposable { add(job: Promise<void>): void; then: PromiseLike<void>['then']; [Symbol.asyncDispose](): Promise<void> }";

/** Nothing but what it is given is disposed with it. */
const messenger = "class Messenger implements AsyncDisposable { readonly #conn: Conn; constructor(conn: Conn) { this.#conn = conn; } send(text: string) { return this.#conn.query(text); } async [Symbol.asyncDispose]() { await this.#conn.close(); } }";

/** What test runners expect a failure with. */
const runners = `
declare function expect(given: unknown): { toThrow(): void; toThrowErrorMatchingInlineSnapshot(): void; not: { toThrow(): void }; rejects: { toThrow(): Promise<void>; not: { toThrow(e: unknown): Promise<void> } }; resolves: { toThrow(): Promise<void> }; to: { throw(): void; be: { rejectedWith(e: unknown): Promise<void> }; not: { be: { rejectedWith(e: unknown): Promise<void> } } } };
declare function assertRejects(run: () => Promise<unknown>): Promise<void>;
declare function assertThrows(run: () => unknown): void;
declare function fail(why: string): never;
declare const t: { throws(run: () => unknown): void; throwsAsync(run: (() => Promise<unknown>) | Promise<unknown>): Promise<unknown>; notThrows(run: () => unknown): void };
declare const assert: { rejects(run: (() => Promise<unknown>) | Promise<unknown>): Promise<void>; isRejected(p: Promise<unknown>): Promise<void>; doesNotReject(run: () => Promise<unknown>): Promise<void> };`;

/** Disposers that touch only what their object has in memory, and those beside them that reach further. */
const disposer = (fields: string, body: string, symbol: "asyncDispose" | "dispose" = "dispose"): string => {
  const isAsync = symbol === "asyncDispose";
  return `class Held implements ${isAsync ? "AsyncDisposable" : "Disposable"} { ${fields} use(): void { step(); } ${isAsync ? "async " : ""}[Symbol.${symbol}]() { ${body} } } ${isAsync ? "async " : ""}function f() { const MARK = new Held(); held.use(); }`;
};
const tidy = (name: string, fields: string, body: string, symbol?: "asyncDispose" | "dispose") => silent(name, disposer(fields, body, symbol).replace("MARK", "held"));
const reaching = (name: string, fields: string, body: string, symbol: "asyncDispose" | "dispose" = "dispose") => {
  const keyword = symbol === "asyncDispose" ? "await using" : "using";
  return found(name, disposer(fields, body, symbol).replace("MARK", "«held»"), { messageId: "declared", suggestions: [scope(keyword, { "const held": `${keyword} held` })] });
};
/** Who waits, and what settles that. */
const waiting = "#waiting: { resolve: (text: string) => void; reject: (why: Error) => void }[] = []; next() { return new Promise<string>((resolve, reject) => { this.#waiting.push({ resolve, reject }); }); }";

/** It has plain data to give. */
const named = "declare class Named implements AsyncDisposable { readonly id: string; name(): string; ping(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare function openNamed(): Promise<Named>;";

/** What a test runner declares, and two functions that nobody knows. */
const suite = "declare function it(name: string, test: () => unknown): void; declare function beforeEach(hook: () => unknown): void; declare function expect(given: unknown): { toThrow(): void; toBe(other: unknown): void }; declare function later(run: () => void): void; declare function keep(given: unknown): void;";

/** Pools connect when they are asked, connections at once. */
const pool = "import { createPool } from 'mysql2/promise'; import { createConnection } from 'mysql2'; declare function test(name: string, run: () => unknown): void;";
const inTest = { kind: "const", name: "p", type: "a Pool", call: "createPool()", keyword: "await using" };

/** Its disposer passes the question on. */
const composed = `declare function start(): { cleanup(): Promise<void>; stop(): Promise<void> }; interface Composed extends AsyncDisposable { readonly text: string }
function compose(): Composed { const made = start(); return { text: '', [Symbol.asyncDispose]: () => made.cleanup() }; } function stopping(): Composed { const made = start(); return { text: '', [Symbol.asyncDispose]: () => made.stop() }; }`;

/** As it is generated for WebAssembly. */
const wasm = "declare class Key implements Disposable { private constructor(); static fromText(text: string): Key; name(): string; free(): void; [Symbol.dispose](): void }";

/** It tells its listener through a property. */
const sock = "interface Sock extends Disposable { onMessage: (() => void) | null; send(): void } declare function openSock(): Sock;";

/** A declaration that leaks, with the one suggestion that goes with it. */
const open = (keyword: string, binding: string): Finding => ({ messageId: "declared", suggestions: [scope(keyword, { [`const ${binding}`]: `${keyword} ${binding}` })] });

typed.run("require-using", rule, {
  valid: [
    silent("a stream that a test reads to its end by events", "declare const fs: typeof import('node:fs'); declare function test(name: string, run: (done: () => void) => void): void; test('a', (done) => { const s = fs.createReadStream('a'); let text = ''; s.on('data', (chunk) => { text += String(chunk); }); s.on('end', done); });"),
    silent("what a package makes at once in a test, which recommended leaves alone", `${pool} test('a', async () => { const p = createPool('mysql://x'); await p.query('select 1'); });`),
    silent("a disposer that calls nothing known to release, which recommended leaves alone", `${composed} function f() { const c = compose(); step(); }`),
    silent("an instance of a class that a field holds, which recommended leaves alone", "class Host { constructor(readonly kind: new (owner: Host) => Conn) {} async run() { const c = new this.kind(this); await c.ping(); } }"),
    silent("an object of WebAssembly, which recommended leaves alone", `${wasm} function f() { const k = Key.fromText('a'); return k.name(); }`),
    silent("acquired where nothing was given, and released then", "async function f(given?: Conn) { const c = given ?? (await open()); try { await c.ping(); } finally { if (given === undefined) await c.close(); } }", { options: [{ likely: true }] }),
    silent("whose release a pattern takes out", "declare function makeSock(): { close(): void; name: string } & Disposable; function f() { const s = makeSock(); const { close } = s; close(); }"),
    silent("what is found again by an object that is handed on", "declare class Reaper { constructor(id: string); stop(): Promise<void> } async function f() { const c = await open(); await c.ping(); return new Reaper(c.id); }"),
    silent("a ponyfilled disposer, asked for only if there is one", "declare const DisposableSymbols: { readonly asyncDispose: typeof Symbol.asyncDispose }; async function f() { const c = await open(); await c.ping(); await (c as any)[DisposableSymbols.asyncDispose]?.(); }"),
    silent("a ponyfilled disposer, whose end is awaited later", "declare const DisposableSymbols: { readonly asyncDispose: typeof Symbol.asyncDispose }; async function f() { const c = await open(); const disposed = c[DisposableSymbols.asyncDispose](); await work(); await disposed; }"),
    silent("what a hook of its suite disposes", `declare function describe(name: string, suite: () => void): void; declare function it(name: string, test: () => unknown): void; declare function afterAll(hook: () => unknown): void; describe("a", () => { const c = openSync(); afterAll(() => c.close()); const ping = () => c.ping(); it("b", async () => { await ping(); }); });`),
    silent("what is waited for until somebody ends it", "declare class Server implements AsyncDisposable { readonly finished: Promise<void>; shutdown(): Promise<void>; ping(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare function serve(onListen?: (server: Server) => void): Server; async function f() { const server = serve((each) => { void each.shutdown(); }); await server.finished; }"),
    silent("what is read through its own iterator", "declare class Repeater<T> implements AsyncDisposable { [Symbol.asyncIterator](): AsyncIterator<T>; [Symbol.asyncDispose](): Promise<void> } declare function openRepeater(): Repeater<string>; async function f() { const rows = openRepeater(); const iterator = rows[Symbol.asyncIterator](); await iterator.next(); } async function g() { const rows = openRepeater(); return await rows[Symbol.asyncIterator]().next(); } async function h() { const rows = openRepeater(); await rows[Symbol.asyncIterator]().return?.(); } function i() { const rows = openRepeater(); return rows[Symbol.asyncIterator](); }"),
    silent("what is closed through a stream of it", "declare class Line implements Disposable { readonly readable: ReadableStream<string>; write(text: string): void; toReadableStream(): ReadableStream<string>; query(text: string): ReadableStream<string>; [Symbol.dispose](): void } declare function connectLine(): Promise<Line>; async function f() { const line = await connectLine(); await line.toReadableStream().cancel(); } async function g() { const line = await connectLine(); const stream = line.toReadableStream(); await stream.cancel(); } async function h() { const line = await connectLine(); line.write('a'); for await (const text of line.readable) decode(text); } async function i() { const line = await connectLine(); await line.readable.cancel(); }"),
    silent("what is closed by the member that its disposer closes", "declare const runtime: { pool: Conn; log: Conn; fetch(): Promise<string> }; function hold() { return { ...runtime, async [Symbol.asyncDispose]() { await runtime.pool.close(); } }; } async function f() { const held = hold(); await held.fetch(); await held.pool.close(); }"),
    silent("what is ended by a method that ends it", "class Queue implements AsyncDisposable { #conn = openSync(); #why: unknown; add(text: string) { return this.#conn.query(text); } fail(why: unknown) { this.#why = why; return this.close(); } restart() { void this.close(); this.#open(); } #open() { this.#conn = openSync(); } try() { try { step(); } catch { void this.close(); } } async close() { await this.#conn.close(); } async [Symbol.asyncDispose]() { await this.close(); } } async function f() { const queue = new Queue(); await queue.fail('over'); }"),
    tidy("a disposer that resets a field and a flag", "#last: string | null = null; #isOver = false; keep(text: string) { this.#last = text; }", "this.#last = null; this.#isOver = true;"),
    tidy("a disposer that empties a buffer", "#rows: string[] = []; add(row: string) { this.#rows.push(row); }", "this.#rows.length = 0; this.#rows.splice(0);"),
    tidy("a disposer that rejects who still waits", waiting, "for (const each of this.#waiting) each.reject(new Error('over')); this.#waiting = [];"),
    tidy("a disposer that rejects who still waits, by patterns and turns", waiting, "for (const { reject } of this.#waiting) reject(new TypeError('over')); let last; while ((last = this.#waiting.pop()) !== undefined) last.resolve('');"),
    tidy("a disposer that settles a promise of its own", "#done = Promise.withResolvers<void>(); #end: (() => void) | undefined; ended = new Promise<void>((resolve) => { this.#end = resolve; });", "this.#done.resolve(); this.#end?.();"),
    tidy("a disposer that lets all go on that wait in a queue", "#queue: (() => void)[] = []; wait(signal: AbortSignal) { return new Promise<void>((resolve) => { const go = () => { signal.removeEventListener('abort', go); resolve(); }; this.#queue.push(go); }); }", "this.#queue.forEach((go) => go());"),
    tidy("a disposer that waits for its own work", "#pending = new Set<Promise<void>>(); start() { this.#pending.add(work()); }", "await Promise.allSettled(this.#pending); this.#pending.clear();", "asyncDispose"),
    silent("a disposer that flushes its writers", disposer("constructor(readonly writers: { write(text: string): void; flush?: () => Promise<void> }[]) {} flush() { const errors: unknown[] = []; const all = this.writers.map((each) => each.flush).filter((each) => each !== undefined); return Promise.all(all.map(async (each) => { try { await each(); } catch (error) { errors.push(error); } })).then(() => { if (errors.length > 0) throw new AggregateError(errors); }); }", "return this.flush();", "asyncDispose").replace("MARK", "held").replace("new Held()", "new Held([])")),
    silent("a disposer that only checks and prints", `declare function expect(x: unknown): { toBe(y: unknown): void }; ${disposer("#count = 0; check() { expect(this.#count).toBe(0); }", "await Promise.resolve(); try { this.check(); } catch (error) { console.error(error); }", "asyncDispose").replace("MARK", "held")}`),
    silent("a channel with both disposers that only touch memory", `class Channel implements Disposable, AsyncDisposable { ${waiting} #isOver = false; close() { if (this.#isOver) return; this.#isOver = true; for (const { reject } of this.#waiting.splice(0)) reject(new Error("over")); } [Symbol.dispose]() { this.close(); } async [Symbol.asyncDispose]() { this.close(); } } async function f() { const channel = new Channel(); await channel.next(); }`),
    silent("a child that shares its parent's writers", "interface Writer { write(text: string): Promise<void> } class Log implements AsyncDisposable { #pending = new Set<Promise<void>>(); constructor(readonly writers: Writer[]) {} child(): Log { return new Log(this.writers); } info(text: string) { for (const each of this.writers) this.#pending.add(each.write(text)); } async flush() { await Promise.all(this.#pending); this.#pending.clear(); } async [Symbol.asyncDispose]() { return this.flush(); } } function f(root: Log) { const log = root.child(); log.info('a'); } async function g() { const log = new Log([]); log.info('b'); await log.flush(); }"),
    silent("what the assertions of any runner expect to fail", `${runners} async function f() { await assertRejects(async () => { const c = await open(""); }); assertThrows(() => { const l = lock(""); }); await assert.rejects(async () => { const c = await open(""); }); t.throws(() => { const l = lock(""); }); await t.throwsAsync(async () => { const c = await open(""); }); }`),
    silent("what an expectation behind it expects to fail", `${runners} async function f() { expect(() => { const l = lock(""); }).toThrowErrorMatchingInlineSnapshot(); expect(() => { const l = lock(""); }).to.throw(); await expect(async () => { const c = await open(""); }).rejects.toThrow(); await expect(async () => { const c = await open(""); }).rejects.not.toThrow(TypeError); }`),
    silent("what a function that is called at once is expected to fail with", `${runners} async function f() { await expect((async () => { const c = await open(""); })()).rejects.toThrow(); }`),
    silent("what a named function is expected to fail with", `${runners} async function f() { async function fails() { const c = await open(""); } await expect(fails()).rejects.toThrow(); await expect(fails()).to.be.rejectedWith(Error); await assert.isRejected(fails()); await assert.rejects(fails); await assertRejects(() => fails()); await assertRejects(async () => { await fails(); }); }`),
    silent("what a constant function is expected to fail with", `${runners} async function f() { const fails = async (url: string) => { const c = await open(url); }; await t.throwsAsync(fails("")); }`),
    silent("what is expected to fail, after the rest has been made ready", `${runners} async function f(urls: string[]) { await assertRejects(async () => { await work(); const c = await open(decode(urls[0] ?? "") + ""); console.log("opened"); }); }`),
    silent("what is not to come further than to a fail", `${runners} async function f() { try { const c = await open(""); fail("opened"); } catch { step(); } await assertRejects(async () => { const c = await open(""); fail("opened"); }); }`),
    silent("what a generator yields that is no manager", "export async function* conns() { const c = await open(); yield c; }"),
    silent("what a manager yields and releases", "export const session = asyncContextManager(async function* () { const c = await open(); try { yield c; } finally { await c.close(); } });"),
    silent("what a manager yields and somebody else gets too", "declare function keep(conn: Conn): void; export const session = asyncContextManager(async function* () { const c = await open(); keep(c); yield c; });"),
    silent("a generator that is used otherwise too", "async function* connecting() { const c = await open(); yield c; } export const session = asyncContextManager(connecting); export { connecting };"),
    silent("what a manager gives, in a scope or handed on", "const session = asyncContextManager(async function* () { await using c = await open(); yield c; }); async function f() { await using c = await session(); await c.value.ping(); } async function g() { return await session(); }"),
    silent("a scope", "async function f() { await using c = await open(); await c.ping(); using l = lock(); }"),
    silent("a scope later", "async function f() { const c = await open(); await using _ = c; await c.ping(); }"),
    silent("a promise whose value gets the scope", "async function f() { const p = open(); await work(); await using c = await p; await c.ping(); }"),
    silent("a loop over what others hold", "function f(all: Lock[], byName: Map<string, Lock>) { for (const l of all) step(); for (const l of byName.values()) console.log(l.name); for (const l of [...all]) step(); }"),
    silent("a loop whose elements have a scope", "function f(names: string[]) { for (using l of names.map((name) => lock(name))) console.log(l.name); }"),
    silent("a loop whose elements get a scope in its body", "function f(names: string[]) { for (const l of names.map((name) => lock(name))) { using held = l; console.log(held.name); } }"),
    silent("a loop that releases", "function f(names: string[]) { for (const l of names.map((name) => lock(name))) { console.log(l.name); l.release(); } }"),
    silent("a loop that releases some", "function f(names: string[]) { for (const l of names.map((name) => lock(name))) if (flag()) l.release(); }"),
    silent("a loop that registers", "async function f(stack: AsyncDisposableStack) { for (const c of [openSync(), openSync()]) stack.use(c); }"),
    silent("a loop that collects", "function f(names: string[], all: Lock[]) { for (const l of names.map((name) => lock(name))) all.push(l); }"),
    silent("a loop that yields", "function* f(names: string[]) { for (const l of names.map((name) => lock(name))) yield l; }"),
    silent("a loop that returns the first that fits", "function f(names: string[]) { for (const l of names.map((name) => lock(name))) if (l.name) return l; return null; }"),
    silent("a loop that hands on to somebody unknown", "declare function serve(l: Lock): void; function f(names: string[]) { for (const l of names.map((name) => lock(name))) serve(l); }"),
    silent("a loop that listens", "function f() { for (const c of [openSync()]) c.on('end', step); }"),
    silent("a loop over a callback that keeps what it acquires", "function f(names: string[], all: Map<string, Lock>) { for (const l of names.map((name) => { const held = lock(name); all.set(name, held); return held; })) console.log(l.name); }"),
    silent("a loop over a callback that acquires or not", "function f(all: Map<string, Lock>, names: string[]) { for (const l of names.map((name) => all.get(name) ?? lock(name))) console.log(l.name); }"),
    silent("a loop over a callback that borrows", "function f(repos: { lock: Lock }[]) { for (const l of repos.map((repo) => repo.lock)) console.log(l.name); }"),
    silent("a loop over children of the elements", "function f(pools: { createLock(): Lock }[]) { for (const l of pools.map((pool) => pool.createLock())) console.log(l.name); }"),
    silent("a loop over a filtered collection", "function f(names: string[]) { for (const l of names.map((name) => lock(name)).filter((each) => each.name !== '')) console.log(l.name); }"),
    silent("a loop over a collection with a name", "function f(names: string[]) { const all = names.map((name) => lock(name)); for (const l of all) console.log(l.name); for (const l of all) l.release(); }"),
    silent("a loop over somebody else's map", "declare const registry: { map(make: (name: string) => Lock): Lock[] }; function f() { for (const l of registry.map((name) => lock(name))) console.log(l.name); }"),
    silent("a loop over a literal with what others hold", "function f(given: Lock) { for (const l of [given, lock()]) console.log(l.name); }"),
    silent("a loop over a function without a body", "declare function openAll(): Lock[]; declare function createLocks(): Iterable<Lock>; function f() { for (const l of openAll()) step(); for (const l of createLocks()) step(); }"),
    silent("a loop over a generator that manages", "function* locks(names: string[]) { for (const name of names) { using held = lock(name); yield held; } } function f() { for (const l of locks(['a'])) console.log(l.name); }"),
    silent("a loop over a generator that releases", "function* locks(names: string[]) { for (const name of names) { const held = lock(name); try { yield held; } finally { held.release(); } } } function f() { for (const l of locks(['a'])) console.log(l.name); }"),
    silent("a loop over a generator that keeps", "class Pool { #all: Lock[] = []; *open() { const held = lock(); this.#all.push(held); yield held; } *all() { yield* this.#all; } } function f(pool: Pool) { for (const l of pool.open()) step(); for (const l of pool.all()) step(); }"),
    silent("a loop over a generator tagged @borrowed", "/** @borrowed */ function* locks() { yield lock(); } function f() { for (const l of locks()) console.log(l.name); }"),
    silent("a loop over promises", "async function f(urls: string[]) { for (const c of urls.map((url) => open(url))) await (await c).close(); }"),
    silent("a loop over concurrent acquisitions, another rule's", "async function f(urls: string[]) { for (const c of await Promise.all(urls.map((url) => open(url)))) console.log(c.id); }"),
    silent("a loop over inert elements", "function f(names: string[]) { for (const keys of names.map((name) => new Map([[name, 1]]).keys())) console.log(...keys); }"),
    silent("a loop that throws its element", "function f(names: string[]) { for (const l of names.map((name) => lock(name))) throw new Error(l.name); }"),
    silent("a loop at module scope", "for (const l of ['a'].map((name) => lock(name))) console.log(l.name); export {};"),
    silent("a scope in a loop's head", "async function f() { for (await using c of [await open()]) await c.ping(); }"),
    silent("disposed", "async function f() { const c = await open(); await c[Symbol.asyncDispose](); }"),
    silent("released", "function f() { const l = lock(); l.release(); }"),
    silent("released through an alias", "function f() { const l = lock(); const held = l; held.release(); }"),
    silent("released through an alias of an alias", "function f() { const l = lock(); const a = l; const b = a; b.release(); }"),
    silent("a promise whose value is closed", "async function f() { const p = open(); const c = await p; await c.close(); }"),
    silent("a promise that is handed on by then", "async function f() { const p = open(); await p.then((c) => c.close()); }"),
    silent("released by a method passed on", "declare function onExit(run: () => Promise<void>): void; async function f() { const c = await open(); onExit(c.close.bind(c)); }"),
    silent("returned", "async function f() { const c = await open(); await c.ping(); return c; }"),
    silent("returned in an object, an array, a wrapper", "async function f() { const a = await open(), b = await open(), c = await open(); return flag() ? { a } : flag() ? [b] : new Repo(c); }"),
    silent("returned through an alias", "async function f() { const c = await open(); const same = c; return same; }"),
    silent("yielded", "async function* f() { const c = await open(); yield c; }"),
    silent("thrown", "function f() { const l = lock(); throw l; }"),
    silent("stored in a field", "class A { #c: Conn | null = null; async start() { const c = await open(); await c.ping(); this.#c = c; } }"),
    silent("stored in an outer variable", "let shared: Conn; async function f() { const c = await open(); shared = c; }"),
    silent("stored in a collection", "async function f(all: Conn[], byName: Map<string, Conn>) { const a = await open(); all.push(a); const b = await open(); byName.set('b', b); }"),
    silent("registered on a stack", "async function f(stack: AsyncDisposableStack) { const c = await open(); stack.use(c); stack.adopt(lock(), (l) => l.release()); const d = await open(); stack.defer(() => d.close()); }"),
    silent("an outer variable that a hook fills and another empties", "declare function before(run: () => Promise<void>): void; declare function after(run: () => Promise<void>): void; describe(() => { let c: Conn; before(async () => { c = await open(); }); after(async () => { await c.close(); }); }); declare function describe(run: () => void): void;"),
    silent("handed to a constructor", "async function f() { const c = await open(); const repo = new Repo(c); return await repo.load('1'); }"),
    silent("handed to a function that nobody knows", "declare function serve(c: Conn): void; async function f() { const c = await open(); serve(c); }"),
    silent("handed to a function that takes any Disposable", "declare function track(d: AsyncDisposable): void; async function f() { const c = await open(); track(c); }"),
    silent("handed to a function whose body keeps it", "const all = new Set<Conn>(); function keep(c: Conn) { all.add(c); } async function f() { const c = await open(); keep(c); }"),
    silent("handed to a function whose body disposes it", "async function finish(c: Conn) { try { await c.ping(); } finally { await c.close(); } } async function f() { const c = await open(); await finish(c); }"),
    silent("a passthrough that is closed", "function keep<T>(value: T): T { return value; } async function f() { const c = keep(await open()); await c.close(); }"),
    silent("captured by a closure that disposes", "async function f() { const c = await open(); await c.ping(); return () => c.close(); }"),
    silent("captured by a handler that disposes", "async function f() { const c = await open(); process.once('SIGTERM', () => { void c.close(); }); }"),
    silent("captured by a function that disposes", "async function f() { const c = await open(); async function stop() { await c.close(); } process.once('SIGTERM', stop); }"),
    silent("captured by a closure that is kept", "async function f() { const c = await open(); return { ping: () => c.ping() }; }"),
    silent("finished by its own listeners", "async function f() { const c = await open(); c.on('end', step); await c.ping(); }"),
    silent("managed by its state", "declare class Line implements Disposable { readonly closed: boolean; [Symbol.dispose](): void } function f() { const l = new Line(); if (!l.closed) step(); }"),
    silent("a view of it is kept", "async function f() { const c = await open(); const rows = c.rows; return rows; }"),
    silent("a stream of it is returned", "async function f() { const c = await open(); return c.stream(); }"),
    silent("a handle of it is returned", `${client} async function f() { const c = await connect(); return c.db(); }`),
    silent("a handle of a handle is returned", `${client} async function f() { const c = await connect(); const db = c.db(); return { users: db.table() }; }`),
    silent("a handle of it is stored", `${client} class Store { #db?: Database; async f() { const c = await connect(); this.#db = c.db(); } }`),
    silent("a handle of it is handed to somebody nobody knows", `${client} declare function serve(db: Database): void; async function f() { const c = await connect(); const db = c.db(); serve(db.table()); }`),
    silent("one of its functions is returned", "declare class Sender implements Disposable { readonly send: (text: string) => void; [Symbol.dispose](): void } declare function connect(): Sender; function f() { const s = connect(); return s.send; }"),
    silent("its address is returned", `${client} async function f() { const c = await connect(); const host = c.getHost(); return \`http://\${host}:\${c.port}\`; }`),
    silent("its address is returned beside plain data", `${client} async function f() { const c = await connect(); return { port: c.port, name: "a" }; }`),
    silent("its end is awaited by a variable", "declare class Server implements AsyncDisposable { readonly finished: Promise<void>; ping(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare function startServer(): Server; async function f() { const server = startServer(); const end = server.finished; await server.ping(); await end; }"),
    silent("its end is awaited by the caller", "declare class Server implements AsyncDisposable { readonly finished: Promise<void>; ping(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare function startServer(): Server; async function f() { const server = startServer(); await server.ping(); return server.finished; }"),
    silent("a transaction that is committed", "declare class Tx implements AsyncDisposable { commit(): Promise<void>; rollback(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare function openTx(): Tx; async function f() { const tx = openTx(); await tx.commit(); }"),
    silent("what is listened to in a hook", `${suite} beforeEach(async () => { const c = await open(); c.on('end', step); await c.ping(); });`),
    silent("what a closure in a hook works with", `${suite} beforeEach(async () => { const c = await open(); later(() => void c.ping()); await work(); });`),
    silent("a view of which somebody has in a hook", `${suite} beforeEach(async () => { const c = await open(); keep(c.rows); await work(); });`),
    silent("what a helper of a test listens to", `${suite} async function help() { const c = await open(); c.on('end', step); await c.ping(); } it("a", help); it("b", async () => { async function inner() { const c = await open(); c.on('end', step); await c.ping(); } await inner(); await help(); });`),
    silent("what a closure in a test disposes", `${suite} it("a", async () => { const c = await open(); later(() => void c.close()); await work(); });`),
    silent("a handler of which a product assigns", `${sock} function f() { const s = openSock(); s.onMessage = step; s.send(); }`),
    silent("a page of a browser that the function has", "declare class Browser implements AsyncDisposable { newPage(): Promise<Conn>; close(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare function launch(): Promise<Browser>; async function f() { await using browser = await launch(); const page = await browser.newPage(); await page.ping(); }"),
    silent("what takes a listener off, in a test", `${suite} declare const bus: EventTarget; class Hearing implements Disposable { n = 1; constructor() { bus.addEventListener('a', step); } [Symbol.dispose]() { bus.removeEventListener('a', step); } } it("a", () => { const hearing = new Hearing(); expect(hearing.n).toBe(1); });`),
    silent("a cursor that is read to its end", "declare class Cursor implements AsyncDisposable { toArray(): Promise<string[]>; [Symbol.asyncDispose](): Promise<void> } declare function openCursor(): Cursor; async function f() { const c = openCursor(); return await c.toArray(); }"),
    silent("Node's stream of a file, which closes it at its end", "import { open as openFile } from 'node:fs/promises'; async function f() { const file = await openFile('x'); const input = file.createReadStream(); for await (const chunk of input) console.log(chunk); }"),
    silent("a transaction that is committed or rolled back", "declare class Transaction implements AsyncDisposable { run(): Promise<void>; commit(): Promise<void>; rollback(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare function startTransaction(): Promise<Transaction>; async function f() { const t = await startTransaction(); try { await t.run(); await t.commit(); } catch { await t.rollback(); } }"),
    silent("listened to, so it lives on", "async function f() { const c = await open(); c.on('notice', step); await c.query('listen'); }"),
    silent("its release method is taken out", "async function f() { const c = await open(); const { id, close } = c; try { return id; } finally { await close(); } }"),
    silent("a borrowed resource", "async function f() { const c = await getConn(); await c.ping(); }"),
    silent("a parameter, a field, an element", "class A { constructor(readonly c: Conn) {} async f(d: Conn, all: Conn[]) { const a = this.c, b = d, e = all[0]; await a.ping(); await b.ping(); await e?.ping(); } }"),
    silent("given or made", "async function f(given?: Conn) { const c = given ?? (await open()); await c.ping(); }"),
    silent("a parameter filled when it is missing", "function f(l?: Lock) { if (!l) l = lock(); return l.name; }"),
    silent("a local that starts with what is given", "function f(given: Lock | undefined) { let l = given; if (l === undefined) l = lock(); return l.name; }"),
    silent("module scope", "const c = await open(); await c.ping(); export const l = lock();"),
    silent("exported", "export const l = lock(); export function f() { step(); }"),
    silent("a process that ends", "async function f() { const c = await open(); await c.ping(); process.exit(0); }"),
    silent("a call that never returns", "declare function fail(): never; async function f() { const c = await open(); await c.ping(); fail(); }"),
    silent("a loop that never ends", "async function f() { const c = await open(); for (;;) await c.ping(); }"),
    silent("built-in iterators", "function* g() { yield 1; } function f(all: Map<string, number>) { const keys = all.keys(); const it = g(); keys.next(); it.next(); }"),
    silent("timers, hashes and streams in memory", "import { createHash } from 'node:crypto'; import { PassThrough } from 'node:stream'; function f() { const t = setTimeout(step, 1); const h = createHash('md5'); const s = new PassThrough(); t.hasRef(); h.update('x'); s.write('x'); }"),
    silent("any and unresolved", "import { connect } from 'nowhere'; declare const pool: any; async function f() { const c = await connect(); const d = await pool.open(); c.x(); d.x(); }"),
    silent("a union in which only one member is a resource", "declare function openMaybe(): Conn | Error; function f() { const c = openMaybe(); step(); }"),
    silent("tagged @borrowed", "/** @borrowed */ declare function acquireShared(): Lock; function f() { const l = acquireShared(); step(); }"),
    silent("handed to a function tagged @takesOwnership", "/** @takesOwnership */ declare function serve(c: Conn): void; async function f() { const c = await open(); serve(c); await c.ping(); }"),
    silent("the setting borrowedCalls", "function f() { const l = lock(); step(); }", settings({ borrowedCalls: ["lock"] })),
    silent("the setting takesOwnership", "function watch(c: Conn) { return c.id; } async function f() { const c = await open(); watch(c); }", settings({ takesOwnership: ["watch"] })),
    silent("what a writer of it closes at its end", "declare class File implements AsyncDisposable { write(options: { autoClose: boolean }): Lock; [Symbol.asyncDispose](): Promise<void> } declare function openFile(): Promise<File>; async function f() { const file = await openFile(); using w = file.write({ autoClose: true }); w.release(); }"),
    silent("work on it that goes on after the function", "declare function rejects(p: Promise<unknown>): Promise<void>; function f() { const c = openSync(); rejects(c.ping()); }"),
    silent("what is launched, which lives on its own", "declare class Dialog implements Disposable { launch(): Promise<string>; [Symbol.dispose](): void } async function f() { const d = new Dialog(); return d.launch(); }"),
    silent("what a test expects to be closed by then", "declare const assert: { rejects(p: Promise<unknown>): Promise<void> }; async function f() { const c = await open(); await work(); await assert.rejects(c.ping()); }"),
    silent("what a test tries, to look at the failure", "async function f() { const c = await open(); await work(); let thrown: unknown; try { await c.ping(); } catch (error) { thrown = error; } return thrown; }"),
    silent("the setting releaseMethods", "declare class Line implements Disposable { hangUp(): void; [Symbol.dispose](): void } function f() { const l = new Line(); l.hangUp(); }", settings({ releaseMethods: ["hangUp"] })),
    silent("the setting inertTypes", "function f() { const l = lock(); step(); }", settings({ inertTypes: ["Lock"] })),
    silent("what a timer uses that lives on", "async function f() { const c = await open(); setInterval(() => c.ping(), 1000); await work(); }"),
    silent("what a timer uses whose handle is kept", "async function f() { const c = await open(); const timer = setInterval(() => c.ping(), 1000); return timer; }"),
    silent("what a timer of a scope disposes", "async function f() { const c = await open(); using _ = setTimeout(() => { void c.close(); }, 1000); await work(); }"),
    silent("what a watcher of a scope uses", "declare function watch(run: () => void): Disposable; async function f() { const c = await open(); using _ = watch(() => c.ping()); await work(); }"),
    silent("what another setInterval is given", "async function f(setInterval: (run: () => void, ms: number) => Disposable) { const c = await open(); using _ = setInterval(() => c.ping(), 1000); await work(); }"),
    silent("an object with a disposer that is used", "function f() { const l = { [Symbol.dispose]() { step(); } }; return l; }"),
    silent("an object with a disposer that is asked for it", "declare function isDisposable(it: unknown): boolean; function f() { const l = { [Symbol.dispose]() { step(); } }; if (!isDisposable(l)) step(); }"),
    silent("an object with a disposer in a scope", "function f() { using _ = { [Symbol.dispose]() { step(); } }; step(); }"),
    silent("an object with a disposer at the top level", "const l = { [Symbol.dispose]() { step(); } };"),
    silent("an object without a disposer", "function f() { const l = { dispose() { step(); } }; step(); }"),
    silent("an object with another symbol", "function f() { const l = { [Symbol.iterator]() { return [][Symbol.iterator](); } }; step(); }"),
    silent("an object that is replaced", "function f() { let l = { [Symbol.dispose]() { step(); } }; l = { [Symbol.dispose]() { step(); } }; }"),
    silent("a manager that is given it and releases it", "const session = asyncContextManager(async function* (conn: Conn) { try { yield conn.id; } finally { await conn.close(); } }); async function f() { const c = await open(); await using s = await session(c); console.log(s.value); }"),
    silent("a manager that hands it on", "const session = asyncContextManager(async function* (conn: Conn) { yield conn; }); async function f() { const c = await open(); await using s = await session(c); await s.value.ping(); }"),
    silent("a manager that lends a function which closes it", "const session = asyncContextManager(async function* (conn: Conn) { yield { end: () => conn.close() }; }); async function f() { const c = await open(); await using s = await session(c); await s.value.end(); }"),
    silent("what registers itself, made by a function", "class Session implements AsyncDisposable { constructor(all: Set<Session>) { all.add(this); } ping() { return work(); } async [Symbol.asyncDispose]() {} } class Sessions { readonly all = new Set<Session>(); obtain() { return new Session(this.all); } } export async function f(sessions: Sessions) { const session = sessions.obtain(); await session.ping(); }"),
    // What its own await ends
    silent("a thenable resource that is awaited", `${jobs} async function f() { const all = new Jobs(); all.add(work()); await all; }`),
    silent("a thenable resource whose making is awaited", `${jobs} async function f() { const nothing = await new Jobs(); step(); }`),
    silent("a thenable resource that is awaited with others", `${jobs} async function f() { const all = new Jobs(); all.add(work()); await Promise.all([all, work()]); }`),
    // What only wraps another's
    silent("a wrapper of a parameter", `${messenger} async function f(c: Conn) { const m = new Messenger(c); await m.send('a'); }`),
    silent("a wrapper of a field", `${messenger} class A { constructor(readonly c: Conn) {} async send() { const m = new Messenger(this.c); await m.send('a'); } }`),
    silent("a wrapper of what a scope holds", `${messenger} async function f() { await using c = await open(); const m = new Messenger(c); await m.send('a'); }`),
    silent("a wrapper of what a manager lends", `${messenger} async function f(path: string) { await using held = await obtain(path); const c = held.value; const m = new Messenger(c); await m.send('a'); } declare function obtain(path: string): Promise<AsyncDisposable & { value: Conn }>;`),
    silent("a wrapper whose parameter is its field, and that disposes it by a method", "class Messenger implements AsyncDisposable { constructor(private readonly conn: Conn) {} ping() { return this.conn.ping(); } async close() { await this.conn.close(); } [Symbol.asyncDispose]() { return this.close(); } } async function f(c: Conn) { const m = new Messenger(c); await m.ping(); }"),
    // What is only in memory
    silent("a store that only forgets its listeners", "function createStore() { const listeners = new Set<() => void>(); let count = 0; return { get: () => count, set(next: number) { count = next; for (const each of listeners) each(); }, subscribe: (each: () => void) => { listeners.add(each); }, [Symbol.dispose]: () => { listeners.clear(); } }; } function f() { const store = createStore(); store.set(1); console.log(store.get()); }"),
    silent("an emitter that only forgets its listeners", "class Emitter implements Disposable { #listeners = new Map<string, () => void>(); #isOver = false; emit(name: string) { this.#listeners.get(name)?.(); } dispose() { this.#isOver = true; this.#listeners.clear(); } [Symbol.dispose]() { this.dispose(); } } function f() { const emitter = new Emitter(); emitter.emit('a'); }"),
    silent("a socket whose connection is replaced", "import { Socket } from 'node:net'; class MockSocket extends Socket { override connect() { return this; } } function f() { const socket = new MockSocket(); console.log(socket.bytesRead); }"),
  ],
  invalid: [
    found("what a suite makes for its tests, which no scope can hold", `declare function describe(name: string, suite: () => void): void; declare function it(name: string, test: () => unknown): void; declare function afterAll(hook: () => unknown): void; describe("a", () => { const «c» = openSync(); const ping = () => c.ping(); it("b", async () => { await ping(); }); });`, {
      message: "`c` holds a Conn acquired by `openSync()` that is never disposed. The tests of this suite use it when this callback has returned, so a scope would end before they run. Dispose it in a hook: `afterAll(() => c[Symbol.asyncDispose]())`.",
    }),
    found("what a suite only needs to list its tests", `declare function describe(name: string, suite: () => void): void; declare function it(name: string, test: () => unknown): void; declare function afterAll(hook: () => unknown): void; describe("a", () => { const «l» = lock(); it(l.name, step); });`, { messageId: "declared", suggestions: [scope("using", { "const l": "using l" })] }),
    found("what a test of a suite makes for itself", `declare function describe(name: string, suite: () => void): void; declare function it(name: string, test: () => unknown): void; declare function afterAll(hook: () => unknown): void; describe("a", () => { it("b", async () => { const «c» = openSync(); const ping = () => c.ping(); await ping(); }); });`, { messageId: "declared", suggestions: [scope("await using", { "const c": "await using c" })] }),
    found("its address is stored", `${client} let port = 0; async function f() { const «c» = await connect(); port = c.port; }`, open("await using", "c")),
    found("its plain data is stored in a field", "class Rows { all: string[] = []; async load() { const «c» = await open(); this.all = await c.query('a'); } }", open("await using", "c")),
    found("its plain data is stored by another method", `${named} class Net { name = ""; with(one: Named) { this.name = one.name(); return this; } async go() { const «c» = await openNamed(); this.with(c); await work(); } }`, open("await using", "c")),
    found("its plain data is stored in a collection", "const ids = new Set<string>(); async function f() { const «c» = await open(); ids.add(c.id); }", open("await using", "c")),
    found("it is a function and is called", "interface Run extends Disposable { (task: string): Promise<void> } declare function makeRun(): Run; async function f() { const «run» = makeRun(); await run('a'); }", open("using", "run")),
    found("it is the tag of a template", "interface Sql extends AsyncDisposable { (text: TemplateStringsArray): Promise<string[]> } declare function connectSql(): Sql; async function f() { const «sql» = connectSql(); await sql`select 1`; }", open("await using", "sql")),
    found("its variable is any, its acquisition is not", "async function f() { const «c: any» = await open(); await c.ping(); }", open("await using", "c: any")),
    found("a commit of something that is no transaction", "declare class Consumer implements AsyncDisposable { commit(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare function openConsumer(): Consumer; async function f() { const «c» = openConsumer(); await c.commit(); }", open("await using", "c")),
    found("what is listened to in a test", `${suite} it("a", async () => { const «c» = await open(); c.on('end', step); await c.ping(); });`, open("await using", "c")),
    found("what a closure in a test works with", `${suite} it("a", async () => { const «c» = await open(); later(() => void c.ping()); await work(); });`, open("await using", "c")),
    found("what an assertion calls", `${suite} it("a", async () => { const «c» = await open(); expect(() => c.query('')).toThrow(); });`, open("await using", "c")),
    found("a view of which somebody has in a test", `${suite} it("a", async () => { const «c» = await open(); keep(c.rows); await work(); });`, open("await using", "c")),
    found("a handler of which a test assigns", `${suite} ${sock} it("a", () => { const «s» = openSock(); s.onMessage = step; s.send(); });`, open("using", "s")),
    found("what a builder starts", "declare class Builder { named(name: string): this; start(): Promise<Conn> } async function f() { const builder = new Builder(); const «c» = await builder.start(); await c.ping(); }", open("await using", "c")),
    found("an end that is only asked for, not awaited", "declare class Server implements AsyncDisposable { readonly finished: Promise<void>; shutdown(): Promise<void>; ping(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare function startServer(): Server; async function f() { const «server» = startServer(); console.log(server.finished); await server.ping(); }", { messageId: "declared", suggestions: [scope("await using", { "const server": "await using server" })] }),
    found("an iterator of it that nobody advances", "declare class Repeater<T> implements AsyncDisposable { [Symbol.asyncIterator](): AsyncIterator<T>; [Symbol.asyncDispose](): Promise<void> } declare function openRepeater(): Repeater<string>; async function f() { const «rows» = openRepeater(); const iterator = rows[Symbol.asyncIterator](); }", { messageId: "declared", suggestions: [scope("await using", { "const rows": "await using rows" })] }),
    found("one stream of many that is cancelled", "declare class Line implements Disposable { readonly readable: ReadableStream<string>; write(text: string): void; toReadableStream(): ReadableStream<string>; query(text: string): ReadableStream<string>; [Symbol.dispose](): void } declare function connectLine(): Promise<Line>; async function f() { const «line» = await connectLine(); await line.query('a').cancel(); }", { messageId: "declared", suggestions: [scope("using", { "const line": "using line" })] }),
    found("a stream of it that is only looked at", "declare class Line implements Disposable { readonly readable: ReadableStream<string>; write(text: string): void; toReadableStream(): ReadableStream<string>; query(text: string): ReadableStream<string>; [Symbol.dispose](): void } declare function connectLine(): Promise<Line>; async function f() { const «line» = await connectLine(); console.log(line.readable.locked); }", { messageId: "declared", suggestions: [scope("using", { "const line": "using line" })] }),
    found("a getter that keeps its file open", "class File implements Disposable { get readable(): ReadableStream<string> { return make(this, { autoClose: false }); } [Symbol.dispose]() { step(); } } declare function make(file: File, options: { autoClose: boolean }): ReadableStream<string>; async function f() { const «file» = new File(); for await (const text of file.readable) decode(text); }", { messageId: "declared", suggestions: [scope("using", { "const file": "using file" })] }),
    found("another member that is closed", "declare const runtime: { pool: Conn; log: Conn; fetch(): Promise<string> }; function hold() { return { ...runtime, async [Symbol.asyncDispose]() { await runtime.pool.close(); } }; } async function f() { const «held» = hold(); await held.log.close(); }", { messageId: "declared", suggestions: [scope("await using", { "const held": "await using held" })] }),
    found("a method that closes only to open again, or where it failed", "class Queue implements AsyncDisposable { #conn = openSync(); #why: unknown; add(text: string) { return this.#conn.query(text); } fail(why: unknown) { this.#why = why; return this.close(); } restart() { void this.close(); this.#open(); } #open() { this.#conn = openSync(); } try() { try { step(); } catch { void this.close(); } } async close() { await this.#conn.close(); } async [Symbol.asyncDispose]() { await this.close(); } } async function f() { const «queue» = new Queue(); queue.restart(); queue.try(); await queue.add('a'); }", { messageId: "declared", suggestions: [scope("await using", { "const queue": "await using queue" })] }),
    reaching("a disposer that clears a timer", "#timer = setTimeout(step, 10); #isOver = false;", "clearTimeout(this.#timer); this.#isOver = true;"),
    reaching("a disposer that takes a listener off", "#isOver = false; #stop = () => {}; constructor() { process.on('exit', this.#stop); }", "process.off('exit', this.#stop); this.#isOver = true;"),
    reaching("a disposer that closes what it has", "#conn = openSync();", "await this.#conn.close();", "asyncDispose"),
    reaching("a disposer that aborts work", "#abort = new AbortController();", "this.#abort.abort();"),
    reaching("a disposer that calls what it was given", "#undo: (() => void)[] = []; onEnd(undo: () => void) { this.#undo.push(undo); }", "for (const undo of this.#undo) undo();"),
    reaching("a disposer that calls something unknown", "#rows: string[] = [];", "step(); this.#rows = [];"),
    reaching("a flag that ends a loop which waits", "#isOver = false; async run() { while (!this.#isOver) await work(); }", "this.#isOver = true;"),
    reaching("a flag that a timer asks", "#isOver = false; #tick = () => { if (!this.#isOver) setTimeout(this.#tick, 10); };", "this.#isOver = true;"),
    reaching("an empty disposer, which says nothing", "#rows: string[] = [];", ""),
    found("a place in a semaphore, whose count another object has", "class Semaphore { #free = 1; release() { this.#free++; } take(): Disposable { this.#free--; return { [Symbol.dispose]: () => this.release() }; } } function f(all: Semaphore) { const «place» = all.take(); step(); }", { messageId: "declared", suggestions: [scope("using", { "const place": "using place" })] }),
    found("a class whose asynchronous disposer does more", `class Channel implements Disposable, AsyncDisposable { ${waiting} #conn = openSync(); [Symbol.dispose]() { this.#waiting = []; } async [Symbol.asyncDispose]() { await this.#conn.close(); } } async function f() { const «channel» = new Channel(); await channel.next(); }`, { messageId: "declared", suggestions: [scope("await using", { "const channel": "await using channel" })] }),
    found("a use that is expected to fail behind the acquisition", `${runners} async function f() { await assertRejects(async () => { const «c» = await open(""); await c.ping(); }); }`, { messageId: "declared", suggestions: [scope("await using", { "const c": "await using c" })] }),
    found("a returned promise that is expected to fail behind it", `${runners} async function f() { await assertRejects(async () => { const «c» = await open(""); return work(); }); }`, { messageId: "declared", suggestions: [scope("await using", { "const c": "await using c" })] }),
    found("what is expected not to fail", `${runners} function f() { expect(() => { const «l» = lock(""); }).not.toThrow(); t.notThrows(() => { const «m» = lock(""); }); }`, [
      { messageId: "declared", suggestions: [scope("using", { "const l": "using l" })] },
      { messageId: "declared", suggestions: [scope("using", { "const m": "using m" })] },
    ]),
    found("a named function that is called for its effect too", `${runners} async function f() { async function maybe() { const «c» = await open(""); } await maybe(); await expect(maybe()).rejects.toThrow(); }`, { messageId: "declared", suggestions: [scope("await using", { "const c": "await using c" })] }),
    found("a named function that others get", `${runners} export async function maybe() { const «c» = await open(""); } export const others = [maybe];`, { messageId: "declared", suggestions: [scope("await using", { "const c": "await using c" })] }),
    found("a named function expected to fail behind something else", `${runners} async function f() { async function maybe() { const «c» = await open(""); } await assertRejects(async () => { await maybe(); await work(); }); }`, { messageId: "declared", suggestions: [scope("await using", { "const c": "await using c" })] }),
    found("a thenable resource that nobody awaits", `${jobs} async function f() { const «all» = new Jobs(); all.add(work()); }`, { messageId: "declared", suggestions: [scope("await using", { "const all": "await using all" })] }),
    found("a wrapper of what is acquired for it", `${messenger} async function f() { const «m» = new Messenger(openSync()); await m.send('a'); }`, { messageId: "declared", suggestions: [scope("await using", { "const m": "await using m" })] }),
    found("a wrapper of what the function acquires", `${messenger} async function f() { const c = await open(); const «m» = new Messenger(c); await m.send('a'); }`, { messageId: "declared", suggestions: [scope("await using", { "const m": "await using m" })] }),
    found("a guard, which takes what it releases", "interface Mutex { acquire(): void; release(): void } class Guard implements Disposable { constructor(readonly mutex: Mutex) { mutex.acquire(); } [Symbol.dispose]() { this.mutex.release(); } } function f(mutex: Mutex) { const «guard» = new Guard(mutex); console.log(guard.mutex === mutex); }", { messageId: "declared", suggestions: [scope("using", { "const guard": "using guard" })] }),
    found("a wrapper with more to end than what it is given", "class Messenger implements AsyncDisposable { readonly #timer = setInterval(step, 10); constructor(readonly conn: Conn) {} async [Symbol.asyncDispose]() { clearInterval(this.#timer); await this.conn.close(); } } async function f(c: Conn) { const «m» = new Messenger(c); await m.conn.ping(); }", { messageId: "declared", suggestions: [scope("await using", { "const m": "await using m" })] }),
    found("an emitter that forgets what it shares", "class Emitter implements Disposable { readonly #all: Map<string, () => void>; constructor(all: Map<string, () => void>) { this.#all = all; } emit(name: string) { this.#all.get(name)?.(); } [Symbol.dispose]() { this.#all.clear(); } } function f(all: Map<string, () => void>) { const «emitter» = new Emitter(all); emitter.emit('a'); }", { messageId: "declared", suggestions: [scope("using", { "const emitter": "using emitter" })] }),
    found("an emitter that also stops its timer", "class Emitter implements Disposable { #listeners = new Map<string, () => void>(); #timer = setInterval(step, 10); emit(name: string) { this.#listeners.get(name)?.(); } [Symbol.dispose]() { clearInterval(this.#timer); this.#listeners.clear(); } } function f() { const «emitter» = new Emitter(); emitter.emit('a'); }", { messageId: "declared", suggestions: [scope("using", { "const emitter": "using emitter" })] }),
    found("a socket of a class of one's own", "import { Socket } from 'node:net'; class LoggedSocket extends Socket { log() {} } function f() { const «socket» = new LoggedSocket(); console.log(socket.bytesRead); }", { messageId: "declared" }),
    found("whose number is told", "async function f() {\n  const «c» = await open();\n  await c.ping();\n  return { id: c.id };\n}", declared(conn, "the `return` on line 4", { "const c": "await using c" })),
    found("what a test expects never to get ready", `declare const expect: any; async function f() {\n  const «it» = makeServer();\n  await expect(it.ready()).rejects.toThrow();\n} declare function makeServer(): Server; declare class Server implements AsyncDisposable { ready(): Promise<void>; [Symbol.asyncDispose](): Promise<void> }`, declared({ name: "it", type: "a Server", call: "makeServer()", keyword: "await using" }, "the end of `f` (line 4)", { "const it": "await using it" })),
    found("what a package makes at once in a test, graded likely", `${pool} test('a', async () => { const «p» = createPool('mysql://x'); await p.query('select 1'); });`, { messageId: "declared", data: { ...inTest, exit: "the end of the function (line 1)", rests: " `createPool()` makes it without waiting for anything: it may hold nothing before it is used." }, suggestions: [scope("await using", { "const p": "await using p" })] }, { options: [{ likely: true }] }),
    found("what a package makes at once outside of a test", `${pool} async function f() { const «p» = createPool('mysql://x'); await p.query('select 1'); }`, open("await using", "p")),
    found("what a package connects at once in a test", `${pool} test('a', () => { const «c» = createConnection('mysql://x'); c.query('select 1'); });`, { messageId: "declared", suggestions: [scope("using", { "const c": "using c" })] }),
    found("a disposer that calls nothing known to release, graded likely", `${composed} async function f() { const «c» = compose(); step(); }`, { messageId: "declared", data: { kind: "const", name: "c", type: "a Composed", call: "compose()", keyword: "await using", exit: "the end of `f` (line 2)", rests: " Its disposer calls nothing that is known to release, so that there may be nothing to end." }, suggestions: [scope("await using", { "const c": "await using c" })] }, { options: [{ likely: true }] }),
    found("a disposer that calls something known to release", `${composed} async function f() { const «c» = stopping(); step(); }`, open("await using", "c")),
    found("a generator that never ends it", "export async function* f() {\n  const «c» = await open();\n  for (;;) yield await c.query('a');\n}", declared(conn, "the `yield` on line 3, where whoever iterates may stop,", { "const c": "await using c" })),
    found("an instance of a class that a field holds, graded likely", "class Host { constructor(readonly kind: new (owner: Host) => Conn) {} async run() { const «c» = new this.kind(this); await c.ping(); } }", { messageId: "declared", suggestions: [scope("await using", { "const c": "await using c" })] }, { options: [{ likely: true }] }),
    found("an object of WebAssembly, graded likely", `${wasm} function f() {\n  const «k» = Key.fromText('a');\n  return k.name();\n}`, { messageId: "declared", data: { kind: "const", name: "k", type: "a Key", call: "Key.fromText()", keyword: "using", exit: "the `return` on line 3", rests: " What it frees may be memory alone, which is given back when the object is collected." }, suggestions: [scope("using", { "const k": "using k" })] }, { options: [{ likely: true }] }),
    found("an object with code of its own that frees something", "class Arena implements Disposable { free() { lock().release(); } [Symbol.dispose]() { this.free(); } } function f() { const «a» = new Arena(); step(); }", { messageId: "declared", suggestions: [scope("using", { "const a": "using a" })] }),
    found("acquired where nothing was given", "async function f(given?: Conn) {\n  const «c» = given ?? (await open());\n  await c.ping();\n}", { messageId: "given", data: { name: "c", type: "a Conn", call: "open()", given: "given", exit: "the end of `f` (line 4)", stack: "a stack declared with `await using`" }, suggestions: [{ messageId: "onStack", data: {}, becomes: { "const c = given ?? (await open())": "await using stack = new AsyncDisposableStack();\n  const c = given ?? (stack.use(await open()))" } }] }, { options: [{ likely: true }] }),
    found("acquired on one of two ways, where the other one is given", "function f(given: Lock) {\n  const «l» = flag() ? lock() : given;\n  step();\n}", { messageId: "given", data: { name: "l", type: "a Lock", call: "lock()", given: "given", exit: "the end of `f` (line 4)", stack: "a stack declared with `using`" }, suggestions: [{ messageId: "onStack", data: {}, becomes: { "const l = flag() ? lock()": "using stack = new DisposableStack();\n  const l = flag() ? stack.use(lock())" } }] }, { options: [{ likely: true }] }),
    found("acquired where nothing was given, and waited for together, so no suggestion", "async function f(given?: Promise<Conn>) {\n  const «c» = await (given ?? open());\n  await c.ping();\n}", { messageId: "given", data: { name: "c", type: "a Conn", call: "open()", given: "given", exit: "the end of `f` (line 4)", stack: "a stack declared with `await using`" } }, { options: [{ likely: true }] }),
    found("acquired where nothing was given, and not waited for to its end, so no suggestion", "async function f(given?: Conn) {\n  const «c» = given ?? (await open());\n  void c.ping();\n}", { messageId: "given", data: { name: "c", type: "a Conn", call: "open()", given: "given", exit: "the end of `f` (line 4)", stack: "a stack declared with `await using`" } }, { options: [{ likely: true }] }),
    found("acquired on both ways", "function f() {\n  const «l» = flag() ? lock('a') : lock('b');\n  step();\n}", declared(held, "the end of `f` (line 4)", { "const l": "using l" })),
    found("what a timer of a scope uses", "async function f() {\n  const «c» = await open();\n  using _ = setInterval(() => c.ping(), 1000);\n  await work();\n}", declared(conn, "the end of `f` (line 5)", { "const c": "await using c" })),
    found("what a manager of this file borrows", "const session = asyncContextManager(async function* (conn: Conn) { await conn.query('begin'); try { yield { commit: () => conn.query('commit') }; } finally { await conn.query('end'); } });\nasync function f() {\n  const «c» = await open();\n  await using s = await session(c);\n  await s.value.commit();\n}", declared(conn, "the end of `f` (line 6)", { "const c": "await using c" })),
    found("an object that is there for its disposer", "async function f() {\n  const «_» = { async [Symbol.asyncDispose]() { await work(); } };\n  await work();\n}", {
      message: "`_` has a `[Symbol.asyncDispose]()` that nobody can call: nothing reads `_`. Declare it with `await using` instead of `const`.",
      suggestions: [scope("await using", { "const _": "await using _" })],
    }),
    found("the same, synchronous, where a function cannot wait", "function f() { const «_» = { [Symbol.dispose]: () => { step(); } }; step(); }", { messageId: "literal", data: { name: "_", symbol: "dispose", keyword: "using", kind: "const" }, suggestions: [scope("using", { "const _": "using _" })] }),
    found("the same, asynchronous, where a function cannot wait, so no suggestion", "function f() { const «_» = { [Symbol.asyncDispose]: async () => { await work(); } }; step(); }", { messageId: "literal", data: { name: "_", symbol: "asyncDispose", keyword: "await using", kind: "const" } }),
    found("a function that always throws", "async function f() {\n  const «c» = await open();\n  await c.ping();\n  throw new Error('no');\n}", declared(conn, "the exception thrown on line 4", { "const c": "await using c" })),
    found("a part of a resource, tagged as owned", "declare class Client implements AsyncDisposable {\n  /** @owned */\n  request(): Promise<Conn>;\n  [Symbol.asyncDispose](): Promise<void>;\n}\nasync function f() {\n  await using client = new Client();\n  const «c» = await client.request();\n  await c.ping();\n}", declared({ ...conn, call: "client.request()" }, "the end of `f` (line 10)", { "const c": "await using c" })),
    found("what a manager yields and nobody releases", "export const session = asyncContextManager(async function* () {\n  const «c» = await open();\n  yield c;\n});", declared(conn, "the end of the function (line 4)", { "const c": "await using c" })),
    found("what a manager yields with something else", "export const pair = asyncContextManager(async function* () {\n  const «c» = await open();\n  using l = lock();\n  yield { c, l };\n});", declared(conn, "the end of the function (line 5)", { "const c": "await using c" })),
    found("a generator that is given to a manager helper by its name", "async function* connecting() {\n  const «c» = await open();\n  yield c;\n}\nexport const session = asyncContextManager(connecting);", declared(conn, "the end of `connecting` (line 4)", { "const c": "await using c" })),
    found("what a manager gives", "const session = asyncContextManager(async function* () { await using c = await open(); yield c; });\nasync function f() {\n  const «c» = await session();\n  await c.value.ping();\n}", declared({ ...conn, type: "a Managed<Conn>", call: "session()" }, "the end of `f` (line 5)", { "const c": "await using c" })),
    found("what is read to its end", "async function f() {\n  const «c» = await open();\n  return await Array.fromAsync(c.rows);\n}", declared(conn, "the `return` on line 3", { "const c": "await using c" })),
    found("what a generator hands on row by row", "async function* f() {\n  const «c» = await open();\n  yield* c.rows;\n}", declared(conn, "the end of `f` (line 4)", { "const c": "await using c" })),
    found("a stack that a callback fills", "async function f(conns: Conn[]) {\n  const «s» = new AsyncDisposableStack();\n  const held = conns.flatMap((each) => [s.use(each)]);\n  for (const c of held) await c.ping();\n}", { messageId: "declared", suggestions: [scope("await using", { "const s": "await using s" })] }),
    found("an async resource", "async function f() {\n  const «c» = await open();\n  await c.ping();\n}", {
      message: "`c` holds a Conn acquired by `open()` that is never disposed: it is still open at the end of `f` (line 4). Declare it with `await using` instead of `const`.",
      suggestions: [scope("await using", { "const c": "await using c" })],
    }),
    found("a sync resource", "function f() {\n  const «l» = lock();\n  step();\n}", {
      message: "`l` holds a Lock acquired by `lock()` that is never disposed: it is still open at the end of `f` (line 4). Declare it with `using` instead of `const`.",
      suggestions: [scope("using", { "const l": "using l" })],
    }),
    found("a return", "async function f() {\n  const «c» = await open();\n  return await c.query('x');\n}", declared(conn, "the `return` on line 3", { "const c": "await using c" })),
    found("a return that overtakes the work, which the suggestion awaits", "async function f() {\n  const «c» = await open();\n  return c.query('x');\n}", declared(conn, "the `return` on line 3", { "const c": "await using c", "return c": "return await c" }, " This awaits the work on it.")),
    found("floating work, which the suggestion awaits", "async function f() {\n  const «c» = await open();\n  void c.ping();\n}", declared(conn, "the end of `f` (line 4)", { "const c": "await using c", "void c": "await c" }, " This awaits the work on it.")),
    found("pending work in an array, so no suggestion", "async function f() {\n  const «c» = await open();\n  return [c.ping()];\n}", declared(conn, "the `return` on line 3")),
    found("work in a callback that nobody awaits, so no suggestion", "async function f(ids: string[]) {\n  const «c» = await open();\n  ids.map((id) => c.query(id));\n}", declared(conn, "the end of `f` (line 4)")),
    found("let", "async function f() {\n  let «c» = await open();\n  await c.ping();\n}", declared({ ...conn, kind: "let" }, "the end of `f` (line 4)", { "let c": "await using c" })),
    found("var, so no suggestion", "async function f() {\n  var «c» = await open();\n  await c.ping();\n}", declared({ ...conn, kind: "var" }, "the end of `f` (line 4)")),
    found("never used", "function f() {\n  const «l» = lock();\n}", declared(held, "the end of `f` (line 3)", { "const l": "using l" })),
    found("a resource with both disposers", "async function f() {\n  const «d» = await openDir('.');\n  return await d.read();\n}", declared({ ...conn, name: "d", type: "a Dir", call: "openDir()" }, "the `return` on line 3", { "const d": "await using d" })),
    found("a resource with both disposers in a function that cannot await", "declare function openDirSync(): Dir;\nfunction f() {\n  const «d» = openDirSync();\n  step();\n}", declared({ name: "d", type: "a Dir", call: "openDirSync()", keyword: "using" }, "the end of `f` (line 5)", { "const d": "using d" })),
    found("an instance", "function f() {\n  class Span implements Disposable { [Symbol.dispose]() {} }\n  const «s» = new Span();\n  step();\n}", declared({ ...held, name: "s", type: "a Span", call: "new Span()" }, "the end of `f` (line 5)", { "const s": "using s" })),
    found("a nullable resource", "function f() {\n  const «l» = flag() ? lock() : null;\n  return l?.name;\n}", declared(held, "the `return` on line 3", { "const l": "using l" })),
    found("a nullable resource behind a guard", "declare function acquireLock(): Lock | undefined;\nfunction f() {\n  const «l» = acquireLock();\n  if (!l) return;\n  step();\n}", declared({ ...held, call: "acquireLock()" }, "the end of `f` (line 6)", { "const l": "using l" })),
    found("an awaited union of promise and value", "declare function openFast(): Promise<Conn> | Conn;\nasync function f() {\n  const «c» = await openFast();\n  await c.ping();\n}", declared({ ...conn, call: "openFast()" }, "the end of `f` (line 5)", { "const c": "await using c" })),
    found("under a cast", "async function f() {\n  const «c» = (await open()) as Conn;\n  await c!.ping();\n}", declared(conn, "the end of `f` (line 4)", { "const c": "await using c" })),
    found("a method", "class A {\n  async load() {\n    const «c» = await open();\n    await c.ping();\n  }\n}", declared(conn, "the end of `load` (line 5)", { "const c": "await using c" })),
    found("a named arrow", "const load = async () => {\n  const «c» = await open();\n  await c.ping();\n};", declared(conn, "the end of `load` (line 4)", { "const c": "await using c" })),
    found("a callback", "function f(on: (run: () => Promise<void>) => void) {\n  on(async () => {\n    const «c» = await open();\n    await c.ping();\n  });\n}", declared(conn, "the end of the function (line 5)", { "const c": "await using c" })),
    found("a block", "async function f() {\n  if (flag()) {\n    const «c» = await open();\n    await c.ping();\n  }\n}", declared(conn, "the end of the block (line 5)", { "const c": "await using c" })),
    found("a loop", "async function f(urls: string[]) {\n  for (const url of urls) {\n    const «c» = await open(url);\n    await c.ping();\n  }\n}", declared(conn, "the end of the loop's body (line 5)", { "const c": "await using c" })),
    found("a try", "async function f() {\n  try {\n    const «c» = await open();\n    await c.ping();\n  } catch {}\n}", declared(conn, "the end of the block (line 5)", { "const c": "await using c" })),
    found("an async generator", "async function* f() {\n  const «c» = await open();\n  for (const row of await c.query('x')) yield row;\n}", declared(conn, "the end of `f` (line 4)", { "const c": "await using c" })),
    found("inside a test", "declare function it(name: string, run: () => Promise<void>): void;\nit('answers', async () => {\n  const «c» = await open();\n  await c.ping();\n});", declared(conn, "the end of the function (line 5)", { "const c": "await using c" })),
    found("an alias that only borrows", "async function f() {\n  const «c» = await open();\n  const same = c;\n  await same.ping();\n}", declared(conn, "the end of `f` (line 5)", { "const c": "await using c" })),
    found("a promise of it that nobody awaits", "async function f() {\n  const «p» = open();\n  await work();\n}", declared({ ...conn, name: "p", type: "a promise of a Conn" }, "the end of `f` (line 4)")),
    found("a promise of it whose value only works: one acquisition, one report", "async function f() {\n  const «p» = open();\n  await work();\n  const c = await p;\n  await c.ping();\n}", declared({ ...conn, name: "p", type: "a promise of a Conn" }, "the end of `f` (line 6)")),
    found("handed to a function whose body only reads it", "function nameOf(c: Conn) { return c.id; }\nasync function f() {\n  const «c» = await open();\n  return nameOf(c);\n}", declared(conn, "the `return` on line 4", { "const c = await": "await using c = await" })),
    found("handed through two such functions", "function one(c: Conn) { return two(c); }\nfunction two(c: Conn) { return c.id; }\nasync function f() {\n  const «c» = await open();\n  return one(c);\n}", declared(conn, "the `return` on line 5", { "const c": "await using c" })),
    found("printed", "async function f() {\n  const «c» = await open();\n  console.log(c, JSON.stringify(c));\n}", declared(conn, "the end of `f` (line 4)", { "const c": "await using c" })),
    found("used in callbacks that end before the call does", "async function f(ids: string[]) {\n  const «c» = await open();\n  await Promise.all(ids.map((id) => c.query(id)));\n  return ids.map((id) => c.id + id);\n}", declared(conn, "the `return` on line 4", { "const c": "await using c" })),
    found("used by a local function that is only called", "async function f() {\n  const «c» = await open();\n  const load = (id: string) => c.query(id);\n  await load('1');\n}", declared(conn, "the end of `f` (line 5)", { "const c": "await using c" })),
    found("a handle of it works only here", `${client}\nasync function f() {\n  const «c» = await connect();\n  const db = c.db();\n  return await db.table().find();\n}`, declared({ ...conn, type: "a Client", call: "connect()" }, "the `return` on line 8", { "const c": "await using c" })),
    found("a handle of it is lent", `${client}\nfunction nameOf(db: Database) { return db.name; }\nasync function f() {\n  const «c» = await connect();\n  return nameOf(c.db());\n}`, declared({ ...conn, type: "a Client", call: "connect()" }, "the `return` on line 8", { "const c": "await using c" })),
    found("its address is used only here", `${client}\nasync function f() {\n  const «c» = await connect();\n  await fetch(\`http://\${c.getHost()}\`);\n}`, declared({ ...conn, type: "a Client", call: "connect()" }, "the end of `f` (line 8)", { "const c": "await using c" })),
    found("the place where it is, is returned", `${client}\nasync function f() {\n  const «c» = await connect();\n  return c.url();\n}`, declared({ ...conn, type: "a Client", call: "connect()" }, "the `return` on line 7", { "const c": "await using c" })),
    found("its data is destructured", "async function f() {\n  const «c» = await open();\n  const { id } = c;\n  return id;\n}", declared(conn, "the `return` on line 4", { "const c": "await using c" })),
    found("its rows are used up here", "async function f() {\n  const «c» = await open();\n  for await (const row of c.rows) decode(row);\n}", declared(conn, "the end of `f` (line 4)", { "const c": "await using c" })),
    found("assigned later", "async function f() {\n  let c: Conn;\n  «c» = await open();\n  await c.ping();\n}", {
      message: "`c` holds a Conn acquired by `open()` that is never disposed: it is still open at the end of `f` (line 5). Declare it where it is acquired, with `await using`.",
    }),
    found("assigned in a branch", "async function f() {\n  let c: Conn | undefined;\n  if (flag()) «c» = await open();\n  await c?.ping();\n}", assigned(conn, "the end of `f` (line 5)")),
    found("assigned in either branch", "function f() {\n  let l: Lock;\n  if (flag()) «l» = lock('a');\n  else «l» = lock('b');\n  return l.name;\n}", [assigned(held, "the `return` on line 5"), assigned(held, "the `return` on line 5")]),
    found("assigned in a try", "async function f() {\n  let c: Conn | undefined;\n  try {\n    «c» = await open();\n  } catch {}\n  await c?.ping();\n}", assigned(conn, "the end of `f` (line 7)")),
    found("a case clause, so no suggestion", "function f(kind: string) {\n  switch (kind) {\n    case 'a':\n      const «l» = lock();\n      step();\n  }\n}", declared(held, "the end of the `switch` (line 6)")),
    found("a case clause with a block", "function f(kind: string) {\n  switch (kind) {\n    case 'a': {\n      const «l» = lock();\n      step();\n    }\n  }\n}", declared(held, "the end of the block (line 6)", { "const l": "using l" })),
    found("several declarators, so no suggestion", "function f() {\n  const «l» = lock(), name = 'x';\n  return l.name + name;\n}", declared(held, "the `return` on line 3")),
    found("a function that is not async, so no suggestion", "function f() {\n  const «c» = openSync();\n  return c.id;\n}", declared({ ...conn, call: "openSync()" }, "the `return` on line 3")),
    found("a function that can become async", "function f(): Promise<void> {\n  const «c» = openSync();\n  step();\n  return work();\n}", declared({ ...conn, call: "openSync()" }, "the `return` on line 4", { "function f": "async function f", "const c": "await using c" }, " This makes the function `async`.")),
    found("a function that can become async and has to await", "function f(): Promise<string[]> {\n  const «c» = openSync();\n  return c.query('x');\n}", declared({ ...conn, call: "openSync()" }, "the `return` on line 3", { "function f": "async function f", "const c": "await using c", "return c": "return await c" }, " This makes the function `async` and awaits the work on it.")),
    found("a sync resource in a function that can become async", "function f(): Promise<void> {\n  const «l» = lock();\n  step();\n  return work();\n}", declared(held, "the `return` on line 4", { "const l": "using l" })),
    found("comments stay", "async function f() {\n  // the pool\n  const /* one */ «c» = await open(); // now\n  await c.ping();\n}", declared(conn, "the end of `f` (line 5)", { "const /*": "await using /*" })),
    found("the name of a release method is not one of another object", "function f(other: Lock) {\n  const «l» = lock();\n  other.release();\n}", declared(held, "the end of `f` (line 4)", { "const l": "using l" })),
    found("tagged @owned", "/** @owned */ declare function getFresh(): Lock;\nfunction f() {\n  const «l» = getFresh();\n  return l.name;\n}", declared({ ...held, call: "getFresh()" }, "the `return` on line 4", { "const l": "using l" })),
    found("the setting ownedCalls", "declare function obtain(): Lock;\nfunction f() {\n  const «l» = obtain();\n  return l.name;\n}", declared({ ...held, call: "obtain()" }, "the `return` on line 4", { "const l": "using l" }), settings({ ownedCalls: ["obtain"] })),
    found("the setting releaseMethods only adds", "function f() {\n  const «l» = lock();\n  return l.name;\n}", declared(held, "the `return` on line 3", { "const l": "using l" }), settings({ releaseMethods: ["hangUp"] })),
    found("a loop over a fresh array", "function f(names: string[]) {\n  for (const «l» of names.map((name) => lock(name))) {\n    console.log(l.name);\n  }\n}", {
      message: "`l` holds a Lock acquired by `lock()` that is never disposed: it is still open at the end of the loop's body (line 4). Declare it with `using` instead of `const`.",
      suggestions: [scope("using", { "const l": "using l" })],
    }),
    found("a loop over a fresh array, by reference", "function f(names: string[]) {\n  for (const «l» of names.map(lock)) console.log(l.name);\n}", declared(held, "the end of the loop's body (line 2)", { "const l": "using l" })),
    found("a loop over a literal", "function f() {\n  for (const «l» of [lock('a'), lock('b')]) console.log(l.name);\n}", declared(held, "the end of the loop's body (line 2)", { "const l": "using l" })),
    found("a loop over a literal of awaited ones", "async function f() {\n  for (let «c» of [await open('a'), await open('b')]) {\n    await c.ping();\n  }\n}", declared({ ...conn, kind: "let" }, "the end of the loop's body (line 4)", { "let c": "await using c" })),
    found("a loop that awaits fresh promises", "async function f(urls: string[]) {\n  for await (const «c» of urls.map((url) => open(url))) {\n    await c.ping();\n  }\n}", declared(conn, "the end of the loop's body (line 4)", { "const c": "await using c" })),
    found("a loop that awaits an async callback", "async function f(urls: string[]) {\n  for await (const «c» of urls.map(async (url) => await open(url))) await c.ping();\n}", declared(conn, "the end of the loop's body (line 2)", { "const c": "await using c" })),
    found("a loop over a generator", "function* locks(names: string[]) { for (const name of names) yield lock(name); }\nfunction f() {\n  for (const «l» of locks(['a'])) console.log(l.name);\n}", declared({ ...held, call: "locks()" }, "the end of the loop's body (line 3)", { "const l": "using l" })),
    found("a loop over a generator with a variable", "function* locks(names: string[]) { for (const name of names) { const held = lock(name); console.log(held.name); yield held; } }\nfunction f() {\n  for (const «l» of locks(['a'])) console.log(l.name);\n}", declared({ ...held, call: "locks()" }, "the end of the loop's body (line 3)", { "const l": "using l" })),
    found("a loop over an async generator", "async function* conns(urls: string[]) { for (const url of urls) yield await open(url); }\nasync function f() {\n  for await (const «c» of conns(['a'])) {\n    if (c.id === 'x') break;\n    await c.ping();\n  }\n}", declared({ ...conn, call: "conns()" }, "the end of the loop's body (line 6)", { "const c": "await using c" })),
    found("a loop over an async generator of promises", "async function* conns(urls: string[]) { for (const url of urls) yield open(url); }\nasync function f() {\n  for await (const «c» of conns(['a'])) await c.ping();\n}", declared({ ...conn, call: "conns()" }, "the end of the loop's body (line 3)", { "const c": "await using c" })),
    found("a loop over a function's fresh array", "function all(names: string[]) { return names.map((name) => lock(name)); }\nconst some = (names: string[]) => all(names);\nfunction f() {\n  for (const «l» of some(['a'])) console.log(l.name);\n}", declared({ ...held, call: "some()" }, "the end of the loop's body (line 4)", { "const l": "using l" })),
    found("a loop that is left by a return", "function f(names: string[]) {\n  for (const «l» of names.map((name) => lock(name))) {\n    return l.name;\n  }\n  return null;\n}", declared(held, "the `return` on line 3", { "const l": "using l" })),
    found("a loop whose suggestion awaits the work", "async function f() {\n  for (const «c» of [openSync()]) void c.ping();\n}", declared({ ...conn, call: "openSync()" }, "the end of the loop's body (line 2)", { "const c": "await using c", "void c": "await c" }, " This awaits the work on it.")),
    found("a loop in a function that cannot await, so no suggestion", "function f() {\n  for (const «c» of [openSync()]) console.log(c.id);\n}", declared({ ...conn, call: "openSync()" }, "the end of the loop's body (line 2)")),
    found("a loop whose variable is named of, so no suggestion", "function f() {\n  for (const «of» of [lock()]) console.log(of.name);\n}", declared({ ...held, name: "of" }, "the end of the loop's body (line 2)")),
  ],
});
