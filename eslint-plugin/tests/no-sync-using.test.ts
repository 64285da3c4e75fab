import rule from "../src/rules/no-sync-using.js";
import { js, ts, typed, untyped } from "./support/rule-tester.js";

const asyncOnly = (name: string, type: string): string =>
  `\`${name}\` is ${type}, which only \`await using\` can dispose: \`using\` throws a TypeError here and leaves it open. Declare it with \`await using\`.`;

typed.run("no-sync-using", rule, {
  valid: [
    { name: "a sync resource", ...ts("function f() { using held = lock(); step(); }") },
    { name: "an async resource in an asynchronous scope", ...ts("async function f() { await using c = await open(); }") },
    { name: "null and undefined", ...ts("using a = null; using b = undefined;") },
    { name: "a nullable sync resource", ...ts("function f() { using held = flag() ? lock() : null; }") },
    { name: "an async resource that TypeScript refuses itself", ...ts("async function f() { using c = await open(); }") },
    { name: "a promise that TypeScript refuses itself", ...ts("async function f() { using c = open(); }") },
    { name: "several declarators that TypeScript refuses itself", ...ts("function f() { using a = openSync(), b = openSync(); }") },
    { name: "a C-style head that TypeScript refuses itself", ...ts("function f() { for (using c = openSync(); ; ) { break; } }") },
    { name: "both disposers in async code, by default", ...ts("async function f() { using d = await openDir('.'); }") },
    { name: "both disposers, reported only where await may stand", ...ts("function f(d: Dir) { using held = d; }", { options: [{ both: "report" }] }) },
    { name: "both disposers, where the file chooses so each time", ...ts("async function f() { using d = await openDir('.'); } async function g() { using d = await openDir('.'); }", { options: [{ both: "report" }] }) },
    { name: "both disposers in a class static block", ...ts("declare const d: Dir; class K { static { using held = d; } }", { options: [{ both: "report" }] }) },
    { name: "both disposers at the top level without await, as in CommonJS", ...ts("declare const d: Dir; { using held = d; }", { options: [{ both: "report" }] }) },
    { name: "a nested synchronous callback of an async function", ...ts("async function f(ds: Dir[]) { ds.forEach((d) => { using held = d; }); }", { options: [{ both: "report" }] }) },
    { name: "any", ...ts("function f(c: any) { using held = c; }") },
    { name: "an unresolved import", ...ts("import { connect } from 'nowhere'; async function f() { using held = await connect(); }") },
    { name: "a cast of what is any already", ...ts("function f(c: unknown) { using held = c as any; }") },
    { name: "a cast through any to a type that has the disposer", ...ts("function f() { using held = openSync() as any as Disposable; }") },
    { name: "a sync resource under a cast to any", ...ts("function f() { using held = lock() as any; }") },
    { name: "an inert type: a generator", ...js("async function* g() { yield 1; } function f() { using it = g(); }") },
    { name: "an inert type: a stream", ...js("import { Readable } from 'node:stream'; function f() { using s = Readable.from([]); }") },
    { name: "a union in which only one member is a resource", ...js("function f() { using c = flag() ? openSync() : 5; }") },
    { name: "a head over sync resources", ...ts("function f(ls: Lock[]) { for (using held of ls) step(); }") },
    { name: "a head over resources with both disposers", ...ts("function f(ds: Set<Dir>) { for (using d of ds) step(); }") },
    { name: "a head over a mix in which each has the synchronous disposer", ...ts("function f(xs: (Dir | Lock)[]) { for (using x of xs) step(); }") },
    { name: "an awaiting head over promises of sync resources", ...ts("async function f(ls: Promise<Lock>[]) { for await (using held of ls) step(); }") },
    { name: "a head over any", ...ts("function f(xs: any) { for (using x of xs) step(); }") },
    { name: "a plain head", ...ts("async function f(cs: Conn[]) { for (const c of cs) await c.ping(); }") },
    { name: "an asynchronous head", ...ts("async function f(cs: Conn[]) { for (await using c of cs) await c.ping(); }") },
    { name: "a class with both disposers of its own", ...ts("class Both { [Symbol.dispose]() {} async [Symbol.asyncDispose]() {} } async function f() { using b = new Both(); }") },
    { name: "both disposers, of which the asynchronous one waits for nothing", ...ts("class Bus { #on = new Set<() => void>(); [Symbol.dispose]() { this.#on.clear(); } async [Symbol.asyncDispose]() { this.#on.clear(); } } async function f() { using b = new Bus(); await work(); }", { options: [{ both: "report" }] }) },
    { name: "a type parameter bounded by Disposable", ...ts("function f<T extends Disposable>(all: T[]) { for (using each of all) step(); }") },
  ],
  invalid: [
    {
      name: "both disposers, where the file chooses otherwise elsewhere",
      ...ts("async function f() { using d = await openDir('a'); } async function g() { using d = await openDir('b'); } async function h() { await using d = await openDir('c'); }", {
        options: [{ both: "report" }],
        errors: [
          { messageId: "both", suggestions: [{ messageId: "awaitUsing", output: "async function f() { await using d = await openDir('a'); } async function g() { using d = await openDir('b'); } async function h() { await using d = await openDir('c'); }" }] },
          { messageId: "both", suggestions: [{ messageId: "awaitUsing", output: "async function f() { using d = await openDir('a'); } async function g() { await using d = await openDir('b'); } async function h() { await using d = await openDir('c'); }" }] },
        ],
      }),
    },
    {
      name: "JavaScript, an async-only resource",
      ...js("async function f() { using c = await open(); }", {
        errors: [
          {
            message: asyncOnly("c", "a Conn"),
            column: 28,
            suggestions: [{ messageId: "awaitUsing", output: "async function f() { await using c = await open(); }" }],
          },
        ],
      }),
    },
    {
      name: "JavaScript, a nullable async-only resource",
      ...js("async function f() { using c = flag() ? openSync() : null; }", {
        errors: [{ messageId: "asyncOnly", data: { name: "c", type: "a Conn" }, suggestions: [{ messageId: "awaitUsing", output: "async function f() { await using c = flag() ? openSync() : null; }" }] }],
      }),
    },
    {
      name: "JavaScript, where await may not stand",
      ...js("function f() { using c = openSync(); }", { errors: [{ messageId: "asyncOnly", data: { name: "c", type: "a Conn" } }] }),
    },
    {
      name: "JavaScript, a static block inside an async function",
      ...js("async function f() { class K { static { using c = openSync(); } } }", { errors: [{ messageId: "asyncOnly" }] }),
    },
    {
      name: "JavaScript, a function that gives a promise already",
      ...js("function f() { using c = openSync(); return work(); }", {
        errors: [{ messageId: "asyncOnly", suggestions: [{ messageId: "awaitUsing", output: "async function f() { await using c = openSync(); return work(); }" }] }],
      }),
    },
    {
      name: "JavaScript, a promise of an async resource",
      ...js("async function f() { using c = open('db'); }", {
        errors: [
          {
            message: "`open()` gives a promise, and `using` throws a TypeError on a promise: what opens later is never disposed. Write `await using c = await open()`.",
            column: 28,
            suggestions: [{ messageId: "awaitPromise", data: { keyword: "await using" }, output: "async function f() { await using c = await open('db'); }" }],
          },
        ],
      }),
    },
    {
      name: "JavaScript, a promise of a sync resource",
      ...js("async function f() { using held = Promise.resolve(lock()); }", {
        errors: [
          {
            messageId: "promise",
            data: { call: "Promise.resolve()", keyword: "using", name: "held" },
            suggestions: [{ messageId: "awaitPromise", output: "async function f() { using held = await Promise.resolve(lock()); }" }],
          },
        ],
      }),
    },
    {
      name: "JavaScript, an optional promise",
      ...js("async function f() { using c = flag() ? open() : null; }", {
        errors: [{ messageId: "promise", suggestions: [{ messageId: "awaitPromise", output: "async function f() { await using c = await (flag() ? open() : null); }" }] }],
      }),
    },
    {
      name: "JavaScript, one of several declarators",
      ...js("async function f() { using a = lock(), c = await open(); }", { errors: [{ messageId: "asyncOnly", data: { name: "c", type: "a Conn" }, column: 40 }] }),
    },
    {
      name: "JavaScript, a C-style head, where await using crashes Node 24",
      ...js("async function f() { for (using c = openSync(); ; ) { break; } }", { errors: [{ messageId: "asyncOnly" }] }),
    },
    {
      name: "an asynchronous stack",
      ...js("async function f() { using s = new AsyncDisposableStack(); }", {
        errors: [{ messageId: "asyncOnly", data: { name: "s", type: "an AsyncDisposableStack" }, suggestions: [{ messageId: "awaitUsing", output: "async function f() { await using s = new AsyncDisposableStack(); }" }] }],
      }),
    },
    {
      name: "a cast to any hides it from TypeScript",
      ...ts("async function f() { using c = (await open()) as any; }", {
        errors: [{ messageId: "asyncOnly", data: { name: "c", type: "a Conn" }, column: 28, suggestions: [{ messageId: "awaitUsing", output: "async function f() { await using c = (await open()) as any; }" }] }],
      }),
    },
    {
      name: "a cast to any below the await",
      ...ts("async function f() { using c = await (open() as any); }", {
        errors: [{ messageId: "asyncOnly", suggestions: [{ messageId: "awaitUsing", output: "async function f() { await using c = await (open() as any); }" }] }],
      }),
    },
    {
      name: "a promise under a cast to any",
      ...ts("async function f() { using c = open() as any; }", {
        errors: [{ messageId: "promise", data: { call: "open()", keyword: "await using", name: "c" }, suggestions: [{ messageId: "awaitPromise", output: "async function f() { await using c = await open() as any; }" }] }],
      }),
    },
    {
      name: "an angle-bracket cast",
      ...ts("async function f() { using c = <any>openSync(); }", {
        errors: [{ messageId: "asyncOnly", suggestions: [{ messageId: "awaitUsing", output: "async function f() { await using c = <any>openSync(); }" }] }],
      }),
    },
    {
      name: "a head over async-only resources, where TypeScript is silent",
      ...ts("async function f(cs: Conn[]) { for (using c of cs) step(); }", {
        errors: [{ message: asyncOnly("c", "a Conn"), column: 43, suggestions: [{ messageId: "awaitUsing", output: "async function f(cs: Conn[]) { for (await using c of cs) step(); }" }] }],
      }),
    },
    {
      name: "a head over a mix in which one is async-only",
      ...ts("type Held = Conn | Lock; async function f(xs: Held[]) { for (using x of xs) step(); }", {
        errors: [{ messageId: "asyncOnly", data: { name: "x", type: "a Held" }, suggestions: [{ messageId: "awaitUsing", output: "type Held = Conn | Lock; async function f(xs: Held[]) { for (await using x of xs) step(); }" }] }],
      }),
    },
    {
      name: "a head in a synchronous function",
      ...ts("function f(cs: ReadonlySet<Conn>) { for (using c of cs) step(); }", { errors: [{ messageId: "asyncOnly", data: { name: "c", type: "a Conn" } }] }),
    },
    {
      name: "a head over a generator",
      ...ts("function* conns() { yield openSync(); } async function f() { for (using c of conns()) step(); }", {
        errors: [{ messageId: "asyncOnly", suggestions: [{ messageId: "awaitUsing", output: "function* conns() { yield openSync(); } async function f() { for (await using c of conns()) step(); }" }] }],
      }),
    },
    {
      name: "an awaiting head over an async generator",
      ...ts("async function* conns() { yield await open(); } async function f() { for await (using c of conns()) step(); }", {
        errors: [{ messageId: "asyncOnly", suggestions: [{ messageId: "awaitUsing", output: "async function* conns() { yield await open(); } async function f() { for await (await using c of conns()) step(); }" }] }],
      }),
    },
    {
      name: "a head over promises",
      ...ts("async function f() { for (using c of [open()]) step(); }", {
        errors: [
          {
            message: "`[open()]` holds promises, and `using` throws a TypeError on a promise: what opens later is never disposed. Write `for await (await using c of [open()])`.",
            suggestions: [{ messageId: "awaitPromise", output: "async function f() { for await (await using c of [open()]) step(); }" }],
          },
        ],
      }),
    },
    {
      name: "a head over promises of sync resources",
      ...ts("async function f(ls: Promise<Lock>[]) { for (using held of ls) step(); }", {
        errors: [{ messageId: "promises", data: { call: "ls", keyword: "using", name: "held" }, suggestions: [{ messageId: "awaitPromise", output: "async function f(ls: Promise<Lock>[]) { for await (using held of ls) step(); }" }] }],
      }),
    },
    {
      name: "a type parameter bounded by AsyncDisposable",
      ...ts("async function f<T extends AsyncDisposable>(all: T[]) { for (using each of all) step(); }", {
        errors: [{ messageId: "asyncOnly", data: { name: "each", type: "a T" }, suggestions: [{ messageId: "awaitUsing", output: "async function f<T extends AsyncDisposable>(all: T[]) { for (await using each of all) step(); }" }] }],
      }),
    },
    {
      name: "both disposers in async code, with the option",
      ...ts("async function f() { using d = await openDir('.'); }", {
        options: [{ both: "report" }],
        errors: [
          {
            message: "`using` disposes `d` by the synchronous disposer of a Dir and skips the asynchronous one, so the code goes on before its cleanup is done. Declare it with `await using`.",
            column: 28,
            suggestions: [{ messageId: "awaitUsing", output: "async function f() { await using d = await openDir('.'); }" }],
          },
        ],
      }),
    },
    {
      name: "both disposers at the top level of a module that awaits",
      ...ts("using d = await openDir('.');", { options: [{ both: "report" }], errors: [{ messageId: "both", suggestions: [{ messageId: "awaitUsing", output: "await using d = await openDir('.');" }] }] }),
    },
    {
      name: "both disposers in a head, with the option",
      ...ts("async function f(ds: Dir[]) { for (using d of ds) step(); }", {
        options: [{ both: "report" }],
        errors: [{ messageId: "both", suggestions: [{ messageId: "awaitUsing", output: "async function f(ds: Dir[]) { for (await using d of ds) step(); }" }] }],
      }),
    },
  ],
});

