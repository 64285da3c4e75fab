import type { TSESTree } from "@typescript-eslint/utils";
import type { RuleTester } from "eslint";

import { acquisitionIn } from "../src/ownership/owners/acquisition.js";
import { judgeResult } from "../src/ownership/owners/result-owner.js";
import { argumentOwner } from "../src/ownership/uses/argument-owner.js";
import { unwrap } from "../src/ownership/values/destination.js";
import { nodesIn, type CallNode } from "../src/syntax.js";
import { probe } from "./support/probe.js";
import { ts, typed } from "./support/rule-tester.js";

type Expected = RuleTester.InvalidTestCase;

function answers(answer: string): (name: string, code: string, settings?: Readonly<Record<string, readonly string[]>>) => Expected {
  return (name, code, settings = {}) => ({ name: `${name}: ${answer}`, ...ts(code, { settings: { "await-using": settings }, errors: [{ messageId: "answer", data: { answer } }] }) });
}

const owned = answers("owned");
const likely = answers("likely owned");
const borrowed = answers("borrowed");
const passthrough = answers("passthrough");
const shared = answers("shared");
const takes = answers("takes");
const borrows = answers("borrows");
const unknown = answers("unknown");

function callIn(last: TSESTree.ProgramStatement): CallNode | null {
  const init = last.type === "VariableDeclaration" ? last.declarations[0].init : null;
  return init == null ? null : (unwrap(init) as CallNode);
}

/** Who owns the result of the call that the last statement declares a variable with, and how surely. */
const ofResult = probe((code, last) => {
  const call = callIn(last);
  if (call === null) return "no call";
  const { grade, owner } = judgeResult(code, call);
  return grade === "certain" || owner === "unknown" ? owner : `likely ${owner}`;
});

/** What decided that. */
const byWhat = probe((code, last) => {
  const call = callIn(last);
  if (call === null) return "no call";
  const { by, grade, owner } = judgeResult(code, call);
  return `${grade} ${owner} by ${by}`;
});

/** Whether the variable `it`, wherever it is declared, holds an acquisition, and how surely. */
const ofIt = probe((code) => {
  const declarator = [...nodesIn(code, code.ast)].find((node) => node.type === "VariableDeclarator" && node.id.type === "Identifier" && node.id.name === "it");
  const init = declarator?.type === "VariableDeclarator" ? declarator.init : null;
  return init == null ? "no call" : (acquisitionIn(code, init)?.grade ?? "none");
});

const delayed = "declare class FakeTime implements Disposable { [Symbol.dispose](): void } declare const vi: any, jest: any, test: (name: string, run: () => void) => void, beforeEach: (run: () => void) => void; class Delayed implements Disposable { #timers = new Set<number>(); later(run: () => void) { this.#timers.add(Number(setTimeout(run, 10))); } #clear() { for (const timer of this.#timers) clearTimeout(timer); } [Symbol.dispose]() { this.#clear(); } }";

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
    shared("given its disposer, and closed by somebody else's hook too", "declare function onFinished(end: () => void): void; interface Raw { close(): void } declare function raw(): Raw; function obtain(): Raw & Disposable { const it = raw() as Raw & Disposable; it[Symbol.dispose] = () => it.close(); onFinished(() => it.close()); return it; } const l = obtain();"),
    owned("given its disposer, and members that use it", "interface Raw { close(): void; fail(): void } declare function raw(): Raw; function obtain(): Raw & Disposable { const it = raw() as Raw & Disposable; it[Symbol.dispose] = () => it.close(); it.fail = () => it.close(); return it; } const l = obtain();"),
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
    owned("calls itself on another way", "function obtain(left: number): Lock { return left > 0 ? obtain(left - 1) : lock(); } const l = obtain(1);"),
    owned("calls one that calls it", "function one(): Lock { return flag() ? two() : lock(); } function two(): Lock { return one(); } const l = one();"),
    owned("twelve that all call each other", `${Array.from({ length: 12 }, (_, at) => `function f${String(at)}(k: number): Lock { switch (k) { ${Array.from({ length: 12 }, (__, to) => `case ${String(to)}: return f${String(to)}(k + 1);`).join(" ")} default: return lock(); } }`).join(" ")} const l = f0(0);`),
    owned("is called by one that it calls", "function one(): Lock { return flag() ? two() : lock(); } function two(): Lock { return one(); } const l = two();"),
    owned("through nine functions", "const a = () => lock(); const b = () => a(); const c = () => b(); const d = () => c(); const e = () => d(); const f = () => e(); const g = () => f(); const h = () => g(); const i = () => h(); const l = i();"),
    likely("taken out of a collection", "const idle: Lock[] = []; function obtain() { return idle.pop(); } const l = obtain();"),
    likely("made or taken out of a collection", "const idle: Lock[] = []; function obtain() { return idle.pop() ?? lock(); } const l = obtain();"),
    likely("handed to somebody nobody knows before it is returned", "declare function observe(l: Lock): void; function obtain() { const l = lock(); observe(l); return l; } const l = obtain();"),
    likely("a generator, whose result is its iterator", "function* obtain() { yield lock(); } const it = obtain();"),
    likely("a cycle, behind a declared resource", "function one(): Lock { return two(); } function two(): Lock { return one(); } const l = one();"),
    likely("nothing that is returned, behind a declared resource", "function obtain(): Lock { throw new Error(); } const l = obtain();"),
    likely("any, behind a declared resource", "declare const pool: any; function obtain(): Lock { return pool.take(); } const l = obtain();"),
    shared("a constructor that registers its instance", "const all = new Set<Lease>(); class Lease implements Disposable { constructor() { all.add(this); } [Symbol.dispose]() {} } const l = new Lease();"),
    shared("made by a class that registers its instances", "const all = new Set<Lease>(); class Lease implements Disposable { constructor() { all.add(this); } [Symbol.dispose]() {} } function obtain() { return new Lease(); } const l = obtain();"),
    shared("made by a static method of such a class", "class Lease implements Disposable { static async obtain(all: Set<Lease>) { return new this(all); } constructor(all: Set<Lease>) { all.add(this); } [Symbol.dispose]() {} } const l = await Lease.obtain(new Set());"),
  ],
});

