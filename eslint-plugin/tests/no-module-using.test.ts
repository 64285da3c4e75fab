import rule from "../src/rules/no-module-using.js";
import { found, silent, type Finding } from "./support/finding.js";
import { typed, untyped } from "./support/rule-tester.js";

const keep = (keyword = "using"): NonNullable<Finding["suggestions"]> => [{ messageId: "keep", becomes: { [`${keyword} db`]: "const db" } }];
const conn = { keyword: "using", name: "db", type: "a Conn" };
const late = (name: string, line = "1"): Finding => ({ messageId: "export", data: { ...conn, late: name, line }, suggestions: keep() });
const callback = (name: string): Finding => ({ messageId: "callback", data: { ...conn, late: name, line: "1" }, suggestions: keep() });
const bus = "import { EventEmitter } from 'node:events'; const bus = new EventEmitter();";

typed.run("no-module-using", rule, {
  valid: [
    silent("const", "const db = openSync(); export const query = () => db.query('a');"),
    silent("the module's own work", "using db = openSync(); await db.query('a');"),
    silent("a function's scope", "export async function f() { using db = openSync(); return () => db.query('a'); }"),
    silent("a block's scope", "{ using db = openSync(); void db.id; } export const query = () => work();"),
    silent("exported data", "using db = openSync(); export const id = db.id; export const rows = await db.query('a');"),
    silent("an exported function that does not use it", "using db = openSync(); await db.ping(); export function other() { return work(); }"),
    silent("an exported function that shadows it", "using db = openSync(); await db.ping(); export function other(db: Conn) { return db.ping(); }"),
    silent("an exported function that the module calls itself: an entry", "using db = openSync(); export async function main() { await db.query('a'); } await main();"),
    silent("an exported function that the module hands on itself", "declare function serve(handler: () => Promise<void>): Promise<void>; await using db = await open(); export const handler = () => db.ping(); await serve(handler);"),
    silent("an exported class that the module makes itself", "using db = openSync(); export class App { run() { return db.ping(); } } await new App().run();"),
    silent("a function that only the module calls", "using db = openSync(); async function main() { await db.query('a'); } await main();"),
    silent("a function that nobody calls", "using db = openSync(); function main() { return db.ping(); }"),
    silent("an exported function that disposes it", "using db = openSync(); export const stop = () => db.close();"),
    silent("an exported function that asks its state", "declare class Pool implements Disposable { readonly closed: boolean; isOpen(): boolean; [Symbol.dispose](): void } using db = new Pool(); export const isDone = () => db.closed || !db.isOpen();"),
    silent("an exported function that reads data", "using db = openSync(); export const id = () => db.id;"),
    silent("a callback that runs at once", "using db = openSync(); export const rows = ['a', 'b'].map((name) => db.id + name);"),
    silent("a callback in unknown hands", "declare function memoize<T>(make: () => T): () => T; using db = openSync(); export const query = memoize(() => db.query('a'));"),
    silent("a wrapper that copies data", "class Label { readonly id: string; constructor(c: Conn) { this.id = c.id; } } using db = openSync(); export const label = new Label(db);"),
    silent("a wrapper of the module's own", "using db = openSync(); const repo = new Repo(db); await repo.load('a');"),
    silent("a literal of the module's own", "using db = openSync(); const bag = { db }; await bag.db.ping();"),
    silent("a timer before the module waits", "using db = openSync(); setTimeout(() => db.ping(), 10); await work();"),
    silent("a timer that is cleared", "using db = openSync(); const timer = setInterval(() => db.ping(), 10); clearInterval(timer);"),
    silent("a listener before the module waits", `${bus} using db = openSync(); bus.on('a', () => db.ping()); await work();`),
    silent("a listener on the resource itself", "using db = openSync(); db.on('idle', () => void db.ping());"),
    silent("a listener on another scoped resource", "using other = openSync(); using db = openSync(); other.on('idle', () => void db.ping());"),
    silent("a signal's listener that disposes it", "using db = openSync(); process.once('SIGINT', () => void db.close());"),
    silent("a listener that is taken back by a signal", `${bus} using db = openSync(); bus.addListener('a', () => db.ping()); bus.removeAllListeners();`),
    silent("a local function called setTimeout", "function setTimeout(run: () => unknown) { return run(); } using db = openSync(); setTimeout(() => db.ping());"),
    silent("a type", "using db = openSync(); await db.ping(); export type Db = typeof db;"),
  ],
  invalid: [
    found("an exported arrow function", "using «db» = openSync(); export const query = () => db.query('a');", {
      message: "`using` disposes `db`, a Conn, as soon as this module has been evaluated, before importers use `query` (line 1). Declare it with `const`, and dispose it when the program ends.",
      suggestions: keep(),
    }),
    found("await using", "await using «db» = await open();\nexport const query = () => db.query('a');", { messageId: "export", data: { ...conn, keyword: "await using", late: "query", line: "2" }, suggestions: keep("await using") }),
    found("an exported function, and a module that waits", "using «db» = openSync(); await db.ping(); export async function query() { return await db.query('a'); }", late("query")),
    found("a function that an exported one calls", "using «db» = openSync();\nfunction run() { return db.query('a'); }\nexport const query = () => run();", late("query", "3")),
    found("the variable itself", "using «db» = openSync(); export { db };", late("db")),
    found("the variable itself, by another name", "using «db» = openSync(); export { db as 'the database' };", late("the database")),
    found("the default", "using «db» = openSync(); export default db;", late("default")),
    found("an alias", "using «db» = openSync(); export const connection = db;", late("connection")),
    found("a default function", "using «db» = openSync(); export default function () { return db.ping(); }", late("default")),
    found("a specifier", "using «db» = openSync(); const query = () => db.ping(); export { query as q };", late("q")),
    found("a default object with a method", "using «db» = openSync(); export default { async fetch() { return await db.query('a'); } };", late("default")),
    found("an object", "using «db» = openSync(); export const api = { all: { query: () => db.ping() } };", late("api")),
    found("an exported class", "using «db» = openSync(); export class Users { load() { return db.query('users'); } }", late("Users")),
    found("a default class", "using «db» = openSync(); export default class { load = () => db.query('users'); }", late("default")),
    found("a wrapper that keeps it", "using «db» = openSync(); export const repo = new Repo(db);", late("repo")),
    found("a function that gives it", "using «db» = openSync(); export const get = () => db;", late("get")),
    found("a function that hands it on", "declare function load(c: Conn): Promise<void>; using «db» = openSync(); export const all = () => load(db);", late("all")),
    found("a timer", "using «db» = openSync(); setInterval(() => db.ping(), 1000);", {
      message: "`using` disposes `db`, a Conn, as soon as this module has been evaluated, and the callback given to `setInterval()` on line 1 uses it later. Declare it with `const`, and dispose it when the program ends.",
      suggestions: keep(),
    }),
    found("a timer that is given a function by name", "using «db» = openSync(); function poll() { return db.ping(); } setTimeout(poll, 10);", callback("setTimeout")),
    found("a timer after the module has waited", "await work(); using «db» = openSync(); await db.ping(); setTimeout(() => db.ping(), 10);", callback("setTimeout")),
    found("a listener", `${bus} using «db» = openSync(); bus.on('a', () => db.ping());`, callback("on")),
    found("one of two declarators, without a suggestion", "using a = lock(), «db» = openSync(); export const query = () => db.ping();", { messageId: "export" }),
  ],
});

untyped.run("no-module-using", rule, {
  valid: [
    { name: "a wrapper: nothing tells what it keeps", code: "using db = openSync(); export const repo = new Repo(db);" },
    { name: "an entry", code: "await using db = await open(); export async function main() { await db.query('a'); } await main();" },
  ],
  invalid: [
    {
      name: "an exported function",
      code: "using db = openSync(); export const query = () => db.query('a');",
      errors: [{ messageId: "export", data: { ...conn, type: "a resource", late: "query", line: "1" }, suggestions: [{ messageId: "keep", output: "const db = openSync(); export const query = () => db.query('a');" }] }],
    },
    {
      name: "CommonJS",
      code: "using db = openSync(); module.exports = { query: () => db.query('a') };",
      languageOptions: { sourceType: "commonjs" },
      errors: [{ messageId: "export", data: { ...conn, type: "a resource", late: "exports", line: "1" }, suggestions: 1 }],
    },
    {
      name: "CommonJS, one by one",
      code: "using db = openSync(); exports.query = () => db.query('a');",
      languageOptions: { sourceType: "commonjs" },
      errors: [{ messageId: "export", data: { ...conn, type: "a resource", late: "query", line: "1" }, suggestions: 1 }],
    },
  ],
});
