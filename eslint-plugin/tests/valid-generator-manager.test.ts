import rule from "../src/rules/valid-generator-manager.js";
import { js, ts, typed, untyped } from "./support/rule-tester.js";

const managed = (body: string): string => `const manager = asyncContextManager(async function* () { ${body} });`;
const scoped = "async function f() { await using it = conn(); await it.next(); }";
const errors = (...ids: readonly string[]): { errors: { messageId: string }[] } => ({ errors: ids.map((messageId) => ({ messageId })) });

typed.run("valid-generator-manager", rule, {
  valid: [
    { name: "released by await using", ...ts(managed("await using c = await open(); yield c;")) },
    { name: "released in finally", ...ts(managed("const c = await open(); try { yield c; } finally { await c.close(); }")) },
    { name: "nothing to release", ...ts(managed("yield 1;")) },
    { name: "a release inside an outer finally", ...ts(managed("const c = await open(); try { try { yield c; } finally { await work(); } } finally { await c.close(); }")) },
    { name: "a stack", ...ts(managed("await using s = new AsyncDisposableStack(); const a = s.use(await open()); const b = s.use(await open()); yield [a, b] as const;")) },
    { name: "branches with a yield each", ...ts(managed("if (flag()) { yield 1; } else { await using c = await open(); yield c.id.length; }")) },
    { name: "branches under the same condition", ...ts("const manager = asyncContextManager(async function* (fast: boolean) { if (fast) yield 1; if (!fast) yield 2; });") },
    { name: "a first branch that returns", ...ts(managed("if (flag()) { yield 1; return; } await using c = await open(); yield 2;")) },
    { name: "a throw instead of a yield", ...ts(managed("if (flag()) throw new Error('no'); yield 1;")) },
    { name: "nothing but a throw", ...ts(managed("throw new Error('not yet');")) },
    { name: "a call that never returns instead of a yield", ...ts(`declare function stop(): never; ${managed("if (flag()) { stop(); } else { yield 1; }")}`) },
    { name: "process.exit instead of a yield", ...ts(managed("if (flag()) { process.exit(1); } else { yield 1; }")) },
    { name: "a retry loop that ends with its yield", ...ts(managed("for (;;) { if (flag()) { await using c = await open(); yield c; return; } await work(); }")) },
    { name: "a loop whose flag the yield ends", ...ts(managed("let done = false; while (!done) { done = true; if (flag()) { yield 1; return; } else { throw new Error(); } }")) },
    { name: "a search that throws when nothing is found", ...ts("const manager = asyncContextManager(async function* (urls: string[]) { for (const url of urls) { if (flag()) { await using c = await open(url); yield c; return; } } throw new Error('none'); });") },
    { name: "every case of a switch", ...ts("const manager = asyncContextManager(async function* (kind: 'a' | 'b') { switch (kind) { case 'a': yield 1; break; case 'b': yield 2; break; } });") },
    { name: "a delegation, whose yields are another generator's", ...ts("async function* one() { await using c = await open(); yield c; } const manager = asyncContextManager(async function* () { yield* one(); });") },
    { name: "code after a delegation", ...ts("async function* one() { yield 1; } const manager = asyncContextManager(async function* () { yield* one(); await work(); });") },
    { name: "a return after the yield", ...ts(managed("yield 1; return;")) },
    { name: "a throw after the yield, for a helper that resumed it", ...ts(managed("yield 1; throw new Error('resumed');")) },
    { name: "a function declared after the yield", ...ts(managed("yield help(); function help() { return 1; }")) },
    { name: "what another path reaches without the yield", ...ts(managed("try { if (flag()) { yield 1; return; } } finally { step(); } yield 2;")) },
    { name: "a catch for the acquisition, which stands in the try", ...ts(managed("try { await using c = await open(); yield c; } catch (error) { throw new Error('no connection', { cause: error }); }")) },
    { name: "a catch that releases what an opening half done has acquired", ...ts(managed("let c: Conn | undefined; try { c = await open(); await c.ping(); } catch (error) { await c?.close(); throw error; } try { yield c; } finally { await c.close(); }")) },
    { name: "a rollback in catch that finally does too", ...ts("declare const tx: { begin(): Promise<void>; rollback(): Promise<void> }; const manager = asyncContextManager(async function* () { let failed = false; try { await tx.begin(); yield 1; } catch (error) { failed = true; await tx.rollback(); throw error; } finally { if (!failed) await tx.rollback(); } });") },
    { name: "a catch inside the finally", ...ts(managed("const c = await open(); try { yield c; } finally { try { await c.close(); } catch { step(); } }")) },
    { name: "a return in a finally ahead of the yield", ...ts(managed("const value = await (async () => { try { return 1; } finally { step(); } })(); yield value;")) },
    { name: "a return of a callback in finally", ...ts(managed("const all = [await open()]; try { yield all; } finally { await Promise.all(all.map((c) => { return c.close(); })); }")) },
    { name: "a yield of a nested generator in finally", ...ts(managed("try { yield 1; } finally { const more = function* () { yield 2; yield 3; }; step(); void more; }")) },
    { name: "an optional release of what the try acquires", ...ts(managed("let c: Conn | undefined; try { c = await open(); yield c; } finally { await c?.close(); }")) },
    { name: "a guarded release of what the try acquires", ...js(managed("let c; try { c = await open(); yield c; } finally { if (c) await c.close(); }")) },
    { name: "what TypeScript refuses itself (TS2454)", ...ts(managed("let c: Conn; try { c = await open(); yield c; } finally { await c.close(); }")) },
    { name: "a producer of data that no helper is given", ...ts("async function* rows() { const c = await open(); yield 1; yield 2; await c.close(); } async function f() { for await (const row of rows()) decode(String(row)); }") },
    { name: "a helper that is none", ...ts("declare function collect(make: () => AsyncGenerator<number>): void; collect(async function* () { yield 1; yield 2; });") },
    { name: "a helper of this file that resumes its generator", ...ts("function asyncContextManager(make: () => AsyncGenerator<number, void, void>) { return async (use: (value: number) => Promise<void>) => { const it = make(); const { value } = await it.next(); await use(value as number); await it.next(); }; } asyncContextManager(async function* () { yield 1; await work(); });") },
    { name: "a helper of this file that passes errors in", ...ts("function asyncContextManager(make: () => AsyncGenerator<number, void, void>) { return async (use: (value: number) => Promise<void>) => { const it = make(); const { value } = await it.next(); try { await use(value as number); } catch (error) { await it.throw(error); } finally { await it.return(); } }; } asyncContextManager(async function* () { try { yield 1; } catch { step(); } });") },
    { name: "a stand-in for the helper that only hands on", ...ts("const asyncContextManager = <T>(make: T) => make; asyncContextManager(async function* () { yield 1; yield 2; });") },
    { name: "a generator that something else runs too", ...ts("declare function runManaged(it: AsyncGenerator<number, void, void>, body: (value: number) => void): Promise<void>; async function* tx() { try { yield 1; await work(); } catch { step(); } } const manager = asyncContextManager(tx); void runManaged(tx(), step);") },
    { name: "a generator that is given to the helper under a name that changes", ...ts("let make = async function* () { yield 1; yield 2; }; make = async function* () { yield 3; }; const manager = asyncContextManager(make);") },
    { name: "JavaScript", ...js(managed("const c = await open(); try { yield c; } finally { await c.close(); }")) },
    { name: "a bare generator in good order", ...ts(`async function* conn() { const c = await open(); try { yield c; } finally { await c.close(); } } ${scoped}`) },
    { name: "a bare generator that is exported", ...ts(`export async function* conn() { yield 1; step(); } ${scoped}`) },
    { name: "a bare generator that is exported apart", ...ts(`async function* conn() { yield 1; step(); } ${scoped} export { conn };`) },
    { name: "a bare generator that is iterated elsewhere", ...ts(`async function* conn() { yield 1; step(); } ${scoped} async function all() { for await (const c of conn()) decode(String(c)); }`) },
    { name: "a bare generator that is handed on elsewhere", ...ts(`async function* conn() { yield 1; step(); } ${scoped} declare function take(make: () => AsyncGenerator<number>): void; take(conn);`) },
    { name: "a bare generator that is advanced again", ...ts("async function* conn() { yield 1; step(); } async function f() { await using it = conn(); await it.next(); await it.next(); }") },
    { name: "a bare generator that is advanced in a loop", ...ts("async function* conn() { yield 1; yield 2; } async function f() { await using it = conn(); while (flag()) await it.next(); }") },
    { name: "a bare generator that a closure advances", ...ts("async function* conn() { yield 1; yield 2; } async function f() { await using it = conn(); await Promise.all([1, 2].map(() => it.next())); }") },
    { name: "a bare generator that is advanced and iterated", ...ts("async function* conn() { yield 1; yield 2; } async function f() { await using it = conn(); await it.next(); for await (const n of it) decode(String(n)); }") },
    { name: "a bare generator that an error is thrown into", ...ts("async function* conn() { try { yield 1; } catch { step(); } } async function f() { await using it = conn(); await it.throw(new Error()); }") },
    { name: "a bare generator without a scope", ...ts("async function* conn() { yield 1; step(); } async function f() { const it = conn(); await it.next(); await it.next(); }") },
    { name: "a bare generator in a test", ...ts("declare function test(name: string, run: () => Promise<void>): void; test('steps', async () => { async function* conn() { yield 1; step(); } await using it = conn(); await it.next(); });") },
    { name: "the first line of a file, by a bare generator that has more", ...ts("async function* lines() { await using c = await open(); for (const row of await c.query('')) yield row; } async function f() { await using it = lines(); return (await it.next()).value; }") },
    { name: "a bare generator that may have nothing, which `done` tells", ...ts("async function* maybe() { await using c = await open(); if (flag()) yield c.id; } async function f() { await using it = maybe(); const { done } = await it.next(); return done; }") },
    { name: "a bare generator of two names", ...ts("let conn = async function* () { yield 1; step(); }; async function f() { await using it = conn(); await it.next(); } conn = async function* () { yield 2; };") },
  ],
  invalid: [
    {
      name: "a bare generator with a release after its yield",
      ...ts(`async function* conn() { const c = await open(); yield c; await c.close(); } ${scoped}`, {
        errors: [{ messageId: "dead", data: { code: "c.close()" }, suggestions: [{ messageId: "releaseInFinally", output: `async function* conn() { const c = await open(); try { yield c; } finally { await c.close(); } } ${scoped}` }] }],
      }),
    },
    { name: "a bare generator with a second yield", ...ts(`async function* conn() { await using c = await open(); yield c; yield c; } ${scoped}`, errors("again")) },
    { name: "a bare generator with a catch", ...ts(`async function* conn() { const c = await open(); try { yield c; } catch { await c.close(); } } ${scoped}`, errors("caught")) },
    { name: "a bare generator without a yield", ...ts(`const conn = async function* (): AsyncGenerator<Conn, void, void> { await using c = await open(); await c.ping(); }; ${scoped}`, { errors: [{ message: "`conn` has no `yield`: its `next()` gives `undefined`, and nothing says so. Yield once what it acquires.", column: 7, endColumn: 11 }] }) },
    { name: "a synchronous bare generator", ...ts("function* name() { const l = lock(); yield l.name; l.release(); } function f() { using it = name(); step(); return it.next().value; }", { errors: [{ messageId: "dead", suggestions: [{ messageId: "releaseInFinally", output: "function* name() { const l = lock(); try { yield l.name; } finally { l.release(); } } function f() { using it = name(); step(); return it.next().value; }" }] }] }) },
    { name: "a bare generator in a function, used twice", ...ts("async function f() { async function* conn() { yield 1; step(); } { await using it = conn(); await it.next(); } await using it = conn(); await it.next(); }", errors("dead")) },
    {
      name: "a release after the yield",
      ...ts(managed("const c = await open(); yield c; await c.close();"), {
        errors: [
          {
            message:
              "`c.close()` never runs: disposal leaves the manager at its `yield` by `return()`, which runs only `finally` blocks and the ends of `using` scopes. Put a release into a `finally` around the `yield`, and what only a success may do into the code that uses the manager.",
            suggestions: [{ messageId: "releaseInFinally", output: managed("const c = await open(); try { yield c; } finally { await c.close(); }") }],
          },
        ],
      }),
    },
    {
      name: "several releases after the yield, on lines of their own, with comments",
      ...ts("const manager = asyncContextManager(async function* () {\n  const c = await open(); // first\n  yield c; // here\n  // at last\n  await c.close(); // gone\n  clearInterval(0);\n});", {
        errors: [
          {
            messageId: "dead",
            line: 5,
            suggestions: [
              {
                messageId: "releaseInFinally",
                output:
                  "const manager = asyncContextManager(async function* () {\n  const c = await open(); // first\n  try {\n    yield c; // here\n  } finally {\n    // at last\n    await c.close(); // gone\n    clearInterval(0);\n  }\n});",
              },
            ],
          },
        ],
      }),
    },
    { name: "more than releases after the yield, which may be for a success only", ...ts(managed("const c = await open(); yield c; await c.query('commit'); await c.close();"), { errors: [{ messageId: "dead", data: { code: "c.query()" } }] }) },
    { name: "a commit in the try", ...ts(managed("const c = await open(); try { yield c; await c.query('commit'); } finally { await c.close(); }"), errors("dead")) },
    { name: "a release after a try without a catch", ...ts(managed("const c = await open(); try { yield c; } finally { step(); } await c.close();"), errors("dead")) },
    { name: "a log after the yield", ...ts(managed("await using c = await open(); yield c; console.log('done');"), errors("dead")) },
    { name: "a result of the yield", ...ts(managed("await using c = await open(); const result: unknown = yield c; if (result) step();"), errors("dead")) },
    {
      name: "a second yield",
      ...ts(managed("await using a = await open(); yield a; await using b = await open(); yield b;"), {
        errors: [{ message: "This `yield` is never reached: a manager is left by `return()` at the `yield` on line 1, and its user never sees this value. Yield all of it at once, for example as an object or a stack." }],
      }),
    },
    { name: "a second yield on one path only", ...ts(managed("if (flag()) { yield 1; } yield 2;"), errors("again")) },
    { name: "two yields in the try", ...ts(managed("try { yield 1; step(); yield 2; } finally { step(); }"), errors("again")) },
    { name: "a yield in a loop", ...ts("const manager = asyncContextManager(async function* (urls: string[]) { if (urls.length === 0) throw new Error(); do { await using c = await open(urls[0]); yield c; } while (flag()); });", errors("looped")) },
    { name: "a loop that may never turn", ...ts("const manager = asyncContextManager(async function* (urls: string[]) { for (const url of urls) { await using c = await open(url); yield c; } });", errors("missing", "looped")) },
    {
      name: "no yield at all",
      ...ts("const manager = asyncContextManager(async function* (): AsyncGenerator<Conn, void, void> { await using c = await open(); await c.ping(); });", {
        errors: [{ message: "The end of the function (line 1) is reached without a `yield`: `asyncContextManager` then has no value to give, and its caller gets an error that does not say why. Yield once on every path, or throw.", column: 17, endColumn: 36 }],
      }),
    },
    { name: "an early return", ...ts(managed("if (flag()) return; yield 1;"), { errors: [{ messageId: "missing", column: 70 }] }) },
    { name: "a branch without a yield", ...ts(managed("if (flag()) { yield 1; }"), errors("missing")) },
    {
      name: "a yield in finally",
      ...ts(managed("const c = await open(); try { yield c; } finally { yield c; await c.close(); }"), {
        errors: [
          { message: "This `yield` in `finally` interrupts the release: disposal stops at it, and fails or leaves out the rest of the `finally`. Only release in `finally`." },
          { messageId: "dead" },
        ],
      }),
    },
    { name: "a return in finally", ...ts(managed("const c = await open(); try { yield c; } finally { await c.close(); return; }"), errors("returns")) },
    { name: "a catch that has nothing else to catch", ...ts(managed("const c = await open(); try { yield c; } catch (error) { console.error(error); } finally { await c.close(); }"), errors("caught")) },
    { name: "a release in catch only", ...ts(managed("const c = await open(); try { await c.ping(); yield c; } catch (error) { await c.close(); throw error; }"), errors("caught")) },
    {
      name: "a transaction after the manner of Python",
      ...ts("declare const tx: { begin(): Promise<void>; commit(): Promise<void>; rollback(): Promise<void> }; const manager = asyncContextManager(async function* () { try { await tx.begin(); yield tx; await tx.commit(); } catch (error) { await tx.rollback(); throw error; } });", errors("dead", "caught")),
    },
    {
      name: "JavaScript, an acquisition inside the try",
      ...js(managed("let c; try { c = await open(); yield c; } finally { await c.close(); }"), {
        errors: [
          {
            message: "If `open()` fails, `c` is still empty in the `finally`, and `c.close()` throws a TypeError that hides the failure. Acquire it ahead of the `try`.",
            suggestions: [{ messageId: "acquireAhead", data: { name: "c" }, output: managed("const c = await open(); try { yield c; } finally { await c.close(); }") }],
          },
        ],
      }),
    },
    { name: "an acquisition inside the try that TypeScript is told to trust", ...ts(managed("let c!: Conn; try { step(); c = await open(); yield c; } finally { await c.close(); }"), errors("late")) },
    { name: "a generator given by its name", ...ts("async function* conn() { const c = await open(); yield c; await c.close(); } const manager = asyncContextManager(conn);", { errors: [{ messageId: "dead", suggestions: [{ messageId: "releaseInFinally", output: "async function* conn() { const c = await open(); try { yield c; } finally { await c.close(); } } const manager = asyncContextManager(conn);" }] }] }) },
    { name: "a generator given twice, reported once", ...ts("async function* conn() { yield 1; await work(); } const one = asyncContextManager(conn); const two = asyncContextManager(conn);", errors("dead")) },
    { name: "a generator given by a constant", ...ts("const conn = async function* () { yield 1; await work(); }; const manager = asyncContextManager(conn);", errors("dead")) },
    { name: "a helper of an object", ...ts("declare const helpers: { asyncContextManager(make: () => AsyncGenerator<number, void, void>): void }; helpers.asyncContextManager(async function* () { yield 1; await work(); });", errors("dead")) },
    { name: "a helper by the settings, behind another argument", ...ts("declare function provide(name: string, make: () => Generator<number, void, void>): void; provide('a', function* () { yield 1; step(); });", { settings: { "await-using": { managerHelpers: ["provide"] } }, ...errors("dead") }) },
    {
      name: "a helper of this file that leaves by return",
      ...ts("function asyncContextManager(make: () => AsyncGenerator<number, void, void>) { return async () => { const it = make(); const { value } = await it.next(); return { value, [Symbol.asyncDispose]: async () => { await it.return(); } }; }; } const manager = asyncContextManager(async function* () { yield 1; await work(); });", errors("dead")),
    },
  ],
});