typed.run("who owns the result of a call: the declared signature, then the name", ofResult, {
  valid: [],
  invalid: [
    passthrough("a type parameter", "declare function keep<T>(value: T): T; const l = keep(lock());"),
    likely("a promise of a type parameter that a callback binds", "declare function retry<T>(run: () => Promise<T>): Promise<T>; const c = await retry(() => open());"),
    passthrough("this", "declare class Builder implements Disposable { with(name: string): this; [Symbol.dispose](): void } declare const b: Builder; const next = b.with('x');"),
    passthrough("a stack's use", "declare const stack: DisposableStack; const l = stack.use(lock());"),
    ...["acquire", "connect", "create", "createServer", "fork", "launch", "make", "mkdtempDisposable", "new_", "open", "opendir", "openSession", "spawn", "start", "watch"].map((name) =>
      owned(`the name ${name}`, `declare function ${name}(): Lock; const l = ${name}();`),
    ),
    ...["at", "current", "find", "findOne", "get", "getConnection", "inject", "item", "peek", "resolve", "use", "useLock"].map((name) =>
      unknown(`the name ${name}`, `declare function ${name}(): Lock; const l = ${name}();`),
    ),
    ...["begin", "lease", "opener", "startle", "newest", "creative"].map((name) => likely(`the name ${name}, on no list`, `declare function ${name}(): Lock; const l = ${name}();`)),
    owned("a method's name", "declare const browser: { newPage(): Promise<Conn> }; const c = await browser.newPage();"),
    owned("a name in an interface", "interface Driver { connect(): Promise<Conn> } declare const driver: Driver; const c = await driver.connect();"),
    owned("a result that is just AsyncDisposable", "declare function hold(): AsyncDisposable; const d = hold();"),
    owned("a promise of just AsyncDisposable", "declare function hold(): Promise<AsyncDisposable>; const d = await hold();"),
    unknown("a result that is just AsyncDisposable, under a name that lends", "declare function getHold(): AsyncDisposable; const d = getHold();"),
    unknown("a bare handle of a registration", "declare const bus: { subscribe(topic: string, then: () => void): Disposable }; const d = bus.subscribe('a', step);"),
    owned("a watcher with a listener, which is more than a registration", "declare function watch(path: string, then: () => void): Conn; const w = watch('a', () => step());"),
    unknown("a registration with a listener", "declare const bus: { subscribe(topic: string, then: () => void): Lock }; const d = bus.subscribe('a', () => step());"),
    owned("a subscription without a listener", "declare const bus: { subscribe(topic: string): Conn }; const d = bus.subscribe('a');"),
  ],
});

typed.run("who owns the result of a call: what is given a disposer", ofResult, {
  valid: [],
  invalid: [
    owned("a parameter patched by assignment", "function patch(given: { n: number; [Symbol.dispose]?: () => void }) { given[Symbol.dispose] = step; return given as { n: number } & Disposable; } const l = patch({ n: 1 });"),
    owned("patched by Object.assign", "function patch<T extends object>(given: T) { return Object.assign(given, { [Symbol.dispose]: step }); } const l = patch({ n: 1 });"),
    owned("patched by Object.assign as a statement", "function patch(given: { n: number }) { Object.assign(given, { [Symbol.dispose]: step }); return given as { n: number } & Disposable; } const l = patch({ n: 1 });"),
    owned("patched by Object.defineProperty", "function patch(given: { n: number }) { Object.defineProperty(given, Symbol.dispose, { value: step }); return given as { n: number } & Disposable; } const l = patch({ n: 1 });"),
    owned("spread beside a disposer", "function patch<T extends object>(given: T): T & Disposable { return { ...given, [Symbol.dispose]: step }; } const l = patch({ n: 1 });"),
    owned("a function of another helper that patches", "function patch<T extends object>(given: T): T & Disposable { return { ...given, [Symbol.dispose]: step }; } function serve() { return patch({ n: 1 }); } const l = serve();"),
    owned("what spreads a resource that the body makes", "function held() { return { n: 1, [Symbol.dispose]() {} }; } function more() { return { ...held(), extra: 1 }; } const l = more();"),
    passthrough("what spreads a resource that it is given", "function more(one: { n: number } & Disposable) { return { ...one, extra: 1 }; } const l = more({ n: 1, [Symbol.dispose]() {} });"),
    borrowed("what spreads a resource of a module", "const held = { n: 1, [Symbol.dispose]() {} }; function more() { return { ...held, extra: 1 }; } const l = more();"),
  ],
});

