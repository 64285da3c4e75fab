import rule from "../src/rules/no-floating-dispose.js";
import { js, ts, typed } from "./support/rule-tester.js";

const inFunction = (body: string): string => `async function f(c: Conn) { ${body} }`;
const floating = (call: string, receiver = "c", type = "a Conn"): { messageId: "floating"; data: Record<string, string> } => ({ messageId: "floating", data: { call, receiver, type } });
const synchronous = (call: string, receiver = "c"): { messageId: "synchronous"; data: Record<string, string> } => ({ messageId: "synchronous", data: { call, receiver, type: "a Conn" } });
const awaitIt = (output: string): { messageId: "awaitIt"; output: string }[] => [{ messageId: "awaitIt", output }];

typed.run("no-floating-dispose", rule, {
  valid: [
    { name: "a callback-style close that is given one", ...ts("import type { Server } from 'node:http'; async function f(s: Server) { await new Promise((resolve) => s.close(resolve)); }") },
    { name: "a callback-style close that nobody claims to wait for", ...ts("import type { Server } from 'node:http'; async function f(s: Server) { s.close(); }") },
    { name: "an awaited close that is done at once", ...ts("async function f(d: Dir) { await d.closeSync(); }") },
    { name: "an awaited close that gives a promise or takes a callback", ...ts("declare class Pool implements AsyncDisposable { close(): Promise<void>; close(done: () => void): void; [Symbol.asyncDispose](): Promise<void> } async function f(p: Pool) { await p.close(); }") },
    { name: "its end is awaited", ...ts("declare class Server implements AsyncDisposable { readonly finished: Promise<void>; shutdown(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare const other: Server; async function f(s: Server) { s.shutdown(); await s.finished; }") },
    { name: "its end is awaited beside others", ...ts("declare class Server implements AsyncDisposable { readonly finished: Promise<void>; shutdown(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare const other: Server; async function f(s: Server) { s.shutdown(); await Promise.all([work(), s.finished]); }") },
    { name: "its end is awaited around a callback", ...ts("declare class Server implements AsyncDisposable { readonly finished: Promise<void>; shutdown(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare const other: Server; declare function serve(options: { onListen(): Promise<void> }): Server; async function f() { const s = serve({ async onListen() { await work(); s.shutdown(); } }); await s.finished; }") },
    { name: "awaited", ...ts(inFunction("await c.close(); await c[Symbol.asyncDispose]();")) },
    { name: "returned", ...ts("function f(c: Conn) { return c.close(); }") },
    { name: "returned by an arrow function", ...ts("const f = (c: Conn) => c.close();") },
    { name: "yielded", ...ts("async function* f(c: Conn) { yield c.close(); }") },
    { name: "kept", ...ts(inFunction("const closing = c.close(); await closing;")) },
    { name: "collected", ...ts(inFunction("const all: Promise<void>[] = []; all.push(c.close()); await Promise.all(all);")) },
    { name: "collected by map and awaited", ...ts("async function f(cs: Conn[]) { await Promise.all(cs.map((c) => c.close())); }") },
    { name: "collected by an async map and awaited", ...ts("async function f(cs: Conn[]) { await Promise.allSettled(cs.map(async (c) => { await c.close(); })); }") },
    { name: "voided", ...ts(inFunction("void c.close(); if (flag()) void c?.close();")) },
    { name: "voided arrow function", ...ts("function f(cs: Conn[]) { cs.forEach((c) => void c.close()); }") },
    { name: "caught", ...ts(inFunction("c.close().catch(() => {});")) },
    { name: "chained", ...ts(inFunction("c.close().then(step, step); c.close().finally(step);")) },
    { name: "caught in forEach", ...ts("function f(cs: Conn[]) { cs.forEach((c) => { c.close().catch(() => {}); }); }") },
    { name: "a sync resource", ...ts("function f(held: Lock) { held.release(); held[Symbol.dispose](); }") },
    { name: "the sync disposer of a resource with both", ...ts("function f(d: Dir) { d[Symbol.dispose](); }") },
    { name: "any", ...ts("async function f(c: any) { c.close(); c[Symbol.asyncDispose](); }") },
    { name: "an unresolved import", ...ts("import { conn } from 'nowhere'; async function f() { conn.close(); }") },
    { name: "a promise of a resource, which has no such method", ...js("async function f() { open().close(); }") },
    { name: "a receiver that is no resource", ...ts("async function f(pool: { close(): Promise<void> }) { pool.close(); }") },
    { name: "a release that gives no promise: a Node server", ...ts("import { createServer } from 'node:http'; async function f() { const server = createServer(); server.close(); }") },
    { name: "an inert type: a worker", ...ts("import type { Worker } from 'node:worker_threads'; async function f(worker: Worker) { worker.terminate(); }") },
    { name: "an inert type: an async generator", ...ts("async function f(it: AsyncGenerator<number>) { it.return(0); }") },
    { name: "a method that releases something else", ...ts("declare class Pool implements AsyncDisposable { release(c: Conn): Promise<void>; remove(id: string, force: boolean): Promise<void>; [Symbol.asyncDispose](): Promise<void> } async function f(pool: Pool, c: Conn, id: string) { pool.release(c); pool.remove(id, true); }") },
    { name: "a method that is no release", ...ts(inFunction("c.ping(); c.query('');")) },
    { name: "a release that is not called", ...ts(inFunction("c.close; const { close } = c;")) },
    { name: "a fluent release of a thenable resource", ...ts("declare class App implements AsyncDisposable, PromiseLike<void> { then: Promise<void>['then']; stop(): this; [Symbol.asyncDispose](): Promise<void> } async function f(app: App) { app.stop(); }") },
    { name: "the top level of a module", ...ts("declare const c: Conn; c.close(); for (const each of [c]) { each.close(); }") },
    { name: "forEach at the top level of a module", ...ts("declare const cs: Conn[]; cs.forEach((c) => { c.close(); });") },
    { name: "a listener", ...ts("function f(c: Conn) { c.on('end', () => { c.close(); }); }") },
    { name: "an async listener", ...ts("function f(c: Conn) { c.on('end', async () => { c.close(); await work(); }); }") },
    { name: "a process signal", ...ts("function f(c: Conn) { process.once('SIGTERM', () => { c.close(); }); }") },
    { name: "a named listener", ...ts("declare const c: Conn; function shutdown() { c.close(); } process.on('SIGINT', shutdown);") },
    { name: "an async named listener", ...ts("declare const c: Conn; const shutdown = async () => { c.close(); await work(); }; process.on('SIGINT', shutdown);") },
    { name: "forEach in a listener", ...ts("declare const cs: Conn[]; process.on('SIGINT', () => { cs.forEach((c) => { c.close(); }); });") },
    { name: "a timer", ...ts("async function f(c: Conn) { setTimeout(() => { c.close(); }, 10).unref(); }") },
    { name: "an abort listener", ...ts("async function f(c: Conn, signal: AbortSignal) { signal.addEventListener('abort', () => { c.close(); }); }") },
    { name: "a handler property", ...ts("async function f(c: Conn, socket: { onclose: (() => void) | null }) { socket.onclose = () => { c.close(); }; }") },
    { name: "a callback option", ...ts("declare function serve(options: { stopped(): void }): void; function f(c: Conn) { serve({ stopped() { c.close(); } }); }") },
    { name: "a synchronous callback of an unknown function", ...ts("declare function run(task: () => void): void; function f(c: Conn) { run(() => { c.close(); }); }") },
    { name: "a synchronous test hook", ...ts("declare function afterEach(hook: () => void): void; declare let c: Conn; afterEach(() => { c.close(); });") },
    { name: "an executor", ...ts("function f(c: Conn) { return new Promise<void>((resolve) => { c.close(); resolve(); }); }") },
    { name: "a returned cleanup", ...ts("function useConn(c: Conn) { return () => { c.close(); }; }") },
    { name: "a framework's hook", ...ts("class View { constructor(private c: Conn) {} ngOnDestroy() { this.c.close(); } disconnectedCallback() { this.c.close(); } onStop() { this.c.close(); } }") },
    { name: "a setter", ...ts("class View { #c = openSync(); set conn(c: Conn) { this.#c.close(); this.#c = c; } }") },
    { name: "a synchronous arrow field, which is made to be passed on", ...ts("class View { #c = openSync(); stop = () => { this.#c.close(); }; }") },
    { name: "a class's static block", ...ts("async function f(c: Conn) { class K { static { c.close(); } } }") },
    { name: "a constructor", ...ts("class View { constructor(c: Conn) { c.close(); } }") },
    { name: "the own disposal of a class", ...ts("class Sub extends Conn { stop() { this.close(); super.close(); } }") },
    { name: "the body of an asynchronous disposer: valid-async-dispose speaks", ...ts("class Owner { #c = openSync(); async [Symbol.asyncDispose]() { this.#c.close(); } }") },
    { name: "the synchronous one of two disposers", ...ts("class Owner { #c = openSync(); [Symbol.dispose]() { this.#c.close(); } async [Symbol.asyncDispose]() { await this.#c.close(); } }") },
    { name: "a resource that the callback of forEach makes and closes itself", ...ts("function f(urls: string[]) { urls.forEach(async (url) => { const c = await open(url); await c.close(); }); }") },
    { name: "forEach of another kind, which awaits", ...ts("declare const all: { forEach(each: (c: Conn) => Promise<void>): Promise<void> }; async function f() { await all.forEach(async (c) => { await c.close(); }); }") },
    { name: "forEach of any", ...ts("async function f(all: any) { all.forEach(async (c: Conn) => { await c.close(); }); }") },
    { name: "a stack's callback that gives the promise", ...ts(inFunction("await using s = new AsyncDisposableStack(); s.defer(() => c.close());")) },
    { name: "the chain that a floating promise drops", ...ts("async function f(c: Conn) { work().finally(() => { c.close(); }); }") },
  ],
  invalid: [
    {
      name: "an awaited close that takes a callback",
      ...ts("import type { Server } from 'node:http'; async function f(s: Server) { await s.close(); }", {
        errors: [
          {
            message: "`await s.close()` waits for nothing: `close` gives no promise, and calls back when a Server is closed. Write `await s[Symbol.asyncDispose]()`, or give it a callback that settles a promise.",
            column: 78,
            endColumn: 87,
            suggestions: [{ messageId: "byDisposer", output: "import type { Server } from 'node:http'; async function f(s: Server) { await s[Symbol.asyncDispose](); }" }],
          },
        ],
      }),
    },
    {
      name: "an awaited close that takes a callback, of a class of one's own",
      ...ts("declare class Line implements AsyncDisposable { end(done?: () => void): void; [Symbol.asyncDispose](): Promise<void> } async function f(line: Line) { await line.end(); }", {
        errors: [{ messageId: "callback", data: { call: "line.end()", method: "end", receiver: "line", type: "a Line" }, suggestions: [{ messageId: "byDisposer", output: "declare class Line implements AsyncDisposable { end(done?: () => void): void; [Symbol.asyncDispose](): Promise<void> } async function f(line: Line) { await line[Symbol.asyncDispose](); }" }] }],
      }),
    },
    { name: "the end of another is awaited", ...ts("declare class Server implements AsyncDisposable { readonly finished: Promise<void>; shutdown(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare const other: Server; async function f(s: Server) { s.shutdown(); await other.finished; }", { errors: [{ ...floating("s.shutdown()", "s", "a Server"), suggestions: awaitIt("declare class Server implements AsyncDisposable { readonly finished: Promise<void>; shutdown(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare const other: Server; async function f(s: Server) { await s.shutdown(); await other.finished; }") }] }) },
    { name: "its end was awaited before", ...ts("declare class Server implements AsyncDisposable { readonly finished: Promise<void>; shutdown(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare const other: Server; async function f(s: Server) { await s.finished; s.shutdown(); await work(); }", { errors: [{ ...floating("s.shutdown()", "s", "a Server"), suggestions: awaitIt("declare class Server implements AsyncDisposable { readonly finished: Promise<void>; shutdown(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare const other: Server; async function f(s: Server) { await s.finished; await s.shutdown(); await work(); }") }] }) },
    {
      name: "a release method",
      ...ts(inFunction("c.close();"), {
        errors: [
          {
            message: "`c.close()` starts disposing a Conn and nobody awaits it: the code goes on before `c` is closed, and a failure becomes an unhandled rejection. Write `await c.close()`.",
            column: 29,
            endColumn: 38,
            suggestions: awaitIt(inFunction("await c.close();")),
          },
        ],
      }),
    },
    { name: "the disposer", ...ts(inFunction("c[Symbol.asyncDispose]();"), { errors: [{ ...floating("c[Symbol.asyncDispose]()"), suggestions: awaitIt(inFunction("await c[Symbol.asyncDispose]();")) }] }) },
    { name: "finally", ...ts(inFunction("try { await c.ping(); } finally { c.close(); }"), { errors: [{ ...floating("c.close()"), suggestions: awaitIt(inFunction("try { await c.ping(); } finally { await c.close(); }")) }] }) },
    {
      name: "a nullable receiver",
      ...ts("async function f(c: Conn | undefined) { c?.close(); c && c.close(); }", {
        errors: [
          { ...floating("c?.close()"), column: 41, suggestions: awaitIt("async function f(c: Conn | undefined) { await c?.close(); c && c.close(); }") },
          { ...floating("c.close()"), column: 58, suggestions: awaitIt("async function f(c: Conn | undefined) { c?.close(); c && await c.close(); }") },
        ],
      }),
    },
    { name: "a release with options", ...ts("declare class Page implements AsyncDisposable { close(options?: object): Promise<void>; [Symbol.asyncDispose](): Promise<void> } async function f(page: Page) { page.close({ now: true }); }", {
        errors: [{ ...floating("page.close()", "page", "a Page"), suggestions: awaitIt("declare class Page implements AsyncDisposable { close(options?: object): Promise<void>; [Symbol.asyncDispose](): Promise<void> } async function f(page: Page) { await page.close({ now: true }); }") }],
      }) },
    {
      name: "a stack",
      ...ts("async function f() { const s = new AsyncDisposableStack(); try { s.use(await open()); } finally { s.disposeAsync(); } }", {
        errors: [{ ...floating("s.disposeAsync()", "s", "an AsyncDisposableStack"), suggestions: awaitIt("async function f() { const s = new AsyncDisposableStack(); try { s.use(await open()); } finally { await s.disposeAsync(); } }") }],
      }),
    },
    {
      name: "a resource with both disposers",
      ...ts("async function f(d: Dir) { d.close(); }", { errors: [{ ...floating("d.close()", "d", "a Dir"), suggestions: awaitIt("async function f(d: Dir) { await d.close(); }") }] }),
    },
    {
      name: "a bounded type parameter",
      ...ts("async function f<T extends AsyncDisposable>(held: T) { held[Symbol.asyncDispose](); }", {
        errors: [{ ...floating("held[Symbol.asyncDispose]()", "held", "a T"), suggestions: awaitIt("async function f<T extends AsyncDisposable>(held: T) { await held[Symbol.asyncDispose](); }") }],
      }),
    },
    { name: "a method added by a setting", ...ts("declare class Bus implements AsyncDisposable { hangUp(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } async function f(bus: Bus) { bus.hangUp(); }", {
        settings: { "await-using": { releaseMethods: ["hangUp"] } },
        errors: [{ ...floating("bus.hangUp()", "bus", "a Bus"), suggestions: awaitIt("declare class Bus implements AsyncDisposable { hangUp(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } async function f(bus: Bus) { await bus.hangUp(); }") }],
      }) },
    { name: "JavaScript", ...js("async function f() { const c = await open(); c.close(); }", { errors: [{ ...floating("c.close()"), suggestions: awaitIt("async function f() { const c = await open(); await c.close(); }") }] }) },
    { name: "a comma", ...ts(inFunction("c.close(), step();"), { errors: [{ ...floating("c.close()"), suggestions: awaitIt(inFunction("await c.close(), step();")) }] }) },
    { name: "an async callback of an unknown function", ...ts("declare function retry(task: () => Promise<void>): void; function f(c: Conn) { retry(async () => { c.close(); await work(); }); }", {
        errors: [{ ...floating("c.close()"), suggestions: awaitIt("declare function retry(task: () => Promise<void>): void; function f(c: Conn) { retry(async () => { await c.close(); await work(); }); }") }],
      }) },
    { name: "an async test hook", ...ts("declare function afterEach(hook: () => Promise<void>): void; declare let c: Conn; afterEach(async () => { c.close(); });", {
        errors: [{ ...floating("c.close()"), suggestions: awaitIt("declare function afterEach(hook: () => Promise<void>): void; declare let c: Conn; afterEach(async () => { await c.close(); });") }],
      }) },
    { name: "a synchronous function", ...ts("function f(c: Conn) { c.close(); }", {
        errors: [
          {
            message: "`c.close()` starts disposing a Conn in a function that cannot await it: the code goes on before `c` is closed, and a failure becomes an unhandled rejection. Make the function async and write `await c.close()`.",
            column: 23,
          },
        ],
      }) },
    { name: "an exported function, which is not passed on here", ...ts("function f(c: Conn) { c.close(); } export { f }; f(openSync());", { errors: [synchronous("c.close()")] }) },
    { name: "a synchronous method", ...ts("class Service { #c = openSync(); stop() { this.#c.close(); } }", { errors: [synchronous("this.#c.close()", "this.#c")] }) },
    { name: "a synchronous disposer", ...ts("class Service { #c = openSync(); [Symbol.dispose]() { this.#c.close(); } }", { errors: [synchronous("this.#c.close()", "this.#c")] }) },
    { name: "an object's method", ...ts("function make(c: Conn) { return { stop() { c.close(); } }; }", { errors: [synchronous("c.close()")] }) },
    {
      name: "a function that gives a promise already",
      ...ts("function f(c: Conn): Promise<void> { c.close(); return work(); }", {
        errors: [{ ...synchronous("c.close()"), suggestions: [{ messageId: "makeAsyncAndAwait", output: "async function f(c: Conn): Promise<void> { await c.close(); return work(); }" }] }],
      }),
    },
    { name: "a function that gives a promise or nothing: async, its type would change", ...ts("function f(c: Conn) { c.close(); return flag() ? work() : null; }", { errors: [synchronous("c.close()")] }) },
    { name: "a function that gives a promise or undefined", ...ts("function f(c: Conn, next?: Conn) { c.close(); return next?.ping(); }", { errors: [synchronous("c.close()")] }) },
    {
      name: "a call in several lines with comments",
      ...ts("async function f(cs: Map<string, Conn>) { cs // all of them\n  .get('https://a' /* the first */)!\n  .close(/* now */); }", {
        errors: [
          {
            ...floating("cs.get()!.close()", "cs.get('https://a')"),
            suggestions: awaitIt("async function f(cs: Map<string, Conn>) { await cs // all of them\n  .get('https://a' /* the first */)!\n  .close(/* now */); }"),
          },
        ],
      }),
    },
    {
      name: "forEach with an async callback",
      ...ts("async function f(cs: Conn[]) { cs.forEach(async (c) => { await c.close(); }); }", {
        errors: [
          {
            message:
              "`c.close()` starts disposing a Conn in a callback of `forEach`, which awaits nobody: the code goes on before `c` is closed, and a failure becomes an unhandled rejection. Write `await c.close()` in a `for…of` loop.",
            column: 64,
            suggestions: [{ messageId: "loop", data: { method: "forEach" }, output: "async function f(cs: Conn[]) { for (const c of cs) { await c.close(); } }" }],
          },
        ],
      }),
    },
    {
      name: "forEach over an expression whose strings and lines must stay",
      ...ts("async function f(cs: Map<string, Conn[]>) { cs.get('a  b')!\n  .concat([])\n  .forEach((c) => c.close()); }", {
        errors: [{ messageId: "iterated", suggestions: [{ messageId: "loop", output: "async function f(cs: Map<string, Conn[]>) { for (const c of cs.get('a  b')!\n  .concat([])) await c.close(); }" }] }],
      }),
    },
    {
      name: "forEach with an async expression",
      ...ts("async function f(cs: Set<Conn>) { cs.forEach(async c => await c.close()); }", {
        errors: [{ messageId: "iterated", suggestions: [{ messageId: "loop", output: "async function f(cs: Set<Conn>) { for (const c of cs) await c.close(); }" }] }],
      }),
    },
    {
      name: "forEach with an expression",
      ...ts("async function f(cs: Conn[]) { cs.forEach((c) => c.close()); }", {
        errors: [{ messageId: "iterated", suggestions: [{ messageId: "loop", output: "async function f(cs: Conn[]) { for (const c of cs) await c.close(); }" }] }],
      }),
    },
    {
      name: "forEach with a plain callback",
      ...ts("async function f(cs: Conn[]) { cs.forEach((c) => { c.close(); }); }", {
        errors: [{ messageId: "iterated", suggestions: [{ messageId: "loop", output: "async function f(cs: Conn[]) { for (const c of cs) { await c.close(); } }" }] }],
      }),
    },
    { name: "forEach over a Map, whose loop gives entries", ...ts("async function f(cs: Map<string, Conn>) { cs.forEach(async (c) => { await c.close(); }); }", { errors: [{ messageId: "iterated" }] }) },
    { name: "forEach with an index", ...ts("async function f(cs: Conn[]) { cs.forEach(async (c, index) => { await c.close(); console.log(index); }); }", { errors: [{ messageId: "iterated" }] }) },
    { name: "forEach with an early return", ...ts("async function f(cs: Conn[]) { cs.forEach(async (c) => { if (flag()) return; await c.close(); }); }", { errors: [{ messageId: "iterated" }] }) },
    { name: "forEach with a comment that would be lost", ...ts("async function f(cs: Conn[]) { cs.forEach(/* all */ async (c) => { await c.close(); }); }", { errors: [{ messageId: "iterated" }] }) },
    { name: "forEach whose element shadows the list", ...ts("async function f(c: Conn[]) { c.forEach(async (c) => { await c.close(); }); }", { errors: [{ messageId: "iterated" }] }) },
    { name: "forEach in a synchronous function", ...ts("function f(cs: Conn[]) { cs.forEach(async (c) => { await c.close(); }); }", { errors: [{ messageId: "iterated" }] }) },
    { name: "forEach in an asynchronous disposer", ...ts("class Owner { #cs = [openSync()]; async [Symbol.asyncDispose]() { this.#cs.forEach(async (c) => { await c.close(); }); } }", {
        errors: [{ messageId: "iterated", suggestions: [{ messageId: "loop", output: "class Owner { #cs = [openSync()]; async [Symbol.asyncDispose]() { for (const c of this.#cs) { await c.close(); } } }" }] }],
      }) },
    { name: "map whose promises are dropped", ...ts("async function f(cs: Conn[]) { cs.map((c) => c.close()); }", {
        errors: [{ messageId: "iterated", data: { call: "c.close()", method: "map", receiver: "c", type: "a Conn" }, suggestions: [{ messageId: "loop", output: "async function f(cs: Conn[]) { for (const c of cs) await c.close(); }" }] }],
      }) },
    { name: "a collected callback that drops its promise", ...ts("async function f(cs: Conn[]) { await Promise.all(cs.map(async (c) => { c.close(); })); }", {
        errors: [{ ...floating("c.close()"), suggestions: awaitIt("async function f(cs: Conn[]) { await Promise.all(cs.map(async (c) => { await c.close(); })); }") }],
      }) },
    { name: "a stack's callback that drops its promise", ...ts(inFunction("await using s = new AsyncDisposableStack(); s.defer(() => { c.close(); });"), { errors: [synchronous("c.close()")] }) },
    { name: "an awaited chain whose callback drops its promise", ...ts(inFunction("await c.ping().finally(() => { c.close(); });"), { errors: [synchronous("c.close()")] }) },
    { name: "a function called at once", ...ts(inFunction("await (async () => { c.close(); })();"), { errors: [{ ...floating("c.close()"), suggestions: awaitIt(inFunction("await (async () => { await c.close(); })();")) }] }) },
  ],
});
