import rule from "../src/rules/no-unawaited-use.js";
import { found, silent, type Finding } from "./support/finding.js";
import { typed } from "./support/rule-tester.js";

const conn = { keyword: "await using", name: "c", type: "a Conn" };
const stored = { keyword: "using", name: "d", type: "a Store" };

const pending = (messageId: string, work: string, becomes: Readonly<Record<string, string>> | null, data: typeof conn = conn, suggestion = "await"): Finding => ({
  messageId,
  data: { ...data, work },
  ...(becomes !== null && { suggestions: [{ messageId: suggestion, data: { name: data.name }, becomes }] }),
});
const returned = pending.bind(null, "returned");
const floating = pending.bind(null, "floating");

const folder = "declare class Folder implements AsyncDisposable { readonly path: string; [Symbol.asyncDispose](): Promise<void> } declare function makeFolder(): Promise<Folder>; declare function list(path: string): Promise<string[]>;";
const store = "declare class Store implements Disposable { read(): Promise<string | null>; [Symbol.dispose](): void }";
const retry = "declare function retry<T>(task: () => Promise<T>): Promise<T>;";
const nursery = "declare class Nursery implements AsyncDisposable { run(task: () => Promise<unknown>): Promise<void>; watch(conn: Conn): Promise<void>; [Symbol.asyncDispose](): Promise<void> }";