typed.run("who owns the result of a call: made and decorated, awaited or chosen", ofResult, {
  valid: [],
  invalid: [
    owned("assigned in the arms of a switch", "function obtain(n: number) { let c: Conn; switch (n) { case 1: c = openSync(); break; default: c = openSync(); } return c; } const c = obtain(1);"),
    owned("made when a promise is settled", "function obtain() { return Promise.resolve().then(() => openSync()); } const c = await obtain();"),
    owned("made by a callback with a body", "function obtain() { return work().then(() => { const c = openSync(); return c; }); } const c = await obtain();"),
    owned("a promise with a finally", "function obtain() { return open().finally(step); } const c = await obtain();"),
    owned("a promise whose failure makes another", "function obtain() { return open('a').catch(() => open('b')); } const c = await obtain();"),
    borrowed("a kept one when a promise is settled", "class Holder { readonly #c = openSync(); obtain() { return work().then(() => this.#c); } } const c = await new Holder().obtain();"),
    borrowed("a promise whose failure gives a kept one", "const spare = openSync(); function obtain() { return open('a').catch(() => spare); } const c = await obtain();"),
    unknown("a lender's when a promise is settled", "function obtain() { return work().then(() => getConn()); } const c = await obtain();"),
    owned("one of two functions", "function one() { return lock('a'); } function two() { return lock('b'); } const obtain = flag() ? one : two; const l = obtain();"),
    likely("one branch made, another undecided", "declare const host: any; function obtain(): Conn { if (flag()) return host.take(); return openSync(); } const c = obtain();"),
    owned("one branch made, another undecided, under a name that makes", "declare const host: any; function openOne(): Conn { if (flag()) return host.take(); return openSync(); } const c = openOne();"),
    unknown("one branch made, another a lender's", "declare const host: { find(): Conn }; function obtain(): Conn { if (flag()) return host.find(); return openSync(); } const c = obtain();"),
    borrowed("one branch made, another kept", "const kept = openSync(); function openOne(): Conn { if (flag()) return kept; return openSync(); } const c = openOne();"),
    shared("what a literal of another function carries too", "function pair() { const one = lock('a'); const two = lock('b'); return { one, two }; } function obtain() { const { one } = pair(); return one; } const l = obtain();"),
    shared("what a tuple of another function carries too", "function pair(): [Lock, number] { const one = lock('a'); return [one, 1]; } function obtain() { const [one] = pair(); return one; } const l = obtain();"),
    borrowed("what a literal of another function takes from its module", "const kept = lock('a'); function pair() { return { one: kept }; } function obtain() { const { one } = pair(); return one; } const l = obtain();"),
  ],
});

typed.run("who owns the result of a call: a function that calls its argument", ofResult, {
  valid: [],
  invalid: [
    owned("gives what a callback makes", "async function retry<T>(run: () => Promise<T>) { try { return await run(); } catch { return await run(); } } const c = await retry(() => open());"),
    owned("gives what a callback makes, as a method", "class Page { retry<T>(run: () => Promise<T>) { return run(); } obtain() { return this.retry(async () => open()); } } const c = await new Page().obtain();"),
    unknown("gives what a callback has from a lender", "async function retry<T>(run: () => Promise<T>) { return await run(); } const c = await retry(() => getConn());"),
    borrowed("gives what a callback has from its module", "const kept = openSync(); async function retry<T>(run: () => Promise<T>) { return await run(); } const c = await retry(async () => kept);"),
    passthrough("without a body gives what a callback has from a lender", "declare function retry<T>(run: () => Promise<T>): Promise<T>; const c = await retry(() => getConn());"),
    likely("without a body gives what a function makes that it is given", "declare function retry<T>(run: () => Promise<T>): Promise<T>; const c = await retry(open);"),
    likely("without a body gives what a task makes", "interface Task<T> { (run: Runner): Promise<T>; readonly name: string } declare class Runner { ok<T>(task: Task<T>): Promise<T> } declare const runner: Runner; declare const lockTask: Task<Lock>; const l = await runner.ok(lockTask);"),
    unknown("gives what a function lends that it is given", "declare function run<T>(get: () => T): T; declare const held: Lock; function lend(): Lock { return held; } const l = run(lend);"),
    unknown("without a body and by a lender's name gives what a task makes", "declare function findBy<T>(run: () => T): T; const l = findBy(lock);"),
    passthrough("gives what a container of its type holds", "declare class Box<T> { constructor(value: T); unwrap(): T } const l = new Box(lock()).unwrap();"),
    passthrough("without a body gives what a callback keeps", "declare function retry<T>(run: () => Promise<T>): Promise<T>; const kept = openSync(); const c = await retry(async () => kept);"),
  ],
});

