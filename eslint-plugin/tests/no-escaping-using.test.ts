import rule from "../src/rules/no-escaping-using.js";
import { found, silent, type Finding } from "./support/finding.js";
import { typed, untyped } from "./support/rule-tester.js";

const conn = { keyword: "await using", line: "1", name: "c", type: "a Conn" };
const held = { keyword: "using", line: "1", name: "l", type: "a Lock" };

type Data = Readonly<Record<string, string>>;

const letGo = (becomes: Data): Finding => ({ suggestions: [{ messageId: "letGo", becomes }] });
const move = (becomes: Data): Finding => ({ suggestions: [{ messageId: "move", data: { stack: "s" }, becomes }] });
const value = (data: Data = conn): Finding => ({ messageId: "value", data });
const wrapper = (left: string, data: Data = conn): Finding => ({ messageId: "wrapper", data: { ...data, left } });
const view = (left: string, data: Data = conn): Finding => ({ messageId: "view", data: { ...data, left } });
const outward = (holder: string, data: Data = conn): Finding => ({ messageId: "outward", data: { ...data, holder } });
const closure = (data: Data = conn): Finding => ({ messageId: "closure", data });
const stack = (left: string, keyword = "await using"): Finding => ({ messageId: "stack", data: { keyword, left, line: "1", stack: "s" } });

const app = "declare class App { constructor(conn: Conn, stack?: AsyncDisposableStack); }";
const bagged = "declare class Bagged { constructor(bag: { conn: Conn }); }";
const bus = "import { EventEmitter } from 'node:events'; const bus = new EventEmitter();";
const makeStack = "await using s = new AsyncDisposableStack(); const c = s.use(await open());";

