import rule from "../src/rules/require-disposable-owner.js";
import { found, silent, type Finding } from "./support/finding.js";
import { js, typed } from "./support/rule-tester.js";

const store = (members: string): string => `export class Store { ${members} }`;
const crowd = (add: string): string => `export class Crowd { #conns: Conn[] = []; async add() { ${add} } }`;
const kept = (words: Readonly<Record<string, string>> = {}): Finding => ({
  messageId: "kept",
  data: { owner: "`Store`", field: "#conn", type: "a Conn", call: "openSync()", others: "", symbol: "asyncDispose", keyword: "await using", release: "", ...words },
});
const made = (becomes: Readonly<Record<string, string>>, contract = "an `AsyncDisposable`") => ({ messageId: "makeDisposable", data: { contract }, becomes });
const ended = (words: Readonly<Record<string, string>> = {}): Finding => ({
  messageId: "hook",
  data: { owner: "`Store`", field: "#conn", type: "a Conn", call: "openSync()", others: "", framework: "Nest", hook: "onModuleDestroy", manner: " and awaits", anew: "", ...words },
});
const hook = (framework: string, name: string, manner: string, becomes: Readonly<Record<string, string>>, words: Readonly<Record<string, string>> = {}) => ({
  messageId: "writeHook",
  data: { owner: "`Store`", field: "#conn", type: "a Conn", call: "openSync()", others: "", framework, hook: name, manner, ...words },
  becomes,
});
/** A private constructor that a factory gives what it acquires. */
const ofOne = "#conn: Conn; private constructor(conn: Conn) { this.#conn = conn; } static async of() { return new Store(await open()); }";
const symbols = { settings: { "await-using": { resourceTypes: [{ type: "Link", release: "cut" }] } } };