typed.run("who owns the result of a call: a constructor and its object", ofResult, {
  valid: [],
  invalid: [
    owned("binds its own method", "class Held implements Disposable { constructor() { this.stop = this.stop.bind(this); } stop() {} [Symbol.dispose]() { this.stop(); } } const h = new Held();"),
    owned("gives its own method to a listener", "class Held implements Disposable { constructor() { process.on('exit', () => this.stop()); } stop() {} [Symbol.dispose]() { this.stop(); } } const h = new Held();"),
    owned("gives itself to a part of its own", "class Part { constructor(readonly of: object) {} } class Held implements Disposable { readonly part: Part; constructor() { this.part = new Part(this); } [Symbol.dispose]() {} } const h = new Held();"),
    owned("registers, and its disposer takes it out again", "const all = new Set<Held>(); class Held implements Disposable { constructor() { all.add(this); } [Symbol.dispose]() { all.delete(this); } } const h = new Held();"),
    owned("takes a slot that its disposer empties", "let current: Held | undefined; class Held implements Disposable { constructor() { current = this; } [Symbol.dispose]() { current = undefined; } } const h = new Held();"),
    shared("registers, and is taken out of something else", "const all = new Set<Held>(); const others = new Set<Held>(); class Held implements Disposable { constructor() { all.add(this); } [Symbol.dispose]() { others.delete(this); } } const h = new Held();"),
    shared("takes a slot that nobody empties", "let current: Held | undefined; class Held implements Disposable { constructor() { current = this; } [Symbol.dispose]() {} } const h = new Held();"),
    shared("gives itself to somebody else", "class Part { constructor(readonly of: object) {} } class Held implements Disposable { constructor() { new Part(this); } [Symbol.dispose]() {} } const h = new Held();"),
    shared("is ended by an argument", "interface Tx { onClose(then: () => void): void } declare const tx: Tx; class Held implements Disposable { constructor(by: Tx) { by.onClose(() => this.close()); } close() {} [Symbol.dispose]() { this.close(); } } const h = new Held(tx);"),
    owned("only hears an argument", "interface Tx { onChange(then: () => void): void } declare const tx: Tx; class Held implements Disposable { constructor(by: Tx) { by.onChange(() => this.read()); } read() {} [Symbol.dispose]() {} } const h = new Held(tx);"),
  ],
});

typed.run("who owns the result of a call: who implements what an interface declares", ofResult, {
  valid: [],
  invalid: [
    owned("one object that makes it", "interface Source { take(): Lock } const only: Source = { take: () => lock() }; declare const source: Source; const l = source.take();"),
    borrowed("one class that keeps it", "interface Source { openOne(): Lock } class Only implements Source { readonly #l = lock(); openOne() { return this.#l; } } declare const source: Source; const l = source.openOne();"),
    borrowed("one class behind an abstract method", "abstract class Source { abstract openOne(): Lock } class Only extends Source { readonly #l = lock(); openOne() { return this.#l; } } declare const source: Source; const l = source.openOne();"),
    likely("two, of which one keeps it", "interface Source { take(): Lock } const one: Source = { take: () => lock() }; const kept = lock(); const two: Source = { take: () => kept }; declare const source: Source; const l = source.take();"),
    likely("nobody", "interface Source { take(): Lock } declare const source: Source; const l = source.take();"),
    likely("an object that is another's", "interface Source { take(): Lock } interface Other { take(): Lock } const kept = lock(); const other: Other = { take: () => kept }; declare const source: Source; const l = source.take();"),
  ],
});

typed.run("who owns the result of a call: what decides it", byWhat, {
  valid: [],
  invalid: [
    answers("certain owned by tag")("a tag", "/** @owned */ declare function get(): Lock; const l = get();"),
    answers("certain owned by setting")("a setting", "declare function get(): Lock; const l = get();", { ownedCalls: ["get"] }),
    answers("certain owned by new")("a constructor", "class Held implements Disposable { [Symbol.dispose]() {} } const h = new Held();"),
    answers("certain owned by body")("a body", "function take() { return lock(); } const l = take();"),
    answers("likely owned by body")("a body of which one branch is undecided", "declare const host: any; function take(): Lock { return flag() ? host.take() : lock(); } const l = take();"),
    answers("certain borrowed by body")("a body that keeps it", "const kept = lock(); function take() { return kept; } const l = take();"),
    answers("likely unknown by body")("a body that asks a lender", "declare const pool: { get(): Lock }; function openOne() { return pool.get(); } const l = openOne();"),
    answers("certain owned by callback")("a callback that a body calls", "function run<T>(make: () => T) { return make(); } const l = run(() => lock());"),
    answers("likely owned by callback")("a callback that binds the result", "declare function run<T>(make: () => T): T; const l = run(() => lock());"),
    answers("certain owned by name")("a name that makes", "declare function openOne(): Lock; const l = openOne();"),
    answers("likely unknown by name")("a name that lends", "declare function find(): Lock; const l = find();"),
    answers("certain owned by signature")("a signature that says Disposable", "declare function hold(): { n: number } & Disposable; const l = hold();"),
    answers("likely owned by type")("nothing but the type", "declare function hold(): Lock; const l = hold();"),
    answers("likely owned by type")("the type behind a body that leads nowhere", "function hold(): Lock { throw new Error(); } const l = hold();"),
    answers("likely owned by body")("a body of which all is likely owned", "declare function hold(): Lock; function other() { return hold(); } const l = other();"),
    answers("certain owned by name")("a name that makes behind a body that leads nowhere", "function openOne(): Lock { throw new Error(); } const l = openOne();"),
  ],
});

