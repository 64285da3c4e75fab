import rule from "../src/rules/no-leaky-construction.js";
import { found, silent, type Finding } from "./support/finding.js";
import { js, typed } from "./support/rule-tester.js";

const head = "export class P { constructor(readonly a: Conn, readonly b: unknown = null) {} ";
const of = (body: string): string => `${head}static async of() { ${body} } }`;
const lost = (words: Readonly<Record<string, string>> = {}): Finding => ({
  messageId: "factory",
  data: { name: "a", type: "a Conn", call: "open()", stack: "a stack declared with `await using`", risk: "open()", line: "2", ...words },
});
const half = (words: Readonly<Record<string, string>> = {}): Finding => ({
  messageId: "constructor",
  data: { name: "this.#a", type: "a Conn", call: "openSync()", risk: "`lock()`", line: "2", ...words },
});

const part = (more = ""): string => `class Part { #conn: Conn; constructor(conn: Conn) { this.#conn = conn; } async load() { await this.#conn.ping(); } ${more} }`;
const whole = (body: string): string => `export class P { constructor(readonly part: unknown, readonly rest: unknown = null) {} static async of() { ${body} } }`;
const many = (body: string): string => `export class P { constructor(readonly all: unknown, readonly rest: unknown = null) {} static async of(urls: string[]) { ${body} } }`;

/** Pieces of the code and what they become where a stack holds what they acquire. */
const onStack = (becomes: Readonly<Record<string, string>>, keyword = "await using"): Pick<Finding, "suggestions"> => ({ suggestions: [{ messageId: "hold", data: { keyword }, becomes }] });
const handedOver = { "return new P(a);": "const p = new P(a); stack.move(); return p;" };
const stack = "await using stack = new AsyncDisposableStack();";
const factory = (body: string): string => `${head}\n  static async of() {\n${body}\n  }\n}`;

