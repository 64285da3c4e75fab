import rule from "../src/rules/no-unawaited-acquisition.js";
import { js, ts, typed, untyped } from "./support/rule-tester.js";

const inStack = (statement: string): string => `async function f(c: Conn) { await using s = new AsyncDisposableStack(); ${statement} }`;
const inUnknownStack = (statement: string): string => `async function f() { await using s: any = new AsyncDisposableStack(); ${statement} }`;
const inScript = (statement: string): string => `async function f() { await using s = new AsyncDisposableStack(); ${statement} }`;

typed.run("no-unawaited-acquisition", rule, {
  valid: [
    { name: "an awaited acquisition", ...ts("async function f() { await using c = await open(); }") },
    { name: "a synchronous acquisition", ...ts("async function f() { await using c = openSync(); }") },
    { name: "a promise that TypeScript refuses itself", ...ts("async function f() { await using c = open(); }") },
    { name: "an awaited acquisition under a cast to any", ...ts("async function f() { await using c = (await open()) as any; }") },
    { name: "a cast to any below the await", ...ts("async function f() { await using c = await (open() as any); }") },
    { name: "a cast through any back to a resource", ...ts("async function f() { await using c = open() as any as Conn; }") },
    { name: "null", ...js("async function f() { await using c = null; }") },
    { name: "any", ...js("async function f(c) { await using held = c; }") },
    { name: "an unresolved import", ...js("import { connect } from 'nowhere'; async function f() { await using c = connect(); }") },
    { name: "a promise of something else, which is not a resource", ...js("async function f() { await using c = work(); }") },
    { name: "a thenable that is itself disposable", ...ts("declare class Lazy implements AsyncDisposable, PromiseLike<Conn> { then: Promise<Conn>['then']; [Symbol.asyncDispose](): Promise<void> } declare function lazy(): Lazy; async function f() { await using c = lazy(); }") },
    { name: "the same thenable in a head", ...ts("declare class Lazy implements AsyncDisposable, PromiseLike<Conn> { then: Promise<Conn>['then']; [Symbol.asyncDispose](): Promise<void> } async function f(all: Lazy[]) { for (await using c of all) step(); }") },
    { name: "a head over resources", ...ts("async function f(cs: Conn[]) { for (await using c of cs) step(); }") },
    { name: "an awaiting head over promises", ...ts("async function f() { for await (await using c of [open()]) step(); }") },
    { name: "a head over awaited elements", ...ts("async function f() { for (await using c of [await open(), null]) step(); }") },
    { name: "a head over any", ...ts("async function f(all: any) { for (await using c of all) step(); }") },
    { name: "a synchronous scope: no-sync-using speaks", ...js("async function f() { using c = open(); }") },
    { name: "use of an awaited acquisition", ...ts(inStack("s.use(await open());")) },
    { name: "use of a promise that TypeScript refuses itself", ...ts(inStack("s.use(open());")) },
    { name: "use of a nullable resource", ...ts(inStack("s.use(flag() ? openSync() : null);")) },
    { name: "use on something that is no stack", ...ts("declare const app: { use(handler: unknown): void }; app.use(open());") },
    { name: "use on an unknown receiver", ...ts("declare const app: any; app.use(open());") },
    { name: "use on a stack of another kind by the same name", ...js("import { AsyncDisposableStack } from 'nowhere'; async function f() { await using s = new AsyncDisposableStack(); s.use(open()); }") },
    { name: "adopt of an awaited acquisition", ...ts(inStack("s.adopt(await open(), (held) => held.close());")) },
    { name: "adopt of a promise whose callback awaits it", ...ts(inStack("s.adopt(open(), async (opening) => (await opening).close());")) },
    { name: "adopt of a promise whose callback chains on it", ...ts(inStack("s.adopt(open(), (opening) => opening.then((held) => held.close()));")) },
    { name: "adopt of a promise whose callback hands it on", ...ts("declare function closeLater(opening: Promise<Conn>): Promise<void>;" + inStack("s.adopt(open(), (opening) => closeLater(opening));")) },
    { name: "adopt of a promise by a named callback", ...ts("declare function closeLater(opening: Promise<Conn>): Promise<void>;" + inStack("s.adopt(open(), closeLater);")) },
    { name: "adopt of a promise whose callback closes over another variable", ...ts(inStack("const opening = open(); s.adopt(opening, async () => { await (await opening).close(); });")) },
    { name: "defer of a function", ...ts(inStack("s.defer(() => c.close());")) },
    { name: "defer of a call that gives a function", ...ts("declare function closer(c: Conn): () => Promise<void>;" + inStack("s.defer(closer(c));")) },
    { name: "defer of a call that TypeScript refuses itself", ...ts(inStack("s.defer(c.close());")) },
    { name: "defer of a bound method", ...ts(inStack("s.defer(c.close.bind(c));")) },
    { name: "defer of a property that is a function", ...ts("declare class Server { stop: () => Promise<void> }" + inStack("s.defer(new Server().stop);")) },
    { name: "defer of a namespace's function", ...ts("declare namespace jobs { function stop(): void }" + inStack("s.defer(jobs.stop);")) },
    { name: "defer of a module's function", ...ts("import * as timers from 'node:timers';" + inStack("s.defer(timers.promises.setTimeout);")) },
    { name: "defer of a method of a plain interface, which may be a closure", ...ts("interface Api { stop(): void } declare const api: Api;" + inStack("s.defer(api.stop);")) },
    { name: "defer of an object's method that does without its object", ...ts("const api = { stop() { step(); } };" + inStack("s.defer(api.stop);")) },
    { name: "defer of a class's method that does without its object", ...ts("class Api { stop() { /* not this */ step(); } }" + inStack("s.defer(new Api().stop);")) },
    { name: "defer of a declared static method", ...ts("declare class Api { static stop(): void }" + inStack("s.defer(Api.stop);")) },
    { name: "defer of an object's disposer that does without its object", ...ts("const api = { async [Symbol.asyncDispose]() { await work(); } };" + inStack("s.defer(api[Symbol.asyncDispose]);")) },
    { name: "defer of a disposer that is a function", ...ts("class Api { [Symbol.asyncDispose] = async () => { await this.stop(); }; async stop() {} }" + inStack("s.defer(new Api()[Symbol.asyncDispose]);")) },
    { name: "defer of the disposer of a plain interface, which may be a closure", ...ts("declare const held: AsyncDisposable;" + inStack("s.defer(held[Symbol.asyncDispose]);")) },
    { name: "defer of a disposer bound to its object", ...ts(inStack("s.defer(c[Symbol.asyncDispose].bind(c));")) },
    { name: "defer of an element", ...ts(inStack("const tasks = [c.close]; s.defer(tasks[0]!);")) },
    { name: "defer of any", ...ts("declare const api: any;" + inStack("s.defer(api.stop); s.defer(api.stop());")) },
    { name: "defer on something that is no stack", ...ts("declare const tasks: { defer(task: unknown): void }; declare const c: Conn; tasks.defer(c.close()); tasks.defer(c.close);") },
    { name: "a spread argument", ...ts(inUnknownStack("const all = [open()]; s.use(...all); s.defer(...all);")) },
    { name: "a call without arguments", ...ts(inUnknownStack("s.use(); s.adopt(); s.defer();")) },
    { name: "JavaScript, defer of an awaited call", ...js(inScript("s.defer(await work());")) },
  ],
  invalid: [
    {
      name: "JavaScript, a promise",
      ...js("async function f() { await using c = open('db'); }", {
        errors: [
          {
            message: "`open()` gives a promise, which `await using` does not await before it declares `c`: it throws a TypeError, and what opens later is never disposed. Write `await using c = await open()`.",
            column: 38,
            endColumn: 48,
            suggestions: [{ messageId: "awaitPromise", output: "async function f() { await using c = await open('db'); }" }],
          },
        ],
      }),
    },
    {
      name: "JavaScript, the top level of a module",
      ...js("await using c = open();", { errors: [{ messageId: "scoped", suggestions: [{ messageId: "awaitPromise", output: "await using c = await open();" }] }] }),
    },
    {
      name: "JavaScript, a conditional acquisition",
      ...js("async function f() { await using c = flag() ? open() : null; }", {
        errors: [{ messageId: "scoped", column: 38, suggestions: [{ messageId: "awaitPromise", output: "async function f() { await using c = await (flag() ? open() : null); }" }] }],
      }),
    },
    {
      name: "JavaScript, one of several declarators",
      ...js("async function f() { await using a = await open(), b = open(); }", {
        errors: [{ messageId: "scoped", data: { call: "open()", name: "b" }, column: 56, suggestions: [{ messageId: "awaitPromise", output: "async function f() { await using a = await open(), b = await open(); }" }] }],
      }),
    },
    {
      name: "JavaScript, a promise of a sync resource",
      ...js("async function f() { await using held = Promise.resolve(lock()); }", {
        errors: [{ messageId: "scoped", data: { call: "Promise.resolve()", name: "held" }, suggestions: [{ messageId: "awaitPromise", output: "async function f() { await using held = await Promise.resolve(lock()); }" }] }],
      }),
    },
    {
      name: "a cast to any hides it from TypeScript",
      ...ts("async function f() { await using c = open() as any; }", {
        errors: [{ messageId: "scoped", data: { call: "open()", name: "c" }, column: 38, endColumn: 44, suggestions: [{ messageId: "awaitPromise", output: "async function f() { await using c = await open() as any; }" }] }],
      }),
    },
    {
      name: "an element of a head, where TypeScript is silent",
      ...ts("async function f() { for (await using c of [await open(), open('b')]) step(); }", {
        errors: [
          {
            message: "`open()` gives a promise, and `await using` throws a TypeError on a promise: what opens later is never disposed. Write `await open()`.",
            column: 59,
            suggestions: [{ messageId: "awaitPromise", output: "async function f() { for (await using c of [await open(), await open('b')]) step(); }" }],
          },
        ],
      }),
    },
    {
      name: "a head over a list of promises",
      ...ts("async function f(all: Promise<Conn>[]) { for (await using c of all) step(); }", {
        errors: [
          {
            message: "`all` holds promises, and `await using` throws a TypeError on a promise: what opens later is never disposed. Write `for await (await using c of all)`.",
            column: 64,
            suggestions: [{ messageId: "awaitElements", output: "async function f(all: Promise<Conn>[]) { for await (await using c of all) step(); }" }],
          },
        ],
      }),
    },
    {
      name: "a head over a spread list of promises",
      ...ts("async function f(all: Promise<Conn>[]) { for (await using c of [...all]) step(); }", {
        errors: [{ messageId: "elements", suggestions: [{ messageId: "awaitElements", output: "async function f(all: Promise<Conn>[]) { for await (await using c of [...all]) step(); }" }] }],
      }),
    },
    {
      name: "use of a promise on a stack that is any",
      ...ts(inUnknownStack("const c = s.use(open('db'));"), {
        errors: [
          {
            message: "`open()` gives a promise, and `s.use()` throws a TypeError on a promise: what opens later is never disposed. Write `s.use(await open())`.",
            column: 87,
            suggestions: [{ messageId: "awaitPromise", output: inUnknownStack("const c = s.use(await open('db'));") }],
          },
        ],
      }),
    },
    {
      name: "use of a promise under a cast to any",
      ...ts(inStack("s.use(open() as any);"), { errors: [{ messageId: "used", data: { call: "open()", stack: "s" }, suggestions: [{ messageId: "awaitPromise", output: inStack("s.use(await open() as any);") }] }] }),
    },
    {
      name: "JavaScript, use of a promise",
      ...js(inScript("s.use(open());"), { errors: [{ messageId: "used", suggestions: [{ messageId: "awaitPromise", output: inScript("s.use(await open());") }] }] }),
    },
    {
      name: "JavaScript, use of a promise in a synchronous function",
      ...js("function f() { using s = new DisposableStack(); s.use(open()); }", { errors: [{ messageId: "used" }] }),
    },
    {
      name: "JavaScript, use on a field that is a stack by its type",
      ...js("class App { #stack = new AsyncDisposableStack(); async start() { this.#stack.use(open()); } }", {
        errors: [
          {
            messageId: "used",
            data: { call: "open()", stack: "this.#stack" },
            suggestions: [{ messageId: "awaitPromise", output: "class App { #stack = new AsyncDisposableStack(); async start() { this.#stack.use(await open()); } }" }],
          },
        ],
      }),
    },
    {
      name: "adopt of a promise whose callback takes it for the resource",
      ...ts(inStack("s.adopt(open(), (held: any) => held.close());"), {
        errors: [
          {
            message: "`open()` gives a promise, and `s.adopt()` hands that promise to its callback instead of what it gives, which is never disposed. Write `s.adopt(await open(), …)`.",
            column: 81,
            suggestions: [{ messageId: "awaitPromise", output: inStack("s.adopt(await open(), (held: any) => held.close());") }],
          },
        ],
      }),
    },
    {
      name: "JavaScript, adopt of a promise whose callback disposes it by symbol",
      ...js(inScript("s.adopt(open(), (held) => held[Symbol.asyncDispose]());"), {
        errors: [{ messageId: "adopted", suggestions: [{ messageId: "awaitPromise", output: inScript("s.adopt(await open(), (held) => held[Symbol.asyncDispose]());") }] }],
      }),
    },
    {
      name: "JavaScript, adopt of a promise that is destructured",
      ...js(inScript("s.adopt(open(), ({ id }) => console.log(id));"), {
        errors: [{ messageId: "adopted", suggestions: [{ messageId: "awaitPromise", output: inScript("s.adopt(await open(), ({ id }) => console.log(id));") }] }],
      }),
    },
    {
      name: "JavaScript, defer of a call",
      ...js("async function f() { const c = await open(); await using s = new AsyncDisposableStack(); s.defer(c.close()); }", {
        errors: [
          {
            message: "`c.close()` runs here and now, and `s.defer()` throws a TypeError on the promise it gives. Write `s.defer(() => c.close())`.",
            column: 98,
            suggestions: [{ messageId: "postpone", output: "async function f() { const c = await open(); await using s = new AsyncDisposableStack(); s.defer(() => c.close()); }" }],
          },
        ],
      }),
    },
    {
      name: "JavaScript, defer of an optional call",
      ...js("async function f() { const c = flag() ? openSync() : null; await using s = new AsyncDisposableStack(); s.defer(c?.close()); }", {
        errors: [
          {
            messageId: "called",
            suggestions: [{ messageId: "postpone", output: "async function f() { const c = flag() ? openSync() : null; await using s = new AsyncDisposableStack(); s.defer(() => c?.close()); }" }],
          },
        ],
      }),
    },
    {
      name: "JavaScript, defer of a call that awaits, which no plain function could",
      ...js(inScript("s.defer((await open()).close());"), { errors: [{ messageId: "called", data: { call: "(await open()).close()", stack: "s" } }] }),
    },
    {
      name: "defer of a call on a stack that is any",
      ...ts(inUnknownStack("s.defer(work());"), { errors: [{ messageId: "called", suggestions: [{ messageId: "postpone", output: inUnknownStack("s.defer(() => work());") }] }] }),
    },
    {
      name: "defer of a method without its object, where TypeScript is silent",
      ...ts(inStack("s.defer(c.close);"), {
        errors: [
          {
            message: "`c.close` is passed without its object, so it fails when `s` calls it at disposal. Write `s.defer(() => c.close())`.",
            column: 81,
            suggestions: [{ messageId: "bind", output: inStack("s.defer(() => c.close());") }],
          },
        ],
      }),
    },
    {
      name: "defer of a disposer without its object",
      ...ts(inStack("s.defer(c[Symbol.asyncDispose]);"), {
        errors: [
          {
            message: "`c[Symbol.asyncDispose]` is passed without its object, so it fails when `s` calls it at disposal. Write `s.defer(() => c[Symbol.asyncDispose]())`.",
            column: 81,
            suggestions: [{ messageId: "bind", output: inStack("s.defer(() => c[Symbol.asyncDispose]());") }],
          },
        ],
      }),
    },
    {
      name: "defer of a synchronous disposer that uses its object",
      ...ts("class Api { #open = true; [Symbol.dispose]() { this.#open = false; } }" + inStack("const api = new Api(); s.defer(api[Symbol.dispose]);"), {
        errors: [{ messageId: "unbound", suggestions: [{ messageId: "bind", output: "class Api { #open = true; [Symbol.dispose]() { this.#open = false; } }" + inStack("const api = new Api(); s.defer(() => api[Symbol.dispose]());") }] }],
      }),
    },
    { name: "defer of a disposer that may be missing, which no function could call as it is", ...ts(inUnknownStack("const c = flag() ? openSync() : null; s.defer(c?.[Symbol.asyncDispose]);"), { errors: [{ messageId: "unbound", data: { method: "c?.[Symbol.asyncDispose]", stack: "s" } }] }) },
    {
      name: "defer of an emitter's method, declared by an interface that extends a class",
      ...ts("import { watch } from 'node:fs';" + inStack("const watcher = watch('.'); s.defer(watcher.close);"), {
        errors: [{ messageId: "unbound", data: { method: "watcher.close", stack: "s" }, suggestions: [{ messageId: "bind", output: "import { watch } from 'node:fs';" + inStack("const watcher = watch('.'); s.defer(() => watcher.close());") }] }],
      }),
    },
    {
      name: "defer of a method that uses its object",
      ...ts("class Api { #stopped = false; stop() { this.#stopped = true; } }" + inStack("const api = new Api(); s.defer(api.stop);"), {
        errors: [{ messageId: "unbound", suggestions: [{ messageId: "bind", output: "class Api { #stopped = false; stop() { this.#stopped = true; } }" + inStack("const api = new Api(); s.defer(() => api.stop());") }] }],
      }),
    },
    {
      name: "defer of the own method on a field that is a stack",
      ...ts("class App { #stack = new DisposableStack(); #open = true; start() { this.#stack.defer(this.stop); } stop() { this.#open = false; } }", {
        errors: [
          {
            messageId: "unbound",
            data: { method: "this.stop", stack: "this.#stack" },
            suggestions: [{ messageId: "bind", output: "class App { #stack = new DisposableStack(); #open = true; start() { this.#stack.defer(() => this.stop()); } stop() { this.#open = false; } }" }],
          },
        ],
      }),
    },
  ],
});