typed.run("who owns the result of a call: what a signature says of it", ofResult, {
  valid: [],
  invalid: [
    owned("X & Disposable", "declare function hold(): { clean(): void } & Disposable; const h = hold();"),
    owned("X & AsyncDisposable in a promise", "declare function hold(): Promise<{ url: string } & AsyncDisposable>; const h = await hold();"),
    owned("X & Disposable or undefined", "declare function hold(): ({ n: number } & Disposable) | undefined; const h = hold();"),
    owned("X & AsyncDisposable or null in a promise", "declare function hold(): Promise<({ n: number } & AsyncDisposable) | null>; const h = await hold();"),
    owned("a type parameter & Disposable", "declare function hold<T extends object>(given: T): T & Disposable; const h = hold({ n: 1 });"),
    owned("an alias of a mapped type & AsyncDisposable", "type Remote<T> = { [K in keyof T]: T[K] } & AsyncDisposable; declare function remote<T>(given: T): Promise<Remote<T>>; const r = await remote({ n: 1 });"),
    likely("a subtype", "interface Held extends Disposable { n: number } declare function hold(): Held; const h = hold();"),
    likely("a concrete instance of a generic", "interface Held<T> extends Disposable { value: T } declare function hold<T>(value: T): Held<T>; const h = hold(1);"),
    unknown("X & Disposable under a name that lends", "declare function getHold(): { n: number } & Disposable; const h = getHold();"),
    unknown("a part of a resource", "declare class Page implements AsyncDisposable { context(): Conn; [Symbol.asyncDispose](): Promise<void> } declare const page: Page; const c = page.context();"),
    likely("what is obtained from a resource", "declare class Page implements AsyncDisposable { evaluateHandle(name: string): Promise<Conn>; [Symbol.asyncDispose](): Promise<void> } declare const page: Page; const c = await page.evaluateHandle('a');"),
    unknown("what a resource is waited for to show", "declare class Page implements AsyncDisposable { waitForEvent(name: string): Promise<Conn>; [Symbol.asyncDispose](): Promise<void> } declare const page: Page; const c = await page.waitForEvent('popup');"),
    unknown("a part of a resource, by its name", "declare class Page implements AsyncDisposable { channel(name: string): Conn; [Symbol.asyncDispose](): Promise<void> } declare const page: Page; const c = page.channel('a');"),
    unknown("a builder that does not say this", "declare class Query implements AsyncDisposable { where(text: string): Query; [Symbol.asyncDispose](): Promise<void> } declare const query: Query; const q = query.where('a');"),
    owned("a part of a resource that a verb makes", "declare class Page implements AsyncDisposable { newContext(): Conn; [Symbol.asyncDispose](): Promise<void> } declare const page: Page; const c = page.newContext();"),
    likely("what an object that is no resource gives", "declare const db: { driver(): Conn }; const c = db.driver();"),
    unknown("a builder that gives its own type", "declare class Query implements Disposable { where(text: string): Query; [Symbol.dispose](): void } declare const q: Query; const next = q.where('a');"),
    unknown("a bare handle of a registration without a callback", "declare function addTask(name: string): Disposable; const d = addTask('a');"),
    unknown("a bare handle that a method gives", "declare const host: { extend(name: string): Disposable }; const d = host.extend('a');"),
    unknown("a bare handle of a listener", "declare function hear(then: () => void): Disposable; const d = hear(() => step());"),
    unknown("a server that listens", "declare function listen(port: number): Conn; const s = listen(80);"),
    unknown("what is made only where it is missing", "declare function createOrReveal(): Lock; const l = createOrReveal();"),
    passthrough("Object.assign without a disposer", "const l = Object.assign(lock(), { n: 1 });"),
    owned("Object.assign with a disposer", "const l = Object.assign({ n: 1 }, { [Symbol.dispose]: step });"),
    unknown("a forwarder of a lender", "declare const pool: { get(): Lock }; function obtain() { return pool.get(); } const l = obtain();"),
    unknown("a forwarder of a lender, awaited and cast", "declare const pool: { find(): Promise<unknown> }; async function obtain() { return (await pool.find()) as Conn; } const c = await obtain();"),
    unknown("a forwarder of a forwarder", "declare const pool: { get(): Lock }; function one() { return pool.get(); } function two() { return one(); } const l = two();"),
    unknown("a forwarder of lenders in all branches", "declare const pool: { get(): Lock; find(): Lock }; function obtain() { return flag() ? pool.get() : pool.find(); } const l = obtain();"),
  ],
});

typed.run("who owns the result of a call: the name that it was declared with", ofResult, {
  valid: [],
  invalid: [
    owned("a member of a namespace", "import * as fs from 'node:fs/promises'; const f = await fs.open('a');"),
  ],
});

const certain = answers("certain");
const probable = answers("likely");
const none = answers("none");

const box = "declare class Box { withReuse(): this; withName(name: string): this; start(): Promise<Conn> }";
const mocking = "declare const vi: { mock(module: string, fakes?: () => unknown): void };";
const page = "declare const page: { hasTools(): Promise<boolean>; isOpen: boolean; openTools(): Promise<Conn> }; declare const other: { hasTools(): Promise<boolean> };";