typed.run("require-disposable-owner", rule, {
  valid: [
    silent("a disposer", store("#conn = openSync(); async [Symbol.asyncDispose]() { await this.#conn.close(); }")),
    silent("a disposer that forgets it, which require-field-disposal finds", store("#conn = openSync(); async [Symbol.asyncDispose]() { await work(); }")),
    silent("a method that releases it, whatever its name", store("#conn = openSync(); async logOut() { await this.#conn.close(); }")),
    silent("a method called like a release, which ends it by another name", "declare class Pool implements AsyncDisposable { drainAndStop(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } export class Store { #pool = new Pool(); async stop() { await this.#pool.drainAndStop(); } }"),
    silent("a method that ends what it began", store("#conn?: Conn; async run() { this.#conn = await open(); try { await this.#conn.ping(); } finally { await this.#conn.close(); } }")),
    silent("a helper that is given it", store("#conn = openSync(); async end() { await shut(this.#conn); } } async function shut(conn: Conn) { await conn.close(); ")),
    silent("a name for it", store("#conn = openSync(); async end() { const conn = this.#conn; await conn.close(); }")),
    silent("a list of what is closed", store("#conn = openSync(); async end() { for (const each of [this.#conn]) await each.close(); }")),
    silent("a closure that releases it", store("#conn = openSync(); constructor() { process.once('SIGTERM', () => { void this.#conn.close(); }); }")),
    silent("a cleanup that is registered", store("#conn = openSync(); constructor(done: (run: () => void) => void) { done(() => void this.#conn.close()); }")),
    silent("a static method that releases it", store("#conn = openSync(); static async end(it: Store) { await it.#conn.close(); }")),
    silent("handed to a stack", store("#conn = openSync(); constructor(stack: AsyncDisposableStack) { stack.use(this.#conn); }")),
    silent("a stack that is disposed, beside what it holds", store("#stack = new DisposableStack(); #lock: Lock; constructor() { this.#lock = this.#stack.use(lock()); } [Symbol.dispose]() { this.#stack.dispose(); } name() { return this.#lock.name; }")),
    silent("a stack whose users dispose what they get of it", store("#stack = new DisposableStack(); take() { return this.#stack.use(lock()); }")),
    silent("acquired by a stack's use", store("#conn: Conn; constructor(stack: AsyncDisposableStack) { this.#conn = stack.use(openSync()); }")),
    silent("registered as it is acquired", "abstract class Base { own<T extends Disposable>(it: T): T { return it; } } export class Store extends Base { #lock = this.own(lock()); name() { return this.#lock.name; } }"),
    silent("handed on to another object", store("#conn = openSync(); #repo = new Repo(this.#conn); load() { return this.#repo.load('a'); }")),
    silent("handed out", store("#conn = openSync(); take() { return this.#conn; }")),
    silent("handed out by a getter", store("#conn = openSync(); get conn() { return this.#conn; }")),
    silent("handed out in an object", store("#conn = openSync(); parts() { return { conn: this.#conn }; }")),
    silent("given to a function that nobody knows", store("#conn = openSync(); constructor() { serve(this.#conn); } } declare function serve(conn: Conn): void; { ")),
    silent("a parameter property, which is injected", store("constructor(private readonly conn: Conn) {} ping() { return this.conn.ping(); }")),
    silent("a parameter that is stored", store("#conn: Conn; constructor(conn: Conn) { this.#conn = conn; }")),
    silent("injected or made: nobody knows whose it is", store("#conn: Conn; constructor(conn?: Conn) { this.#conn = conn ?? openSync(); }")),
    silent("what a private constructor is given by a factory that does not acquire it", store("private constructor(private readonly conn: Conn) {} static async of() { return new Store(await open()); } static over(conn: Conn) { return new Store(conn); } ping() { return this.conn.ping(); }")),
    silent("what a constructor is given by a factory and may be given by others", store("constructor(private readonly conn: Conn) {} static async of() { return new Store(await open()); } ping() { return this.conn.ping(); }")),
    silent("what a protected constructor is given, which a subclass may call", store("protected constructor(private readonly conn: Conn) {} static async of() { return new Store(await open()); } ping() { return this.conn.ping(); }")),
    silent("what a factory acquires, or is given", store("private constructor(private readonly conn: Conn) {} static async of(conn?: Conn) { return new Store(conn ?? (await open())); } ping() { return this.conn.ping(); }")),
    silent("what a factory only lends", store("private constructor(private readonly conn: Conn) {} static async run(work: (store: Store) => Promise<void>) { await using conn = await open(); await work(new Store(conn)); } ping() { return this.conn.ping(); }")),
    silent("what a factory disposes itself", store("private constructor(private readonly conn: Conn) {} static async of() { const conn = await open(); process.once('SIGTERM', () => void conn.close()); return new Store(conn); } ping() { return this.conn.ping(); }")),
    silent("what a factory has of a resource that it is given, and that goes with it", "interface Browser extends AsyncDisposable { newPage(): Promise<Conn> } export class Store { private constructor(private readonly page: Conn) {} static async of(browser: Browser) { return new Store(await browser.newPage()); } ping() { return this.page.ping(); } }"),
    silent("what a private constructor is given and discloses", store("private constructor(readonly conn: Conn) {} static async of() { return new Store(await open()); }")),
    silent("a class with a private constructor that it hands out", store("private constructor(private readonly conn: Conn) {} static async of() { add(Store); return new Store(await open()); } ping() { return this.conn.ping(); } } declare function add(it: unknown): void; { ")),
    silent("a constructor that calls itself", store("private constructor(private readonly conn: Conn, deep = false) { if (!deep) step(new Store(conn, true)); } static async of() { return new Store(await open()); } ping() { return this.conn.ping(); } } declare function step(it: unknown): void; { ")),
    silent("a singleton of a private constructor", store("static #shared?: Store; private constructor(private readonly conn: Conn) {} static async get() { return (Store.#shared ??= new Store(await open())); } ping() { return this.conn.ping(); }")),
    silent("a parameter with a default", store("#conn: Conn; constructor(conn: Conn = openSync()) { this.#conn = conn; }")),
    silent("set by others too", store("#conn = openSync(); set conn(conn: Conn) { this.#conn = conn; }")),
    silent("borrowed from a getter", store("#conn?: Conn; async start() { this.#conn = await getConn(); }")),
    silent("a public field, which others may dispose", store("readonly conn = openSync();")),
    silent("a protected field, which subclasses may dispose", store("protected readonly conn = openSync();")),
    silent("a static field, which lives as long as the program", store("static #conn = openSync(); static ping() { return this.#conn.ping(); }")),
    silent("a promise of it", store("#conn = open(); async ping() { await (await this.#conn).ping(); }")),
    silent("fields taken out of the object", store("private conn = openSync(); async end() { const { conn } = this; await conn.close(); }")),
    silent("fields reached by a computed name", store("private conn = openSync(); async end() { for (const key of ['conn'] as const) await this[key].close(); }")),
    silent("fields reached all at once", store("private conn = openSync(); all() { return Object.values(this); }")),
    silent("a copy of the object", store("private conn = openSync(); all() { return { ...this }; }")),
    silent("a private field that other code in the file reaches in brackets", "export class Store { private conn = openSync(); } export async function end(store: Store) { await store['conn'].close(); }"),
    silent("an alias of the object", store("private conn = openSync(); end() { const self = this; return () => self.conn.close(); }")),
    silent("a child of another field, which goes with it", "interface Browser extends AsyncDisposable { newPage(): Conn } export class Store { #browser: Browser; #page: Conn; constructor(browser: Browser) { this.#browser = browser; this.#page = this.#browser.newPage(); } ping() { return this.#page.ping(); } }"),
    silent("what finishes by itself, as its listeners tell", store("#conn = openSync(); constructor() { this.#conn.on('end', step); }")),
    silent("a server that listens", "import { createServer } from 'node:http'; export class Store { #server = createServer(); start() { this.#server.listen(80); } }"),
    silent("inert fields", store("#timer = setTimeout(step, 10); #all = new Map<string, string>(); #rows = this.#all.values(); tick() { this.#timer.refresh(); return this.#rows; }")),
    silent("an unresolved base, which may do anything", "import { Base } from 'nowhere'; export class Store extends Base { #conn = openSync(); ping() { return this.#conn.ping(); } }"),
    silent("a framework's hook", store("#conn = openSync(); async onModuleDestroy() { await this.#conn.close(); }")),
    silent("Angular's hook", 'import { Component } from "@angular/core"; @Component({}) export class Store { #lock = lock(); ngOnDestroy() { this.#lock.release(); } }'),
    silent("a callback that Angular is given", 'import { Component } from "@angular/core"; declare const ref: { onDestroy(run: () => void): void }; @Component({}) export class Store { #lock = lock(); constructor() { ref.onDestroy(() => { this.#lock.release(); }); } }'),
    silent("Lit's hook", 'import { LitElement } from "lit"; export class Store extends LitElement { #lock?: Lock; override connectedCallback() { this.#lock = lock(); } override disconnectedCallback() { this.#lock?.release(); } }'),
    silent("a controller's hook", 'import type { ReactiveController } from "lit"; export class Store implements ReactiveController { #lock?: Lock; hostConnected() { this.#lock = lock(); } hostDisconnected() { this.#lock?.release(); } }'),
    silent("React's hook", 'import { Component } from "react"; export class Store extends Component { #lock?: Lock; override componentDidMount() { this.#lock = lock(); } override componentWillUnmount() { this.#lock?.release(); } }'),
    silent("a hook that forgets it, which require-field-disposal finds", store("#conn = openSync(); ngOnDestroy() { step(); } ping() { return this.#conn.ping(); }")),
    silent("a decorated field", "declare function bound(...all: unknown[]): void; export class Store { @bound private conn = openSync(); }"),
    silent("a singleton at the top level", "class Store { #conn = openSync(); ping() { return this.#conn.ping(); } } export const shared = new Store();"),
    silent("a singleton in the class", store("static readonly shared = new Store(); #conn = openSync(); ping() { return this.#conn.ping(); }")),
    silent("a singleton that the class makes when it is asked", store("static #shared?: Store; #conn = openSync(); static get() { return (this.#shared ??= new this()); } ping() { return this.#conn.ping(); }")),
    silent("a singleton that the module makes when it is asked", "class Store { #conn = openSync(); ping() { return this.#conn.ping(); } } let shared: Store | undefined; export function get() { return (shared ??= new Store()); }"),
    silent("a declared class", "export declare class Store { private conn: Conn; }"),
    silent("another object's field of the name", store("private conn?: { other: Conn }; ping() { return this.conn?.other.ping(); }")),
    silent("a variable that is closed where the rest fails", store("#conn?: Conn; async start() { const conn = await open(); try { await conn.ping(); } catch (error) { await conn.close(); throw error; } this.#conn = conn; }")),
    silent("a private constructor that is given what its factory was given", store("#conn: Conn; private constructor(conn: Conn) { this.#conn = conn; } static of(conn: Conn) { return new Store(conn); }")),
    silent("a public constructor that is given it by a factory", store("#conn: Conn; constructor(conn: Conn) { this.#conn = conn; } static async of() { const conn = await open(); return new Store(conn); }")),
    silent("gathered, and closed by a method of any name", crowd("this.#conns.push(await open()); } async logOut() { for (const conn of this.#conns) await conn.close();")),
    silent("gathered, and closed by what the process calls", crowd("const conn = await open(); process.once('SIGTERM', () => void conn.close()); this.#conns.push(conn);")),
    silent("gathered until it ends by itself, as listeners tell", crowd("const conn = await open(); conn.on('end', step); this.#conns.push(conn);")),
    silent("gathered, and handed out", crowd("this.#conns.push(await open()); } first() { return this.#conns[0];")),
    silent("gathered servers that listen", "import { createServer, type Server } from 'node:http'; export class Crowd { #servers: Server[] = []; add(port: number) { const server = createServer(); server.listen(port); this.#servers.push(server); } }"),
    silent("gathered by a class with a disposer, which require-field-disposal finds", crowd("this.#conns.push(await open()); } async [Symbol.asyncDispose]() { await work();")),
    silent("gathered by a subclass, whose base may know of it", crowd("this.#conns.push(await open());").replace("Crowd {", "Crowd extends Base {") + " declare class Base {}"),
    silent("gathered by one for the whole program", `${crowd("this.#conns.push(await open());")} export const crowd = new Crowd();`),
    silent("gathered by nobody's class", "export declare class Crowd { private conns: Conn[]; }"),
    silent("one for the whole program, made by a factory", `${store(ofOne)} export const store = await Store.of();`),
    silent("one for the whole program, made by a factory when it is first asked for", store(`${ofOne} static #shared?: Promise<Store>; static shared() { return (this.#shared ??= this.of()); }`)),
    silent("one for the whole program, kept outside", `${store(ofOne)} let shared: Promise<Store> | undefined; export function get() { shared ??= Store.of(); return shared; }`),
    silent("one for the whole program, kept by its name", store("static shared?: Store; #conn: Conn; private constructor(conn: Conn) { this.#conn = conn; } static async of() { const made = new Store(await open()); Store.shared = made; return made; }")),
  ],
  invalid: [
    found("gathered, gone through, and disposed nowhere", crowd("this.#conns.push(await open()); for (const conn of this.#conns) await conn.ping();").replace("Crowd", "«Crowd»"), {
      message: "`Crowd` gathers what `open()` acquires in `#conns` and disposes it nowhere: each Conn stays open when the object is no longer needed. Dispose them in a `[Symbol.asyncDispose]()` of the class, or gather them on a stack that is disposed there.",
      suggestions: [],
    }),
    found("gathered where a method is called like a release and releases nothing", crowd("this.#conns.push(await open()); } stop() { step();").replace("Crowd", "«Crowd»"), { messageId: "gathered", suggestions: [] }),
    found("gathered in a set, synchronously", "export class «Crowd» { #locks = new Set<Lock>(); add() { this.#locks.add(lock()); } }", {
      messageId: "gathered",
      data: { owner: "`Crowd`", field: "#locks", type: "Lock", call: "lock()", place: "a `[Symbol.dispose]()` of the class" },
      suggestions: [],
    }),
    found("gathered by what a framework ends", `import { Injectable } from "@nestjs/common"; @Injectable() ${crowd("this.#conns.push(await open());").replace("Crowd", "«Crowd»")}`, {
      messageId: "gathered",
      data: { owner: "`Crowd`", field: "#conns", type: "Conn", call: "open()", place: "`onModuleDestroy()`, which Nest calls" },
      suggestions: [],
    }),
    found("a private constructor whose class is only asked at the top level", `${store(`${ofOne} static label() { return ''; }`).replace("Store", "«Store»")} export const label = Store.label();`, {
      ...kept({ call: "open()" }),
      suggestions: [made({ "class Store {": "class Store implements AsyncDisposable {", "return ''; } }": "return ''; }\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.#conn[Symbol.asyncDispose]();\n  }\n}" })],
    }),
    found("a private constructor that is given it by a factory", "export class «Store» {\n  #conn: Conn;\n  private constructor(conn: Conn) { this.#conn = conn; }\n  static async of() { const conn = await open(); return new Store(conn); }\n}", {
      ...kept({ call: "open()" }),
      suggestions: [made({ "Store {": "Store implements AsyncDisposable {", "new Store(conn); }\n": "new Store(conn); }\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.#conn[Symbol.asyncDispose]();\n  }\n" })],
    }),
    found("a field with a value", "export class «Store» {\n  readonly #conn = openSync();\n\n  ping() {\n    return this.#conn.ping();\n  }\n}\n", {
      message: "`Store` keeps a Conn in `#conn`, acquired by `openSync()`, and has no disposer: nobody can close it when the object is no longer needed. Give the class a `[Symbol.asyncDispose]()` that disposes it, and bind its instances with `await using`.",
      suggestions: [made({ "Store {": "Store implements AsyncDisposable {", "ping();\n  }\n": "ping();\n  }\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.#conn[Symbol.asyncDispose]();\n  }\n" })],
    }),
    found("a private field that the constructor sets", "export class «Store» {\n  private conn: Conn;\n  constructor() { this.conn = openSync(); }\n}", {
      ...kept({ field: "conn" }),
      suggestions: [made({ "Store {": "Store implements AsyncDisposable {", "openSync(); }\n": "openSync(); }\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.conn[Symbol.asyncDispose]();\n  }\n" })],
    }),
    found("a field that is set later, and emptied", "export class «Store» {\n  #conn: Conn | null = null;\n  async start() { this.#conn = await open(); }\n  drop() { this.#conn = null; }\n}", {
      ...kept({ call: "open()" }),
      suggestions: [made({ "Store {": "Store implements AsyncDisposable {", "= null; }\n": "= null; }\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.#conn?.[Symbol.asyncDispose]();\n  }\n" })],
    }),
    found("a field that is set from a constant", "export class «Store» {\n  #conn?: Conn;\n  async start() { const conn = await open(); await conn.ping(); this.#conn = conn; }\n}", {
      ...kept({ call: "open()" }),
      suggestions: [made({ "Store {": "Store implements AsyncDisposable {", "conn; }\n": "conn; }\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.#conn?.[Symbol.asyncDispose]();\n  }\n" })],
    }),
    found("a field that an async factory sets", "export class «Store» {\n  #conn!: Conn;\n  static async of() { const store = new Store(); store.#conn = await open(); return store; }\n}", {
      ...kept({ call: "open()" }),
      suggestions: [made({ "class Store {": "class Store implements AsyncDisposable {", "return store; }\n": "return store; }\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.#conn?.[Symbol.asyncDispose]();\n  }\n" })],
    }),
    found("a parameter property of a private constructor, which async factories acquire", "export class «Store» {\n  private constructor(private readonly conn: Conn) {}\n  static async of() { return new Store(await open()); }\n  static async at(url: string) { const conn = await open(url); return new this(conn); }\n}", {
      ...kept({ field: "conn", call: "open()" }),
      suggestions: [made({ "Store {": "Store implements AsyncDisposable {", "new this(conn); }\n": "new this(conn); }\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.conn[Symbol.asyncDispose]();\n  }\n" })],
    }),
    found("a field that a private constructor fills with what a factory acquires", "export class «Store» {\n  readonly #conn: Conn;\n  private constructor(conn: Conn, readonly name: string) { this.#conn = conn; }\n  static async of() { return new Store(await open(), ''); }\n  ping() { return this.#conn.ping(); }\n}", {
      ...kept({ call: "open()" }),
      suggestions: [made({ "Store {": "Store implements AsyncDisposable {", "ping(); }\n": "ping(); }\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.#conn[Symbol.asyncDispose]();\n  }\n" })],
    }),
    found("what is disposed only to be replaced", "export class «Store» {\n  #conn = openSync();\n  async reconnect() { await this.#conn.close(); this.#conn = await open(); }\n}", {
      ...kept(),
      suggestions: [made({ "Store {": "Store implements AsyncDisposable {", "await open(); }\n": "await open(); }\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.#conn[Symbol.asyncDispose]();\n  }\n" })],
    }),
    found("a synchronous resource, and a class with `stop()` that releases nothing", "export class «Store» {\n  #lock = lock();\n  stop() { step(); }\n}", {
      ...kept({ field: "#lock", type: "a Lock", call: "lock()", symbol: "dispose", keyword: "using" }),
      suggestions: [made({ "Store {": "Store implements Disposable {", "step(); }\n": "step(); }\n\n  [Symbol.dispose](): void {\n    this.#lock[Symbol.dispose]();\n  }\n" }, "a `Disposable`")],
    }),
    found("several of them, once", "export class «Store» {\n  #lock = lock();\n  #conn = openSync();\n  #name = '';\n}", {
      ...kept({ field: "#lock", type: "a Lock", call: "lock()", others: ", and others in `#conn`" }),
      suggestions: [made({ "Store {": "Store implements AsyncDisposable {", "'';\n": "'';\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.#conn[Symbol.asyncDispose]();\n    this.#lock[Symbol.dispose]();\n  }\n" })],
    }),
    found("a stack", "export class «Store» {\n  readonly #stack = new AsyncDisposableStack();\n  add(conn: Conn) { this.#stack.use(conn); }\n}", {
      ...kept({ field: "#stack", type: "an AsyncDisposableStack", call: "new AsyncDisposableStack()" }),
      suggestions: [made({ "Store {": "Store implements AsyncDisposable {", "use(conn); }\n": "use(conn); }\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.#stack[Symbol.asyncDispose]();\n  }\n" })],
    }),
    found("a stack beside what it holds", "export class «Store» {\n  readonly #stack = new DisposableStack();\n  readonly #lock: Lock;\n  constructor() { this.#lock = this.#stack.use(lock()); }\n  name() { return this.#lock.name; }\n}", {
      ...kept({ field: "#stack", type: "a DisposableStack", call: "new DisposableStack()", symbol: "dispose", keyword: "using" }),
      suggestions: [made({ "Store {": "Store implements Disposable {", "name; }\n": "name; }\n\n  [Symbol.dispose](): void {\n    this.#stack[Symbol.dispose]();\n  }\n" }, "a `Disposable`")],
    }),
    found("what it makes of it does not matter: the field stays", "export class «Store» {\n  #conn = openSync();\n  rows() { return this.#conn.stream(); }\n}", {
      ...kept(),
      suggestions: [made({ "Store {": "Store implements AsyncDisposable {", "stream(); }\n": "stream(); }\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.#conn[Symbol.asyncDispose]();\n  }\n" })],
    }),
    found("a closure that only uses it", "export class «Store» {\n  #conn = openSync();\n  start() { setInterval(() => void this.#conn.ping(), 1000); }\n}", {
      ...kept(),
      suggestions: [made({ "Store {": "Store implements AsyncDisposable {", "1000); }\n": "1000); }\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.#conn[Symbol.asyncDispose]();\n  }\n" })],
    }),
    found("a class with a base: whether that is closed by somebody, only you know", "class Base { id = 1; } export class «Store» extends Base { #conn = openSync(); ping() { return this.#conn.ping(); } }", kept()),
    found("a decorated class, whose framework has a hook", "declare function Injectable(of: unknown, context: unknown): void; @Injectable export class «Store» { #conn = openSync(); ping() { return this.#conn.ping(); } }", kept()),
    found("a provider of Nest", 'import { Injectable } from "@nestjs/common";\n@Injectable()\nexport class «Store» {\n  #conn = openSync();\n  ping() { return this.#conn.ping(); }\n}', {
      message: "`Store` keeps a Conn in `#conn`, acquired by `openSync()`, and disposes it nowhere: it stays open when Nest lets go of the object. Dispose it in `onModuleDestroy()`, which Nest calls and awaits.",
      suggestions: [hook("Nest", "onModuleDestroy", " and awaits", { "ping(); }\n": "ping(); }\n\n  async onModuleDestroy(): Promise<void> {\n    await this.#conn[Symbol.asyncDispose]();\n  }\n" })],
    }),
    found("a provider of Nest with two, by its interface", 'import type { OnModuleInit } from "@nestjs/common";\nexport class «Store» implements OnModuleInit {\n  #lock = lock();\n  #conn?: Conn;\n  async onModuleInit() { this.#conn = await open(); }\n}', {
      ...ended({ field: "#lock", type: "a Lock", call: "lock()", others: ", and others in `#conn`" }),
      suggestions: [hook("Nest", "onModuleDestroy", " and awaits", { "await open(); }\n": "await open(); }\n\n  async onModuleDestroy(): Promise<void> {\n    await this.#conn?.[Symbol.asyncDispose]();\n    this.#lock[Symbol.dispose]();\n  }\n" }, { field: "#lock", type: "a Lock", call: "lock()", others: ", and others in `#conn`" })],
    }),
    found("a provider of Nest whose base has the hook", 'import { Injectable } from "@nestjs/common";\nclass Base { async onModuleDestroy() { await work(); } }\n@Injectable()\nexport class «Store» extends Base {\n  #lock = lock();\n}', {
      ...ended({ field: "#lock", type: "a Lock", call: "lock()", manner: "" }),
      suggestions: [hook("Nest", "onModuleDestroy", "", { "lock();\n": "lock();\n\n  override async onModuleDestroy(): Promise<void> {\n    this.#lock[Symbol.dispose]();\n    await super.onModuleDestroy();\n  }\n" }, { field: "#lock", type: "a Lock", call: "lock()" })],
    }),
    found("a provider of one request, which Nest does not end", 'import { Injectable } from "@nestjs/common"; @Injectable({ scope: 2 }) export class «Store» { #conn = openSync(); ping() { return this.#conn.ping(); } }', kept()),
    found("a class that Nest decorates, but does not make", 'import { SetMetadata } from "@nestjs/common"; @SetMetadata("kind", "store") export class «Store» { #conn = openSync(); ping() { return this.#conn.ping(); } }', kept()),
    found("a component of Angular", 'import { Component } from "@angular/core";\n@Component({})\nexport class «Store» {\n  #lock = lock();\n}', {
      ...ended({ field: "#lock", type: "a Lock", call: "lock()", framework: "Angular", hook: "ngOnDestroy", manner: "" }),
      suggestions: [hook("Angular", "ngOnDestroy", "", { "lock();\n": "lock();\n\n  ngOnDestroy(): void {\n    this.#lock[Symbol.dispose]();\n  }\n" }, { field: "#lock", type: "a Lock", call: "lock()" })],
    }),
    found("a component of Angular, which does not wait: no suggestion", 'import * as core from "@angular/core"; @core.Component({}) export class «Store» { #conn = openSync(); ping() { return this.#conn.ping(); } }', {
      message: "`Store` keeps a Conn in `#conn`, acquired by `openSync()`, and disposes it nowhere: it stays open when Angular lets go of the object. Dispose it in `ngOnDestroy()`, which Angular calls but does not await.",
    }),
    found("an element of Lit", 'import { LitElement } from "lit";\nexport class «Store» extends LitElement {\n  #lock?: Lock;\n  override connectedCallback() {\n    super.connectedCallback();\n    this.#lock = lock();\n  }\n}', {
      ...ended({ field: "#lock", type: "a Lock", call: "lock()", framework: "Lit", hook: "disconnectedCallback", manner: "" }),
      suggestions: [hook("Lit", "disconnectedCallback", "", { "lock();\n  }\n": "lock();\n  }\n\n  override disconnectedCallback(): void {\n    this.#lock?.[Symbol.dispose]();\n    super.disconnectedCallback();\n  }\n" }, { field: "#lock", type: "a Lock", call: "lock()" })],
    }),
    found("an element that acquires once, though it may be connected again: no suggestion", "export class «Store» extends HTMLElement { #lock = lock(); name() { return this.#lock.name; } }", {
      message: "`Store` keeps a Lock in `#lock`, acquired by `lock()`, and disposes it nowhere: it stays open when the document lets go of the object. Dispose it in `disconnectedCallback()`, which the document calls. Acquire it in `connectedCallback()`, as the object may begin anew.",
    }),
    found("an element with a base of this file", 'import { LitElement } from "lit"; class Base extends LitElement { id = 1; } export class «Store» extends Base { #lock = lock(); name() { return this.#lock.name; } }', ended({ field: "#lock", type: "a Lock", call: "lock()", framework: "Lit", hook: "disconnectedCallback", manner: "", anew: " Acquire it in `connectedCallback()`, as the object may begin anew." })),
    found("a controller of Lit", 'import type { ReactiveController } from "lit"; export class «Store» implements ReactiveController { #lock?: Lock; hostConnected() { this.#lock = lock(); } }', {
      ...ended({ field: "#lock", type: "a Lock", call: "lock()", framework: "Lit", hook: "hostDisconnected", manner: "" }),
      suggestions: [hook("Lit", "hostDisconnected", "", { "lock(); } }": "lock(); }\n\n  hostDisconnected(): void {\n    this.#lock?.[Symbol.dispose]();\n  }\n}" }, { field: "#lock", type: "a Lock", call: "lock()" })],
    }),
    found("a component of React", 'import { Component } from "react";\nexport class «Store» extends Component {\n  #lock?: Lock;\n  override componentDidMount() { this.#lock = lock(); }\n}', {
      ...ended({ field: "#lock", type: "a Lock", call: "lock()", framework: "React", hook: "componentWillUnmount", manner: "" }),
      suggestions: [hook("React", "componentWillUnmount", "", { "lock(); }\n": "lock(); }\n\n  override componentWillUnmount(): void {\n    this.#lock?.[Symbol.dispose]();\n  }\n" }, { field: "#lock", type: "a Lock", call: "lock()" })],
    }),
    found("another package's decorator of the name", 'import { Injectable } from "nowhere"; @Injectable() export class «Store» { #conn = openSync(); ping() { return this.#conn.ping(); } }', kept()),
    found("a class without a name", "export default class { «#conn» = openSync(); ping() { return this.#conn.ping(); } }", { ...kept({ owner: "This class" }), suggestions: [made({ "class {": "class implements AsyncDisposable {", "ping(); } }": "ping(); }\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.#conn[Symbol.asyncDispose]();\n  }\n}" })] }),
    found("a type that a setting names", "class Link { cut(): void {} send(): void {} } export class «Store» {\n  #link = new Link();\n  send() { this.#link.send(); }\n}", {
      message: "`Store` keeps a Link in `#link`, acquired by `new Link()`, and releases it nowhere: nobody can close it when the object is no longer needed. Give the class a `[Symbol.dispose]()` that calls `this.#link.cut()`, and bind its instances with `using`.",
      suggestions: [made({ "Store {": "Store implements Disposable {", "send(); }\n": "send(); }\n\n  [Symbol.dispose](): void {\n    this.#link.cut();\n  }\n" }, "a `Disposable`")],
    }, symbols),
    found("a type that a setting names, in a provider of Nest", 'import { Injectable } from "@nestjs/common";\nclass Link { async cut(): Promise<void> {} send(): void {} }\n@Injectable()\nexport class «Store» {\n  #link = new Link();\n  send() { this.#link.send(); }\n}', {
      ...ended({ field: "#link", type: "a Link", call: "new Link()" }),
      suggestions: [hook("Nest", "onModuleDestroy", " and awaits", { "send(); }\n}": "send(); }\n\n  async onModuleDestroy(): Promise<void> {\n    await this.#link.cut();\n  }\n}" }, { field: "#link", type: "a Link", call: "new Link()" })],
    }, symbols),
    {
      name: "JavaScript",
      ...js("export class Store {\n  #conn = openSync();\n  ping() { return this.#conn.ping(); }\n}\n", {
        errors: [{ messageId: "kept", line: 1, column: 14, suggestions: [{ messageId: "makeDisposable", output: "export class Store {\n  #conn = openSync();\n  ping() { return this.#conn.ping(); }\n\n  async [Symbol.asyncDispose]() {\n    await this.#conn[Symbol.asyncDispose]();\n  }\n}\n" }] }],
      }),
    },
  ],
});