typed.run("no-unawaited-use", rule, {
  valid: [
    silent("a place of it that work is done by, and waited for", `${folder} async function f() { await using c = await makeFolder(); return await list(c.path); }`),
    silent("a place of it that is data", `${folder} async function f() { await using c = await makeFolder(); return Promise.resolve(c.path); }`),
    silent("a place of it that nothing waits for", `${folder} async function f() { await using c = await makeFolder(); return c.path.length; }`),
    silent("whose rejection by its end is taken", "declare const pool: { acquire(): AsyncDisposable & Promise<string> }; async function f() { await using w = pool.acquire(); w.catch(() => {}); }"),
    silent("floating in a loop that waits for something else", "async function f(names: string[]) { await using c = await open(); for (const name of names) { void c.query(name); await work(); } }"),
    silent("asked for, and awaited", "async function f(other: unknown) { await using c = await open(); const rows = c.query('a'); if (rows === other) step(); await rows; }"),
    // RULES.md: the corrected forms and the edges
    silent("returned with await (C02)", "async function f() { await using c = await open(); return await c.query('a'); }"),
    silent("awaited in a statement", "async function f() { await using c = await open(); await c.ping(); }"),
    silent("a promise that does not come from the resource", "async function f() { await using _ = await open(); return work(); } function g() { using l = lock(); return work(); }"),
    silent("work on what was read from the resource", "declare function load(id: string): Promise<string>; async function f() { await using c = await open(); return load(c.id); }"),
    silent("a bag of what was read from the resource", "declare function load(bag: { id: string }): Promise<string>; async function f() { await using c = await open(); return load({ id: c.id }); }"),
    silent("awaited together", "async function f() { await using c = await open(); await Promise.all([c.ping(), c.query('a')]); }"),
    silent("returned, awaited together", "async function f() { await using c = await open(); return await Promise.allSettled([c.ping(), c.query('a')]); }"),
    silent("awaited together after map", "async function f(names: string[]) { await using c = await open(); return await Promise.all(names.map((name) => c.query(name))); }"),
    silent("kept and awaited later", "async function f() { await using c = await open(); const rows = c.query('a'); await work(); return await rows; }"),
    silent("kept and awaited on a path, as nobody can tell", "async function f() { await using c = await open(); const rows = c.query('a'); if (flag()) return []; return await rows; }"),
    silent("kept in a list that is awaited", "async function f(names: string[]) { await using c = await open(); const jobs = names.map((name) => c.query(name)); await Promise.all(jobs); }"),
    silent("pushed to a list that is awaited", "async function f(names: string[]) { await using c = await open(); const jobs: Promise<string[]>[] = []; for (const name of names) jobs.push(c.query(name)); await Promise.all(jobs); }"),
    silent("plain data", "async function f() { await using c = await open(); return c.id; }"),
    silent("plain data in a literal", "async function f() { await using c = await open(); return { id: c.id, rows: await c.query('a') }; }"),
    silent("a synchronous callback", "async function f(names: string[]) { await using c = await open(); return names.filter((name) => name === c.id); }"),
    silent("a callback that is awaited", `${retry} async function f() { await using c = await open(); return await retry(() => c.query('a')); }`),
    silent("callbacks awaited one after the other", "async function f(names: string[]) { await using c = await open(); for (const name of names) await c.query(name); }"),
    silent("a local function that is awaited", "async function f() { await using c = await open(); const rows = async () => { await c.ping(); return await c.query('a'); }; return await rows(); }"),
    silent("an async function called at once and awaited", "async function f() { await using c = await open(); await (async () => { await c.ping(); })(); }"),
    silent("given to a nursery of a later scope, which ends first", `${nursery} async function f() { await using c = await open(); await using tasks = new Nursery(); void tasks.run(() => c.query('a')); void tasks.watch(c); }`),
    silent("a callback given to a later stack", "async function f() { await using c = await open(); await using stack = new AsyncDisposableStack(); stack.defer(() => c.ping()); }"),
    silent("a chain that is awaited", "async function f() { await using c = await open(); return await c.query('a').then((rows) => rows.length); }"),
    silent("awaited in a conditional", "async function f() { await using c = await open(); return flag() ? await c.query('a') : []; }"),
    silent("consumed by a loop", "async function f() { await using c = await open(); for await (const row of c.rows) decode(row); }"),
    // Floating work is reported only where nothing in the scope waits after it.
    silent("floating before other work that is awaited", "async function f() { await using c = await open(); void c.ping(); await work(); }"),
    silent("floating before a yield", "async function* f() { await using c = await open(); void c.ping(); yield c; }"),
    silent("floating in a loop that awaits", "async function f() { await using c = await open(); while (flag()) { await work(); void c.ping(); } }"),
    silent("floating before a loop that awaits", "async function f(signals: AsyncIterable<string>) { await using c = await open(); void c.ping(); for await (const signal of signals) decode(signal); }"),
    // A promise that settles when the resource ends would be awaited forever.
    silent("the resource's own end", "declare class Link implements AsyncDisposable { readonly closed: Promise<void>; done(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } async function f() { await using link = new Link(); void link.closed.then(step); return link.done(); }"),
    silent("an event that tells of its end", "import { once } from 'node:events'; import { createServer } from 'node:http'; async function f() { await using server = createServer(); return once(server, 'close'); }"),
    silent("a promise that listens", "async function f() { await using c = await open(); return new Promise<void>((resolve) => c.on('close', resolve)); }"),
    silent("its disposal", "async function f() { await using c = await open(); if (flag()) return c.close(); void c[Symbol.asyncDispose](); }"),
    // Generators are the manager pattern.
    silent("a manager", "async function* f() { await using c = await open(); yield c.query('a'); }"),
    silent("a stack's member, awaited", "async function f() { await using s = new AsyncDisposableStack(); const c = s.use(await open()); return await c.query('a'); }"),
    silent("a stack that moves on", "async function f() { await using s = new AsyncDisposableStack(); const c = s.use(await open()); const rest = s.move(); return { rows: c.query('a'), rest }; }"),
    silent("disposed by hand, another rule's", "async function f() { const c = await open(); try { return c.query('a'); } finally { await c.close(); } }"),
    silent("a parameter", "async function f(c: Conn) { return c.query('a'); }"),
    silent("an injected field", "class A { constructor(readonly c: Conn) {} rows() { return this.c.query('a'); } }"),
    silent("any", "declare const pool: any; async function f() { await using c = await pool.connect(); return c.query('a'); }"),
    silent("an unresolved import", "import { connect } from 'nowhere'; async function f() { await using c = await connect(); return c.query('a'); }"),
    silent("listeners of the resource itself", "async function f() { await using c = await open(); c.on('end', () => c.ping()); }"),
    silent("a hook of the test runner", "declare const t: { after(task: () => Promise<void>): void }; async function f() { await using c = await open(); t.after(() => c.ping()); }"),
    silent("out of a block into the same function, no-use-after-dispose's", "async function f() { let rows; { await using c = await open(); rows = c.query('a'); } return await rows; }"),
    silent("data of a wrapper", "async function f() { await using c = await open(); const repo = new Repo(c); return await repo.load('a'); }"),
    silent("a wrapper that does not keep the resource", "class Label { readonly #id: string; constructor(c: Conn) { this.#id = c.id; } async print() { return decode(this.#id); } } async function f() { await using c = await open(); return new Label(c).print(); }"),
    silent("a query that says what it would do", "interface Query extends PromiseLike<string[]> { toString(): string } declare class Db implements AsyncDisposable { select(): Query; [Symbol.asyncDispose](): Promise<void> } async function f() { await using db = new Db(); return String(db.select()); }"),
    silent("another String", "async function f(String: (work: Promise<unknown>) => void) { await using c = await open(); String(c.ping()); }"),
  ],
  invalid: [
    found("work that reaches it by its path", `${folder} async function f() { await using c = await makeFolder(); return «list(c.path)»; }`, returned("list(c.path)", { "list(c.path)": "await list(c.path)" }, { ...conn, type: "a Folder" })),
    found("made a string", "async function f() { await using c = await open(); decode(String(«c.query('a')»)); }", floating("c.query('a')", { "c.query": "await c.query" })),
    found("floating in a loop over what was awaited", "async function f() { await using c = await open(); for (const row of await c.query('a')) «c.query(row)»; }", floating("c.query(row)", { "c.query(row)": "await c.query(row)" })),
    found("printed", "async function f() { await using c = await open(); console.log(«c.query('a')»); }", floating("c.query('a')", { "c.query": "await c.query" })),
    found("compared", "async function f(other: unknown) { await using c = await open(); const same = «c.query('a')» === other; step(); }", floating("c.query('a')", { "c.query": "await c.query" })),
    found("returned (C01)", "async function f() { await using c = await open(); return «c.query('a')»; }", {
      message: "`c.query('a')` is returned without `await`, so `await using` disposes `c`, a Conn, while it runs. Write `await c.query('a')`.",
      suggestions: [{ messageId: "await", data: { name: "c" }, becomes: { "return c": "return await c" } }],
    }),
    found("voided (C09)", "async function f() { await using c = await open(); void «c.query('a')»; }", {
      message: "Nobody awaits `c.query('a')`, so `await using` disposes `c`, a Conn, while it runs. Write `await c.query('a')`.",
      suggestions: [{ messageId: "await", data: { name: "c" }, becomes: { void: "await" } }],
    }),
    found("floating", "async function f() { await using c = await open(); «c.ping()»; }", floating("c.ping()", { "c.ping": "await c.ping" })),
    found("floating, its result handled (C08)", "async function f() { await using c = await open(); «c.query('a').then(step)»; }", floating("c.query('a').then(step)", { "c.query": "await c.query" })),
    found("floating, its failure handled", "async function f() { await using c = await open(); «c.query('a').catch(step)»; }", floating("c.query('a').catch(step)", { "c.query": "await c.query" })),
    found("floating after the last await", "async function f() { await using c = await open(); await work(); «c.ping()»; step(); }", floating("c.ping()", { "c.ping": "await c.ping" })),
    found("floating in the body of a scope's loop", "async function f(conns: AsyncIterable<Conn>) { for await (await using c of conns) { void «c.ping()»; } }", floating("c.ping()", { void: "await" })),
    found("kept and never read", "async function f() { await using c = await open(); const rows = «c.query('a')»; }", floating("c.query('a')", { "= c.query": "= await c.query" })),
    found("in callbacks that forEach drops (C10)", "async function f(names: string[]) { await using c = await open(); «names.forEach(async (name) => c.query(name))»; }", {
      message: "`names.forEach(async (name) => c.query(name))` uses `c`, a Conn, in callbacks that nobody awaits, so `await using` disposes it while they run. Write `for (… of …)` with `await`.",
      suggestions: [{ messageId: "loop", data: { name: "c" }, becomes: { "names.forEach(async (name) => c.query(name))": "for (const name of names) await c.query(name)" } }],
    }),
    found("in callbacks that are not async", "async function f(names: string[]) { await using c = await open(); «names.forEach((name) => c.query(name))»; }", pending("callback", "names.forEach((name) => c.query(name))", { "names.forEach((name) => c.query(name))": "for (const name of names) await c.query(name)" }, conn, "loop")),
    found("in callbacks that give a promise or nothing", "async function f(names: string[]) { await using c = await open(); «names.forEach((n) => (n === '' ? null : c.query(n)))»; }", pending("callback", "names.forEach((n) => (n === '' ? n … c.query(n)))", { "names.forEach((n) => (n === '' ? null : c.query(n)))": "for (const n of names) await (n === '' ? null : c.query(n))" }, conn, "loop")),
    found("in callbacks with a body, so no suggestion", "async function f(names: string[]) { await using c = await open(); «names.forEach(async (n) => { await c.query(n); })»; }", pending("callback", "names.forEach(async (n) => { await c.query(n); })", null)),
    found("in callbacks whose promises map collects and nobody awaits", "async function f(names: string[]) { await using c = await open(); «names.map((name) => c.query(name))»; }", {
      message: "`names.map((name) => c.query(name))` uses `c`, a Conn, in callbacks that nobody awaits, so `await using` disposes it while they run. Write `await Promise.all(…)` around it.",
      suggestions: [{ messageId: "gather", data: { name: "c" }, becomes: { "names.map((name) => c.query(name))": "await Promise.all(names.map((name) => c.query(name)))" } }],
    }),
    found("a returned list of promises", "async function f(names: string[]) { await using c = await open(); return «names.map((name) => c.query(name))»; }", pending("mapped", "names.map((name) => c.query(name))", null)),
    found("returned together", "async function f() { await using c = await open(); return «Promise.all([c.ping(), c.query('a')])»; }", returned("Promise.all([c.ping(), c.query('a')])", { "return Promise": "return await Promise" })),
    found("returned together after map", "async function f(names: string[]) { await using c = await open(); return «Promise.all(names.map((name) => c.query(name)))»; }", returned("Promise.all(names.map((name) => c.query(name)))", { "return Promise": "return await Promise" })),
    found("floating together", "async function f() { await using c = await open(); void «Promise.allSettled([c.ping(), work()])»; }", floating("Promise.allSettled([c.ping(), work()])", { void: "await" })),
    found("kept and returned", "async function f() { await using c = await open(); const rows = c.query('a'); return «rows»; }", returned("rows", { "return rows": "return await rows" })),
    found("kept and returned in a chain", "async function f() { await using c = await open(); const rows = c.query('a'); return «rows.then((all) => all.length)»; }", returned("rows.then((all) => all.length)", { "return rows": "return await rows" })),
    found("a chain", "async function f() { await using c = await open(); return «c.query('a').then((rows) => rows.length)»; }", returned("c.query('a').then((rows) => rows.length)", { "return c.query": "return await c.query" })),
    found("one arm of a conditional", "async function f() { await using c = await open(); return flag() ? «c.query('a')» : []; }", returned("c.query('a')", { "? c.query": "? await c.query" })),
    found("behind a nullish operator", "declare const cache: Map<string, string[]>; async function f() { await using c = await open(); return cache.get('a') ?? «c.query('a')»; }", returned("c.query('a')", { "?? c.query": "?? await c.query" })),
    found("in a literal", "async function f() { await using c = await open(); return { rows: «c.query('a')», id: c.id }; }", returned("c.query('a')", { "rows: c.query": "rows: await c.query" })),
    found("in a tuple, each once", "async function f() { await using c = await open(); return [«c.query('a')», «c.ping()»]; }", [
      returned("c.query('a')", { "[c.query": "[await c.query" }),
      returned("c.ping()", { "c.ping": "await c.ping" }),
    ]),
    found("two ways out, each once", "async function f() { await using c = await open(); if (flag()) return «c.query('a')»; return «c.query('b')»; }", [
      returned("c.query('a')", { "return c.query('a')": "return await c.query('a')" }),
      returned("c.query('b')", { "return c.query('b')": "return await c.query('b')" }),
    ]),
    found("behind ?.", "async function f() { await using c = flag() ? await open() : null; return «c?.query('a')»; }", returned("c?.query('a')", { "return c?.": "return await c?." }, conn)),
    found("given to an async function", "async function load(c: Conn) { await work(); return await c.query('a'); } async function f() { await using c = await open(); return «load(c)»; }", returned("load(c)", { "return load": "return await load" })),
    found("given to a declared async function", "declare function load(c: Conn): Promise<string>; async function f() { await using c = await open(); void «load(c)»; }", floating("load(c)", { void: "await" })),
    found("given in a callback that is not awaited", `${retry} async function f() { await using c = await open(); return «retry(() => c.query('a'))»; }`, returned("retry(() => c.query('a'))", { "return retry": "return await retry" })),
    found("given to a nursery of an earlier scope, which ends last", `${nursery} async function f() { await using tasks = new Nursery(); await using c = await open(); void «tasks.run(() => c.query('a'))»; }`, floating("tasks.run(() => c.query('a'))", { "void tasks": "await tasks" })),
    found("an async function called at once", "async function f() { await using c = await open(); void «(async () => { await c.ping(); })()»; }", floating("(async () => { await c.ping(); })()", { void: "await" })),
    found("a local async function", "async function f() { await using c = await open(); const rows = async () => { await c.ping(); return await c.query('a'); }; return «rows()»; }", returned("rows()", { "return rows": "return await rows" })),
    found("a local async function declaration", "async function f() { await using c = await open(); void «poll()»; async function poll() { await c.ping(); } }", floating("poll()", { void: "await" })),
    found("through a wrapper", "async function f() { await using c = await open(); return «new Repo(c).load('a')»; }", returned("new Repo(c).load('a')", { "return new": "return await new" })),
    found("through a wrapper in a variable", "async function f() { await using c = await open(); const repo = new Repo(c); return «repo.load('a')»; }", returned("repo.load('a')", { "return repo": "return await repo" })),
    found("through an alias", "async function f() { await using c = await open(); const alias = c; return «alias.query('a')»; }", returned("alias.query('a')", { "return alias": "return await alias" })),
    found("settles an outer promise (C35)", "function f() { return new Promise<string[]>(async (resolve) => { await using c = await open(); resolve(«c.query('a')»); }); }", floating("c.query('a')", { "(c.query": "(await c.query" })),
    found("a member of a stack", "async function f() { await using s = new AsyncDisposableStack(); const c = s.use(await open()); return «c.query('a')»; }", returned("c.query('a')", { "return c": "return await c" })),
    found("an acquisition for a stack that is gone by then (D26)", "async function f() { await using s = new AsyncDisposableStack(); void «(async () => { s.use(await open()); })()»; }", floating("(async () => { s.use(await open()); })()", { void: "await" }, { ...conn, name: "s", type: "an AsyncDisposableStack" })),
    found("a sync scope in an async function", `${store} async function f() { using d = new Store(); return «d.read()»; }`, returned("d.read()", { "return d": "return await d" }, stored)),
    found("a sync function, which has to become async", `${store} function f() { using d = new Store(); return «d.read()»; }`, returned("d.read()", { "function f() {": "async function f() {", "return d": "return await d" }, stored, "awaitAndAsync")),
    found("a sync function that promises", `${store} class Files { first(): Promise<string | null> { using d = new Store(); return «d.read()»; } }`, returned("d.read()", { "first()": "async first()", "return d": "return await d" }, stored, "awaitAndAsync")),
    found("a sync function that promises nothing, so no suggestion", `${store} function f(): void { using d = new Store(); void «d.read()»; }`, floating("d.read()", null, stored)),
    found("a sync function that promises sometimes, so no suggestion", `${store} function f() { using d = new Store(); if (flag()) return 0; return «d.read()»; }`, returned("d.read()", null, stored)),
    found("a sync generator, so no suggestion", `${store} function* f() { yield 1; using d = new Store(); void «d.read()»; }`, floating("d.read()", null, stored)),
    found("behind a cast", "async function f() { await using c = await open(); return «(c as Conn).query('a')»; }", returned("(c as Conn).query('a')", { "return (": "return await (" })),
    found("module scope", "await using c = await open(); void «c.ping()»; export {};", floating("c.ping()", { void: "await" })),
    found("the last of a loop", "async function f(names: string[]) { await using c = await open(); for (const name of names) void «c.query(name)»; }", floating("c.query(name)", { void: "await" })),
  ],
});