typed.run("what speaks against owning the result of a call", ofIt, {
  valid: [],
  invalid: [
    none("told to share, beside one that a scope ends", `${box} async function f() { await using first = await new Box().withReuse().start(); const it = await new Box().withReuse().start(); }`),
    probable("told to share, and nothing else has one", `${box} async function f() { const it = await new Box().withReuse().start(); }`),
    certain("not told to share, beside one that a scope ends", `${box} async function f() { await using first = await new Box().withName('a').start(); const it = await new Box().withName('a').start(); }`),
    probable("told to share, beside one that is not", `${box} async function f() { await using first = await new Box().start(); const it = await new Box().withReuse().start(); }`),
    none("made by a module that the test replaces", `import { open as openFile } from "node:fs/promises"; ${mocking} vi.mock("node:fs/promises"); async function f() { const it = await openFile("a"); }`),
    certain("made by another module than the test replaces", `import { open as openFile } from "node:fs/promises"; ${mocking} vi.mock("node:net"); async function f() { const it = await openFile("a"); }`),
    none("made by a module of the project, where others of it are replaced", `import { connect } from "./ownership/connect.js"; ${mocking} vi.mock("./ownership/pool.js", () => ({})); async function f() { const it = await connect("a"); }`),
    none("opened behind a question whether it is open", `${page} async function f() { if (await page.hasTools()) { const it = await page.openTools(); } }`),
    none("opened behind such a property", `${page} async function f() { if (page.isOpen) { const it = await page.openTools(); } }`),
    certain("opened where the question says no", `${page} async function f() { if (await page.hasTools()) return; const it = await page.openTools(); }`),
    certain("opened in the other branch", `${page} async function f() { if (await page.hasTools()) step(); else { const it = await page.openTools(); } }`),
    certain("opened behind a question of something else", `${page} async function f() { if (await other.hasTools()) { const it = await page.openTools(); } }`),
  ],
});

const browser = "declare class Browser implements AsyncDisposable { newPage(): Promise<Conn>; close(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare function launch(): Promise<Browser>;";
const runner = "declare function test(name: string, run: () => unknown): void; declare const bus: EventTarget;";
const hearing = "class Hearing implements Disposable { constructor() { bus.addEventListener('a', step); } [Symbol.dispose]() { bus.removeEventListener('a', step); } }";

typed.run("what a function makes that is given to another one", ofIt, {
  valid: [],
  invalid: [
    answers("likely")("by reference", "declare function retry<T>(run: () => Promise<T>): Promise<T>; async function f() { const it = await retry(open); await it.ping(); }"),
    answers("likely")("by a task that says so", "interface Task<T> { (run: Runner): Promise<T>; readonly name: string } declare class Runner { ok<T>(task: Task<T>): Promise<T> } declare function lockTask(name: string): Task<Lock>; async function f(runner: Runner) { const it = await runner.ok(lockTask('a')); step(); }"),
    answers("none")("run by what a scope ends here, which may end it too", "interface Task<T> { (run: Runner): Promise<T>; readonly name: string } declare class Runner implements AsyncDisposable { ok<T>(task: Task<T>): Promise<T>; [Symbol.asyncDispose](): Promise<void> } declare function lockTask(name: string): Task<Lock>; async function f() { await using runner = new Runner(); const it = await runner.ok(lockTask('a')); step(); }"),
    answers("none")("a task that makes data", "interface Task<T> { (run: Runner): Promise<T>; readonly name: string } declare class Runner { ok<T>(task: Task<T>): Promise<T> } declare function load(name: string): Task<string>; async function f(runner: Runner) { const it = await runner.ok(load('a')); decode(it); }"),
    answers("likely")("by a type that is computed from what it is given", "interface Handle<T> extends AsyncDisposable { value: T } interface NodeHandle<T> extends Handle<T> { tag: string } type HandleFor<T> = T extends { nodeName: string } ? NodeHandle<T> : Handle<T>; declare class Page { evaluateHandle<T>(run: () => T): Promise<HandleFor<T>> } async function f(page: Page) { const it = await page.evaluateHandle(() => 1); decode(String(it.value)); }"),
  ],
});

typed.run("what is somebody else's by the way it is asked for", ofIt, {
  valid: [],
  invalid: [
    answers("certain")("a builder that is named by itself", "declare class Box { withReuse(): this; withName(name: string): Box; start(): Promise<Conn> } async function f() { const box: Box = box.withName('a'); const it = await box.start(); await it.ping(); }"),
    answers("none")("a second one that a builder in a constant was told to share", "declare class Box { withReuse(): this; start(): Promise<Conn> } async function f() { await using first = await new Box().withReuse().start(); const box = new Box().withReuse(); const it = await box.start(); await it.ping(); }"),
    answers("certain")("a second one of a builder that was not", "declare class Box { withReuse(): this; start(): Promise<Conn> } async function f() { await using first = await new Box().withReuse().start(); const box = new Box(); const it = await box.start(); await it.ping(); }"),
    answers("none")("an application that a long-lived parent launches", "declare class Desk { launchApp(id: string): Promise<Conn> } class Context { constructor(readonly desk: Desk) {} launchApp(id: string) { return this.desk.launchApp(id); } } async function f(context: Context) { const it = await context.launchApp('a'); await it.ping(); }"),
    answers("certain")("what a library launches", "import { chromium } from './ownership/browser.js'; async function f() { const it = await chromium.launchPersistent('a'); await it.ping(); }"),
  ],
});