typed.run("no-escaping-using", rule, {
  valid: [
    silent("what a prepared statement reads", "import { DatabaseSync } from 'node:sqlite'; function f(path: string) { using db = new DatabaseSync(path); return db.prepare('select 1').all(); }"),
    silent("what may be data as well as a stream", "interface Result { data: unknown } declare class Tester implements AsyncDisposable { execute(q: string): Promise<Result | AsyncIterable<Result>>; stream(q: string): Promise<AsyncIterable<Result> | null>; [Symbol.asyncDispose](): Promise<void> } declare function createTester(): Tester; async function f(q: string) { await using t = createTester(); return await t.execute(q); }"),
    silent("what a function inside the scope registers there, and returns into it", "async function f() { await using stack = new AsyncDisposableStack(); const next = async () => { const c = stack.use(await open()); await c.ping(); return c; }; const c = await next(); await c.ping(); }"),
    // RULES.md, edges
    silent("what a race within the scope gives", "interface Slot extends Disposable { close(): void } declare class Abort implements Disposable { race<T>(...promises: Promise<T>[]): Promise<Awaited<T> | undefined>; [Symbol.dispose](): void } async function f(slot: Promise<Slot>) { using abort = new Abort(); const result = await abort.race(slot); return result; }"),
    silent("plain data", "async function f() { await using c = await open(); return c.id; }"),
    silent("plain data in a literal", "async function f() { await using c = await open(); return { id: c.id, rows: await c.query('a') }; }"),
    silent("plain data in an array", "declare class Folder implements Disposable { readonly names: string[]; list(): Map<string, number>; [Symbol.dispose](): void } function f() { using d = new Folder(); return [d.names, d.list()]; }"),
    silent("work that is awaited (C02)", "async function f() { await using c = await open(); return await c.query('a'); }"),
    silent("a wrapper that only copies data", "class Label { readonly id: string; constructor(c: Conn) { this.id = c.id; } } async function f() { await using c = await open(); return new Label(c); }"),
    silent("a wrapper that stays", "async function f() { await using c = await open(); const repo = new Repo(c); return await repo.load('a'); }"),
    silent("a literal that stays", "declare function save(bag: { c: Conn }): Promise<void>; async function f() { await using c = await open(); await save({ c }); }"),
    silent("an error with its data", "async function f() { await using c = await open(); if (flag()) throw new Error(c.id); await work(); }"),
    silent("a synchronous callee", "declare function describe(c: Conn): string; async function f() { await using c = await open(); return describe(c); }"),
    silent("logging", "async function f() { await using c = await open(); console.log(c); await work(); }"),
    silent("a synchronous callback", "async function f(names: string[]) { await using c = await open(); return names.map((name) => `${c.id} ${name}`); }"),
    silent("an awaited callback", "declare function retry<T>(task: () => Promise<T>): Promise<T>; async function f() { await using c = await open(); return await retry(() => c.query('a')); }"),
    silent("a local function", "async function f() { await using c = await open(); const first = async () => (await c.query('a'))[0]; return await first(); }"),
    silent("a comparison", "async function f(other: Conn) { await using c = await open(); return c === other || c instanceof Repo; }"),
    silent("a closure that disposes", "async function f() { await using c = await open(); process.once('SIGINT', () => void c.close()); return () => c.close(); }"),
    silent("a closure that reads plain data", "async function f() { await using c = await open(); return () => c.id; }"),
    // Views that are consumed before the scope ends
    silent("rows consumed by a loop", "async function f() { await using c = await open(); const rows = c.rows; for await (const row of rows) decode(row); }"),
    silent("rows consumed by an awaited call", "declare function collect(rows: AsyncIterable<string>): Promise<string[]>; async function f() { await using c = await open(); return await collect(c.rows); }"),
    silent("a stream consumed by pipeline", "import { pipeline } from 'node:stream/promises'; async function f(to: NodeJS.WritableStream) { await using c = await open(); await pipeline(c.stream(), to); }"),
    silent("an array that was made of it", "async function f() { await using c = await open(); return await Array.fromAsync(c.rows); }"),
    silent("a generator's elements, spread into an array", "declare class Table implements Disposable { lines(): Generator<string>; [Symbol.dispose](): void } function f() { using table = new Table(); return [...table.lines(), 'end']; }"),
    silent("entries copied to a map", "declare class Registry implements Disposable { entries(): MapIterator<[string, number]>; [Symbol.dispose](): void } function f() { using registry = new Registry(); return new Map(registry.entries()); }"),
    silent("a getter of a wrapper", "class Info { readonly #c: Conn; constructor(c: Conn) { this.#c = c; } get id() { return this.#c.id; } } async function f() { await using c = await open(); const info = new Info(c); return info.id; }"),
    silent("an element of a loop", "async function f() { await using c = await open(); for await (const row of c.rows) return row; return null; }"),
    // What the resource hands out need not depend on it.
    silent("the resource's own parent", "declare class Tab implements AsyncDisposable { readonly owner: Conn; context(): Conn; [Symbol.asyncDispose](): Promise<void> } async function f(): Promise<Conn> { await using tab = new Tab(); return flag() ? tab.owner : tab.context(); }"),
    silent("another resource that was made with its help", "declare function connect(lock: Lock): Promise<Conn>; async function f() { using l = lock(); return await connect(l); }"),
    silent("a stream that was made with its help", "declare function render(lock: Lock): NodeJS.ReadableStream; function f() { using l = lock(); return render(l); }"),
    silent("a function that is no method", "declare class Meter implements Disposable { readonly log: (text: string) => void; [Symbol.dispose](): void } function f() { using meter = new Meter(); return meter.log; }"),
    // Generators are the manager pattern.
    silent("a manager", "async function* f() { await using c = await open(); yield c; }"),
    silent("a manager of a wrapper", "async function* f() { await using c = await open(); yield new Repo(c); }"),
    // Stacks
    silent("a stack that moves (D07)", `${app} async function f() { ${makeStack} return new App(c, s.move()); }`),
    silent("a stack that moves to a variable", `${app} async function f() { ${makeStack} const made = new App(c); s.move(); return made; }`),
    silent("a stack that moves to a field", "class A { #stack = new AsyncDisposableStack(); #c: Conn | null = null; async start() { await using s = new AsyncDisposableStack(); this.#c = s.use(await open()); this.#stack = s.move(); } }"),
    silent("data of a stack's member", `async function f() { ${makeStack} return c.id; }`),
    silent("a stack that is no scope's", `${app} async function f(s: AsyncDisposableStack) { const c = s.use(await open()); return new App(c); }`),
    // Fields and collections
    silent("a field that is set back", "class A { c: Conn | null = null; async f() { await using c = await open(); this.c = c; try { await work(); } finally { this.c = null; } } }"),
    silent("a module's variable that is set back", "let current: Conn | null = null; async function f() { await using c = await open(); current = c; await work(); current = null; }"),
    silent("a collection that it is taken from", "const active = new Set<Conn>(); async function f() { await using c = await open(); active.add(c); try { await work(); } finally { active.delete(c); } }"),
    silent("a collection that a later scope takes it from", "class A { readonly #active = new Map<string, Conn>(); async f() { await using c = await open(); this.#active.set(c.id, c); using _ = { [Symbol.dispose]: () => this.#active.delete(c.id) }; await work(); } }"),
    silent("a field for the time that the scope waits", "class A { c: Conn | null = null; async run() { await using c = await open(); this.c = c; await work(); } }"),
    silent("a collection of this function", "async function f() { const all: Conn[] = []; await using c = await open(); all.push(c); await work(); }"),
    silent("a parameter's property, for the time of the call", "async function f(request: { conn?: Conn }, next: () => Promise<void>) { await using c = await open(); request.conn = c; await next(); }"),
    silent("out of a block into the same function, no-use-after-dispose's", "async function f() { let kept: Conn; { await using c = await open(); kept = c; } await kept.ping(); }"),
    // Timers and listeners: silent where the scope waits after them or takes them back
    silent("a timer before work that is awaited", "async function f() { await using c = await open(); setTimeout(() => c.ping(), 10); await work(); }"),
    silent("a timer that is cleared", "async function f() { await using c = await open(); await work(); const timer = setInterval(() => c.ping(), 10); clearInterval(timer); }"),
    silent("a timer of a scope", "async function f() { await using c = await open(); using timer = setInterval(() => c.ping(), 10); }"),
    silent("a timer that aborts", "async function f() { await using c = await open(); setTimeout(() => void c.close(), 10); }"),
    silent("a listener before work that is awaited", `${bus} async function f() { await using c = await open(); bus.on('a', () => c.ping()); await work(); }`),
    silent("a listener that is removed", `${bus} async function f() { await using c = await open(); await work(); const ping = () => c.ping(); bus.on('a', ping); bus.off('a', ping); }`),
    silent("a listener of the resource itself", "async function f() { await using c = await open(); c.on('end', () => c.ping()); }"),
    silent("a listener of somebody that may end with the scope", "import type { EventEmitter } from 'node:events'; async function f(given: EventEmitter) { await using c = await open(); given.on('a', () => c.ping()); }"),
    silent("a listener with its own end", "const life = new AbortController(); async function f() { await using c = await open(); life.signal.addEventListener('abort', () => c.ping(), { once: true }); }"),
    silent("module scope, no-module-using's", "await using c = await open(); export const ping = () => c.ping(); setTimeout(() => c.ping(), 10);"),
    // Not scoped
    silent("held by const", "async function f() { const c = await open(); return new Repo(c); }"),
    silent("a parameter", "function f(c: Conn) { return new Repo(c); }"),
    silent("any", "declare const pool: any; async function f() { await using c = await pool.connect(); return c.rows; }"),
    silent("an unresolved import", "import { connect } from 'nowhere'; async function f() { await using c = await connect(); return c.rows; }"),
    silent("unawaited work, no-unawaited-use's", "async function f() { await using c = await open(); void c.ping(); return c.query('a'); }"),
    silent("a stack that a callback moves at once", "function f(run: (end: () => void) => void) { using s = new DisposableStack(); const l = s.use(lock()); run(() => { s.move(); }); return l; }"),
    silent("a stack that a timer moves while the scope waits", "class P { #l?: Lock; async f() { using s = new DisposableStack(); this.#l = s.use(lock()); setTimeout(() => { s.move(); }, 10); await work(); } }"),
  ],
  invalid: [
    found("a prepared statement", "import { DatabaseSync } from 'node:sqlite'; function f(path: string) { using db = new DatabaseSync(path); return «db.prepare('select 1')»; }", view("db.prepare('select 1')", { keyword: "using", line: "1", name: "db", type: "a DatabaseSync" })),
    found("what is a stream or nothing", "interface Result { data: unknown } declare class Tester implements AsyncDisposable { execute(q: string): Promise<Result | AsyncIterable<Result>>; stream(q: string): Promise<AsyncIterable<Result> | null>; [Symbol.asyncDispose](): Promise<void> } declare function createTester(): Tester; async function f(q: string) { await using t = createTester(); return await «t.stream(q)»; }", { messageId: "view" }),
    found("a stack that a timer would move", "class P { #l?: Lock; f() { using s = new DisposableStack(); this.#l = «s.use(lock())»; setTimeout(«() => { s.move(); }», 10); } }", [{ messageId: "stack" }, { messageId: "closure" }]),
    // The value
    found("returned (C03)", "async function f() { await using c = await open(); return «c»; }", {
      message: "`c`, a Conn, is handed out after `await using` (line 1) has disposed it: the receiver gets a closed one. Declare it with `const` and let the receiver dispose it.",
      suggestions: [{ messageId: "letGo", becomes: { "await using": "const" } }],
    }),
    found("returned from a sync function", "function f() { using l = lock(); return «l»; }", { ...value(held), ...letGo({ using: "const" }) }),
    found("one arm of a conditional, so no suggestion", "async function f(wanted: boolean) { await using c = await open(); return wanted ? «c» : null; }", value()),
    found("one way out of two, so no suggestion", "async function f() { await using c = await open(); if (flag()) return null; return «c»; }", value()),
    found("after what may throw, so no suggestion", "async function f() { await using c = await open(); await c.ping(); return «c»; }", value()),
    found("out of an inner block, so no suggestion", "async function f() { if (flag()) { await using c = await open(); return «c»; } return null; }", value()),
    found("through an alias", "async function f() { await using c = await open(); const alias = c; return «alias»; }", { ...value(), ...letGo({ "await using": "const" }) }),
    found("a loop's variable", "function f(locks: Lock[]) { for (using l of locks) { if (l.name === 'a') return «l»; } return null; }", value(held)),
    found("what is inert while it runs", "function f() { using timer = setInterval(step, 10); return «timer»; }", { ...value({ ...held, name: "timer", type: "a resource" }), ...letGo({ "using timer": "const timer" }) }),
    // Wrappers and literals
    found("a wrapper (C38)", "async function f() { await using c = await open(); return «new Repo(c)»; }", {
      message: "`new Repo(c)` takes `c`, a Conn, out of the scope at whose end `await using` (line 1) disposes it. Declare it with `const` and let the new owner dispose it.",
      suggestions: [{ messageId: "letGo", becomes: { "await using": "const" } }],
    }),
    found("a wrapper that keeps what it is given", "class Svc { readonly #c: Conn; constructor(c: Conn) { this.#c = c; } ping() { return this.#c.ping(); } } async function f() { await using c = await open(); await c.ping(); return «new Svc(c)»; }", wrapper("new Svc(c)")),
    found("a wrapper in a variable", "async function f() { await using c = await open(); const repo = new Repo(c); await repo.load('a'); return «repo»; }", wrapper("repo")),
    found("a wrapper around a bag", `${bagged} async function f() { await using conn = await open(); return «new Bagged({ conn })»; }`, { ...wrapper("new Bagged({ conn })", { ...conn, name: "conn" }), ...letGo({ "await using": "const" }) }),
    found("an object", "async function f() { await using c = await open(); return «{ c, at: 1 }»; }", wrapper("{ c, at: 1 }")),
    found("an array", "async function f() { await using c = await open(); return «[c]»; }", wrapper("[c]")),
    found("a wrapper in an object", "async function f() { await using c = await open(); return { repo: «new Repo(c)» }; }", wrapper("new Repo(c)")),
    // Outer variables, fields, collections
    found("a module's variable (C04)", "let outer: Conn | null = null; async function f() { await using c = await open(); outer = «c»; }", {
      message: "`outer` keeps `c`, a Conn, beyond its scope, at whose end `await using` (line 1) disposes it. Declare it with `const` and let the new owner dispose it.",
    }),
    found("an outer function's variable", "function f() { let outer: Conn | null = null; const load = async () => { await using c = await open(); outer = «c»; }; return { load, get: () => outer }; }", outward("outer")),
    found("a field", "class A { c: Conn | null = null; async start() { await using c = await open(); this.c = «c»; } }", outward("this.c")),
    found("a module's array", "const all: Conn[] = []; async function f() { await using c = await open(); all.push(«c»); }", outward("all")),
    found("a field's map", "class A { readonly #all = new Map<string, Conn>(); async add() { await using c = await open(); this.#all.set(c.id, «c»); } }", outward("this.#all")),
    found("a global", "async function f() { await using c = await open(); (globalThis as { c?: Conn }).c = «c»; }", outward("(globalThis as { c?: Conn }).c")),
    // Closures
    found("a timer (C05)", "async function f() { await using c = await open(); setTimeout(«() => c.ping()», 10); }", {
      message: "This function uses `c`, a Conn, and runs after `await using` (line 1) has disposed it. Do the work before the scope ends, or let the function's owner hold the resource.",
    }),
    found("a listener (C06)", `${bus} async function f() { await using c = await open(); bus.on('a', «() => c.ping()»); }`, closure()),
    found("a returned closure (C07)", "async function f() { await using c = await open(); return «() => c.ping()»; }", closure()),
    found("a returned async closure", "async function f() { await using c = await open(); return «async (name: string) => { await c.query(name); }»; }", closure()),
    found("a returned object of closures, one disposing", "async function f() { await using c = await open(); return { ping: «() => c.ping()», close: () => c.close() }; }", closure()),
    found("a returned object with a method", "async function f() { await using c = await open(); return { «async ping() { await c.ping(); }» }; }", closure()),
    found("a local function by its name", "async function f() { await using c = await open(); const ping = () => c.ping(); return { ping: «ping» }; }", closure()),
    found("a function declaration by its name", "async function f() { await using c = await open(); return «ping»; async function ping() { await c.ping(); } }", closure()),
    found("a closure in a field", "class A { ping: (() => Promise<void>) | null = null; async start() { await using c = await open(); this.ping = «() => c.ping()»; } }", closure()),
    found("a closure that returns a view", "async function f() { await using c = await open(); return «() => c.rows»; }", closure()),
    found("a closure that hands the resource on", "declare function use(c: Conn): void; async function f() { await using c = await open(); return «() => use(c)»; }", closure()),
    // Views
    found("a stream in a response", "declare class File implements Disposable { readonly readable: ReadableStream<Uint8Array>; [Symbol.dispose](): void } function f() { using file = new File(); return new Response(«file.readable»); }", {
      message: "`file.readable` works only while `file`, a File, is open, and `using` (line 1) disposes it before the receiver reads. Read it here, or hand over the resource with it.",
    }),
    found("rows", "async function f() { await using c = await open(); return «c.rows»; }", view("c.rows")),
    found("a stream", "async function f() { await using c = await open(); return «c.stream()»; }", view("c.stream()")),
    found("a stream behind a pipe", "import { createGzip } from 'node:zlib'; async function f() { await using c = await open(); return «c.stream().pipe(createGzip())»; }", view("c.stream().pipe(createGzip())")),
    found("a generator of the resource's own", "declare class Table implements Disposable { lines(): Generator<string>; [Symbol.dispose](): void } function f() { using table = new Table(); return «table.lines()»; }", view("table.lines()", { ...held, name: "table", type: "a Table" })),
    found("a lazy generator over it (C12)", "async function* rows(c: Conn) { for await (const row of c.rows) yield decode(row); } async function f() { await using c = await open(); return «rows(c)»; }", view("rows(c)")),
    found("a stream made of rows", "import { Readable } from 'node:stream'; async function f() { await using c = await open(); return «Readable.from(c.rows)»; }", view("Readable.from(c.rows)")),
    found("a cursor that was awaited", "declare class Client implements AsyncDisposable { find(): Promise<AsyncIterable<string>>; [Symbol.asyncDispose](): Promise<void> } async function f() { await using client = new Client(); return await «client.find()»; }", view("client.find()", { ...conn, name: "client", type: "a Client" })),
    found("rows in a literal", "async function f() { await using c = await open(); return { rows: «c.rows», id: c.id }; }", view("c.rows")),
    found("rows in a variable", "async function f() { await using c = await open(); const rows = c.rows; return «rows»; }", view("rows")),
    found("one arm of a conditional", "async function f() { await using c = await open(); return flag() ? «c.rows» : null; }", view("c.rows")),
    found("a child of the resource", "import { chromium } from 'playwright-core'; async function f() { await using browser = await chromium.launch(); return await «browser.newPage()»; }", view("browser.newPage()", { ...conn, name: "browser", type: "a Browser" })),
    found("a child of the resource in a variable", "import { chromium } from 'playwright-core'; async function f() { await using browser = await chromium.launch(); const page = await browser.newPage(); await page.goto('a'); return «page»; }", view("page", { ...conn, name: "browser", type: "a Browser" })),
    found("a method", "async function f() { await using c = await open(); return «c.ping»; }", view("c.ping")),
    found("a bound method", "async function f() { await using c = await open(); return «c.query.bind(c)»; }", view("c.query.bind(c)")),
    found("a method in a literal", "async function f() { await using c = await open(); return { ping: «c.ping» }; }", view("c.ping")),
    // Stacks
    found("a stack with its member", `${app} async function f() { ${makeStack} return «new App(c, s)»; }`, {
      message: "`new App(c, s)` leaves the scope at whose end `await using` (line 1) disposes `s` and all it holds. Hand over `s.move()`, so that the receiver disposes it.",
      suggestions: [{ messageId: "move", data: { stack: "s" }, becomes: { "App(c, s)": "App(c, s.move())" } }],
    }),
    found("a stack", `async function f() { ${makeStack} await c.ping(); return «s»; }`, { ...stack("s"), ...move({ "return s;": "return s.move();" }) }),
    found("a stack in a literal", `async function f() { ${makeStack} return «{ c, s }»; }`, { ...stack("{ c, s }"), ...move({ "{ c, s }": "{ c, s: s.move() }" }) }),
    found("a sync stack", "function f() { using s = new DisposableStack(); s.use(lock()); return «s»; }", { ...stack("s", "using"), ...move({ "return s;": "return s.move();" }) }),
    found("a stack in a field", "class A { #stack: AsyncDisposableStack | null = null; async start() { await using s = new AsyncDisposableStack(); s.use(await open()); this.#stack = «s»; } }", { ...stack("s"), ...move({ "= s;": "= s.move();" }) }),
    found("a stack's member", `async function f() { ${makeStack} return «c»; }`, stack("c")),
    found("a stack's member in a wrapper", `async function f() { ${makeStack} return «new Repo(c)»; }`, stack("new Repo(c)")),
    found("a stack's member at once (D17)", "async function f() { await using s = new AsyncDisposableStack(); return «s.use(await open())»; }", stack("s.use(await open())")),
    found("what a stack adopted", "async function f() { await using s = new AsyncDisposableStack(); const c = s.adopt(await open(), (conn) => conn.close()); return «c»; }", stack("c")),
    found("a closure over a stack's member", `async function f() { ${makeStack} return «() => c.ping()»; }`, closure()),
    // Elsewhere
    found("on another line", "async function f() {\n  await using c = await open();\n  await c.ping();\n  return «new Repo(c)»;\n}", wrapper("new Repo(c)", { ...conn, line: "2" })),
    found("two places, each once", "let outer: Conn | null = null; async function f() { await using c = await open(); outer = «c»; return «c»; }", [outward("outer"), value()]),
    found("a resource in an arrow", "const f = async () => { await using c = await open(); return «c»; };", { ...value(), ...letGo({ "await using": "const" }) }),
  ],
});

