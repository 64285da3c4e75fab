import type { RuleTester } from "eslint";

import { resultOwner } from "../src/ownership/owners/result-owner.js";
import { argumentOwner } from "../src/ownership/uses/argument-owner.js";
import { unwrap } from "../src/ownership/values/destination.js";
import type { CallNode } from "../src/syntax.js";
import { probe } from "./support/probe.js";
import { ts, typed } from "./support/rule-tester.js";

type Expected = RuleTester.InvalidTestCase;

function answers(answer: string): (name: string, code: string, settings?: Readonly<Record<string, readonly string[]>>) => Expected {
  return (name, code, settings = {}) => ({ name: `${name}: ${answer}`, ...ts(code, { settings: { "await-using": settings }, errors: [{ messageId: "answer", data: { answer } }] }) });
}

const owned = answers("owned");
const borrowed = answers("borrowed");
const passthrough = answers("passthrough");
const shared = answers("shared");
const takes = answers("takes");
const borrows = answers("borrows");
const unknown = answers("unknown");

/** Who owns the result of the call that the last statement declares a variable with. */
const ofResult = probe((code, last) => {
  const init = last.type === "VariableDeclaration" ? last.declarations[0].init : null;
  return init == null ? "no call" : resultOwner(code, unwrap(init) as CallNode);
});

/** Who owns the first argument after the call that the last statement is. */
const ofArgument = probe((code, last) => {
  if (last.type !== "ExpressionStatement") return "no call";
  return argumentOwner(code, unwrap(last.expression) as CallNode, 0);
});

typed.run("who owns the result of a call: a tag or a setting", ofResult, {
  valid: [],
  invalid: [
    owned("@owned", "/** @owned */ declare function getOne(): Lock; const l = getOne();"),
    borrowed("@borrowed", "/** @borrowed */ declare function createOne(): Lock; const l = createOne();"),
    borrowed("@borrowed, although the body makes it", "/** @borrowed */ function make() { return lock(); } const l = make();"),
    owned("@owned, although the body reads it", "declare const all: Lock[];\n/** @owned */ function take() { return all[0]!; } const l = take();"),
    owned("@owned on a method", "declare class Pool {\n  /** @owned */ get(): Lock;\n} declare const pool: Pool; const l = pool.get();"),
    owned("@owned on a constant arrow", "/** @owned */ const take = (): Lock => shared; declare const shared: Lock; const l = take();"),
    owned("@owned with a text behind it", "/**\n * Takes one.\n * @owned by the caller\n */ declare function getOne(): Lock; const l = getOne();"),
    borrowed("@borrowed on one overload, called", "/** @borrowed */ declare function create(key: string): Lock; declare function create(key: number): Lock; const l = create('a');"),
    owned("@borrowed on the other overload", "/** @borrowed */ declare function create(key: string): Lock; declare function create(key: number): Lock; const l = create(1);"),
    borrowed("@borrowed on a constructor", "declare class Handle implements Disposable {\n  /** @borrowed */ constructor();\n  [Symbol.dispose](): void;\n} const h = new Handle();"),
    owned("the setting ownedCalls", "declare function getOne(): Lock; const l = getOne();", { ownedCalls: ["getOne"] }),
    owned("the setting ownedCalls, on a method", "declare const pool: { get(): Lock }; const l = pool.get();", { ownedCalls: ["get"] }),
    borrowed("the setting borrowedCalls", "declare function createOne(): Lock; const l = createOne();", { borrowedCalls: ["createOne"] }),
  ],
});