typed.run("what is ended by another name", ofIt, {
  valid: [],
  invalid: [
    answers("none")("by a static method of its class", "declare class Clock implements Disposable { static restore(): void; [Symbol.dispose](): void } function f() { const it = new Clock(); step(); Clock.restore(); }"),
    answers("certain")("ahead of it, by a static method of its class", "declare class Clock implements Disposable { static restore(): void; [Symbol.dispose](): void } function f() { Clock.restore(); const it = new Clock(); step(); }"),
    answers("certain")("another static method of its class", "declare class Clock implements Disposable { static now(): number; [Symbol.dispose](): void } function f() { const it = new Clock(); return Clock.now(); }"),
    answers("certain")("a static method of its class that is told something", "declare class Clock implements Disposable { static reset(name: string): void; [Symbol.dispose](): void } function f() { const it = new Clock(); step(); Clock.reset('a'); }"),
    answers("none")("found by its number before it is there", "declare const all: { getById(id: string): { stop(): Promise<void> } }; async function f() { const it = open('a'); await all.getById('a').stop(); await it; }"),
    answers("certain")("something else that is found by its number", "declare const all: { getById(id: string): { stop(): Promise<void> } }; async function f() { const it = await open('a'); await it.ping(); await all.getById('a').stop(); }"),
  ],
});

typed.run("what holds timers of a clock that stands still", ofIt, {
  valid: [],
  invalid: [
    answers("likely")("stopped by a test's own clock", `${delayed} function f() { using time = new FakeTime(); const it = new Delayed(); it.later(step); }`),
    answers("likely")("stopped by vitest", `${delayed} test("a", () => { vi.useFakeTimers(); const it = new Delayed(); it.later(step); });`),
    answers("likely")("stopped by a hook", `${delayed} beforeEach(() => { jest.useFakeTimers(); }); test("a", () => { const it = new Delayed(); it.later(step); });`),
    answers("certain")("the clock itself", "class FakeTime implements Disposable { #timer = setTimeout(step, 10); [Symbol.dispose]() { clearTimeout(this.#timer); } } function f() { const it = new FakeTime(); step(); }"),
    answers("certain")("a clock that another test stops", `${delayed} test("a", () => { vi.useFakeTimers(); }); test("b", () => { const it = new Delayed(); it.later(step); });`),
    answers("certain")("behind the clock's end", `${delayed} test("a", () => { vi.useFakeTimers(); vi.useRealTimers(); const it = new Delayed(); it.later(step); });`),
    answers("certain")("a hook of another suite", `${delayed} declare function describe(name: string, suite: () => void): void; describe("a", () => { beforeEach(() => { vi.useFakeTimers(); }); }); describe("b", () => { test("c", () => { const it = new Delayed(); it.later(step); }); });`),
    answers("certain")("what releases something beside its timers", "declare const vi: any; class Poller implements Disposable { #timer = setInterval(step, 10); #conn = openSync(); [Symbol.dispose]() { clearInterval(this.#timer); void this.#conn.close(); } } function f() { vi.useFakeTimers(); const it = new Poller(); step(); }"),
    answers("certain")("what holds more than timers", "declare const vi: any; function f() { vi.useFakeTimers(); const it = lock(); step(); }"),
  ],
});

typed.run("what ends with something else", ofIt, {
  valid: [],
  invalid: [
    answers("none")("what is made of a parent that is closed here, wherever it comes from", "declare class Browser implements AsyncDisposable { newPage(): Promise<Conn>; close(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } async function f(all: Map<string, Browser>) { const browser = all.get('a')!; const it = await browser.newPage(); await it.ping(); await browser.close(); }"),
    answers("certain")("what is made of a parent that a field's collection keeps", "class Mutex { acquire(): Lock { return lock(); } release() {} } class Keys { readonly #all = new Map<string, Mutex>(); async run(key: string) { const mutex = this.#all.get(key)!; const it = mutex.acquire(); step(); } }"),
    answers("none")("what is made of a parent that a manager lends here", "declare class Browser implements AsyncDisposable { newPage(): Promise<Conn>; [Symbol.asyncDispose](): Promise<void> } declare function managed(): Promise<Managed<Browser>>; async function f() { await using held = await managed(); const browser = held.value; const it = await browser.newPage(); await it.ping(); }"),
    none("a page of a browser that the function has", `${browser} async function f() { const parent = await launch(); const it = await parent.newPage(); }`),
    certain("a page of a browser that is given", `${browser} async function f(parent: Browser) { const it = await parent.newPage(); }`),
    certain("what a builder starts", "declare class Builder { withName(name: string): this; start(): Promise<Conn> } async function f() { const builder = new Builder(); const it = await builder.start(); }"),
    certain("what a builder starts at the end of a chain", "declare class Builder { withName(name: string): this; start(): Promise<Conn> } async function f() { const builder = new Builder(); const it = await builder.withName('a').start(); }"),
    none("what takes a listener off, in a test", `${runner} ${hearing} test("a", () => { const it = new Hearing(); });`),
    certain("what takes a listener off, in a product", `${runner} ${hearing} function f() { const it = new Hearing(); }`),
    none("what a map has", "function f(all: Map<string, Lock>) { const it = all.get('a'); }"),
    none("what an array has", "function f(all: Lock[]) { const it = all.at(0); }"),
    none("what an array finds", "function f(all: Lock[]) { const it = all.find((each) => each.name === 'a'); }"),
    none("the iterator of a generator", "function* all() { yield lock(); } function f() { const it = all(); }"),
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
    shared("a pool that keeps what it makes", "import { Pool } from './ownership/pool.js'; const c = await new Pool().acquire();"),
    shared("a stack that keeps what it makes", "import { Pool } from './ownership/pool.js'; const c = await new Pool().openScoped();"),
  ],
});