const resource = { data: { keyword: "await using", line: "1", name: "c", type: "a resource" } };

untyped.run("no-escaping-using without type information", rule, {
  valid: [
    { name: "data of the resource", code: "async function f() { await using c = await open(); return c.id; }" },
    { name: "work on it", code: "async function f() { await using c = await open(); return await c.query('a'); }" },
    { name: "a call that is given it", code: "async function f() { await using c = await open(); return load(c); }" },
    { name: "a wrapper that may copy", code: "async function f() { await using c = await open(); return new Summary(c); }" },
    { name: "a function that disposes it", code: "async function f() { await using c = await open(); return () => c.close(); }" },
    { name: "a function that reads it", code: "async function f() { await using c = await open(); return () => c.id; }" },
    { name: "a stack that moves its members", code: "async function f() { await using s = new AsyncDisposableStack(); s.use(await open()); return s.move(); }" },
    { name: "a manager", code: "async function* f() { await using c = await open(); yield c; }" },
  ],
  invalid: [
    { name: "the resource", code: "async function f() { await using c = await open(); await work(); if (c.id) return c; }", errors: [{ messageId: "value", ...resource, line: 1, column: 83 }] },
    { name: "a literal", code: "async function f() { await using c = await open(); await c.ping(); return { c }; }", errors: [{ messageId: "wrapper", data: { ...resource.data, left: "{ c }" } }] },
    { name: "a function that uses it", code: "async function f() { await using c = await open(); return () => c.query('a'); }", errors: [{ messageId: "closure", ...resource }] },
  ],
});