typed.run("who owns the result of a call: the body", ofResult, {
  valid: [],
  invalid: [
    owned("an instance", "class Span implements Disposable { [Symbol.dispose]() {} } const s = new Span();"),
    owned("returns an instance", "class Span implements Disposable { [Symbol.dispose]() {} } function span() { return new Span(); } const s = span();"),
    owned("returns what it acquires", "function obtain() { return open(); } const c = await obtain();"),
    owned("an arrow", "const obtain = async () => await open(); const c = await obtain();"),
    owned("a function expression", "const obtain = function () { return lock(); }; const l = obtain();"),
    owned("acquires, works, returns", "async function obtain() { const c = await open(); await c.ping(); return c; } const c = await obtain();"),
    owned("a method", "class Factory { obtain() { return lock(); } } const l = new Factory().obtain();"),
    owned("a static factory", "class Client implements AsyncDisposable { static async obtain() { const c = new Client(); await c.start(); return c; } async start() {} async [Symbol.asyncDispose]() {} } const c = await Client.obtain();"),
    owned("a property of an object", "const factory = { obtain: () => lock() }; const l = factory.obtain();"),
    owned("acquires in every branch", "function obtain() { return flag() ? lock('a') : lock('b'); } const l = obtain();"),
    owned("acquires or gives nothing", "function obtain() { if (flag()) return null; return lock(); } const l = obtain();"),
    owned("assigned in branches", "function obtain() { let l: Lock; if (flag()) l = lock('a'); else l = lock('b'); return l; } const l = obtain();"),
    owned("an object with a disposer", "function obtain() { return { [Symbol.dispose]() {} }; } const l = obtain();"),
    owned("through three functions", "const a = () => lock(); const b = () => a(); const c = () => b(); const l = c();"),
    owned("releases when something fails", "async function obtain() { const c = await open(); try { await c.ping(); } catch (error) { await c.close(); throw error; } return c; } const c = await obtain();"),
    owned("listens to its end", "async function obtain() { const c = await open(); c.on('end', step); return c; } const c = await obtain();"),
    borrowed("a field", "class Holder { readonly #l = lock(); obtain() { return this.#l; } } const l = new Holder().obtain();"),
    borrowed("a field behind a cast", "class Holder { #l?: Lock; obtain() { return this.#l! as Lock; } } const l = new Holder().obtain();"),
    borrowed("a property of a parameter", "function obtain(o: { l: Lock }) { return o.l; } const l = obtain({ l: lock() });"),
    borrowed("an element", "function obtain(all: Lock[]) { return all[0]!; } const l = obtain([lock()]);"),
    borrowed("a module's variable", "const shared = lock(); function obtain() { return shared; } const l = obtain();"),
    borrowed("an outer function's variable", "function outer() { const shared = lock(); return { obtain: () => shared, stop: () => shared.release() }; } const { obtain } = outer(); const l = obtain();"),
    borrowed("made once and kept in a field", "class Holder { #l?: Lock; obtain() { return (this.#l ??= lock()); } } const l = new Holder().obtain();"),
    borrowed("stored in a field, then returned", "class Holder { #l?: Lock; obtain() { const l = lock(); this.#l = l; return l; } } const l = new Holder().obtain();"),
    shared("pushed, then returned", "const all: Lock[] = []; function obtain() { const l = lock(); all.push(l); return l; } const l = obtain();"),
    shared("registered on a stack, then returned", "const stack = new DisposableStack(); function obtain() { const l = lock(); stack.use(l); return l; } const l = obtain();"),
    shared("registered on a stack, and its result returned", "const stack = new DisposableStack(); function obtain() { return stack.use(lock()); } const l = obtain();"),
    shared("registered by a method, then returned", "class Locks { readonly #all = new Map<string, Lock>(); #add(key: string, l: Lock) { this.#all.set(key, l); } obtain() { const l = lock(); this.#add('a', l); return l; } } const l = new Locks().obtain();"),
    shared("put under a key of its own, then returned", "class Locks { readonly all: Record<string, Lock> = {}; obtain(key: string) { const l = lock(); this.all[key] = l; return l; } } const l = new Locks().obtain('a');"),
    borrowed("made once and put under a key", "class Locks { readonly #all = new Map<string, Lock>(); obtain(key: string) { let l = this.#all.get(key); if (l === undefined) { l = lock(); this.#all.set(key, l); } return l; } } const l = new Locks().obtain('a');"),
    borrowed("made or kept", "class Holder { #l?: Lock; obtain() { return this.#l ?? lock(); } } const l = new Holder().obtain();"),
    borrowed("this", "class Chain implements Disposable { obtain(): Chain { return this; } [Symbol.dispose]() {} } declare const chain: Chain; const l = chain.obtain();"),
    borrowed("a body decides against its name", "const shared = lock(); function createLock() { return shared; } const l = createLock();"),
    owned("a body decides against its name", "function getLock() { return lock(); } const l = getLock();"),
    passthrough("a parameter", "function keep(l: Lock) { return l; } const l = keep(lock());"),
    passthrough("a parameter, after work", "function keep(l: Lock) { console.log(l.name); return l; } const l = keep(lock());"),
    owned("a passthrough of what the body acquires", "function keep(l: Lock) { return l; } function obtain() { return keep(lock()); } const l = obtain();"),
    unknown("a collection's element, which may be taken out", "const idle: Lock[] = []; function obtain() { return idle.pop(); } const l = obtain();"),
    unknown("made or taken out of a collection", "const idle: Lock[] = []; function obtain() { return idle.pop() ?? lock(); } const l = obtain();"),
    unknown("handed to somebody nobody knows before it is returned", "declare function observe(l: Lock): void; function obtain() { const l = lock(); observe(l); return l; } const l = obtain();"),
    unknown("a generator", "function* obtain() { yield lock(); } const it = obtain();"),
    unknown("a cycle", "function one(): Lock { return two(); } function two(): Lock { return one(); } const l = one();"),
    unknown("nothing that is returned", "function obtain(): Lock { throw new Error(); } const l = obtain();"),
    unknown("any", "declare const pool: any; function obtain(): Lock { return pool.take(); } const l = obtain();"),
    shared("a constructor that registers its instance", "const all = new Set<Lease>(); class Lease implements Disposable { constructor() { all.add(this); } [Symbol.dispose]() {} } const l = new Lease();"),
    shared("made by a class that registers its instances", "const all = new Set<Lease>(); class Lease implements Disposable { constructor() { all.add(this); } [Symbol.dispose]() {} } function obtain() { return new Lease(); } const l = obtain();"),
    shared("made by a static method of such a class", "class Lease implements Disposable { static async obtain(all: Set<Lease>) { return new this(all); } constructor(all: Set<Lease>) { all.add(this); } [Symbol.dispose]() {} } const l = await Lease.obtain(new Set());"),
  ],
});

