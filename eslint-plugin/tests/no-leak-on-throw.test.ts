import rule from "../src/rules/no-leak-on-throw.js";
import { found, silent, type Finding, type Suggestion } from "./support/finding.js";
import { typed } from "./support/rule-tester.js";

type Words = Readonly<Record<string, string>>;

const conn = { name: "c", type: "a Conn", call: "open()", keyword: "await using" };
const held = { name: "l", type: "a Lock", call: "lock()", keyword: "using" };

const scope = (keyword: string, becomes: Words, also = ""): Suggestion => ({ messageId: "scope", data: { also, keyword }, becomes });

/** What may throw, its line, and the line of the disposal that is skipped then. */
const thrown = (words: Words, risk: string, line: string, disposal: string, becomes?: Words, also?: string): Finding => ({
  messageId: "thrown",
  data: { ...words, risk, line, disposal },
  ...(becomes !== undefined && { suggestions: [scope(words["keyword"] ?? "", becomes, also)] }),
});

const handedOver = (risk: string, line: string, disposal: string, suggestion?: Suggestion): Finding => ({
  messageId: "handedOver",
  data: { ...conn, risk, line, disposal, stack: "a stack declared with `await using`" },
  ...(suggestion !== undefined && { suggestions: [suggestion] }),
});
/** Held on a stack that is moved ahead of a `return`. */
const onStack = (statement: string): Suggestion => ({
  messageId: "held",
  data: { keyword: "await using" },
  becomes: { "const c = await open()": "await using stack = new AsyncDisposableStack();\n  const c = stack.use(await open())", [statement]: `stack.move();\n  ${statement}` },
});

const runner = "declare function test(name: string, run: () => unknown): void;";
const opened = "declare class Feed implements AsyncDisposable { open(): Promise<void>; [Symbol.asyncDispose](): Promise<void> }";
const client = "declare class Client implements AsyncDisposable { connect(): Promise<void>; ping(): Promise<void>; close(): Promise<void>; [Symbol.asyncDispose](): Promise<void> }";

const using = { "const l": "using l" };
const awaitUsing = { "const c": "await using c" };
const constructing = (body: string): string => `export class P { #a: Lock; #b: Lock; constructor(all: P[]) { ${body} } [Symbol.dispose]() { this.#a.release(); this.#b.release(); } }`;

