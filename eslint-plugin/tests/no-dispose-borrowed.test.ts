import rule from "../src/rules/no-dispose-borrowed.js";
import { found, silent, type Finding } from "./support/finding.js";
import { typed } from "./support/rule-tester.js";

const all = { options: [{ parameters: "all" }] };
const cache = "let cached: Conn | undefined; function getConn() { return cached ??= openSync(); }";
const users = (method: string, rest = "async count() { return await this.#c.query('a'); }"): string => `class Users { readonly #c: Conn; constructor(c: Conn) { this.#c = c; } ${method} ${rest} }`;
const keep: Finding["suggestions"] = [{ messageId: "keep", becomes: { "await using x": "const x" } }];

typed.run("no-dispose-borrowed", rule, {
  valid: [
    silent("one's own", "async function f() { await using c = await open(); await c.ping(); }", all),
    silent("what nobody knows the owner of", "declare function find(): Conn; async function f() { await using c = find(); await c.ping(); }", all),
    silent("an element of a map: nothing tells whether it stays there", "async function f(conns: Map<string, Conn>) { await using c = conns.get('a')!; await c.ping(); }", all),
    silent("what a method keeps for whoever ends it by a name of no use", "class Life { #ending: Conn | null = null; ending() { this.#ending ??= openSync(); return this.#ending; } } async function f(life: Life) { await using _ending = life.ending(); await step(); }", all),
    silent("plain disposal of a parameter", "async function f(c: Conn) { await c.ping(); await c.close(); }", all),
    // Parameters
    silent("a parameter, where callers cannot be seen", "export async function load(c: Conn) { await using x = c; await x.ping(); }"),
    silent("a parameter that a caller makes", "async function load(c: Conn) { await using x = c; await x.ping(); } export async function f() { await load(await open()); }", all),
    silent("a parameter that a caller makes, and holds until then", "async function load(c: Conn) { await using x = c; await x.ping(); } export async function f() { const c = await open(); await load(c); }", all),
    silent("a function that takes by its name", "export async function takeOver(c: Conn) { await using x = c; await x.ping(); }", all),
    silent("a handler", "export async function handle(c: Conn) { await using x = c; await x.ping(); }", all),
    silent("a function that ends by its name", "export async function finish(c: Conn) { await using x = c; await x.ping(); }", all),
    silent("a function that takes by its comment", "/** @takesOwnership */\nexport async function load(c: Conn) { await using x = c; await x.ping(); }", all),
    silent("a constant that takes by its comment", "/** @takesOwnership */\nexport const load = async (c: Conn) => { await using x = c; await x.ping(); };", all),
    silent("a function that takes by a setting", "export async function load(c: Conn) { await using x = c; await x.ping(); }", { ...all, settings: { "await-using": { takesOwnership: ["load"] } } }),
    silent("a parameter that is nothing but disposable", "export async function load(c: AsyncDisposable) { await using x = c; await work(); }", all),
    silent("a type parameter", "export async function load<T extends Conn>(c: T) { await using x = c; await x.ping(); }", all),
    silent("a callback's parameter", "export async function f(conns: Conn[]) { await Promise.all(conns.map(async (c) => { await using x = c; await x.ping(); })); }", all),
    silent("a promise's value", "export const f = () => open().then(async (c) => { await using x = c; await x.ping(); });", all),
    silent("a name that says it is only disposed", "export async function load(c: Conn) { await using _ = c; await c.ping(); }", all),
    silent("optional injection", "export async function load(given?: Conn) { await using c = given ?? await open(); await c.ping(); }", all),
    silent("a parameter that is filled in", "export async function load(c?: Conn) { c ??= await open(); await using x = c; await x.ping(); }", all),
    // Fields
    silent("a disposer", users("async [Symbol.asyncDispose]() { await using c = this.#c; await c.ping(); }"), all),
    silent("a method that ends its object", users("async close() { await using c = this.#c; await c.ping(); }"), all),
    silent("what only such a method calls", users("async #drop() { await using c = this.#c; await c.ping(); } async close() { await this.#drop(); }"), all),
    silent("a field that is replaced", "class A { c = openSync(); async renew() { await using old = this.c; this.c = openSync(); await old.ping(); } async count() { return await this.c.query('a'); } }", all),
    silent("an object that does one thing", users("async run() { await using c = this.#c; await c.ping(); }", ""), all),
    silent("an object that does one thing, with helpers", users("async run() { await using c = this.#c; await c.ping(); await this.#rest(); }", "async #rest() { await this.#c.ping(); }"), all),
    silent("a getter", "class A { get c() { return openSync(); } async run() { await using c = this.c; await c.ping(); } async count() { return await this.c.query('a'); } }", all),
    silent("a method that makes one", "class A { make() { return openSync(); } async run() { await using c = this.make(); await c.ping(); } }", all),
    // Results
    silent("a cached one in the entry", `${cache} async function start() { await using c = getConn(); await c.ping(); } await start();`, all),
    silent("a cached one in main", `${cache} export async function main() { await using c = getConn(); await c.ping(); }`, all),
    silent("a cached one at the top level", `${cache} await using c = getConn(); await c.ping();`, all),
    silent("a cached one where it ends", `${cache} export async function shutDown() { await using c = getConn(); await c.ping(); }`, all),
    silent("what is given away", "class Slot { c: Conn | null = openSync(); next() { const { c } = this; const given = this.c; this.c = null; return given; } } export async function f(slot: Slot) { await using c = slot.next(); await c?.ping(); }", all),
    silent("what is taken out of a collection", "class Bag { m = new Map<string, Conn>(); next(k: string) { const c = this.m.get(k); this.m.delete(k); return c; } } export async function f(bag: Bag) { await using c = bag.next('a'); await c?.ping(); }", all),
    silent("a cached one of another kind", "let timer: NodeJS.Timeout | undefined; function get() { return timer ??= setTimeout(step, 10); } export function f() { using t = get(); step(); }", all),
    silent("a fluent call", "class Chan { c = openSync(); connect(): Chan { return this; } async [Symbol.asyncDispose]() {} } export async function f(made: Chan) { await using chan = made.connect(); await work(); }", all),
    silent("what one's own object keeps", "class Bag { readonly #c = openSync(); current() { return this.#c; } } export async function f() { const bag = new Bag(); await using c = bag.current(); await c.ping(); }", all),
    silent("what is made for the caller, and put on a list of what is open", "class Pool { readonly #all = new Set<Conn>(); obtain() { const c = openSync(); this.#all.add(c); return c; } } export async function f(pool: Pool) { await using c = pool.obtain(); await c.ping(); }", all),
    silent("what registers itself", "class Session { constructor(all: Set<Session>) { all.add(this); } async [Symbol.asyncDispose]() {} } class Sessions { readonly all = new Set<Session>(); obtain() { return new Session(this.all); } } export async function f(sessions: Sessions) { await using session = sessions.obtain(); await work(); }", all),
    silent("a cached one that is only used", `${cache} export async function f() { const c = getConn(); await c.ping(); }`, all),
  ],
  invalid: [
    found("a parameter that the caller's scope holds", "async function load(c: Conn) {\n  await using «x» = c;\n  await x.ping();\n}\nexport async function f() {\n  await using c = await open();\n  await load(c);\n  await c.ping();\n}", {
      message: "`await using` disposes `c`, a Conn that a scope of the caller holds (line 6): the caller goes on with a closed one and disposes it again. Declare `x` with `const`.",
      suggestions: keep,
    }),
    found("a method's parameter", "class A { async load(c: Conn) { await using «x» = c; await x.ping(); } async run() { await using c = await open(); await this.load(c); } }", { messageId: "scope", suggestions: keep }),
    found("a parameter, with the option", "export async function load(c: Conn) { await using «x» = c; await x.ping(); }", {
      message: "`await using` disposes `c`, a Conn that belongs to whoever calls `load`. Declare `x` with `const`, or say `@takesOwnership` in the comment of `load`.",
      suggestions: keep,
    }, all),
    found("a parameter that is a parameter before, with the option", "async function load(c: Conn) { await using «x» = c; await x.ping(); } export class A { constructor(readonly c: Conn) {} async f() { await load(this.c); } }", { messageId: "parameter", suggestions: keep }, all),
    found("a field that another method uses", users("async load() { await using «x» = this.#c; await x.ping(); }"), {
      message: "`await using` disposes `this.#c`, a Conn that `Users` keeps: `count` finds a closed one (line 1). Declare `x` with `const`, and dispose the field where `Users` ends.",
      suggestions: keep,
    }),
    found("a parameter property that the disposer disposes", "class A { constructor(private readonly c: Conn) {} async load() { await using «x» = this.c; await x.ping(); } async [Symbol.asyncDispose]() { await this.c.close(); } }", { messageId: "field", suggestions: keep }),
    found("in a callback of a method", users("async load(names: string[]) { await Promise.all(names.map(async (name) => { await using «x» = this.#c; await x.query(name); })); }"), { messageId: "field", suggestions: keep }),
    found("a cached one", `${cache} export async function f() { await using «x» = getConn(); await x.ping(); }`, {
      message: "`await using` disposes a Conn that `getConn()` only hands out: whoever keeps it has a closed one then. Declare `x` with `const`, and leave its disposal to the owner.",
      suggestions: keep,
    }),
    found("a container's", "class Bag { readonly #m = new Map<string, Conn>(); readonly #c = openSync(); current() { return this.#c; } } export async function f(bag: Bag) { await using «x» = bag.current(); await x.ping(); }", { messageId: "result", suggestions: keep }),
    found("what a tag says is borrowed", "/** @borrowed */ declare function current(): Conn; export async function f() { await using «x» = current(); await x.ping(); }", { messageId: "result", suggestions: keep }),
    found("what a setting says is borrowed", "declare function current(): Promise<Conn>; export async function f() { await using «x» = await current(); await x.ping(); }", { messageId: "result", suggestions: keep }, { settings: { "await-using": { borrowedCalls: ["current"] } } }),
  ],
});