typed.run("who owns the result of a call: the declared signature, then the name", ofResult, {
  valid: [],
  invalid: [
    passthrough("a type parameter", "declare function keep<T>(value: T): T; const l = keep(lock());"),
    passthrough("a promise of a type parameter", "declare function retry<T>(run: () => Promise<T>): Promise<T>; const c = await retry(() => open());"),
    passthrough("this", "declare class Builder implements Disposable { with(name: string): this; [Symbol.dispose](): void } declare const b: Builder; const next = b.with('x');"),
    passthrough("a stack's use", "declare const stack: DisposableStack; const l = stack.use(lock());"),
    ...["acquire", "connect", "create", "createServer", "fork", "launch", "make", "mkdtempDisposable", "new_", "open", "opendir", "openSession", "spawn", "start", "watch"].map((name) =>
      owned(`the name ${name}`, `declare function ${name}(): Lock; const l = ${name}();`),
    ),
    ...["at", "current", "find", "findOne", "get", "getConnection", "inject", "item", "peek", "resolve", "use", "useLock", "begin", "lease", "opener", "startle", "newest", "creative"].map((name) =>
      unknown(`the name ${name}`, `declare function ${name}(): Lock; const l = ${name}();`),
    ),
    owned("a method's name", "declare const browser: { newPage(): Promise<Conn> }; const c = await browser.newPage();"),
    owned("a name in an interface", "interface Driver { connect(): Promise<Conn> } declare const driver: Driver; const c = await driver.connect();"),
    owned("a result that is just AsyncDisposable", "declare function hold(): AsyncDisposable; const d = hold();"),
    owned("a promise of just AsyncDisposable", "declare function hold(): Promise<AsyncDisposable>; const d = await hold();"),
    unknown("a result that is just AsyncDisposable, under a name that lends", "declare function getHold(): AsyncDisposable; const d = getHold();"),
    unknown("a bare handle of a registration", "declare const bus: { subscribe(topic: string, then: () => void): Disposable }; const d = bus.subscribe('a', step);"),
    unknown("a registration with a listener", "declare const bus: { subscribe(topic: string, then: () => void): Lock }; const d = bus.subscribe('a', () => step());"),
    owned("a subscription without a listener", "declare const bus: { subscribe(topic: string): Conn }; const d = bus.subscribe('a');"),
  ],
});