const script = { filename: "file.js" };

untyped.run("no-sync-using without types", rule, {
  valid: [
    { name: "an unknown call", ...script, code: "async function f() { using c = await open(); }" },
    { name: "an imported function", ...script, code: "import { open } from './open.js'; function f() { using c = open(); }" },
    { name: "a parameter that shadows an async function", ...script, code: "async function open() {} function f(open) { using c = open(); }" },
    { name: "a parameter of an async function", ...script, code: "async function f(open) { using c = open(); }" },
    { name: "a reassigned async function", ...script, code: "let open = async () => {}; open = () => null; function f() { using c = open(); }" },
    { name: "an async generator", ...script, code: "async function* rows() {} function f() { using it = rows(); }" },
    { name: "an awaited async function", ...script, code: "async function open() {} async function f() { using c = await open(); }" },
    { name: "a synchronous stack", ...script, code: "function f() { using s = new DisposableStack(); }" },
    { name: "a stack of another kind by the same name", ...script, code: "import { AsyncDisposableStack } from './stack.js'; function f() { using s = new AsyncDisposableStack(); }" },
    { name: "a class with both disposers", ...script, code: "class C { [Symbol.dispose]() {} async [Symbol.asyncDispose]() {} } function f() { using c = new C(); }" },
    { name: "a class that inherits", ...script, code: "class C extends Base { async [Symbol.asyncDispose]() {} } function f() { using c = new C(); }" },
    { name: "a class whose disposer is static", ...script, code: "class C { static async [Symbol.asyncDispose]() {} [Symbol.dispose]() {} } function f() { using c = new C(); }" },
    { name: "TypeScript, which refuses it itself", filename: "file.ts", code: "function f() { using s = new AsyncDisposableStack(); }" },
    { name: "an awaiting head over calls of an async function", ...script, code: "async function open() {} async function f() { for await (using c of [open()]) {} }" },
  ],
  invalid: [
    {
      name: "a call of an async function of this file",
      ...script,
      code: "const open = async (url) => connect(url);\nasync function f() { using c = open('db'); }",
      errors: [
        {
          messageId: "promise",
          data: { call: "open()", keyword: "await using", name: "c" },
          line: 2,
          column: 28,
          suggestions: [{ messageId: "awaitPromise", output: "const open = async (url) => connect(url);\nasync function f() { await using c = await open('db'); }" }],
        },
      ],
    },
    {
      name: "an asynchronous stack",
      ...script,
      code: "function f() { using s = new AsyncDisposableStack(); }",
      errors: [{ messageId: "asyncOnly", data: { name: "s", type: "an AsyncDisposableStack" } }],
    },
    {
      name: "a class of this file with only the asynchronous disposer",
      ...script,
      code: "class C { async [Symbol.asyncDispose]() {} } async function f() { using c = new C(); }",
      errors: [
        { messageId: "asyncOnly", data: { name: "c", type: "a C" }, suggestions: [{ messageId: "awaitUsing", output: "class C { async [Symbol.asyncDispose]() {} } async function f() { await using c = new C(); }" }] },
      ],
    },
    {
      name: "a head over calls of an async function",
      ...script,
      code: "async function open() {} async function f() { for (using c of [open()]) {} }",
      errors: [{ messageId: "promises", suggestions: [{ messageId: "awaitPromise", output: "async function open() {} async function f() { for await (await using c of [open()]) {} }" }] }],
    },
    {
      name: "TypeScript, hidden by a cast to any",
      filename: "file.ts",
      code: "function f() { using s = new AsyncDisposableStack() as any; }",
      errors: [{ messageId: "asyncOnly", data: { name: "s", type: "an AsyncDisposableStack" } }],
    },
  ],
});