const script = { filename: "file.js" };

untyped.run("valid-generator-manager without types", rule, {
  valid: [
    { name: "released in finally", ...script, code: managed("const c = await open(); try { yield c; } finally { await c.close(); }") },
    { name: "a branch that fails instead of a yield, as its name says", ...script, code: managed("if (flag()) yield 1; else assertNever(2);") },
    { name: "a helper of the file that resumes", ...script, code: `function asyncContextManager(make) { const it = make(); return { start: () => it.next(), end: () => it.next() }; } ${managed("yield 1; step();")}` },
    { name: "a bare generator of a script, which other scripts may call", filename: "file.js", languageOptions: { sourceType: "script" }, code: `async function* conn() { yield 1; step(); } ${scoped}` },
    { name: "another import under the helper's name", ...script, code: `import { collect as asyncContextManager } from './collect.js'; ${managed("yield 1; yield 2;")}` },
  ],
  invalid: [
    { name: "a release after the yield", ...script, code: managed("yield 1; release();"), errors: [{ messageId: "dead", suggestions: [{ messageId: "releaseInFinally", output: managed("try { yield 1; } finally { release(); }") }] }] },
    { name: "a bare generator", ...script, code: `async function* conn() { yield 1; step(); } ${scoped}`, ...errors("dead") },
    { name: "the helper, imported under another name", ...script, code: "import { asyncContextManager as manage } from './managed.js'; export const one = manage(async function* () { yield 1; yield 2; });", ...errors("again") },
  ],
});