typed.run("who owns the result of a call: across files", ofResult, {
  valid: [],
  invalid: [
    owned("a function of another file", "import { connect } from './ownership/connect.js'; const c = await connect('a');"),
    owned("its default export, under another name", "import reconnect from './ownership/connect.js'; const c = await reconnect();"),
    owned("re-exported", "import { connectDefault } from './ownership/index.js'; const c = await connectDefault();"),
    owned("in a namespace", "import * as all from './ownership/index.js'; const c = await all.connect('a');"),
    owned("an implementation behind overloads", "import { lockBy } from './ownership/index.js'; const l = lockBy(1);"),
    owned("in JavaScript", "import { connectPlain } from './ownership/client.js'; const c = await connectPlain();"),
    borrowed("tagged in JavaScript", "import { openShared } from './ownership/client.js'; const c = openShared();"),
    borrowed("a module's variable", "import { defaultConn } from './ownership/pool.js'; const c = defaultConn();"),
    borrowed("made once and kept", "import { openOnce } from './ownership/pool.js'; const c = await openOnce();"),
    unknown("a cache", "import { connectCached } from './ownership/index.js'; const c = await connectCached('a');"),
    shared("a pool that keeps what it makes", "import { Pool } from './ownership/pool.js'; const c = await new Pool().acquire();"),
    shared("a stack that keeps what it makes", "import { Pool } from './ownership/pool.js'; const c = await new Pool().openScoped();"),
  ],
});

typed.run("who owns an argument after a call: a tag or a setting", ofArgument, {
  valid: [],
  invalid: [
    takes("@takesOwnership", "/** @takesOwnership */ declare function serve(c: Conn): void; serve(openSync());"),
    takes("@takesOwnership, although the body only reads", "/** @takesOwnership */ function serve(c: Conn) { return c.id; } serve(openSync());"),
    takes("@takesOwnership on a method", "declare class Host {\n  /** @takesOwnership */ serve(c: Conn): void;\n} declare const host: Host; host.serve(openSync());"),
    takes("the setting takesOwnership", "declare function serve(c: Conn): void; serve(openSync());", { takesOwnership: ["serve"] }),
    unknown("the setting takesOwnership for another name", "declare function serve(c: Conn): void; serve(openSync());", { takesOwnership: ["server"] }),
  ],
});

typed.run("who owns an argument after a call: the body", ofArgument, {
  valid: [],
  invalid: [
    takes("disposes it", "async function finish(c: Conn) { await c.close(); } finish(openSync());"),
    takes("disposes it on one path", "async function finish(c: Conn) { if (flag()) await c.close(); } finish(openSync());"),
    takes("gives it a scope", "async function finish(c: Conn) { await using _ = c; await c.ping(); } finish(openSync());"),
    takes("disposes it in a closure", "function finish(c: Conn) { return () => c.close(); } finish(openSync());"),
    takes("stores it in a field", "class Holder { #c?: Conn; hold(c: Conn) { this.#c = c; } } new Holder().hold(openSync());"),
    takes("stores it in a collection", "const all: Conn[] = []; function hold(c: Conn) { all.push(c); } hold(openSync());"),
    takes("registers it on a stack", "const stack = new AsyncDisposableStack(); function hold(c: Conn) { stack.use(c); } hold(openSync());"),
    takes("a constructor that stores it", "class Holder { readonly #c: Conn; constructor(c: Conn) { this.#c = c; } } new Holder(openSync());"),
    takes("a constructor's parameter property", "class Holder { constructor(private readonly c: Conn) {} } new Holder(openSync());"),
    takes("hands it to one that takes it", "function outer(c: Conn) { inner(c); } async function inner(c: Conn) { await c.close(); } outer(openSync());"),
    takes("an optional parameter that it disposes", "async function finish(c?: Conn) { await c?.close(); } finish(openSync());"),
    takes("a parameter with a default that it disposes", "async function finish(c: Conn = openSync()) { await c.close(); } finish(openSync());"),
    borrows("only reads", "function show(c: Conn) { return c.id; } show(openSync());"),
    borrows("does nothing with it", "function show(c: Conn) {} show(openSync());"),
    borrows("works with it", "async function show(c: Conn) { await c.query('x'); for await (const row of c.rows) decode(row); } show(openSync());"),
    borrows("hands it to one that borrows", "function outer(c: Conn) { return inner(c); } function inner(c: Conn) { return c.id; } outer(openSync());"),
    borrows("captures it in a callback that ends first", "function show(c: Conn, ids: string[]) { return ids.map((id) => id + c.id); } show(openSync(), []);"),
    borrows("a constructor that only reads", "class Greeting { constructor(c: Conn) { console.log(c.id); } } new Greeting(openSync());"),
    passthrough("returns it", "function keep(c: Conn) { return c; } keep(openSync());"),
    takes("stores and returns it", "const all: Conn[] = []; function keep(c: Conn) { all.push(c); return c; } keep(openSync());"),
    unknown("captures it in a closure that is kept", "function show(c: Conn) { return () => c.id; } show(openSync());"),
    unknown("keeps its address, so may rely on it", "class Name { readonly name: string; constructor(c: Conn) { this.name = c.id; } } new Name(openSync());"),
    unknown("hands it to somebody nobody knows", "declare function serve(c: Conn): void; function show(c: Conn) { serve(c); } show(openSync());"),
    unknown("takes it apart", "function show({ id }: Conn) { return id; } show(openSync());"),
    unknown("gathers it", "function show(...all: Conn[]) { return all.length; } show(openSync());"),
    unknown("a cycle", "function one(c: Conn) { two(c); } function two(c: Conn) { one(c); } one(openSync());"),
    unknown("returns a view of it", "function rows(c: Conn) { return c.rows; } rows(openSync());"),
  ],
});

