import rule from "../src/rules/no-async-dispose.js";
import { js, ts, typed, untyped } from "./support/rule-tester.js";

const disposer = { messageId: "disposer" } as const;
const renamed = (output: string): { messageId: "rename"; output: string }[] => [{ messageId: "rename", output }];

typed.run("no-async-dispose", rule, {
  valid: [
    { name: "a plain disposer", ...ts("class A { [Symbol.dispose]() { step(); } }") },
    { name: "an asynchronous disposer", ...ts("class A { async [Symbol.asyncDispose]() { await work(); } }") },
    { name: "a disposer that voids the promise it starts", ...ts("class A { [Symbol.dispose]() { void work(); } }") },
    { name: "an arrow function that voids the promise it starts", ...ts("const a = { [Symbol.dispose]: () => void work() };") },
    { name: "a release that is voided, beside an asynchronous disposer", ...ts("class A { #c = openSync(); [Symbol.dispose]() { void this.#c.close(); } async [Symbol.asyncDispose]() { await this.#c.close(); } }") },
    { name: "a release that is done at once", ...ts("class A { #l = lock(); [Symbol.dispose]() { void this.#l.release(); } }") },
    { name: "an asynchronous release that a callback begins", ...ts("class A { #c = openSync(); [Symbol.dispose]() { queueMicrotask(() => void this.#c.close()); } }") },
    { name: "a disposer that returns something else", ...ts("class A { [Symbol.dispose]() { return 5; } }") },
    { name: "a disposer that returns any", ...ts("declare const anything: any; class A { [Symbol.dispose]() { return anything; } }") },
    { name: "a disposer that never returns", ...ts("class A { [Symbol.dispose](): never { throw new Error('no'); } }") },
    { name: "an interface", ...ts("interface A { [Symbol.dispose](): Promise<void> }") },
    { name: "a type literal", ...ts("type A = { [Symbol.dispose]: () => Promise<void> };") },
    { name: "an abstract member", ...ts("abstract class A { abstract [Symbol.dispose](): Promise<void>; }") },
    { name: "a declared class", ...ts("declare class A { [Symbol.dispose](): Promise<void>; }") },
    { name: "an overload's signature", ...ts("class A { [Symbol.dispose](): void; [Symbol.dispose](x?: number): unknown { return x; } }") },
    { name: "a declared field", ...ts("class A { declare [Symbol.dispose]: () => Promise<void>; }") },
    { name: "a getter", ...ts("class A { get [Symbol.dispose]() { return () => {}; } }") },
    { name: "a file that shadows Symbol", ...ts("const Symbol = { dispose: 'dispose' } as const; export class A { async [Symbol.dispose]() {} }") },
    { name: "a parameter that shadows Symbol", ...ts("function f(Symbol: { dispose: 'dispose' }) { return { async [Symbol.dispose]() {} }; }") },
    { name: "a call of a disposer in async code", ...ts("async function f(held: Lock) { await work(); held[Symbol.dispose](); }") },
    { name: "a pattern", ...ts("const { [Symbol.dispose]: release } = lock();") },
    { name: "another symbol", ...ts("class A { async [Symbol.iterator]() {} }") },
    { name: "a key that is not computed", ...ts("const a = { Symbol: { dispose: async () => {} } };") },
    { name: "a reassignment by another operator", ...js("const a = {}; a[Symbol.dispose] ??= async () => {};") },
    { name: "a member that is any", ...ts("declare const release: any; const a = { [Symbol.dispose]: release };") },
    { name: "a member without a value", ...ts("class A { [Symbol.dispose]?: () => void; }") },
    { name: "a plain callback on a synchronous stack", ...ts("function f() { using s = new DisposableStack(); s.defer(() => { step(); }); s.adopt(1, () => { step(); }); }") },
    { name: "a voided promise on a synchronous stack", ...ts("function f() { using s = new DisposableStack(); s.defer(() => void work()); }") },
    { name: "an asynchronous callback on an asynchronous stack", ...ts("async function f() { await using s = new AsyncDisposableStack(); s.defer(async () => { await work(); }); }") },
    { name: "an asynchronous callback on something that is no stack", ...ts("declare const tasks: { defer(task: unknown): void }; tasks.defer(async () => {});") },
    { name: "a callback that is any", ...ts("declare const release: any; function f() { using s = new DisposableStack(); s.defer(release); }") },
    { name: "a callback of which one overload gives a promise", ...ts("declare function release(): void; declare function release(x: number): Promise<void>; function f() { using s = new DisposableStack(); s.defer(release); }") },
    { name: "a method without its object: no-unawaited-acquisition speaks", ...ts("function f(c: Conn) { using s = new DisposableStack(); s.defer(c.close); }") },
    { name: "a disposer without its object: no-unawaited-acquisition speaks", ...ts("function f(c: Conn) { using s = new DisposableStack(); s.defer(c[Symbol.asyncDispose]); }") },
    { name: "the adopted value of an adopt, which may be a promise", ...ts("function f() { using s = new DisposableStack(); s.adopt(async () => {}, () => {}); }") },
    { name: "an async-only resource that TypeScript refuses itself", ...ts("function f() { using s = new DisposableStack(); s.use(openSync()); }") },
    { name: "JavaScript, a sync resource", ...js("function f() { using s = new DisposableStack(); s.use(lock()); }") },
    { name: "JavaScript, a promise: no-unawaited-acquisition speaks", ...js("function f() { using s = new DisposableStack(); s.use(open()); }") },
    { name: "JavaScript, both disposers", ...js("async function f() { using s = new DisposableStack(); s.use(await openDir('.')); }") },
    { name: "a spread argument", ...js("function f(all) { using s = new DisposableStack(); s.use(...all); s.defer(...all); }") },
  ],
  invalid: [
    {
      name: "a release that is voided",
      ...ts("class A { #c = openSync(); [Symbol.dispose]() { void this.#c.close(); } }", {
        errors: [{ message: "`this.#c.close()` starts work that `[Symbol.dispose]()` cannot wait for: the code behind the scope goes on before it is done, and nobody gets to know when it is. Write `async [Symbol.asyncDispose]()`, and await it there.", column: 54, endColumn: 69 }],
      }),
    },
    {
      name: "a release whose failure is handled",
      ...ts("class A { #c: Conn | null = openSync(); [Symbol.dispose]() { this.#c?.close().catch(console.error); } }", { errors: [{ messageId: "dropped", column: 62, endColumn: 78 }] }),
    },
    {
      name: "its own asynchronous release, in an object",
      ...ts("const a = { async close() { await work(); }, [Symbol.dispose]() { void this.close(); } };", { errors: [{ messageId: "dropped", column: 72, endColumn: 84 }] }),
    },
    {
      name: "an async method",
      ...ts("class A { async [Symbol.dispose]() { await work(); } }", {
        errors: [
          {
            message:
              "`[Symbol.dispose]()` gives a promise here, and neither `using` nor `await using` awaits it: the code goes on before the release is done, and a failure becomes an unhandled rejection. Name it `[Symbol.asyncDispose]()`.",
            column: 18,
            endColumn: 32,
            suggestions: renamed("class A { async [Symbol.asyncDispose]() { await work(); } }"),
          },
        ],
      }),
    },
    {
      name: "an async method under implements, which the suggestion changes too",
      ...ts("class A implements Disposable { async [Symbol.dispose]() { await work(); } }", {
        errors: [{ ...disposer, suggestions: renamed("class A implements AsyncDisposable { async [Symbol.asyncDispose]() { await work(); } }") }],
      }),
    },
    { name: "under another contract", ...ts("interface Held extends Disposable {} class A implements Held { async [Symbol.dispose]() {} }", { errors: [disposer] }) },
    {
      name: "beside an asynchronous disposer",
      ...ts("class A { async [Symbol.dispose]() {} async [Symbol.asyncDispose]() {} }", { errors: [{ ...disposer, line: 1, column: 18 }] }),
    },
    { name: "in a class that inherits", ...ts("class A extends Lock { override async [Symbol.dispose]() {} }", { errors: [disposer] }) },
    { name: "in a class that the file binds with using", ...ts("class A { async [Symbol.dispose]() {} } function f() { using a = new A(); }", { errors: [disposer] }) },
    { name: "in an exported class, which other files may bind with using", ...ts("export class A { async [Symbol.dispose]() {} }", { errors: [disposer] }) },
    { name: "in a class that is exported later", ...ts("class A { async [Symbol.dispose]() {} } export { A };", { errors: [disposer] }) },
    { name: "in an object that an exported function makes", ...ts("export const make = () => ({ async [Symbol.dispose]() {} });", { errors: [disposer] }) },
    { name: "a body whose dropped promise would be the next finding", ...ts("class A { async [Symbol.dispose]() { work(); } }", { errors: [disposer] }) },
    {
      name: "a declared promise",
      ...ts("class A { [Symbol.dispose](): Promise<void> { return work(); } }", { errors: [{ ...disposer, suggestions: renamed("class A { [Symbol.asyncDispose](): Promise<void> { return work(); } }") }] }),
    },
    {
      name: "an inferred promise",
      ...ts("class A { [Symbol.dispose]() { return work(); } }", { errors: [{ ...disposer, suggestions: renamed("class A { [Symbol.asyncDispose]() { return work(); } }") }] }),
    },
    {
      name: "a promise on some path",
      ...ts("class A { [Symbol.dispose]() { if (flag()) return; return work(); } }", {
        errors: [{ ...disposer, suggestions: renamed("class A { [Symbol.asyncDispose]() { if (flag()) return; return work(); } }") }],
      }),
    },
    {
      name: "an object's method",
      ...ts("const a = { async [Symbol.dispose]() {} };", { errors: [{ ...disposer, suggestions: renamed("const a = { async [Symbol.asyncDispose]() {} };") }] }),
    },
    {
      name: "an object's arrow function",
      ...ts("const a = { [Symbol.dispose]: () => work() };", { errors: [{ ...disposer, column: 14, suggestions: renamed("const a = { [Symbol.asyncDispose]: () => work() };") }] }),
    },
    {
      name: "an object's function under a cast",
      ...ts("const a = { [Symbol.dispose]: (async () => {}) as () => void };", { errors: [{ ...disposer, suggestions: renamed("const a = { [Symbol.asyncDispose]: (async () => {}) as () => void };") }] }),
    },
    { name: "an object whose place asks for a Disposable", ...ts("function f(): Disposable { return { async [Symbol.dispose]() {} }; }", { errors: [disposer] }) },
    {
      name: "a function given by name",
      ...ts("const a = { [Symbol.dispose]: work };", { errors: [{ ...disposer, suggestions: renamed("const a = { [Symbol.asyncDispose]: work };") }] }),
    },
    {
      name: "a class's field",
      ...ts("class A { [Symbol.dispose] = async () => {}; }", { errors: [{ ...disposer, suggestions: renamed("class A { [Symbol.asyncDispose] = async () => {}; }") }] }),
    },
    { name: "an assignment", ...js("const a = {}; a[Symbol.dispose] = async () => {};", { errors: [{ ...disposer, column: 17 }] }) },
    {
      name: "a generator",
      ...ts("class A { *[Symbol.dispose]() { yield 1; } }", {
        errors: [
          {
            message:
              "`[Symbol.dispose]()` is a generator here: disposal makes an iterator and runs nothing of the body, so nothing is released. Write a plain method, or `async [Symbol.asyncDispose]()`.",
            column: 13,
          },
        ],
      }),
    },
    { name: "an async generator", ...ts("const a = { async *[Symbol.dispose]() { yield 1; } };", { errors: [{ messageId: "generator" }] }) },
    {
      name: "an async callback on a synchronous stack",
      ...ts("async function f() { using s = new DisposableStack(); s.defer(async () => { await work(); }); }", {
        errors: [
          {
            message:
              "`s` is a DisposableStack, which does not await the promise that this callback gives: the code goes on before the release is done, and a failure becomes an unhandled rejection. Make it a `new AsyncDisposableStack()`, scoped by `await using`.",
            column: 63,
            suggestions: [{ messageId: "makeStackAsync", data: { stack: "s" }, output: "async function f() { await using s = new AsyncDisposableStack(); s.defer(async () => { await work(); }); }" }],
          },
        ],
      }),
    },
    {
      name: "an adopting callback that gives a promise",
      ...ts("async function f() { using s = new DisposableStack(); const c = s.adopt(await open(), (held) => held.close()); await c.ping(); }", {
        errors: [
          {
            messageId: "callback",
            column: 87,
            suggestions: [
              { messageId: "makeStackAsync", output: "async function f() { await using s = new AsyncDisposableStack(); const c = s.adopt(await open(), (held) => held.close()); await c.ping(); }" },
            ],
          },
        ],
      }),
    },
    { name: "in a synchronous function", ...ts("function f() { using s = new DisposableStack(); s.defer(work); }", { errors: [{ messageId: "callback", column: 57 }] }) },
    {
      name: "in a function that gives a promise already",
      ...ts("function f() { using s = new DisposableStack(); s.defer(work); return work(); }", {
        errors: [{ messageId: "callback", suggestions: [{ messageId: "makeStackAsync", output: "async function f() { await using s = new AsyncDisposableStack(); s.defer(work); return work(); }" }] }],
      }),
    },
    { name: "a stack that leaves its scope", ...ts("async function f() { using s = new DisposableStack(); s.defer(work); return s.move(); }", { errors: [{ messageId: "callback" }] }) },
    { name: "a stack that is not scoped", ...ts("async function f() { const s = new DisposableStack(); s.defer(work); s.dispose(); }", { errors: [{ messageId: "callback" }] }) },
    { name: "a callback that gives more than an asynchronous stack accepts", ...ts("async function f() { using s = new DisposableStack(); s.defer(async () => 5); }", { errors: [{ messageId: "callback" }] }) },
    { name: "a second callback that gives more than an asynchronous stack accepts", ...ts("async function f() { using s = new DisposableStack(); s.defer(work); s.defer(() => 5); }", { errors: [{ messageId: "callback", column: 63 }] }) },
    { name: "a field that is a stack by its type", ...ts("class App { #stack = new DisposableStack(); start() { this.#stack.defer(async () => {}); } }", { errors: [{ messageId: "callback", data: { stack: "this.#stack" } }] }) },
    { name: "an optional stack", ...ts("function f(s?: DisposableStack) { s?.defer(async () => {}); }", { errors: [{ messageId: "callback", data: { stack: "s" } }] }) },
    {
      name: "JavaScript, an async-only resource",
      ...js("async function f() { using s = new DisposableStack(); s.use(await open()); s.defer(() => { step(); }); }", {
        errors: [
          {
            message: "`open()` is a Conn, which only an AsyncDisposableStack can dispose: `s.use()` throws a TypeError and leaves it open. Make it a `new AsyncDisposableStack()`, scoped by `await using`.",
            column: 61,
            suggestions: [{ messageId: "makeStackAsync", output: "async function f() { await using s = new AsyncDisposableStack(); s.use(await open()); s.defer(() => { step(); }); }" }],
          },
        ],
      }),
    },
    { name: "an async-only resource under a cast to any", ...ts("function f() { using s = new DisposableStack(); s.use(openSync() as any); }", { errors: [{ messageId: "used", data: { stack: "s", type: "a Conn", value: "openSync()" } }] }) },
    { name: "an async-only resource on a stack that is any", ...ts("function f() { using s: any = new DisposableStack(); s.use(openSync()); }", { errors: [{ messageId: "used" }] }) },
  ],
});

