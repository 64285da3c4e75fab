import rule from "../src/rules/no-uncleared-timeout.js";
import { ts, typed, untyped } from "./support/rule-tester.js";

const load = "declare function load(signal?: AbortSignal): Promise<number>; ";
const made = "const ac = new AbortController(); ";
const abort = (rest: string): string => `${load}async function f(ms: number) { ${made}${rest} }`;
const errors = (...ids: readonly string[]): { errors: { messageId: string }[] } => ({ errors: ids.map((messageId) => ({ messageId })) });

typed.run("no-uncleared-timeout", rule, {
  valid: [
    { name: "scoped by using", ...ts(abort("using timeout = setTimeout(() => ac.abort(), ms); return await load(ac.signal);")) },
    { name: "cleared in finally", ...ts(abort("const timer = setTimeout(() => ac.abort(), ms); try { return await load(ac.signal); } finally { clearTimeout(timer); }")) },
    { name: "cleared somewhere", ...ts(abort("const timer = setTimeout(() => ac.abort(), ms); const rows = await load(ac.signal); clearTimeout(timer); return rows;")) },
    { name: "cleared in a callback", ...ts(abort("const timer = setTimeout(() => ac.abort(), ms); return await load(ac.signal).finally(() => { clearTimeout(timer); });")) },
    { name: "that does not keep the process alive", ...ts(abort("setTimeout(() => ac.abort(), ms).unref(); return await load(ac.signal);")) },
    { name: "whose variable is used for anything", ...ts(abort("const timer = setTimeout(() => ac.abort(), ms); timer.unref(); return await load(ac.signal);")) },
    { name: "stored in a field", ...ts(`${load}class A { timer: NodeJS.Timeout | null = null; async f() { ${made}this.timer = setTimeout(() => ac.abort(), 5000); return await load(ac.signal); } }`) },
    { name: "that bounds no work", ...ts(abort("setTimeout(() => { step(); }, ms); return await load();")) },
    { name: "that aborts what another function made", ...ts(`${load}async function f(ac: AbortController) { setTimeout(() => ac.abort(), 5000); return await load(ac.signal); }`) },
    { name: "whose controller is handed on", ...ts(abort("setTimeout(() => ac.abort(), ms); return { rows: await load(ac.signal), ac };")) },
    { name: "whose signal is handed on", ...ts(abort("setTimeout(() => ac.abort(), ms); await load(ac.signal); return ac.signal;")) },
    { name: "whose work is not awaited here", ...ts(abort("setTimeout(() => ac.abort(), ms); return load(ac.signal);")) },
    { name: "whose work came ahead of it", ...ts(abort("await load(ac.signal); setTimeout(() => ac.abort(), ms);")) },
    { name: "that bounds the body of a response, too", ...ts(`async function f(url: string) { ${made}setTimeout(() => ac.abort(), 5000); return await fetch(url, { signal: ac.signal }); }`) },
    { name: "that bounds a response which is returned later", ...ts(`async function f(url: string) { ${made}setTimeout(() => ac.abort(), 5000); const response = await fetch(url, { signal: ac.signal }); if (!response.ok) throw new Error(); return response; }`) },
    { name: "AbortSignal.timeout", ...ts(`${load}async function f() { return await load(AbortSignal.timeout(5000)); }`) },
    { name: "another setTimeout", ...ts(`${load}async function f(setTimeout: (run: () => void, ms: number) => void) { ${made}setTimeout(() => { ac.abort(); }, 5000); return await load(ac.signal); }`) },
    { name: "a method of that name", ...ts(`${load}declare const clock: { setTimeout(run: () => void, ms: number): void }; async function f() { ${made}clock.setTimeout(() => { ac.abort(); }, 5000); return await load(ac.signal); }`) },
    { name: "a test", ...ts(`${load}declare function it(name: string, run: () => Promise<void>): void; it('aborts', async () => { ${made}setTimeout(() => ac.abort(), 5000); await load(ac.signal); });`) },
    { name: "module scope", ...ts(`${load}${made}setTimeout(() => ac.abort(), 5000); await load(ac.signal);`) },
    { name: "a very short one", ...ts(abort("setTimeout(() => ac.abort(), 10); return await load(ac.signal);")) },
    { name: "a sleep", ...ts("async function f() { await new Promise((resolve) => setTimeout(resolve, 5000)); }") },
    { name: "a race whose timer is cleared", ...ts(`${load}async function f() { let timer: NodeJS.Timeout | undefined; try { return await Promise.race([load(), new Promise((_, reject) => { timer = setTimeout(reject, 5000); })]); } finally { clearTimeout(timer); } }`) },
    { name: "a race whose timer is kept by a constant inside", ...ts(`${load}async function f(signal: AbortSignal) { return await Promise.race([load(), new Promise((_, reject) => { const timer = setTimeout(reject, 5000); signal.addEventListener('abort', () => { clearTimeout(timer); }); })]); }`) },
    { name: "a race whose timer does not keep the process alive", ...ts(`${load}async function f() { return await Promise.race([load(), new Promise((_, reject) => { setTimeout(reject, 5000).unref(); })]); }`) },
    { name: "a promise that is also used otherwise", ...ts(`${load}async function f() { const late = new Promise((resolve) => setTimeout(resolve, 5000)); await Promise.race([load(), late]); await late; }`) },
    { name: "all instead of race: it is waited for", ...ts(`${load}async function f() { await Promise.all([load(), new Promise((resolve) => setTimeout(resolve, 5000))]); }`) },
    { name: "a timer that settles nothing of the race", ...ts(`${load}async function f() { return await Promise.race([load(), new Promise((resolve) => { setTimeout(step, 5000); resolve(1); })]); }`) },
    { name: "a race that this code does not make", ...ts("declare const bluebird: { race(all: unknown[]): Promise<unknown> }; async function f() { return await bluebird.race([work(), new Promise((resolve) => setTimeout(resolve, 5000))]); }") },
  ],
  invalid: [
    {
      name: "a timer that aborts, never cleared",
      ...ts(abort("setTimeout(() => ac.abort(), ms); return await load(ac.signal);"), {
        errors: [
          {
            message:
              "This timer bounds `await load()` and is never cleared: once the work is done it runs on, keeps a Node process alive until it fires, and then aborts `ac` for nothing. Write `using timeout = setTimeout(…)`, or clear it in a `finally`.",
            suggestions: [{ messageId: "clear", output: abort("using timeout = setTimeout(() => ac.abort(), ms); return await load(ac.signal);") }],
          },
        ],
      }),
    },
    {
      name: "in a variable that nothing reads",
      ...ts(abort("const timer = setTimeout(() => { ac.abort(new Error('late')); }, ms); await load(ac.signal);"), {
        errors: [{ messageId: "abort", suggestions: [{ messageId: "clear", output: abort("using timer = setTimeout(() => { ac.abort(new Error('late')); }, ms); await load(ac.signal);") }] }],
      }),
    },
    {
      name: "a name that is taken",
      ...ts(abort("const timeout = 5000; setTimeout(() => ac.abort(), timeout); await load(ac.signal);"), {
        errors: [{ messageId: "abort", suggestions: [{ messageId: "clear", output: abort("const timeout = 5000; using timeout_ = setTimeout(() => ac.abort(), timeout); await load(ac.signal);") }] }],
      }),
    },
    { name: "ahead of the work in another block: no suggestion", ...ts(abort("if (ms > 0) { setTimeout(() => ac.abort(), ms); } await load(ac.signal);"), errors("abort")) },
    {
      name: "whose response is read here",
      ...ts(`async function f(url: string) { ${made}setTimeout(() => ac.abort(), 5000); const response = await fetch(url, { signal: ac.signal }); return await response.text(); }`, {
        errors: [{ messageId: "abort", suggestions: [{ messageId: "clear", output: `async function f(url: string) { ${made}using timeout = setTimeout(() => ac.abort(), 5000); const response = await fetch(url, { signal: ac.signal }); return await response.text(); }` }] }],
      }),
    },
    {
      name: "a race",
      ...ts(`${load}async function f() { return await Promise.race([load(), new Promise<never>((_, reject) => setTimeout(() => { reject(new Error('late')); }, 5000))]); }`, {
        errors: [{ message: "This timer bounds `Promise.race()` and is never cleared: when something else comes first it runs on, and keeps a Node process alive until it fires. Keep its handle, and clear it in a `finally` after the race." }],
      }),
    },
    { name: "a race with a promise by its name", ...ts(`${load}async function f() { const late = new Promise((_, reject) => { setTimeout(reject, 5000); }); await Promise.race([load(), late]); }`, errors("race")) },
    { name: "the timer of the global object", ...ts(abort("globalThis.setTimeout(() => ac.abort(), ms); await load(ac.signal);"), { errors: [{ messageId: "abort", suggestions: [{ messageId: "clear", output: abort("using timeout = globalThis.setTimeout(() => ac.abort(), ms); await load(ac.signal);") }] }] }) },
  ],
});

untyped.run("no-uncleared-timeout without types", rule, {
  valid: [
    { name: "a result that leaves, whose type is unknown", filename: "file.js", code: `async function f(url) { ${made}setTimeout(() => ac.abort(), 5000); return await fetch(url, { signal: ac.signal }); }` },
    { name: "another setTimeout", filename: "file.js", code: "import { setTimeout } from 'node:timers/promises'; async function f() { return await Promise.race([work(), new Promise((resolve) => setTimeout(resolve, 5000))]); }" },
  ],
  invalid: [{ name: "a timer that aborts; whether it has a disposer is unknown", filename: "file.js", code: `async function f() { ${made}setTimeout(() => ac.abort(), 5000); await load(ac.signal); }`, ...errors("abort") }],
});