typed.run("who owns an argument after a call: a manager", ofArgument, {
  valid: [],
  invalid: [
    borrows("what its generator works with", "const m = asyncContextManager(async function* (conn: Conn) { await conn.ping(); yield conn.id; }); m(openSync());"),
    borrows("what a function that it lends works with", "const m = asyncContextManager(async function* (conn: Conn) { yield { ping: () => conn.ping() }; }); m(openSync());"),
    unknown("what it lends itself", "const m = asyncContextManager(async function* (conn: Conn) { yield conn; }); m(openSync());"),
    unknown("what it releases", "const m = asyncContextManager(async function* (conn: Conn) { try { yield; } finally { await conn.close(); } }); m(openSync());"),
    unknown("what a function that it lends gives to somebody", "declare function keep(conn: Conn): void; const m = asyncContextManager(async function* (conn: Conn) { yield () => keep(conn); }); m(openSync());"),
    unknown("what a function that is kept works with", "declare function on(run: () => void): void; const m = asyncContextManager(async function* (conn: Conn) { on(() => conn.ping()); yield; }); m(openSync());"),
    unknown("what it enters itself with", "const m: (conn: Conn) => Promise<Managed<void>> = asyncContextManager(async function* (conn: Conn) { await using again = await m(conn); yield; }); m(openSync());"),
    unknown("a manager that may be another one", "let m = asyncContextManager(async function* (conn: Conn) { await conn.ping(); yield; }); m(openSync());"),
    unknown("what is no manager", "declare function wrap<A extends unknown[]>(make: (...args: A) => AsyncGenerator<void>): (...args: A) => void; const m = wrap(async function* (conn: Conn) { await conn.ping(); yield; }); m(openSync());"),
  ],
});

typed.run("who owns an argument after a call: the declared parameter", ofArgument, {
  valid: [],
  invalid: [
    takes("exactly Disposable", "declare function hold(d: Disposable): void; hold(lock());"),
    takes("exactly AsyncDisposable", "declare function hold(d: AsyncDisposable): void; hold(openSync());"),
    takes("Disposable or nothing", "declare function hold(d: Disposable | null | undefined): void; hold(lock());"),
    takes("a type parameter bounded by one", "declare function hold<T extends AsyncDisposable>(d: T): T; hold(openSync());"),
    takes("a constructor without a body", "new Repo(openSync());"),
    takes("a stack's use", "declare const stack: AsyncDisposableStack; stack.use(openSync());"),
    takes("a stack's adopt", "declare const stack: AsyncDisposableStack; stack.adopt(openSync(), (c) => c.close());"),
    takes("a collection", "declare const all: Set<Conn>; all.add(openSync());"),
    borrows("printing", "console.log(openSync());"),
    borrows("JSON.stringify", "JSON.stringify(openSync());"),
    unknown("a concrete class", "declare function serve(c: Conn): void; serve(openSync());"),
    unknown("an unbounded type parameter", "declare function keep<T>(value: T): T; keep(openSync());"),
    unknown("any", "declare const host: any; host.serve(openSync());"),
    unknown("an unresolved function", "import { serve } from 'nowhere'; serve(openSync());"),
  ],
});

typed.run("who owns an argument after a call: across files", ofArgument, {
  valid: [],
  invalid: [
    borrows("reads it in a third file", "import { report } from './ownership/use.js'; report(openSync());"),
    takes("disposes it", "import { drain } from './ownership/use.js'; drain(openSync());"),
    takes("hands it on to one that disposes it", "import { using as all } from './ownership/index.js'; all.drainLater(openSync());"),
    takes("a method that stores it", "import { Pool } from './ownership/pool.js'; new Pool().adopt(openSync());"),
  ],
});