typed.run("no-leak-on-throw", rule, {
  valid: [
    silent("what is seen to call nothing", "const doubled = (n: number) => n * 2; const later = (text: string) => () => decode(text); async function f() { const c = openSync(); doubled(1); later('a'); await c.close(); }"),
    silent("a release ahead of it that is a function", "declare function close(): void; async function f() { let c; try { c = openSync(); c.query('a'); step(); } catch (error) { close(); await c?.close(); throw error; } await c.close(); }"),
    silent("a stack in a scope, moved at the end", "async function f() { await using s = new AsyncDisposableStack(); s.use(await open()); await work(); return s.move(); }"),
    silent("a stack that is moved as soon as it holds something", "async function f() { await work(); const s = new AsyncDisposableStack(); s.use(await open()); return s.move(); }"),
    silent("a stack that a catch disposes", "async function f() { const s = new AsyncDisposableStack(); try { s.use(await open()); await work(); return s.move(); } catch (error) { await s.disposeAsync(); throw error; } }"),
    silent("a stack that somebody else has too", "declare function keep(stack: AsyncDisposableStack): void; async function f() { const s = new AsyncDisposableStack(); keep(s); s.use(await open()); await work(); return s.move(); }"),
    silent("a scope", "async function f() { await using c = await open(); await c.ping(); await c.close(); }"),
    silent("finally", "async function f() { const c = await open(); try { await c.ping(); } finally { await c.close(); } }"),
    silent("finally after a plain declaration", "async function f() { const c = await open(); const size = decode('x'); step(); try { await c.ping(); } finally { await c.close(); } return size; }"),
    silent("finally of a late assignment", "async function f() { let c: Conn | undefined; try { await work(); c = await open(); await c.ping(); } finally { await c?.close(); } }"),
    silent("finally in an outer try", "async function f() { let c: Conn | null = null; try { try { c = await open(); await c.ping(); } catch { step(); } await work(); } finally { if (c) await c.close(); } }"),
    silent("finally with a flag", "async function f() { const c = await open(); let open_ = true; try { await c.ping(); await c.close(); open_ = false; await work(); } finally { if (open_) await c.close(); } }"),
    silent("two acquisitions, each with its own try", "async function f() { const a = await open(); try { const b = await open(); try { await b.ping(); } finally { await b.close(); } } finally { await a.close(); } }"),
    silent("catch and the end", "async function f() { const c = await open(); try { await c.ping(); } catch (error) { await c.close(); throw error; } await c.close(); }"),
    silent("catch that goes on to the release", "async function f() { const c = await open(); try { await c.ping(); } catch (error) { console.error(error); } await c.close(); }"),
    silent("catch without a binding that goes on", "async function f() { const c = await open(); try { await c.ping(); } catch {} await c.close(); }"),
    silent("nothing between", "async function f() { const c = await open(); await c.close(); const l = lock(); l.release(); }"),
    silent("properties between", "function f() { const l = lock(); const { name } = l; l.release(); return name.length; }"),
    silent("collections and strings between", "function f(all: string[]) { const l = lock(); const seen = new Set<string>(); all.push(l.name.trim()); seen.add(all.join()); l.release(); }"),
    silent("printing between", "function f() { const l = lock(); console.log(l.name); l.release(); }"),
    silent("another release between", "async function f(l: Lock) { const c = await open(); l.release(); await c.close(); }"),
    silent("an awaited promise whose failure is dealt with", "async function f() { const c = await open(); const rows = await c.query('x').catch(() => []); await work().then(step, step); await c.close(); return rows; }"),
    silent("promises that are settled, whatever comes", "async function f() { const c = await open(); await Promise.allSettled([c.ping(), work()]); await c.close(); }"),
    silent("letting time pass", "import { setTimeout as delay } from 'node:timers/promises'; async function f() { const c = await open(); await delay(10); await new Promise((resolve) => setTimeout(resolve, 10)); await c.close(); }"),
    silent("work that is started here and awaited after the release", "async function f() { const c = await open(); const working = work(); await c.close(); await working; }"),
    silent("work before it is acquired and after it is released", "async function f() { await work(); const c = await open(); await c.close(); await work(); }"),
    silent("never disposed, another rule's", "async function f() { const c = await open(); await c.ping(); }"),
    silent("not disposed on a normal path, another rule's", "async function f() { const c = await open(); await c.ping(); if (flag()) return; await c.close(); }"),
    silent("waiting for a server to listen: one that fails at that holds nothing", "import { once } from 'node:events'; import { createServer } from 'node:http'; export async function f() { const s = createServer(); s.listen(0); await once(s, 'listening'); try { await work(); } finally { s.close(); } }"),
    silent("waiting for a server to listen, by a promise of one's own", "import { createServer } from 'node:http'; export async function f() { const s = createServer(); await new Promise<void>((resolve, reject) => { s.once('error', reject); s.listen(0, resolve); }); try { await work(); } finally { s.close(); } }"),
    silent("what has an open() of its own that nobody has called", `${opened} async function f() { const c = new Feed(); await work(); return c; }`),
    silent("what has an open() of its own, made by a factory", `${opened} declare function constructFeed(): Promise<Feed>; async function f() { const c = await constructFeed(); await work(); return c; }`),
    silent("a listener that is taken off in between", "import type { EventEmitter } from 'node:events'; export async function f(e: EventEmitter) { const c = await open(); e.off('a', step); await c.close(); }"),
    silent("a promise of it that rejects", "async function f() { const c = open(); return await c; }"),
    silent("a combination of what are no promises", "async function f() { const c = await open(); await Promise.all([1, [work()]]); return c; }"),
    silent("a stack that is empty where the code throws", "export function f(isOk: boolean) { const stack = new DisposableStack(); if (isOk) stack.use(lock()); else throw new Error('no'); return stack; }"),
    silent("a logger and an emitter in between", "import { EventEmitter } from 'node:events'; declare const logger: { info(text: string): void }; export class Line extends EventEmitter { async run() { const c = await open(); logger.info('a'); this.emit('b'); await c.close(); } }"),
    silent("what fails while it is brought up", "declare class Hub implements AsyncDisposable { initialize(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } async function f() { const c = new Hub(); await c.initialize(); return c; }"),
    silent("what is given a function of what comes later", "declare class Line implements AsyncDisposable { constructor(end: () => void); [Symbol.asyncDispose](): Promise<void> } async function f() { const c = new Line(() => { void other.length; }); const other = await work(); return { c, other }; }"),
    silent("a server that a hook ends, and that listens then", "import { createServer } from 'node:http'; declare const hooks: { after(run: () => void): void }; export async function f() { const s = createServer(); hooks.after(() => s.close()); s.listen(0); await work(); }"),
    silent("what is given an object whose functions use what comes later", "declare class Line implements AsyncDisposable { constructor(transport: { end(): void }); [Symbol.asyncDispose](): Promise<void> } async function f() { const transport = { end() { void other.length; } }; const c = new Line(transport); const other = await work(); return c; }"),
    silent("a test", `${runner} test('a', async () => { const c = await open(); await c.ping(); await c.close(); });`),
    silent("a helper in a file of tests", `${runner} test('a', () => step()); async function helper() { const c = await open(); await c.ping(); return c; }`),
    silent("a script", "await main(); async function main() { const c = await open(); await c.ping(); await c.close(); }"),
    silent("what a script calls, and nobody else", "void main(); async function main() { await load(); } async function load() { const c = await open(); await c.ping(); await c.close(); }"),
    silent("handed over at once", "async function f() { const c = await open(); return c; }"),
    silent("handed over, and then work", "class A { #c?: Conn; async start() { const c = await open(); this.#c = c; await c.ping(); } }"),
    silent("handed over after plain data was read", "async function f() { const c = await open(); const size = c.id.length; return { c, size }; }"),
    silent("a catch that disposes what would have been handed over", "async function f() { const c = await open(); try { await c.ping(); return c; } catch (error) { await c.close(); throw error; } }"),
    silent("a catch that tells about it, and disposes", "async function f() { const c = await open(); try { await c.ping(); return c; } catch (error) { step(); await c.close(); throw error; } }"),
    silent("on a stack until it is handed over", "async function f() { await using stack = new AsyncDisposableStack(); const c = stack.use(await open()); await c.ping(); stack.move(); return c; }"),
    silent("what holds nothing before it is connected", `${client} async function f() { const c = new Client(); await c.connect(); return c; }`),
    silent("what holds nothing before it is connected, and is ended then", `${client} async function f() { const c = new Client(); await c.connect(); try { await c.ping(); } finally { await c.close(); } }`),
    silent("an instance that holds nothing before it is filled", "class Store implements AsyncDisposable { conn?: Conn; async [Symbol.asyncDispose]() { await this.conn?.close(); } } async function f() { const store = new Store(); store.conn = await open(); return store; }"),
    silent("handed to a function that nobody knows", "declare function serve(c: Conn): Promise<void>; async function f() { const c = await open(); await serve(c); await work(); }"),
    silent("its own listeners finish it", "async function f() { const c = await open(); c.on('error', () => { void c.close(); }); await c.ping(); await c.close(); }"),
    silent("the process ends", "async function f() { const c = await open(); await c.close(); process.exit(0); }"),
    silent("module scope", "const c = await open(); await c.ping(); await c.close();"),
    silent("a borrowed resource", "async function f() { const c = await getConn(); await c.ping(); await c.close(); }"),
    silent("setup and teardown", "declare function beforeEach(run: () => Promise<void>): void; declare function afterEach(run: () => Promise<void>): void; function suite() { let c: Conn; beforeEach(async () => { c = await open(); await c.ping(); }); afterEach(async () => { await c.close(); }); }"),
    silent("a callback that runs later", "async function f() { const c = await open(); const load = () => c.query('x'); await c.close(); return load; }"),
    silent("a constructor's stack, declared with using", constructing("using s = new DisposableStack(); this.#a = s.use(lock()); this.#b = s.use(lock()); s.move();")),
    silent("a constructor's stack with one member", constructing("const s = new DisposableStack(); this.#b = lock(); this.#a = s.use(lock()); s.move();")),
    silent("a constructor's stack that a catch disposes", constructing("const s = new DisposableStack(); try { this.#a = s.use(lock()); this.#b = s.use(lock()); } catch (error) { s.dispose(); throw error; } s.move();")),
    silent("a constructor that gives itself to somebody", constructing("all.push(this); const s = new DisposableStack(); this.#a = s.use(lock()); this.#b = s.use(lock()); s.move();")),
    silent("an asynchronous stack, which a constructor cannot wait for", constructing("const s = new AsyncDisposableStack(); this.#a = s.use(lock()); this.#b = s.use(lock()); s.move();")),
    silent("the fields of an object that is there already", "export class P { #a?: Lock; #b?: Lock; start() { const s = new DisposableStack(); this.#a = s.use(lock()); this.#b = s.use(lock()); s.move(); } }"),
  ],
  invalid: [
    found("returned after work", "async function f() {\n  const «c» = await open();\n  await c.ping();\n  return c;\n}", {
      message: "If `c.ping()` on line 3 throws, `c`, a Conn acquired by `open()`, stays open: nobody else has it before line 4. Hold it in a stack declared with `await using` until then, and `move()` that.",
      suggestions: [onStack("return c")],
    }),
    found("returned in a literal after work", "async function f() {\n  const «c» = await open();\n  const rows = await c.query('x');\n  return { c, rows };\n}", handedOver("c.query('x')", "3", "4", onStack("return { c, rows }"))),
    found("returned in an array, one of two", "async function f() {\n  const «c» = await open();\n  const d = await open();\n  return [c, d];\n}", handedOver("open()", "3", "4", onStack("return [c, d]"))),
    found("returned as a closure that disposes it", "async function f() {\n  const «c» = await open();\n  await c.ping();\n  return async () => { await c.close(); };\n}", handedOver("c.ping()", "3", "4", onStack("return async"))),
    found("returned as an object with a disposer", "async function f() {\n  const «c» = await open();\n  await c.ping();\n  return { ping: () => c.ping(), [Symbol.asyncDispose]: () => c.close() };\n}", handedOver("c.ping()", "3", "4", onStack("return { ping"))),
    found("given to what wraps it", "async function f() {\n  const «c» = await open();\n  await c.ping();\n  return new Repo(c);\n}", handedOver("c.ping()", "3", "4", { ...onStack("x"), becomes: { "const c = await open()": "await using stack = new AsyncDisposableStack();\n  const c = stack.use(await open())", "return new Repo(c);": "const repo = new Repo(c);\n  stack.move();\n  return repo;" } })),
    found("on one of two ways", "async function f() {\n  const «c» = await open();\n  if (flag()) await c.ping();\n  return c;\n}", handedOver("c.ping()", "3", "4", onStack("return c"))),
    found("where what fails is caught, and told anew", "async function f() {\n  try {\n    const «c» = await open();\n    await c.ping();\n    return c;\n  } catch (cause) {\n    throw new Error('no', { cause });\n  }\n}", { messageId: "handedOver", data: { ...conn, risk: "c.ping()", line: "4", disposal: "5", stack: "a stack declared with `await using`" }, suggestions: [{ ...onStack("x"), becomes: { "const c = await open()": "await using stack = new AsyncDisposableStack();\n    const c = stack.use(await open())", "return c": "stack.move();\n    return c" } }] }),
    found("stored after work", "class A { #c?: Conn; async start() {\n  const «c» = await open();\n  await c.ping();\n  this.#c = c;\n} }", handedOver("c.ping()", "3", "4")),
    found("put on a stack after work", "async function f(stack: AsyncDisposableStack) {\n  const «c» = await open();\n  await c.ping();\n  stack.use(c);\n}", handedOver("c.ping()", "3", "4")),
    found("given a scope after work", "async function f() {\n  const «c» = await open();\n  await c.ping();\n  await using _ = c;\n  await work();\n}", handedOver("c.ping()", "3", "4")),
    found("given to a function that ends it", "async function ending(c: Conn) { await c.close(); }\nasync function f() {\n  const «c» = await open();\n  await c.ping();\n  await ending(c);\n}", handedOver("c.ping()", "4", "5")),
    found("an instance that is told to load", "class Store implements AsyncDisposable { conn?: Conn; async load() { this.conn = await open(); await this.conn.ping(); } async [Symbol.asyncDispose]() { await this.conn?.close(); } }\nasync function f() {\n  const «c» = new Store();\n  await c.load();\n  return c;\n}", { messageId: "handedOver", data: { name: "c", type: "a Store", call: "new Store()", risk: "c.load()", line: "4", disposal: "5", stack: "a stack declared with `await using`" }, suggestions: [{ messageId: "held", data: { keyword: "await using" }, becomes: { "const c = new Store()": "await using stack = new AsyncDisposableStack();\n  const c = stack.use(new Store())", "return c": "stack.move();\n  return c" } }] }),
    found("a client that is connected, and then works", `${client}\nasync function f() {\n  const «c» = new Client();\n  await c.connect();\n  await c.ping();\n  await c.close();\n}`, thrown({ name: "c", type: "a Client", call: "new Client()", keyword: "await using" }, "c.ping()", "5", "6", { ...awaitUsing, "\n  await c.close();": "" }, " This leaves out the disposal on line 6.")),
    found("an awaited call ahead of a likelier throw", "async function f() {\n  const «c» = await open();\n  step();\n  await c.ping();\n  await c.close();\n}", thrown(conn, "c.ping()", "4", "5", { ...awaitUsing, "\n  await c.close();": "" }, " This leaves out the disposal on line 5.")),
    found("state that is asked for after the release", "declare class Line implements AsyncDisposable { ping(): Promise<void>; close(): Promise<void>; closed(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare function openLine(): Promise<Line>;\nasync function f() {\n  const «c» = await openLine();\n  await c.ping();\n  await c.close();\n  await c.closed();\n}", thrown({ ...conn, type: "a Line", call: "openLine()" }, "c.ping()", "4", "5", awaitUsing)),
    found("plain data that is kept elsewhere", "class Net { rows: string[] = []; async load() {\n  const «c» = await open();\n  this.rows = await c.query('a');\n  await c.close();\n} }", thrown(conn, "c.query('a')", "3", "4", { ...awaitUsing, "\n  await c.close();": "" }, " This leaves out the disposal on line 4.")),
    found("given to an assertion", "declare function expect(given: unknown): { toBeDefined(): void }; async function f() {\n  const «c» = await open();\n  expect(c).toBeDefined();\n  await c.ping();\n  await c.close();\n}", thrown(conn, "c.ping()", "4", "5", { ...awaitUsing, "\n  await c.close();": "" }, " This leaves out the disposal on line 5.")),
    found("closed in a promise that is awaited", "import { createServer } from 'node:http';\nexport async function f() {\n  const «c» = createServer();\n  await new Promise<void>((resolve) => c.listen(0, resolve));\n  await work();\n  await new Promise((resolve) => c.close(resolve));\n}", thrown({ name: "c", type: "a Server", call: "createServer()", keyword: "await using" }, "work()", "5", "6")),
    found("handed over with what was made of it", "class Builder { name = ''; of(c: Conn) { this.name = c.id; return this; } async start() { return work(); } } async function f() {\n  const «c» = await open();\n  const box = await new Builder().of(c).start();\n  try { await work(); return { box, c }; } catch (error) { await c.close(); throw error; }\n}", { messageId: "handedOn", data: { ...conn, risk: "new Builder().of(c).start()", line: "3", disposal: "4", stack: "a stack declared with `await using`" } }),
    found("an instance that starts a timer", "class Beat { #timer = setInterval(() => step(), 10); async wait() { await work(); } [Symbol.dispose]() { clearInterval(this.#timer); } }\nexport async function f() {\n  const «c» = new Beat();\n  await work();\n  return c;\n}", { messageId: "handedOver", suggestions: [{ messageId: "held", data: { keyword: "using" }, becomes: { "const c = new Beat()": "using stack = new DisposableStack();\n  const c = stack.use(new Beat())", "return c": "stack.move();\n  return c" } }] }),
    found("what has an open() of its own, which was called", `${opened}\nasync function f() {\n  const «c» = new Feed();\n  await c.open();\n  await work();\n  return c;\n}`, { messageId: "handedOver", data: { name: "c", type: "a Feed", call: "new Feed()", risk: "work()", line: "5", disposal: "6", stack: "a stack declared with `await using`" }, suggestions: [{ messageId: "held", data: { keyword: "await using" }, becomes: { "const c = new Feed()": "await using stack = new AsyncDisposableStack();\n  const c = stack.use(new Feed())", "return c": "stack.move();\n  return c" } }] }),
    found("handed over, of a type without a disposer", `declare class Link { ping(): Promise<void>; cut(): Promise<void> } declare function openLink(): Promise<Link>;\nasync function f() {\n  const «c» = await openLink();\n  await c.ping();\n  return c;\n}`, {
      message: "If `c.ping()` on line 4 throws, `c`, a Link acquired by `openLink()`, stays open: nobody else has it before line 5. It has no disposer, so dispose it in a `catch` until then: `await c.cut()`.",
      suggestions: [{ messageId: "caught", data: { disposal: "await c.cut()" }, becomes: { "await c.ping();\n  return c;": "try {\n    await c.ping();\n    return c;\n  } catch (error) {\n    await c.cut();\n    throw error;\n  }" } }],
    }, { settings: { "await-using": { resourceTypes: [{ type: "Link", release: "cut" }] } } }),
    found("what a script exports", "export async function f() {\n  const «c» = await open();\n  await c.ping();\n  await c.close();\n}", thrown(conn, "c.ping()", "3", "4", { ...awaitUsing, "\n  await c.close();": "" }, " This leaves out the disposal on line 4.")),
    found("in a test, where that is asked for", `${runner} test('a', async () => {\n  const «c» = await open();\n  await c.ping();\n  await c.close();\n});`, thrown(conn, "c.ping()", "3", "4", { ...awaitUsing, "\n  await c.close();": "" }, " This leaves out the disposal on line 4."), { options: [{ tests: true }] }),
    found("in a test, a throw", `${runner} test('a', () => {\n  const «l» = lock();\n  if (l.name === '') throw new Error('no name');\n  l.release();\n});`, thrown(held, "throw new Error('no name');", "3", "4", { ...using, "\n  l.release();": "" }, " This leaves out the disposal on line 4."), { options: [{ tests: true }] }),
    found("a variable of type any that holds an acquisition", "async function f() { const «c: any» = await open();\nawait c.ping();\nawait c.close(); }", thrown(conn, "c.ping()", "2", "3", { ...awaitUsing, "\nawait c.close();": "" }, " This leaves out the disposal on line 3.")),
    found("a constructor's stack", constructing("const «s» = new DisposableStack(); this.#a = s.use(lock('a')); this.#b = s.use(lock('b')); s.move();"), {
      message: "If `lock('b')` on line 1 throws, what `s`, a DisposableStack, holds by then stays open: `s.move()` on line 1 is never reached. Declare it with `using`, which disposes what was not moved.",
      suggestions: [scope("using", { "const s": "using s" })],
    }),
    found("a stack that is moved at the end", "async function f() {\n  const «s» = new AsyncDisposableStack();\n  s.use(await open());\n  s.use(await open());\n  return s.move();\n}", {
      message: "If `open()` on line 4 throws, what `s`, an AsyncDisposableStack, holds by then stays open: `s.move()` on line 5 is never reached. Declare it with `await using`, which disposes what was not moved.",
      suggestions: [scope("await using", { "const s": "await using s" })],
    }),
    found("a stack that a loop fills", "async function f(urls: string[]) {\n  const «s» = new AsyncDisposableStack();\n  for (const url of urls) s.use(await open(url));\n  return s.move();\n}", {
      messageId: "unmoved",
      suggestions: [scope("await using", { "const s": "await using s" })],
    }),
    found("a synchronous stack, and a throw", "function f() {\n  const «s» = new DisposableStack();\n  const l = s.use(lock());\n  if (l.name === '') throw new Error('no name');\n  return { l, stack: s.move() };\n}", {
      messageId: "unmoved",
      suggestions: [scope("using", { "const s": "using s" })],
    }),
    found("an awaited call", "async function f() {\n  const «c» = await open();\n  await c.query('x');\n  await c.close();\n}", {
      message: "If `c.query('x')` on line 3 throws, `c`, a Conn acquired by `open()`, stays open: the disposal on line 4 is skipped. Declare it with `await using`.",
      suggestions: [scope("await using", { ...awaitUsing, "\n  await c.close();": "" }, " This leaves out the disposal on line 4.")],
    }),
    found("a call", "function f() {\n  const «l» = lock();\n  step();\n  l.release();\n}", {
      message: "If `step()` on line 3 throws, `l`, a Lock acquired by `lock()`, stays open: the disposal on line 4 is skipped. Declare it with `using`.",
      suggestions: [scope("using", { ...using, "\n  l.release();": "" }, " This leaves out the disposal on line 4.")],
    }),
    found("disposed by its symbol", "async function f() {\n  const «c» = await open();\n  await work();\n  await c[Symbol.asyncDispose]();\n}", thrown(conn, "work()", "3", "4", { ...awaitUsing, "\n  await c[Symbol.asyncDispose]();": "" }, " This leaves out the disposal on line 4.")),
    found("disposed by its symbol ahead of data", "async function f() {\n  const «c» = await open();\n  const rows = await c.query('x');\n  await c[Symbol.asyncDispose]();\n  return rows.map(decode);\n}", thrown(conn, "c.query('x')", "3", "4", { ...awaitUsing, "\n  await c[Symbol.asyncDispose]();": "" }, " This leaves out the disposal on line 4.")),
    found("two disposed by their symbols", "async function f() {\n  const «c» = await open();\n  const «d» = await open();\n  await work();\n  await c[Symbol.asyncDispose]();\n  await d[Symbol.asyncDispose]();\n}", [
      thrown(conn, "open()", "3", "5", { ...awaitUsing, "\n  await c[Symbol.asyncDispose]();": "" }, " This leaves out the disposal on line 5."),
      thrown({ ...conn, name: "d" }, "work()", "4", "6", { "const d": "await using d", "\n  await d[Symbol.asyncDispose]();": "" }, " This leaves out the disposal on line 6."),
    ]),
    found("disposed by its symbol under a condition: an early end", "function f() {\n  const «l» = lock();\n  step();\n  if (flag()) {\n    l[Symbol.dispose]();\n    return;\n  }\n  l.release();\n}", thrown(held, "step()", "3", "5", { ...using, "\n  l.release();": "" }, " This leaves out the disposal on line 8.")),
    found("disposed by its symbol ahead of work that waits for it, so no suggestion", "async function f() {\n  const «c» = await open();\n  await c.ping();\n  await c[Symbol.asyncDispose]();\n  await work();\n}", thrown(conn, "c.ping()", "3", "4")),
    found("disposed by its symbol ahead of another acquisition, so no suggestion", "function f() {\n  const «l» = lock('a');\n  step();\n  l[Symbol.dispose]();\n  using next = lock('a');\n  console.log(next.name);\n}", thrown(held, "step()", "3", "4")),
    found("disposed by its symbol where that is caught, so no suggestion", "async function f() {\n  const «c» = await open();\n  try {\n    await c.ping();\n    await c[Symbol.asyncDispose]();\n  } catch (error) {\n    console.error(error);\n  }\n}", thrown(conn, "c.ping()", "4", "5")),
    found("disposed by its symbol, with a comment, so no suggestion", "function f() {\n  const «l» = lock();\n  step();\n  l[Symbol.dispose](); // for the next one\n}", thrown(held, "step()", "3", "4")),
    found("a promise that its executor can reject", "async function f(run: (done: () => void, failed: (error: Error) => void) => void) {\n  const «c» = await open();\n  await new Promise<void>((resolve, reject) => { run(resolve, reject); });\n  await c.close();\n}", thrown(conn, "await new Promise<void>((resolve, … reject); })", "3", "4", { ...awaitUsing, "\n  await c.close();": "" }, " This leaves out the disposal on line 4.")),
    found("an awaited promise", "async function f(ready: Promise<void>) {\n  const «c» = await open();\n  await ready;\n  await c.close();\n}", thrown(conn, "await ready", "3", "4", { ...awaitUsing, "\n  await c.close();": "" }, " This leaves out the disposal on line 4.")),
    found("a parser", "function f(text: string) {\n  const «l» = lock();\n  const data: unknown = JSON.parse(text);\n  l.release();\n  return data;\n}", thrown(held, "JSON.parse(text)", "3", "4", { ...using, "\n  l.release();": "" }, " This leaves out the disposal on line 4.")),
    found("a callback that may throw", "function f(all: string[]) {\n  const «l» = lock();\n  const sizes = all.map((text) => decode(text));\n  l.release();\n  return sizes;\n}", thrown(held, "all.map((text) => decode(text))", "3", "4", { ...using, "\n  l.release();": "" }, " This leaves out the disposal on line 4.")),
    found("a constructor", "class Job { constructor(name: string) { if (name === '') throw new Error(); } }\nfunction f() {\n  const «l» = lock();\n  const job = new Job(l.name);\n  l.release();\n  return job;\n}", thrown(held, "new Job(l.name)", "4", "5", { ...using, "\n  l.release();": "" }, " This leaves out the disposal on line 5.")),
    found("asynchronous iteration", "async function f() {\n  const «c» = await open();\n  for await (const row of c.rows) console.log(row);\n  await c.close();\n}", thrown(conn, "c.rows", "3", "4", { ...awaitUsing, "\n  await c.close();": "" }, " This leaves out the disposal on line 4.")),
    found("released inside try only", "async function f() {\n  const «c» = await open();\n  try {\n    await c.ping();\n    await c.close();\n  } catch (error) {\n    console.error(error);\n  }\n}", thrown(conn, "c.ping()", "4", "5", awaitUsing)),
    found("a catch that leaves", "async function f() {\n  const «c» = await open();\n  try {\n    await c.ping();\n  } catch {\n    return;\n  }\n  await c.close();\n}", thrown(conn, "c.ping()", "4", "8", { ...awaitUsing, "\n  await c.close();": "" }, " This leaves out the disposal on line 8.")),
    found("a second acquisition before the one try", "async function f() {\n  const «a» = await open();\n  const b = await open();\n  try {\n    await a.ping();\n  } finally {\n    await b.close();\n    await a.close();\n  }\n}", thrown({ ...conn, name: "a" }, "open()", "3", "8", { "const a": "await using a", "\n    await a.close();": "" }, " This leaves out the disposal on line 8.")),
    found("an awaited call before its try", "async function f() {\n  const «c» = await open();\n  await work();\n  try {\n    await c.ping();\n  } finally {\n    await c.close();\n  }\n}", thrown(conn, "work()", "3", "7", awaitUsing)),
    found("every path releases, none when it throws", "async function f() {\n  const «c» = await open();\n  if (await work().then(flag)) {\n    await c.close();\n    return;\n  }\n  await c.close();\n}", thrown(conn, "work().then(flag)", "3", "4", { ...awaitUsing, "\n  await c.close();": "" }, " This leaves out the disposal on line 7.")),
    found("in a loop", "async function f(urls: string[]) {\n  for (const url of urls) {\n    const «c» = await open(url);\n    await c.ping();\n    await c.close();\n  }\n}", thrown(conn, "c.ping()", "4", "5", { ...awaitUsing, "\n    await c.close();": "" }, " This leaves out the disposal on line 5.")),
    found("through an alias", "function f() {\n  const «l» = lock();\n  const same = l;\n  step();\n  same.release();\n}", thrown(held, "step()", "4", "5", using)),
    found("returned work that the suggestion has to await", "async function f() {\n  const «c» = await open();\n  step();\n  const rows = c.query('x');\n  await c.close();\n  return rows;\n}", thrown(conn, "step()", "3", "5", { ...awaitUsing, "return rows": "return await rows", "\n  await c.close();": "" }, " This awaits the work on it and leaves out the disposal on line 5.")),
    found("handed on by another path, so no suggestion", "async function f() {\n  const «c» = await open();\n  await c.ping();\n  if (flag()) return c;\n  await c.close();\n}", {
      message: "If `c.ping()` on line 3 throws, `c`, a Conn acquired by `open()`, stays open: the disposal on line 5 is skipped. Hold it in a stack declared with `await using`, and `move()` that where it is handed on.",
    }),
    found("assigned later, so no suggestion", "function f() {\n  let l: Lock;\n  «l» = lock();\n  step();\n  l.release();\n}", thrown(held, "step()", "4", "5")),
    found("a case clause, so no suggestion", "function f(x: number) {\n  switch (x) {\n    case 1:\n      const «l» = lock();\n      step();\n      l.release();\n  }\n}", thrown(held, "step()", "5", "6")),
    found("a function that is not async, so no suggestion", "function f() {\n  const «c» = openSync();\n  step();\n  void c.close();\n}", thrown({ ...conn, call: "openSync()" }, "step()", "3", "4")),
    found("a server, whose second disposal fails, so no suggestion", "import { Server } from 'node:http';\nasync function f() {\n  const «s» = new Server();\n  await work();\n  s.close();\n}", thrown({ name: "s", type: "a Server", call: "new Server()", keyword: "await using" }, "work()", "4", "5")),
  ],
});