const script = { filename: "file.js" };

untyped.run("no-unawaited-acquisition without types", rule, {
  valid: [
    { name: "an unknown call", ...script, code: "async function f() { await using c = open(); }" },
    { name: "a parameter of an async function", ...script, code: "async function f(open) { await using c = open(); }" },
    { name: "an awaited async function", ...script, code: "async function open() {} async function f() { await using c = await open(); }" },
    { name: "an async generator", ...script, code: "async function* rows() {} async function f() { await using it = rows(); }" },
    { name: "use of an unknown call", ...script, code: "async function f() { await using s = new AsyncDisposableStack(); s.use(open()); }" },
    { name: "use on something that is no stack", ...script, code: "async function open() {} app.use(open());" },
    { name: "use on a stack that is assigned later", ...script, code: "async function open() {} let s = new AsyncDisposableStack(); s = app; s.use(open());" },
    { name: "a method without its object, which may need none", ...script, code: "async function f(c) { await using s = new AsyncDisposableStack(); s.defer(c.close); }" },
    { name: "TypeScript, which refuses it itself", filename: "file.ts", code: "async function open() {} async function f() { await using c = open(); }" },
    { name: "TypeScript, use that it refuses itself", filename: "file.ts", code: "async function open() {} async function f() { await using s = new AsyncDisposableStack(); s.use(open()); s.defer(open()); }" },
  ],
  invalid: [
    {
      name: "a call of an async function of this file",
      ...script,
      code: "async function open() {} async function f() { await using c = open(); }",
      errors: [{ messageId: "scoped", data: { call: "open()", name: "c" }, column: 63, suggestions: [{ messageId: "awaitPromise", output: "async function open() {} async function f() { await using c = await open(); }" }] }],
    },
    {
      name: "use and defer of calls of an async function",
      ...script,
      code: "async function open() {} async function f() { await using s = new AsyncDisposableStack(); s.use(open());\ns.defer(open()); }",
      errors: [
        { messageId: "used", line: 1, suggestions: [{ messageId: "awaitPromise", output: "async function open() {} async function f() { await using s = new AsyncDisposableStack(); s.use(await open());\ns.defer(open()); }" }] },
        { messageId: "called", line: 2, suggestions: [{ messageId: "postpone", output: "async function open() {} async function f() { await using s = new AsyncDisposableStack(); s.use(open());\ns.defer(() => open()); }" }] },
      ],
    },
    {
      name: "an element of a head",
      ...script,
      code: "async function open() {} async function f() { for (await using c of [open()]) {} }",
      errors: [{ messageId: "element", suggestions: [{ messageId: "awaitPromise", output: "async function open() {} async function f() { for (await using c of [await open()]) {} }" }] }],
    },
    {
      name: "TypeScript, a stack annotated any",
      filename: "file.ts",
      code: "async function open() {} async function f() { await using s: any = new AsyncDisposableStack(); s.use(open()); }",
      errors: [{ messageId: "used", suggestions: [{ messageId: "awaitPromise", output: "async function open() {} async function f() { await using s: any = new AsyncDisposableStack(); s.use(await open()); }" }] }],
    },
  ],
});