const script = { filename: "file.js" };

untyped.run("no-async-dispose without types", rule, {
  valid: [
    { name: "a returned call, whose value is unknown", ...script, code: "class A { [Symbol.dispose]() { return work(); } }" },
    { name: "a function given by an unknown name", ...script, code: "const a = { [Symbol.dispose]: release };" },
    { name: "a parameter of an async function", ...script, code: "async function f(release) { return { [Symbol.dispose]: release }; }" },
    { name: "an arrow function on a stack, whose value is unknown", ...script, code: "function f() { using s = new DisposableStack(); s.defer(() => work()); }" },
    { name: "a stack of another kind by the same name", ...script, code: "import { DisposableStack } from './stack.js'; function f() { using s = new DisposableStack(); s.defer(async () => {}); }" },
    { name: "a receiver of unknown type", ...script, code: "function f(s) { s.defer(async () => {}); }" },
    { name: "a file that shadows Symbol", ...script, code: "import Symbol from 'core-js/actual/symbol'; class A { async [Symbol.dispose]() {} }" },
  ],
  invalid: [
    {
      name: "an async method",
      ...script,
      code: "class A { async [Symbol.dispose]() {} }",
      errors: [{ ...disposer, column: 18, suggestions: renamed("class A { async [Symbol.asyncDispose]() {} }") }],
    },
    { name: "TypeScript, a declared promise", filename: "file.ts", code: "class A { [Symbol.dispose](): Promise<void> { return work(); } }", errors: [{ ...disposer, suggestions: renamed("class A { [Symbol.asyncDispose](): Promise<void> { return work(); } }") }] },
    { name: "TypeScript, an object whose place may ask for a Disposable", filename: "file.ts", code: "const a = { async [Symbol.dispose]() {} };", errors: [disposer] },
    {
      name: "an async function of this file",
      ...script,
      code: "async function release() {} const a = { [Symbol.dispose]: release };",
      errors: [{ ...disposer, suggestions: renamed("async function release() {} const a = { [Symbol.asyncDispose]: release };") }],
    },
    {
      name: "an async callback on a stack",
      ...script,
      code: "async function f() { using s = new DisposableStack(); s.defer(async () => {}); }",
      errors: [{ messageId: "callback", suggestions: [{ messageId: "makeStackAsync", output: "async function f() { await using s = new AsyncDisposableStack(); s.defer(async () => {}); }" }] }],
    },
    {
      name: "an asynchronous stack given to a synchronous one",
      ...script,
      code: "async function f() { using s = new DisposableStack(); s.use(new AsyncDisposableStack()); }",
      errors: [
        {
          messageId: "used",
          data: { stack: "s", type: "an AsyncDisposableStack", value: "new AsyncDisposableStack()" },
          suggestions: [{ messageId: "makeStackAsync", output: "async function f() { await using s = new AsyncDisposableStack(); s.use(new AsyncDisposableStack()); }" }],
        },
      ],
    },
  ],
});