typed.run("no-leaky-construction", rule, {
  valid: [
    silent("a throw on the branch on which nothing was acquired", "class P { #l: Lock; constructor(isOk: boolean) { if (isOk) this.#l = lock(); else throw new Error('no'); } [Symbol.dispose]() { this.#l.release(); } }"),
    silent("one acquisition", of("const a = await open(); return new P(a);")),
    silent("one acquisition, and work before it", of("await work(); const a = await open(); return new P(a);")),
    silent("data and plain calls between", of("const a = await open(); const name = decode('x'); step(); return new P(a, name);")),
    silent("a stack that is moved", "class P { constructor(readonly a: Conn, readonly b: Conn, readonly stack: AsyncDisposableStack) {} static async of() { await using stack = new AsyncDisposableStack(); const a = stack.use(await open()); const b = stack.use(await open()); return new P(a, b, stack.move()); } }"),
    silent("a catch that disposes", of("const a = await open(); try { await a.ping(); return new P(a); } catch (error) { await a.close(); throw error; }")),
    silent("a finally that disposes", of("const a = await open(); let made = false; try { await a.ping(); made = true; return new P(a); } finally { if (!made) await a.close(); }")),
    silent("scopes", of("await using a = await open(); await using b = await open(); return new P(await getConn(), [a.id, b.id]);")),
    silent("what is handed to somebody else", `${head}static async of() { const a = await open(); keep(a); await work(); return new P(a); } } declare function keep(conn: Conn): void;`),
    silent("what is borrowed", of("const a = await getConn(); const b = await open(); return new P(a, b);")),
    silent("what is injected", `${head}static async of(a: Conn) { const b = await open(); return new P(a, b); } }`),
    silent("a factory that is no member of the class", "class P { constructor(readonly a: Conn) {} } export async function make() { const a = await open(); await a.ping(); return new P(a); }"),
    silent("an instance method", "export class P { constructor(readonly a: Conn) {} async copy() { const a = await open(); await a.ping(); return new P(a); } }"),
    silent("another class's object", "class Q { constructor(readonly a: Conn) {} } export class P { static async of() { const a = await open(); await a.ping(); return new Q(a); } }"),
    silent("a static method that disposes, which no-leak-on-throw finds", "export class P { static async check() { const a = await open(); await a.ping(); await a.close(); } }"),
    silent("a static method that forgets it, which require-using finds", "export class P { static async check() { const a = await open(); await a.ping(); } }"),
    silent("arguments without another that may fail", of("return new P(await open(), decode('x'));")),
    silent("the acquisition as the last argument", "export class P { constructor(readonly b: unknown, readonly a: Conn) {} static async of() { return new P(await getConn(), await open()); } }"),
    silent("one field", "export class P { #a = openSync(); ping() { return this.#a.ping(); } }"),
    silent("one field behind a check", "export class P { #a: Conn; constructor(url: string) { if (url === '') throw new Error('no url'); this.#a = openSync(); } }"),
    silent("a stack, and what it holds", "export class P { #stack = new AsyncDisposableStack(); #a = this.#stack.use(openSync()); }"),
    silent("an empty stack, then a resource", "export class P { #stack = new AsyncDisposableStack(); #a = openSync(); constructor() { this.#stack.use(this.#a); } }"),
    silent("what `new` makes seldom fails", "export class P { #a = openSync(); #b = new Held(); } class Held { [Symbol.dispose]() { step(); } }"),
    silent("what only makes something seldom fails either", "/** @owned */ declare function createLock(): Lock; export class P { #a = openSync(); #b = createLock(); }"),
    silent("an empty stack of one's own", "class Stack { use<T extends Disposable>(it: T): T { return it; } adopt() {} defer() {} move() { return new Stack(); } [Symbol.dispose]() {} } export class P { #stack = new Stack(); constructor(url: string) { if (url === '') throw new Error('no url'); } }"),
    silent("an empty stack in a factory", "export class P { constructor(readonly stack: AsyncDisposableStack) {} static async of() { const stack = new AsyncDisposableStack(); await work(); return new P(stack); } }"),
    silent("a stack that gets its one resource last", "export class P { constructor(readonly a: Conn, readonly stack: AsyncDisposableStack) {} static async of() { const stack = new AsyncDisposableStack(); const a = stack.use(await open()); return new P(a, stack); } }"),
    silent("the result of the suggestion", factory("await using stack = new AsyncDisposableStack(); const a = stack.use(await open()); const b = stack.use(await open()); const p = new P(a, b); stack.move(); return p;")),
    silent("the result of the suggestion, in a constructor", "export class P { #a: Lock; #b: Lock; constructor() { using stack = new DisposableStack(); this.#a = stack.use(lock()); this.#b = stack.use(lock()); stack.move(); } }"),
    silent("a constructor that catches", "export class P { #a: Conn; #b: Lock; constructor() { this.#a = openSync(); try { this.#b = lock(); } catch (error) { void this.#a.close(); throw error; } } }"),
    silent("a constructor that disposes before it throws", "export class P { #a = openSync(); constructor(ok: boolean) { if (!ok) { void this.#a.close(); throw new Error('no'); } } }"),
    silent("a constructor that gives itself to somebody", "export class P { #a = openSync(); constructor(all: P[], ok: boolean) { all.push(this); if (!ok) throw new Error('no'); } }"),
    silent("a throw in a closure", "export class P { #a = openSync(); fail = () => { throw new Error('no'); }; constructor() { step(); } }"),
    silent("static fields", "export class P { static #a = openSync(); static #b = lock(); }"),
    silent("a new stack of a ponyfill, which holds nothing yet", "declare class Closers implements Disposable { use<T extends Disposable>(value: T): T; adopt<T>(value: T, close: (value: T) => void): T; defer(close: () => void): void; move(): Closers; [Symbol.dispose](): void } export class P { #closers = new Closers(); constructor(name: string) { if (name === '') throw new Error('no'); } }"),
    silent("injected fields", "export class P { #b = lock(); constructor(readonly a: Conn) {} }"),
    silent("optional injection", "export class P { #a: Conn; constructor(a?: Conn) { this.#a = a ?? openSync(); if (this.#a.id === '') throw new Error('no'); } }"),
    silent("a part that can be disposed", `${part("close() { step(); }")} ${whole("const a = await open(); const part = new Part(a); await work(); return new P(part);")}`),
    silent("a part that the factory disposes", `${part("[Symbol.dispose]() { step(); }")} ${whole("const a = await open(); const part = new Part(a); try { await work(); } catch (error) { part[Symbol.dispose](); throw error; } return new P(part);")}`),
    silent("a part that is handed to somebody else, too", `${part()} declare function keep(part: Part): void; ${whole("const a = await open(); const part = new Part(a); keep(part); await work(); return new P(part);")}`),
    silent("a part that goes nowhere", `${part()} ${whole("const a = await open(); const part = new Part(a); await part.load(); return new P(null);")}`),
    silent("a part that is made last", `${part()} ${whole("await work(); const a = await open(); const part = new Part(a); return new P(part);")}`),
    silent("a part outside of a factory", `${part()} export async function make() { const a = await open(); const part = new Part(a); await work(); return part; }`),
    silent("a collection that a stack holds", many("await using stack = new AsyncDisposableStack(); const all: Conn[] = []; for (const url of urls) all.push(stack.use(await open(url))); return new P(all, stack.move());")),
    silent("a collection of what is borrowed", many("const all: Conn[] = []; for (const _ of urls) all.push(await getConn()); return new P(all);")),
    silent("a collection that a catch disposes", many("const all: Conn[] = []; try { for (const url of urls) all.push(await open(url)); } catch (error) { for (const each of all) await each.close(); throw error; } return new P(all);")),
    silent("a collection of one", many("const all: Conn[] = []; all.push(await open(urls[0])); return new P(all);")),
    silent("a collection whose loop deals with its failures", many("const all: Conn[] = []; for (const url of urls) { try { all.push(await open(url)); } catch { step(); } } return new P(all);")),
    silent("a collection that somebody else sees", many("const all: Conn[] = []; watch(all); for (const url of urls) all.push(await open(url)); return new P(all);") + " declare function watch(all: Conn[]): void;"),
    silent("an object for each turn", many("const made = []; for (const url of urls) { const all: Conn[] = []; all.push(await open(url)); made.push(new P(all)); } return made;")),
    silent("a collection that another function fills", "export class P { constructor(readonly all: readonly Conn[]) {} } export async function make(urls: string[]) { const all: Conn[] = []; for (const url of urls) all.push(await open(url)); return new P(all); }"),
  ],
  invalid: [
    found("what goes into a part of the object", `${part()} ${whole("const «a» = await open(); const part = new Part(a);\nawait work(); return new P(part);")}`, lost({ risk: "work()" })),
    found("what goes into a part by a bag of options", `class Part { constructor(readonly tools: { conn: Conn }) {} } ${whole("const «a» = await open(); const part = new Part({ conn: a });\nawait work(); return new P(part);")}`, lost({ risk: "work()" })),
    found("what also goes into something that a stack holds", `${part()} class Held { constructor(readonly conn: Conn) {} [Symbol.dispose]() { step(); } } ${whole("await using stack = new AsyncDisposableStack(); const «a» = await open();\nconst b = stack.use(await open()); const part = new Part(a); const held = stack.use(new Held(a)); return new P([part, b, held], new P(part, stack.move()));").replace("[part, b, held]", "b.id")}`, lost()),
    found("a collection that a loop fills", many("\nconst «all: Conn[]» = []; for (const url of urls) all.push(await open(url)); return new P(all);"), {
      message: "`all` collects what `open()` acquires in a loop. If a later turn throws on line 2, each Conn of the earlier ones stays open: the object that is to hold them is never made. Give each to a stack declared with `await using`, and `move()` that into the object.",
    }),
    found("a collection that a loop fills by a name", many("const «all» = new Map<string, Conn>();\nfor (const url of urls) { const conn = await open(url); all.set(url, conn); } return new P(all);"), { messageId: "collection", data: { name: "all", type: "Conn", call: "open()", stack: "a stack declared with `await using`", line: "2" } }),
    found("two acquisitions", of("\nconst «a» = await open(), b = await open(); return new P(a, b);"), {
      message: "If `open()` on line 2 throws, `a`, a Conn acquired by `open()`, stays open: the object that is to hold it is never made. Hold it in a stack declared with `await using`, and `move()` that into the object.",
      ...onStack({ "const a = await open(), b = await open(); return new P(a, b);": `${stack}\nconst a = stack.use(await open()), b = stack.use(await open()); const p = new P(a, b); stack.move(); return p;` }),
    }),
    found("work on what is acquired", of("const «a» = await open();\nawait a.ping(); return new P(a);"), { ...lost({ risk: "a.ping()" }), ...onStack({ "const a = await open();": `${stack} const a = stack.use(await open());`, ...handedOver }) }),
    found("a check that throws", of("const «a» = await open();\nif (a.id === '') throw new Error('no id'); return new P(a);"), { ...lost({ risk: "throw new Error('no id');" }), ...onStack({ "const a = await open();": `${stack} const a = stack.use(await open());`, ...handedOver }) }),
    found("`new this`, and two synchronous resources", "export class P { constructor(readonly a: Lock, readonly b: Lock) {} static of() { const «a» = lock('a');\nconst b = lock('b'); return new this(a, b); } }", { ...lost({ type: "a Lock", call: "lock()", stack: "a stack declared with `using`", risk: "lock()" }), ...onStack({ "const a = lock('a');\nconst b = lock('b'); return new this(a, b);": "using stack = new DisposableStack(); const a = stack.use(lock('a'));\nconst b = stack.use(lock('b')); const made = new this(a, b); stack.move(); return made;" }, "using") }),
    found("a field of what is made already", "export class P { #a!: Conn; static async of() { const p = new P(); const «a» = await open();\nawait a.ping(); p.#a = a; return p; } }", { ...lost({ risk: "a.ping()" }), ...onStack({ "const a = await open();": `${stack} const a = stack.use(await open());`, "return p;": "stack.move(); return p;" }) }),
    found("arguments", of("return new P(«await open()», \nawait open());".replace("«await open()»", "await «open()»")), {
      message: "If `open()` on line 2 throws, the Conn acquired by `open()` stays open: the object that is to hold it is never made. Hold it in a stack declared with `await using`, and `move()` that into the object.",
      ...onStack({ "return new P(await open(), \nawait open());": `${stack} const p = new P(stack.use(await open()), \nstack.use(await open())); stack.move(); return p;` }),
    }),
    found("two acquisitions over lines", factory("    const «a» = await open('a');\n    const b = openSync();\n    return new P(a, b);"), {
      ...lost({ risk: "openSync()", line: "4" }),
      ...onStack({ "    const a = await open('a');\n    const b = openSync();": `    ${stack}\n    const a = stack.use(await open('a'));\n    const b = stack.use(openSync());`, "    return new P(a, b);": "    const p = new P(a, b);\n    stack.move();\n    return p;" }),
    }),
    found("names that are taken", factory("    const «a» = await open('a');\n    const p = decode('a'), stack = await work();\n    return new P(a, [p, stack]);"), {
      ...lost({ risk: "work()", line: "4" }),
      ...onStack({ "    const a = await open('a');": "    await using stack_ = new AsyncDisposableStack();\n    const a = stack_.use(await open('a'));", "    return new P(a, [p, stack]);": "    const made = new P(a, [p, stack]);\n    stack_.move();\n    return made;" }),
    }),
    found("several ways out, so no suggestion", factory("    const «a» = await open('a');\n    const b = await open('b');\n    if (flag()) return new P(a, b);\n    return new P(b, a);"), lost({ line: "4" })),
    found("a return with a comment, so no suggestion", factory("    const «a» = await open('a');\n    await work();\n    return /* ready */ new P(a);"), lost({ risk: "work()", line: "4" })),
    found("a synchronous factory of asynchronous resources, so no suggestion", "export class P { constructor(readonly a: Conn, readonly b: Lock) {} static of() { const «a» = openSync();\nconst b = lock(); return new P(a, b); } }", lost({ call: "openSync()", risk: "lock()" })),
    found("a stack that has got something", "export class P { constructor(readonly stack: AsyncDisposableStack) {} static async of() { const «stack» = new AsyncDisposableStack(); stack.use(await open());\nawait work(); return new P(stack); } }", {
      ...lost({ name: "stack", type: "an AsyncDisposableStack", call: "new AsyncDisposableStack()", risk: "work()" }),
      ...onStack({ "const stack": "await using stack", "new P(stack)": "new P(stack.move())" }),
    }),
    found("two fields with values", "export class P { «#a» = openSync();\n#b = lock(); }", {
      message: "If `lock()` on line 2 fails the construction, `#a`, a Conn acquired by `openSync()`, stays open: nobody gets the object that holds it. Acquire it last, or dispose it in a `catch`.",
    }),
    found("two fields that the constructor sets", "export class P { #a: Conn; #b: Lock; constructor() { «this.#a» = openSync();\nthis.#b = lock(); } }", half()),
    found("two fields that the constructor sets, which can be disposed at once", "export class P {\n  #a: Lock;\n  #b: Lock;\n  constructor() {\n    step();\n    «this.#a» = lock();\n    this.#b = lock();\n  }\n}", {
      ...half({ type: "a Lock", call: "lock()", line: "7" }),
      ...onStack({ "    this.#a = lock();\n    this.#b = lock();\n": "    using stack = new DisposableStack();\n    this.#a = stack.use(lock());\n    this.#b = stack.use(lock());\n    stack.move();\n" }, "using"),
    }),
    found("a constructor of a subclass that throws under a condition", "class Base {}\nexport class P extends Base {\n  #a: Lock;\n  constructor(url: string) {\n    super();\n    «this.#a» = lock();\n    if (url === '') {\n      throw new Error('no url');\n    }\n  }\n}", {
      ...half({ type: "a Lock", call: "lock()", risk: "the `throw`", line: "8" }),
      ...onStack({ "    this.#a = lock();\n": "    using stack = new DisposableStack();\n    this.#a = stack.use(lock());\n", "    }\n  }\n}": "    }\n    stack.move();\n  }\n}" }, "using"),
    }),
    found("a constructor with an early end, so no suggestion", "export class P {\n  #a: Lock;\n  constructor(url: string) {\n    «this.#a» = lock();\n    if (url === 'a') return;\n    if (url === '') throw new Error('no url');\n  }\n}", half({ type: "a Lock", call: "lock()", risk: "the `throw`", line: "6" })),
    found("a field with a value, and a constructor that acquires", "export class P { «#a» = openSync(); readonly b: Lock; constructor() {\nthis.b = lock(); } }", half({ name: "#a" })),
    found("a constructor that throws", "export class P { #a: Conn; constructor(url: string) { «this.#a» = openSync();\nif (url === '') throw new Error('no url'); } }", half({ risk: "the `throw`" })),
    { name: "JavaScript", ...js("export class P { static async of() { const a = await open(); await a.ping(); return new P(a); } }", { errors: [{ messageId: "factory", column: 44, suggestions: [{ messageId: "hold", output: `export class P { static async of() { ${stack} const a = stack.use(await open()); await a.ping(); const p = new P(a); stack.move(); return p; } }` }] }] }) },
  ],
});
