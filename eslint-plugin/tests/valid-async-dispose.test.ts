import rule from "../src/rules/valid-async-dispose.js";
import { js, ts, typed } from "./support/rule-tester.js";

const inClass = (member: string): string => `class A { #c = openSync(); ${member} }`;
const dropped = (call: string): { messageId: "dropped"; data: { call: string } } => ({ messageId: "dropped", data: { call } });
const awaited = (member: string): { messageId: "awaitIt"; output: string }[] => [{ messageId: "awaitIt", output: inClass(member) }];
const madeAsync = (member: string): { messageId: "makeAsyncAndAwait"; output: string }[] => [{ messageId: "makeAsyncAndAwait", output: inClass(member) }];

typed.run("valid-async-dispose", rule, {
  valid: [
    { name: "an async method that awaits", ...ts(inClass("async [Symbol.asyncDispose]() { await this.#c.close(); }")) },
    { name: "an async method that starts nothing", ...ts(inClass("async [Symbol.asyncDispose]() { step(); }")) },
    { name: "a method that returns the promise", ...ts(inClass("[Symbol.asyncDispose]() { return this.#c.close(); }")) },
    { name: "an arrow function that returns the promise", ...ts("const a = { [Symbol.asyncDispose]: () => work() };") },
    { name: "a promise on some path", ...ts(inClass("[Symbol.asyncDispose]() { return flag() ? work() : 5; }")) },
    { name: "PromiseLike", ...ts(inClass("[Symbol.asyncDispose](): PromiseLike<void> { return work(); }")) },
    { name: "a memoized promise", ...ts(inClass("#closing?: Promise<void>; [Symbol.asyncDispose]() { return (this.#closing ??= this.#c.close()); }")) },
    { name: "any", ...ts("declare const anything: any; class A { [Symbol.asyncDispose]() { return anything; } }") },
    { name: "unknown", ...ts("declare const anything: unknown; class A { [Symbol.asyncDispose]() { return anything; } }") },
    { name: "a disposer that always throws", ...ts("class A { [Symbol.asyncDispose]() { throw new Error('not yet'); } }") },
    { name: "a disposer that never returns", ...ts("class A { [Symbol.asyncDispose](): never { throw new Error('no'); } }") },
    { name: "an interface", ...ts("interface A { [Symbol.asyncDispose](): void }") },
    { name: "an abstract member", ...ts("abstract class A { abstract [Symbol.asyncDispose](): void; }") },
    { name: "a declared class", ...ts("declare class A { [Symbol.asyncDispose](): void; }") },
    { name: "a getter", ...ts("class A { get [Symbol.asyncDispose]() { return work; } }") },
    { name: "a function given by name", ...ts("const a = { [Symbol.asyncDispose]: work };") },
    { name: "a file that shadows Symbol", ...ts("const Symbol = { asyncDispose: 'x' } as const; export class A { [Symbol.asyncDispose]() { work(); } }") },
    { name: "the synchronous disposer, which no-async-dispose judges", ...ts("class A { [Symbol.dispose]() { step(); } }") },
    { name: "nothing, under implements: TypeScript refuses it itself", ...ts("class A implements AsyncDisposable { [Symbol.asyncDispose]() { step(); } }") },
    { name: "nothing, under a contract that extends it", ...ts("interface Held extends AsyncDisposable {} class A implements Held { [Symbol.asyncDispose]() { step(); } }") },
    { name: "a generator, under implements", ...ts("class A implements AsyncDisposable { *[Symbol.asyncDispose]() { yield 1; } }") },
    { name: "nothing, in an override", ...ts("class A extends Conn { override [Symbol.asyncDispose]() { step(); } }") },
    { name: "nothing, where an object's place asks for AsyncDisposable", ...ts("const a: AsyncDisposable = { [Symbol.asyncDispose]() { step(); } };") },
    { name: "JavaScript that gives nothing, which works there", ...js("class A { [Symbol.asyncDispose]() { step(); } }") },
    { name: "a voided promise", ...ts(inClass("async [Symbol.asyncDispose]() { void this.#c.ping(); await this.#c.close(); }")) },
    { name: "a caught promise", ...ts(inClass("async [Symbol.asyncDispose]() { this.#c.ping().catch(() => {}); await this.#c.close(); }")) },
    { name: "a promise caught before a finally", ...ts(inClass("async [Symbol.asyncDispose]() { this.#c.ping().catch(() => {}).finally(step); await this.#c.close(); }")) },
    { name: "a promise with a handler for its failure", ...ts(inClass("async [Symbol.asyncDispose]() { this.#c.ping().then(step, step); await this.#c.close(); }")) },
    { name: "promises awaited together", ...ts(inClass("async [Symbol.asyncDispose]() { const all = [this.#c.ping()]; all.push(work()); await Promise.all(all); }")) },
    { name: "a promise in a nested function", ...ts(inClass("async [Symbol.asyncDispose]() { setTimeout(() => { work(); }, 10).unref(); await this.#c.close(); }")) },
    { name: "a stored promise", ...ts(inClass("#closed?: Promise<void>; async [Symbol.asyncDispose]() { this.#closed = this.#c.close(); await this.#closed; }")) },
    { name: "a dropped value that is any", ...ts("declare const anything: any; class A { async [Symbol.asyncDispose]() { anything.flush(); } }") },
    { name: "an unresolved import", ...ts("import { flush } from 'nowhere'; class A { async [Symbol.asyncDispose]() { flush(); } }") },
    { name: "a thenable that is itself a resource", ...ts("declare class App implements AsyncDisposable, PromiseLike<void> { then: Promise<void>['then']; log(): this; [Symbol.asyncDispose](): Promise<void> } class A { #app = new App(); async [Symbol.asyncDispose]() { this.#app.log(); await this.#app[Symbol.asyncDispose](); } }") },
    { name: "a synchronous call", ...ts(inClass("async [Symbol.asyncDispose]() { this.#c.on('end', step); step(); await this.#c.close(); }")) },
    { name: "a call elsewhere in the class", ...ts(inClass("start() { work(); } async [Symbol.asyncDispose]() { await this.#c.close(); }")) },
  ],
  invalid: [
    {
      name: "a promise dropped by an async method",
      ...ts(inClass("async [Symbol.asyncDispose]() { this.#c.close(); }"), {
        errors: [
          {
            message:
              "`this.#c.close()` starts work that `[Symbol.asyncDispose]()` does not wait for: `await using` goes on before it is done, and a failure becomes an unhandled rejection. Write `await this.#c.close()`.",
            column: 60,
            endColumn: 75,
            suggestions: awaited("async [Symbol.asyncDispose]() { await this.#c.close(); }"),
          },
        ],
      }),
    },
    {
      name: "each dropped promise",
      ...ts("class A {\n  async [Symbol.asyncDispose]() {\n    work();\n    if (flag()) open('x');\n  }\n}", {
        errors: [
          { ...dropped("work()"), line: 3, column: 5, suggestions: [{ messageId: "awaitIt", output: "class A {\n  async [Symbol.asyncDispose]() {\n    await work();\n    if (flag()) open('x');\n  }\n}" }] },
          { ...dropped("open()"), line: 4, column: 17, suggestions: [{ messageId: "awaitIt", output: "class A {\n  async [Symbol.asyncDispose]() {\n    work();\n    if (flag()) await open('x');\n  }\n}" }] },
        ],
      }),
    },
    {
      name: "in a nested block, behind a condition and an optional chain",
      ...ts("class A { c?: Conn; async [Symbol.asyncDispose]() { try { flag() && this.c?.close(); } finally { step(); } } }", {
        errors: [{ ...dropped("this.c?.close()"), suggestions: [{ messageId: "awaitIt", output: "class A { c?: Conn; async [Symbol.asyncDispose]() { try { flag() && await this.c?.close(); } finally { step(); } } }" }] }],
      }),
    },
    {
      name: "a chain without a handler for its failure",
      ...ts(inClass("async [Symbol.asyncDispose]() { this.#c.close().then(step); }"), {
        errors: [{ ...dropped("this.#c.close().then()"), suggestions: awaited("async [Symbol.asyncDispose]() { await this.#c.close().then(step); }") }],
      }),
    },
    {
      name: "a promise made in place",
      ...ts(inClass("async [Symbol.asyncDispose]() { new Promise((resolve) => setTimeout(resolve, 10)); }"), {
        errors: [{ ...dropped("new Promise()"), suggestions: awaited("async [Symbol.asyncDispose]() { await new Promise((resolve) => setTimeout(resolve, 10)); }") }],
      }),
    },
    {
      name: "a promise dropped by a plain method",
      ...ts(inClass("[Symbol.asyncDispose]() { this.#c.close(); }"), { errors: [{ ...dropped("this.#c.close()"), suggestions: madeAsync("async [Symbol.asyncDispose]() { await this.#c.close(); }") }] }),
    },
    {
      name: "a declared result of nothing",
      ...ts(inClass("public [Symbol.asyncDispose](): void { this.#c.close(); }"), {
        errors: [{ ...dropped("this.#c.close()"), suggestions: madeAsync("public async [Symbol.asyncDispose](): Promise<void> { await this.#c.close(); }") }],
      }),
    },
    {
      name: "a declared result of any, which hides it from TypeScript",
      ...ts(inClass("[Symbol.asyncDispose](): any { this.#c.close(); }"), { errors: [{ ...dropped("this.#c.close()"), suggestions: madeAsync("async [Symbol.asyncDispose](): Promise<any> { await this.#c.close(); }") }] }),
    },
    { name: "a declared result that no async function may have", ...ts(inClass("[Symbol.asyncDispose](): PromiseLike<void> { this.#c.ping(); return this.#c.close(); }"), { errors: [dropped("this.#c.ping()")] }) },
    {
      name: "under implements, where TypeScript reports the key",
      ...ts("class A implements AsyncDisposable { [Symbol.asyncDispose]() { work(); } }", {
        errors: [{ ...dropped("work()"), suggestions: [{ messageId: "makeAsyncAndAwait", output: "class A implements AsyncDisposable { async [Symbol.asyncDispose]() { await work(); } }" }] }],
      }),
    },
    {
      name: "an object's method",
      ...ts("const a = { [Symbol.asyncDispose]() { work(); } };", { errors: [{ ...dropped("work()"), suggestions: [{ messageId: "makeAsyncAndAwait", output: "const a = { async [Symbol.asyncDispose]() { await work(); } };" }] }] }),
    },
    {
      name: "an object's arrow function",
      ...ts("const a = { [Symbol.asyncDispose]: () => { work(); } };", { errors: [{ ...dropped("work()"), suggestions: [{ messageId: "makeAsyncAndAwait", output: "const a = { [Symbol.asyncDispose]: async () => { await work(); } };" }] }] }),
    },
    {
      name: "a class's field",
      ...ts("class A { [Symbol.asyncDispose] = () => { work(); }; }", { errors: [{ ...dropped("work()"), suggestions: [{ messageId: "makeAsyncAndAwait", output: "class A { [Symbol.asyncDispose] = async () => { await work(); }; }" }] }] }),
    },
    {
      name: "an assignment",
      ...js("const a = {}; a[Symbol.asyncDispose] = () => { work(); };", { errors: [{ ...dropped("work()"), suggestions: [{ messageId: "makeAsyncAndAwait", output: "const a = {}; a[Symbol.asyncDispose] = async () => { await work(); };" }] }] }),
    },
    {
      name: "nothing given",
      ...ts("class A { [Symbol.asyncDispose]() { step(); } }", {
        errors: [
          {
            message:
              "`[Symbol.asyncDispose]()` gives no promise here, so `await using` cannot wait for what it starts, and TypeScript refuses the value there. Write `async [Symbol.asyncDispose]()`, and await in it what has to be done.",
            column: 12,
            endColumn: 31,
            suggestions: [{ messageId: "makeAsync", output: "class A { async [Symbol.asyncDispose]() { step(); } }" }],
          },
        ],
      }),
    },
    {
      name: "nothing given, as declared",
      ...ts("class A { [Symbol.asyncDispose](): void { step(); } }", { errors: [{ messageId: "noPromise", suggestions: [{ messageId: "makeAsync", output: "class A { async [Symbol.asyncDispose](): Promise<void> { step(); } }" }] }] }),
    },
    {
      name: "an object that gives nothing",
      ...ts("const a = { [Symbol.asyncDispose]() {} };", { errors: [{ messageId: "noPromise", suggestions: [{ messageId: "makeAsync", output: "const a = { async [Symbol.asyncDispose]() {} };" }] }] }),
    },
    { name: "a list of promises", ...ts("class A { cs: Conn[] = []; [Symbol.asyncDispose](): Promise<void>[] { return this.cs.map((c) => c.close()); } }", { errors: [{ messageId: "noPromise", column: 29 }] }) },
    { name: "JavaScript that gives a list of promises", ...js("class A { cs = [openSync()]; [Symbol.asyncDispose]() { return this.cs.map((c) => c.close()); } }", { errors: [{ messageId: "noPromise" }] }) },
    {
      name: "a generator",
      ...ts("class A { async *[Symbol.asyncDispose]() { yield 1; } }", {
        errors: [
          {
            message: "`[Symbol.asyncDispose]()` is a generator here: disposal makes an iterator and runs nothing of the body, so nothing is released. Write `async [Symbol.asyncDispose]()` without the `*`.",
            column: 19,
          },
        ],
      }),
    },
    { name: "JavaScript, a generator", ...js("const a = { *[Symbol.asyncDispose]() { yield 1; } };", { errors: [{ messageId: "generator" }] }) },
  ],
});