typed.run("who owns the result of a call: what collections have, and what is decorated", ofResult, {
  valid: [],
  invalid: [
    owned("patched by assignment", "function patch<T extends object>(given: T) { const held = given as T & Disposable; held[Symbol.dispose] = step; return held; } const l = patch({ n: 1 });"),
    passthrough("patched with something else", "function named(given: Lock) { return Object.assign(given, { extra: 1 }); } const l = named(lock());"),
    owned("decorated by Object.defineProperties", "function obtain() { const c = openSync(); Object.defineProperties(c, { version: { get: () => '1' } }); return c; } const c = obtain();"),
    borrowed("a cache", "import { connectCached } from './ownership/index.js'; const c = await connectCached('a');"),
    borrowed("a map's entry", "const all = new Map<string, Lock>(); function obtain(): Lock | undefined { return all.get('a'); } const l = obtain();"),
    borrowed("a map's entry, under a name that makes", "const all = new Map<string, Lock>(); function openOne(): Lock | undefined { return all.get('a'); } const l = openOne();"),
    likely("a map's entry that is taken out", "const all = new Map<string, Lock>(); function obtain() { const l = all.get('a'); all.delete('a'); return l; } const l = obtain();"),
    borrowed("a map's entry, or made", "const all = new Map<string, Lock>(); function obtain() { return all.get('a') ?? lock(); } const l = obtain();"),
    borrowed("a map's entry, filled before", "class Locks { readonly #all = new Map<string, Lock>(); obtain(key: string): Lock { if (!this.#all.has(key)) this.#all.set(key, lock()); return this.#all.get(key)!; } } const l = new Locks().obtain('a');"),
    borrowed("a map's entry by one variable, made and kept by another", "class Locks { readonly #all = new Map<string, Lock>(); openOne(key: string): Lock { const known = this.#all.get(key); if (known) return known; const made = lock(); this.#all.set(key, made); return made; } } const l = new Locks().openOne('a');"),
    borrowed("what an array finds", "const all: Lock[] = []; function obtain(): Lock | undefined { return all.find((each) => each.name === 'a'); } const l = obtain();"),
    passthrough("frozen", "function frozen(given: Lock): Readonly<Lock> { return Object.freeze(given); } const l = frozen(lock());"),
  ],
});

typed.run("what speaks against owning the result of a call: in a body", ofIt, {
  valid: [],
  invalid: [
    none("opened behind a question, in a body", `${page} class Tools { async obtain() { if (await page.hasTools()) return await page.openTools(); return undefined; } async data() { const it = await this.obtain(); } }`),
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
    borrows("reads it, or what is a text instead", "async function show(c: Conn | string) { const text = typeof c === 'string' ? c : 'none'; decode(text); return typeof c === 'string' ? text : await c.query(text); } show(openSync());"),
    unknown("gives it, or another one, to somebody nobody knows", "declare function serve(c: Conn): void; function show(c: Conn | null) { const held = c ?? openSync(); serve(held); } show(openSync());"),
    takes("an assertion that closes what it is given", "async function assertAndClose(c: Conn) { await c.close(); } assertAndClose(openSync());"),
    borrows("an assertion that throws it", "declare class Fault extends Error { constructor(details: object); } function assertOpen(c: Conn) { if (c.id === '') throw new Fault({ c }); } assertOpen(openSync());"),
    takes("gives it by a wider name", "interface Named { id: string } function name(c: Conn, other: Named | null, all: Named[]) { const named: Named = c; all.push(other ?? named); } name(openSync(), null, []);"),
    borrows("works with it", "async function show(c: Conn) { await c.query('x'); for await (const row of c.rows) decode(row); } show(openSync());"),
    borrows("hands it to one that borrows", "function outer(c: Conn) { return inner(c); } function inner(c: Conn) { return c.id; } outer(openSync());"),
    borrows("captures it in a callback that ends first", "function show(c: Conn, ids: string[]) { return ids.map((id) => id + c.id); } show(openSync(), []);"),
    borrows("a constructor that only reads", "class Greeting { constructor(c: Conn) { console.log(c.id); } } new Greeting(openSync());"),
    passthrough("returns it", "function keep(c: Conn) { return c; } keep(openSync());"),
    takes("stores and returns it", "const all: Conn[] = []; function keep(c: Conn) { all.push(c); return c; } keep(openSync());"),
    unknown("captures it in a closure that is kept", "function show(c: Conn) { return () => c.id; } show(openSync());"),
    borrows("keeps its address, which is plain data", "class Name { readonly name: string; constructor(c: Conn) { this.name = c.id; } } new Name(openSync());"),
    unknown("hands it to somebody nobody knows", "declare function serve(c: Conn): void; function show(c: Conn) { serve(c); } show(openSync());"),
    borrows("takes data out of it", "function show({ id }: Conn) { return id; } show(openSync());"),
    borrows("sends something to a port that it takes out of it", "function show({ port }: Conn & { port: { postMessage(text: string): void } }) { port.postMessage('a'); } declare const conn: Conn & { port: { postMessage(text: string): void } }; show(conn);"),
    borrows("takes apart what it works with", "function show({ query }: Conn) { return query('x'); } show(openSync());"),
    unknown("takes a view out of it, and returns that", "function show({ rows }: Conn) { return rows; } show(openSync());"),
    unknown("takes its release out of it", "function show({ close }: Conn) { return close(); } show(openSync());"),
    unknown("takes all that it has", "function show({ id, ...rest }: Conn) { return rest; } show(openSync());"),
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
