import rule from "../src/rules/no-abandoned-generator.js";
import { js, ts, typed } from "./support/rule-tester.js";

const rows = "async function* rows() { await using c = await open(); for (const row of await c.query('')) yield row; } ";
const names = "function* names() { const l = lock(); try { yield l.name; } finally { l.release(); } } ";
const plain = "function* count() { for (let i = 0; ; i += 1) yield i; } ";
const errors = (...ids: readonly string[]): { errors: { messageId: string }[] } => ({ errors: ids.map((messageId) => ({ messageId })) });

typed.run("no-abandoned-generator", rule, {
  valid: [
    { name: "a generator without cleanup", ...ts(`${plain}function f() { const it = count(); return it.next().value; }`) },
    { name: "iterated", ...ts(`${rows}async function f() { for await (const row of rows()) { decode(row); break; } }`) },
    { name: "iterated after a step", ...ts(`${rows}async function f() { const it = rows(); await it.next(); for await (const row of it) decode(row); }`) },
    { name: "spread", ...ts(`${names}function f() { const it = names(); it.next(); return [...it]; }`) },
    { name: "destructured, which closes", ...ts(`${names}function f() { const [first] = names(); return first; }`) },
    { name: "delegated to", ...ts(`${names}function* f() { const it = names(); it.next(); yield* it; }`) },
    { name: "closed", ...ts(`${rows}async function f() { const it = rows(); try { await it.next(); } finally { await it.return(); } }`) },
    { name: "closed on some path", ...ts(`${rows}async function f() { const it = rows(); await it.next(); if (flag()) await it.return(); }`) },
    { name: "scoped and stepped", ...ts(`${rows}async function f() { await using it = rows(); return (await it.next()).value; }`) },
    { name: "disposed", ...ts(`${rows}async function f() { const it = rows(); await it.next(); await it[Symbol.asyncDispose](); }`) },
    { name: "given to a stack", ...ts(`${rows}async function f() { await using s = new AsyncDisposableStack(); const it = rows(); s.use(it); await it.next(); }`) },
    { name: "run to its end by a loop", ...ts(`${names}function f() { const it = names(); for (let step = it.next(); !step.done; step = it.next()) decode(step.value); }`) },
    { name: "stepped in a loop", ...ts(`${rows}async function f() { const it = rows(); while (flag()) await it.next(); }`) },
    { name: "a single yield, stepped over", ...ts(`${names}function f() { const it = names(); it.next(); step(); it.next(); }`) },
    { name: "handed on", ...ts(`${rows}declare function take(it: AsyncIterator<string>): void; async function f() { const it = rows(); await it.next(); take(it); }`) },
    { name: "returned", ...ts(`${rows}async function f() { const it = rows(); await it.next(); return it; }`) },
    { name: "stored", ...ts(`${rows}class A { it: AsyncGenerator<string> | null = null; async f() { const it = rows(); await it.next(); this.it = it; } }`) },
    { name: "put into an object", ...ts(`${rows}async function f() { const it = rows(); return { first: await it.next(), it }; }`) },
    { name: "stepped in a closure", ...ts(`${rows}function f() { const it = rows(); return () => it.next(); }`) },
    { name: "an iterator written by hand", ...ts("function f() { const it = { next: () => ({ done: true, value: 1 }), return() { step(); } }; it.next(); }") },
    { name: "a built-in iterator", ...ts("function f(all: Map<string, number>) { const it = all.keys(); return it.next().value; }") },
    { name: "a built-in temporary", ...ts("function f(all: Set<string>) { return all.values().next().value; }") },
    { name: "a generator without a body", ...ts("declare function rows(): AsyncGenerator<string, void, void>; async function f() { const it = rows(); await it.next(); }") },
    { name: "not started", ...ts(`${names}function f() { const it = names(); }`) },
    { name: "a finally that only tells", ...ts("function* g() { try { yield 1; yield 2; } finally { console.log('end'); } } function f() { const it = g(); it.next(); }") },
    { name: "a finally that sets a flag", ...ts("let open = 0; function* g() { open = 1; try { yield 1; } finally { open = 0; } } function f() { const it = g(); it.next(); }") },
    { name: "a yield ahead of the cleanup", ...ts("function* g() { yield 0; using l = lock(); yield l.name; } function f() { const it = g(); it.next(); }") },
    { name: "a saga, which yields in its finally", ...ts("function* saga() { try { yield 1; } finally { if (yield 2) step(); } } function f() { const it = saga(); it.next(); }") },
    { name: "a test, which looks at each step", ...ts(`${names}declare function it(name: string, run: () => void): void; it('steps', () => { const all = names(); decode(String(all.next().value)); });`) },
    { name: "a test with parameters", ...ts(`${names}declare const test: { each(rows: number[]): (name: string, run: () => void) => void }; test.each([1])('steps', () => { names().next(); });`) },
    { name: "module scope", ...ts(`${names}const it = names(); it.next();`) },
    { name: "a variable that is written again", ...ts(`${names}function f() { let it = names(); it.next(); it = names(); }`) },
    { name: "another function's next", ...ts("class Wizard { next() { return 1; } } function open1() { return new Wizard(); } function f() { const w = open1(); w.next(); }") },
    { name: "a bare manager of another library, closed by hand", ...ts("async function* conn() { await using c = await open(); yield c; } async function f() { const it = conn(); try { await it.next(); } finally { await it.return(); } }") },
    { name: "what the helper makes of a generator", ...ts("async function* conn() { await using c = await open(); yield c; } const connect = asyncContextManager(conn); async function f() { await using held = await connect(); await held.value.ping(); }") },
    { name: "a manager's test", ...ts("declare function test(name: string, run: () => Promise<void>): void; async function* conn() { await using c = await open(); yield c; } const connect = asyncContextManager(conn); test('opens', async () => { const it = conn(); await it.next(); await it.return(); });") },
    { name: "the helper itself, which steps what it is given", ...ts("function manage(make: () => AsyncGenerator<number, void, void>) { return async () => { const it = make(); const { value } = await it.next(); return { value, [Symbol.asyncDispose]: async () => { await it.return(); } }; }; }") },
    { name: "scoped, unread and without cleanup", ...ts(`${plain}function f() { using it = count(); }`) },
    { name: "scoped, for what TypeScript refuses itself", ...ts(`${rows}async function f() { await using it = rows(); return (it as unknown as Conn).ping(); }`) },
    { name: "scoped in JavaScript, for what generators have", ...js(`${names}function f() { using it = names(); return it.map((name) => name.length); }`) },
    { name: "scoped in JavaScript, handed on", ...js(`${names}function f() { using it = names(); return decode(it); }`) },
    { name: "scoped in JavaScript, given a property", ...js(`${names}function f() { using it = names(); it.label = 'a'; }`) },
    { name: "a release after the yield, of a generator that valid-generator-manager judges", ...ts("async function* conn() { const c = await open(); yield c; await c.close(); } async function f() { await using it = conn(); await it.next(); }") },
    { name: "more than a release after the yield, of a generator that others use", ...ts("export async function* conn() { const c = await open(); yield c; await c.query('commit'); } async function f() { await using it = conn(); await it.next(); }") },
    { name: "a release after the yield that another step reaches", ...ts("export async function* conn() { const c = await open(); yield c; await c.close(); } async function f() { await using it = conn(); await it.next(); await it.next(); }") },
    { name: "a release after the yield that a loop reaches", ...ts("export async function* conn() { const c = await open(); yield c; await c.close(); } async function f() { await using it = conn(); await it.next(); for await (const c of it) await c.ping(); }") },
    { name: "a release after a loop of yields", ...ts("export async function* rows() { const c = await open(); for (const row of await c.query('')) yield row; await c.close(); } async function f() { await using it = rows(); await it.next(); }") },
    { name: "JavaScript, closed", ...js(`${rows}async function f() { const it = rows(); await it.next(); await it.return(); }`) },
  ],
  invalid: [
    { name: "by its own iterator", ...ts(`${rows}async function f() { const it = rows()[Symbol.asyncIterator](); return (await it.next()).value; }`, { errors: [{ messageId: "abandoned", suggestions: [{ messageId: "scope", output: `${rows}async function f() { await using it = rows()[Symbol.asyncIterator](); return (await it.next()).value; }` }] }] }) },
    {
      name: "stepped once and dropped",
      ...ts(`${rows}async function f() { const it = rows(); const { value } = await it.next(); return value; }`, {
        errors: [
          {
            message: "`it` is advanced by `next()` and dropped at a `yield`: the `finally` or `using` in `rows()` never runs, and what it holds stays open. Iterate it by `for…of`, which closes it, or call `it.return()` in a `finally`.",
            suggestions: [{ messageId: "scope", data: { name: "it", keyword: "await using" }, output: `${rows}async function f() { await using it = rows(); const { value } = await it.next(); return value; }` }],
          },
        ],
      }),
    },
    {
      name: "a synchronous one",
      ...ts(`${names}function f() { const it = names(); return it.next().value; }`, {
        errors: [{ messageId: "abandoned", suggestions: [{ messageId: "scope", output: `${names}function f() { using it = names(); return it.next().value; }` }] }],
      }),
    },
    {
      name: "stepped twice where it yields in a loop",
      ...ts(`${rows}async function f() { const it = rows(); await it.next(); await it.next(); }`, {
        errors: [{ messageId: "abandoned", suggestions: [{ messageId: "scope", output: `${rows}async function f() { await using it = rows(); await it.next(); await it.next(); }` }] }],
      }),
    },
    {
      name: "asked whether there is a row",
      ...ts(`${rows}async function f() { const it = rows(); const { done } = await it.next(); return done; }`, {
        errors: [{ messageId: "abandoned", suggestions: [{ messageId: "scope", output: `${rows}async function f() { await using it = rows(); const { done } = await it.next(); return done; }` }] }],
      }),
    },
    { name: "whose resource is returned: a scope would close it", ...ts("async function* conn() { await using c = await open(); yield c; } async function f() { const it = conn(); const { value } = await it.next(); return value; }", errors("abandoned")) },
    { name: "whose resource a closure uses", ...ts("async function* conn() { await using c = await open(); yield c; } async function f() { const it = conn(); const { value } = await it.next(); return () => value; }", errors("abandoned")) },
    { name: "a step that is not awaited", ...ts(`${rows}async function f() { const it = rows(); return it.next(); }`, errors("abandoned")) },
    {
      name: "a temporary",
      ...ts(`${rows}async function f() { return (await rows().next()).value; }`, {
        errors: [{ message: "`rows()` is advanced by `next()` and dropped at a `yield`: its `finally` or `using` never runs, and what it holds stays open. Iterate it by `for…of`, which closes it, or keep it and call `return()` in a `finally`." }],
      }),
    },
    { name: "a method", ...ts("class Store { async *rows() { await using c = await open(); yield c.id; } async first() { const it = this.rows(); await it.next(); } }", { errors: [{ messageId: "abandoned", data: { name: "it", call: "`this.rows()`" }, suggestions: [{ messageId: "scope", output: "class Store { async *rows() { await using c = await open(); yield c.id; } async first() { await using it = this.rows(); await it.next(); } }" }] }] }) },
    {
      name: "a manager's generator",
      ...ts("async function* conn() { await using c = await open(); yield c; } export const connect = asyncContextManager(conn); async function f() { const it = conn(); try { await it.next(); } finally { await it.return(); } }", {
        errors: [{ message: "`conn()` is the generator of a manager, which its helper advances and closes: advanced by hand, its release depends on every path of this code. Call what the helper makes of it, and bind that by `await using`." }],
      }),
    },
    { name: "a manager's generator as a temporary", ...ts("async function* conn() { await using c = await open(); yield c.id; } export const connect = asyncContextManager(conn); async function f() { return (await conn().next()).value; }", errors("managed")) },
    {
      name: "scoped and never started",
      ...ts("async function* conn() { await using c = await open(); yield c; } async function f() { await using it = conn(); await work(); }", {
        errors: [{ message: "`it` is scoped and never started: a generator runs nothing before its first `next()`, so `conn()` acquires nothing here. Take its value by `it.next()`, or make it a manager." }],
      }),
    },
    { name: "scoped, awaited and never started", ...ts("async function* conn() { await using c = await open(); yield c; } async function f() { await using it = await conn(); await work(); }", errors("unstarted")) },
    {
      name: "scoped and left ahead of its release",
      ...ts("export async function* conn() { const c = await open(); yield c; await c.close(); } async function f() { await using it = conn(); await it.next(); }", {
        errors: [{ message: "`it` is closed at its `yield` by `return()`, which runs only `finally` blocks and the ends of `using` scopes: `c.close()` after the `yield` of `conn()`, on line 1, never runs. Put it into a `finally` around the `yield`." }],
      }),
    },
    {
      name: "taken for its value in JavaScript",
      ...js("async function* conn() { await using c = await open(); yield c; } async function f() { await using c = conn(); await c.ping(); }", {
        errors: [{ message: "`c` is the generator that `conn()` makes, not the value that it would yield: nothing of it runs, and `c.ping` is `undefined`. Make it a manager, whose call acquires the value." }],
      }),
    },
    { name: "awaited and taken for its value in JavaScript", ...js("async function* conn() { await using c = await open(); yield c; } async function f() { await using c = await conn(); await c.ping(); }", errors("mistaken")) },
    { name: "JavaScript", ...js(`${names}function f() { const it = names(); it.next(); }`, { errors: [{ messageId: "abandoned", suggestions: [{ messageId: "scope", output: `${names}function f() { using it = names(); it.next(); }` }] }] }) },
  ],
});
