import rule from "../src/rules/require-field-disposal.js";
import { found, silent, type Finding } from "./support/finding.js";
import { js, typed } from "./support/rule-tester.js";

const store = (members: string): string => `export class Store { ${members} }`;
const pool = (members: string): string => `declare class Pool implements AsyncDisposable { readonly size: number; drainAndStop(): Promise<boolean>; off(event: string, listener: () => void): this; flush(): Promise<void>; getName(): string; run(task: string): Promise<void>; getWorker(): { kill(): Promise<void> }; [Symbol.asyncDispose](): Promise<void> } export class Store { #pool: Pool | undefined = new Pool(); ${members} }`;
const statement = "await this.#conn[Symbol.asyncDispose]();";
const about = (words: Readonly<Record<string, string>> = {}) => ({ field: "#conn", type: "a Conn", call: "openSync()", owner: "`Store`", statement, teardown: "[Symbol.asyncDispose]()", ...words });
const missed = (words: Readonly<Record<string, string>> = {}, becomes?: Readonly<Record<string, string>>): Finding => ({
  messageId: "missed",
  data: about(words),
  ...(becomes !== undefined && { suggestions: [{ messageId: "append", data: about(words), becomes }] }),
});

typed.run("require-field-disposal", rule, {
  valid: [
    silent("disposed in the disposer", store("#conn = openSync(); async [Symbol.asyncDispose]() { await this.#conn[Symbol.asyncDispose](); }")),
    silent("closed by its own method", store("#conn = openSync(); async [Symbol.asyncDispose]() { await this.#conn.close(); }")),
    silent("maybe unset", store("#conn?: Conn; async start() { this.#conn = await open(); } async [Symbol.asyncDispose]() { await this.#conn?.close(); }")),
    silent("disposed by a helper", store("#conn = openSync(); async [Symbol.asyncDispose]() { await this.#end(); } async #end() { await this.#conn.close(); }")),
    silent("disposed by the method that the disposer calls", store("#conn = openSync(); async close() { await this.#conn.close(); } [Symbol.asyncDispose]() { return this.close(); }")),
    silent("disposed by a method that nobody here calls", store("#conn = openSync(); async logOut() { await this.#conn.close(); } async [Symbol.asyncDispose]() { await work(); }")),
    silent("ended by a method of another name", pool("async [Symbol.asyncDispose]() { await this.#pool.drainAndStop(); }")),
    silent("ended so by a helper of the disposer", pool("async [Symbol.asyncDispose]() { await this.#end(); } async #end() { await this.#pool?.drainAndStop(); }")),
    silent("ended so under another name", pool("async [Symbol.asyncDispose]() { const pool = this.#pool; this.#pool = undefined; await pool?.drainAndStop(); }")),
    silent("ended so by a function that is given it", `${pool("async [Symbol.asyncDispose]() { if (this.#pool) await drain(this.#pool); }")} async function drain(pool: Pool) { await pool.drainAndStop(); }`),
    silent("ended so with others", pool("#lock = lock(); async [Symbol.asyncDispose]() { this.#lock.release(); await Promise.all([this.#pool?.drainAndStop()]); }")),
    silent("ended so, when asked for it in time", pool("async [Symbol.asyncDispose]() { const ended = await this.#pool?.drainAndStop(); console.log(ended); }")),
    silent("ended so by a method that is called like a release", pool("#lock = lock(); async shutdown() { await this.#pool?.drainAndStop(); } [Symbol.dispose]() { this.#lock.release(); }")),
    silent("ended so in a framework's hook", pool("async onModuleDestroy() { await this.#pool?.drainAndStop(); }")),
    silent("ended by what belongs to it", pool("async [Symbol.asyncDispose]() { await this.#pool?.getWorker().kill(); }")),
    silent("disposed with others", store("#conn = openSync(); #lock = lock(); async [Symbol.asyncDispose]() { await Promise.all([this.#conn.close()]); this.#lock.release(); }")),
    silent("taken into a scope", store("#conn = openSync(); async [Symbol.asyncDispose]() { await using conn = this.#conn; await conn.ping(); }")),
    silent("taken into a stack", store("#conn = openSync(); async [Symbol.asyncDispose]() { await using stack = new AsyncDisposableStack(); stack.use(this.#conn); await work(); }")),
    silent("a stack that holds everything", store("#stack = new AsyncDisposableStack(); #conn = this.#stack.use(openSync()); async [Symbol.asyncDispose]() { await this.#stack.disposeAsync(); } ping() { return this.#conn.ping(); }")),
    silent("a stack that is moved to somebody", store("#stack = new AsyncDisposableStack(); handOver() { return this.#stack.move(); } async [Symbol.asyncDispose]() { await work(); }")),
    silent("disposed under another name", store("#conn = openSync(); async [Symbol.asyncDispose]() { const conn = this.#conn; await conn.close(); }")),
    silent("disposed in a list", store("#conn = openSync(); #other = openSync(); async [Symbol.asyncDispose]() { for (const each of [this.#other, this.#conn]) await each.close(); }")),
    silent("given to a function that disposes it", `${store("#conn = openSync(); async [Symbol.asyncDispose]() { await shut(this.#conn); }")} async function shut(conn: Conn) { await conn.close(); }`),
    silent("the disposer is given by name", store("#conn = openSync(); [Symbol.asyncDispose] = this.close; async close() { await this.#conn.close(); }")),
    silent("the disposer is a function in a field", store("#conn = openSync(); [Symbol.asyncDispose] = async () => { await this.#conn.close(); };")),
    silent("replaced by a helper of the disposer", store("#conn?: Conn; async [Symbol.asyncDispose]() { await this.#set(); } async #set(url?: string) { await this.#conn?.close(); if (url !== undefined) this.#conn = await open(url); }")),
    silent("a hook of a framework", store("#conn = openSync(); async onModuleDestroy() { await this.#conn.close(); }")),
    silent("a hook that calls a method", store("#lock = lock(); disconnectedCallback() { this.release(); } release() { this.#lock.release(); }")),
    silent("a hook beside a disposer", store("#conn = openSync(); async onApplicationShutdown() { await this.#conn.close(); } async [Symbol.asyncDispose]() { await work(); }")),
    silent("no disposer at all, which require-disposable-owner finds", store("#conn = openSync(); ping() { return this.#conn.ping(); }")),
    silent("the disposal that nobody awaits, which no-floating-dispose finds", store("#conn = openSync(); [Symbol.dispose]() { this.#conn[Symbol.asyncDispose](); }")),
    silent("a best effort, said to be one", store("#conn = openSync(); [Symbol.dispose]() { void this.#conn[Symbol.asyncDispose](); }")),
    silent("a list of what is acquired, closed one by one", store("#all: Conn[] = []; async add() { this.#all.push(await open()); } async [Symbol.asyncDispose]() { for (const each of this.#all) await each.close(); }")),
    silent("a map of what is acquired, which may be handed out", store("#all = new Map<string, Conn>(); async get(url: string) { const conn = this.#all.get(url) ?? (await open(url)); this.#all.set(url, conn); return conn; } async [Symbol.asyncDispose]() { await work(); }")),
    silent("handed on where it is assigned", `declare const layout: { add(conn: Conn): void }; ${store("#conn: Conn; constructor() { const conn = (this.#conn = openSync()); layout.add(conn); } ping() { return this.#conn.ping(); } async [Symbol.asyncDispose]() { await work(); }")}`),
    silent("injected", store("constructor(private readonly conn: Conn) {} async [Symbol.asyncDispose]() { await work(); }")),
    silent("injected or made", store("#conn: Conn; constructor(conn?: Conn) { this.#conn = conn ?? openSync(); } async [Symbol.asyncDispose]() { await work(); }")),
    silent("injected by an option", store("#conn: Conn; constructor({ conn = openSync() }: { conn?: Conn }) { this.#conn = conn; } async [Symbol.asyncDispose]() { await work(); }")),
    silent("borrowed", store("#conn?: Conn; async start() { this.#conn = await getConn(); } async [Symbol.asyncDispose]() { await work(); }")),
    silent("handed on to another object that may own it", store("#conn = openSync(); #repo = new Repo(this.#conn); load() { return this.#repo.load(''); } async [Symbol.asyncDispose]() { await work(); }")),
    silent("handed out by a getter", store("#conn = openSync(); get conn() { return this.#conn; } async [Symbol.asyncDispose]() { await work(); }")),
    silent("public, so that others may dispose it", store("readonly conn = openSync(); async [Symbol.asyncDispose]() { await work(); }")),
    silent("a child of another field", "interface Browser extends AsyncDisposable { newPage(): Promise<Conn>; close(): Promise<void> } declare function launch(): Promise<Browser>; export class Store { #browser!: Browser; #page!: Conn; async start() { this.#browser = await launch(); this.#page = await this.#browser.newPage(); } async [Symbol.asyncDispose]() { await this.#browser.close(); } }"),
    silent("a static field", store("static #conn = openSync(); async [Symbol.asyncDispose]() { await Store.#conn.ping(); }")),
    silent("an inherited disposer, and an override of what that calls", "abstract class Base { async [Symbol.asyncDispose]() { await this.onDispose(); } abstract onDispose(): Promise<void>; } export class Store extends Base { #conn = openSync(); async onDispose() { await this.#conn.close(); } }"),
    silent("an inherited disposer, and what is registered with it", "class Base { #stack = new AsyncDisposableStack(); own<T extends AsyncDisposable>(it: T): T { return this.#stack.use(it); } async [Symbol.asyncDispose]() { await this.#stack.disposeAsync(); } } export class Store extends Base { #conn = this.own(openSync()); ping() { return this.#conn.ping(); } }"),
    silent("an unresolved base", "import { Base } from 'nowhere'; export class Store extends Base { #conn = openSync(); async [Symbol.asyncDispose]() { await work(); } }"),
    silent("a stream that closes its file in `_destroy`", "import { Transform } from 'node:stream'; export class Store extends Transform { #lock = lock(); override _destroy(error: Error | null, done: (error?: Error | null) => void) { this.#lock.release(); done(error); } }"),
    silent("a stream without any of its own", "import { Transform } from 'node:stream'; export class Store extends Transform { #lock = lock(); name() { return this.#lock.name; } }"),
    silent("inert fields", store("#timer = setInterval(step, 1000); #names = ['a'].values(); async [Symbol.asyncDispose]() { clearInterval(this.#timer); this.#names = ['b'].values(); }")),
    silent("another class's disposer", store("#conn = openSync(); end() { return { [Symbol.asyncDispose]: () => this.#conn.close() }; }")),
  ],
  invalid: [
    found("a field that the disposer forgets", store("«#conn» = openSync(); async [Symbol.asyncDispose]() { await work(); }"), {
      message: "`#conn` holds a Conn acquired by `openSync()`, and `[Symbol.asyncDispose]()` does not dispose it: it stays open when the object is disposed. Write `await this.#conn[Symbol.asyncDispose]();` there.",
      suggestions: [{ messageId: "append", data: about(), becomes: { "await work(); }": `await work(); ${statement} }` } }],
    }),
    found("a field that the disposer empties, where the end of it is too late", store("«#conn»?: Conn = openSync(); async [Symbol.asyncDispose]() { await work(); this.#conn = undefined; }"), { messageId: "missed", suggestions: [] }),
    found("a field that the disposer only listens to, asks and writes to", pool("async [Symbol.asyncDispose]() { this.#pool?.off('end', step); console.log(this.#pool?.size, this.#pool?.getName()); await this.#pool?.flush(); }").replace("#pool:", "«#pool»:"), missed({ field: "#pool", type: "a Pool", call: "new Pool()", statement: "await this.#pool?.[Symbol.asyncDispose]();" }, { "?.flush(); }": "?.flush(); await this.#pool?.[Symbol.asyncDispose](); }" })),
    found("a method of another name, but not at the end", pool("async run() { await this.#pool?.run('a'); } async [Symbol.asyncDispose]() { await work(); }").replace("#pool:", "«#pool»:"), missed({ field: "#pool", type: "a Pool", call: "new Pool()", statement: "await this.#pool?.[Symbol.asyncDispose]();" }, { "await work(); }": "await work(); await this.#pool?.[Symbol.asyncDispose](); }" })),
    found("a function that is given it, and only reads", `${pool("async [Symbol.asyncDispose]() { if (this.#pool) tell(this.#pool); }")} function tell(pool: Pool) { console.log(pool.getName()); }`.replace("#pool:", "«#pool»:"), missed({ field: "#pool", type: "a Pool", call: "new Pool()", statement: "await this.#pool?.[Symbol.asyncDispose]();" }, { "tell(this.#pool); }": "tell(this.#pool); await this.#pool?.[Symbol.asyncDispose](); }" })),
    found("one of two, over lines, ahead of `super`", "class Base { #lock = lock(); async [Symbol.asyncDispose]() { this.#lock.release(); await work(); } }\nexport class Store extends Base {\n  #other = openSync();\n  «#conn» = openSync();\n  override async [Symbol.asyncDispose](): Promise<void> {\n    await this.#other.close();\n    await super[Symbol.asyncDispose]();\n  }\n}", missed({}, { "#other.close();\n": `#other.close();\n    ${statement}\n` })),
    found("over lines with tabs and CRLF", "export class Store {\r\n\t«#conn» = openSync();\r\n\tasync [Symbol.asyncDispose]() {\r\n\t\tawait work(); // ours\r\n\t}\r\n}", missed({}, { "ours\r\n": `ours\r\n\t\t${statement}\r\n` })),
    found("a field that is set later", store("private «conn»: Conn | undefined; async start() { this.conn ??= await open(); } async [Symbol.asyncDispose](): Promise<void> {}"), missed({ field: "conn", call: "open()", statement: "await this.conn?.[Symbol.asyncDispose]();" }, { "<void> {}": "<void> { await this.conn?.[Symbol.asyncDispose](); }" })),
    found("disposed only to be replaced", store("«#conn» = openSync(); async reconnect() { await this.#conn.close(); this.#conn = await open(); } async [Symbol.asyncDispose]() { await work(); }"), missed({}, { "await work(); }": `await work(); ${statement} }` })),
    found("a synchronous field, behind a guard", store("«#lock» = lock(); #done = false; [Symbol.dispose]() { if (this.#done) return; this.#done = true; }"), missed({ field: "#lock", type: "a Lock", call: "lock()", statement: "this.#lock[Symbol.dispose]();", teardown: "[Symbol.dispose]()" }, { "= true; }": "= true; this.#lock[Symbol.dispose](); }" })),
    found("a field with both disposers, in a synchronous one", store("«#dir»: Dir; constructor() { this.#dir = openDirSync(); } [Symbol.dispose]() { step(); } } /** @owned */ declare function openDirSync(): Dir; {"), missed({ field: "#dir", type: "a Dir", call: "openDirSync()", statement: "this.#dir[Symbol.dispose]();", teardown: "[Symbol.dispose]()" }, { "step(); }": "step(); this.#dir[Symbol.dispose](); }" })),
    found("an asynchronous field of a synchronous class", "export class Store {\n  «#conn» = openSync();\n  #lock = lock();\n  [Symbol.dispose]() { this.#lock.release(); }\n}", {
      message: "`#conn` holds a Conn acquired by `openSync()`, and `Store` has only `[Symbol.dispose]()`, which cannot await its disposal: it stays open when the object is disposed. Give the class an `async [Symbol.asyncDispose]()` that writes `await this.#conn[Symbol.asyncDispose]();`, and bind its instances with `await using`.",
    }),
    found("a method that is a disposer but for its name", store("#a = openSync(); «#conn» = openSync(); async close() { await this.#a.close(); }"), missed({ teardown: "close()" }, { "#a.close(); }": `#a.close(); ${statement} }` })),
    found("a hook of a framework", store("«#conn» = openSync(); async onModuleDestroy() { await work(); }"), missed({ teardown: "onModuleDestroy()" }, { "await work(); }": `await work(); ${statement} }` })),
    found("a hook that awaits nothing, where you decide", store("«#conn» = openSync(); ngOnDestroy() { step(); }"), missed({ teardown: "ngOnDestroy()" })),
    found("two disposers, where you decide", store("«#conn» = openSync(); async [Symbol.asyncDispose]() { await work(); } [Symbol.dispose]() { step(); }"), missed()),
    found("what is returned leaves no room for the suggestion", store("«#conn» = openSync(); async [Symbol.asyncDispose]() { return work(); }"), missed()),
    found("an inherited disposer", "class Base { #lock = lock(); async [Symbol.asyncDispose]() { this.#lock.release(); await work(); } }\nexport class Store extends Base {\n  «#conn» = openSync();\n}", {
      message: "`#conn` holds a Conn acquired by `openSync()`, of which the disposer that `Store` inherits knows nothing: it stays open when the object is disposed. Override that disposer, write `await this.#conn[Symbol.asyncDispose]();` in it, and call `super`.",
      suggestions: [{ messageId: "override", becomes: { "#conn = openSync();\n": "#conn = openSync();\n\n  override async [Symbol.asyncDispose](): Promise<void> {\n    await this.#conn[Symbol.asyncDispose]();\n    await super[Symbol.asyncDispose]();\n  }\n" } }],
    }),
    {
      name: "JavaScript",
      ...js("export class Store { #conn = openSync(); async [Symbol.asyncDispose]() {} }", {
        errors: [{ messageId: "missed", column: 22, suggestions: [{ messageId: "append", output: `export class Store { #conn = openSync(); async [Symbol.asyncDispose]() { ${statement} } }` }] }],
      }),
    },
  ],
});
