import rule from "../src/rules/no-leaky-collection.js";
import { found, silent, type Finding } from "./support/finding.js";
import { typed } from "./support/rule-tester.js";

const fill = "const cs: Conn[] = []; for (const url of urls) cs.push(await open(url));";
const f = (body: string): string => `async function f(urls: string[]) { ${body} }`;
const marked = (rest: string): string => f(`${fill.replace("cs: Conn[]", "«cs: Conn[]»")} ${rest}`);
const stack = (becomes: Readonly<Record<string, string>>, keyword = "await using"): NonNullable<Finding["suggestions"]> => [{ messageId: "stack", data: { keyword }, becomes }];
const onStack = stack({ "const cs": "await using stack = new AsyncDisposableStack(); const cs", "await open(url)": "stack.use(await open(url))" });

typed.run("no-leaky-collection", rule, {
  valid: [
    silent("disposed one by one", f(`${fill} for (const c of cs) { await c.ping(); await c.close(); }`)),
    silent("disposed in a finally", f(`${fill} try { for (const c of cs) await c.ping(); } finally { for (const c of cs) await c.close(); }`)),
    silent("disposed by forEach", f(`${fill} cs.forEach((c) => void c.close());`)),
    silent("disposed together", f(`${fill} await Promise.all(cs.map((c) => c.close()));`)),
    silent("scoped one by one", f(`${fill} for (await using c of cs) await c.ping();`)),
    silent("some of them disposed", f(`${fill} await cs[0]?.close();`)),
    silent("taken out", f(`${fill} const c = cs.pop(); await c?.close();`)),
    silent("returned, where a catch disposes what came before", f("const cs: Conn[] = []; try { for (const url of urls) cs.push(await open(url)); return cs; } catch (error) { for (const c of cs) await c.close(); throw error; }")),
    silent("returned, of what is made at once", "function f(names: string[]) { const ls: Lock[] = []; for (const name of names) ls.push(lock(name)); return ls; }"),
    silent("returned, of two that no loop acquires", f("const cs: Conn[] = []; cs.push(await open('a')); return cs;")),
    silent("returned in an object", f(`${fill} return { cs };`)),
    silent("returned as a copy", f(`${fill} return [...cs];`)),
    silent("stored in a field", "class Pool { conns: Conn[] = []; async fill(urls: string[]) { const cs: Conn[] = []; for (const url of urls) cs.push(await open(url)); this.conns = cs; } }"),
    silent("a field", "class Pool { readonly conns: Conn[] = []; async fill(urls: string[]) { for (const url of urls) this.conns.push(await open(url)); } }"),
    silent("handed to a callee", f(`declare const closeAll: (cs: Conn[]) => Promise<void>; ${fill} await closeAll(cs);`)),
    silent("handed to a constructor", f(`class Pool { constructor(readonly cs: Conn[]) {} } ${fill} return new Pool(cs);`)),
    silent("captured by a function", f(`${fill} process.once('exit', () => { for (const c of cs) void c.close(); });`)),
    silent("elements handed on", f(`declare const adopt: (c: Conn) => void; ${fill} for (const c of cs) adopt(c);`)),
    silent("an element handed out", f(`${fill} for (const c of cs) if (c.id === 'a') return c; return null;`)),
    silent("work that is handed out", f(`${fill} return cs.map((c) => c.query('a'));`)),
    silent("on a stack", f("await using stack = new AsyncDisposableStack(); const cs: Conn[] = []; for (const url of urls) cs.push(stack.use(await open(url))); for (const c of cs) await c.ping();")),
    silent("each of them held elsewhere too", f("await using stack = new AsyncDisposableStack(); const cs: Conn[] = []; for (const url of urls) { const c = await open(url); stack.use(c); cs.push(c); } for (const c of cs) await c.ping();")),
    silent("each of them scoped", f("const cs: Conn[] = []; for (const url of urls) { await using c = await open(url); cs.push(c); await c.ping(); } return cs.length;")),
    silent("what somebody else owns", f("const cs: Conn[] = []; for (const url of urls) { decode(url); cs.push(await getConn()); } for (const c of cs) await c.ping();")),
    silent("one that somebody else owns among them", f("const cs = [await getConn(), await open()]; for (const c of cs) await c.ping(); urls.at(0);")),
    silent("promises, which others wait for", f("const cs: Promise<Conn>[] = []; for (const url of urls) cs.push(open(url)); for (const c of cs) await (await c).ping();")),
    silent("timers", "function f() { const timers: NodeJS.Timeout[] = []; for (const ms of [1, 2]) timers.push(setTimeout(step, ms)); for (const timer of timers) timer.hasRef(); }"),
    silent("plain data", f("const names: string[] = []; for (const url of urls) names.push(url); return names.length;")),
    silent("what may be put in and taken out", f("const cs = new Map<string, Conn>(); for (const url of urls) cs.set(url, await open(url)); cs.delete('a'); return cs.size;")),
    silent("a parameter", "async function f(cs: Conn[]) { cs.push(await open()); }"),
    silent("filled by callbacks", f("const cs: Conn[] = []; await Promise.allSettled(urls.map(async (url) => { cs.push(await open(url)); })); return cs.length;")),
    silent("module scope", "const cs: Conn[] = []; for (const url of ['a']) cs.push(await open(url)); for (const c of cs) await c.ping();"),
    silent("written again", f("let cs: Conn[] = []; cs.push(await open()); cs = []; return cs.length + urls.length;")),
  ],
  invalid: [
    found("returned, where a later turn may fail", f("const «cs: Conn[]» = [];\nfor (const url of urls) cs.push(await open(url));\nreturn cs;"), {
      message: "`cs` collects what `open()` acquires in a loop. If a later turn throws on line 2, each Conn of the earlier ones stays open: nobody has `cs` before it is returned. Give each to a stack declared with `await using`, and `move()` that ahead of the `return`.",
    }),
    found("an array that is gone through", marked("for (const c of cs) await c.ping();"), {
      message: "`cs` collects what `open()` acquires on line 1, and nobody disposes it: each Conn is still open at the end of `f` (line 1). Give each to a stack declared with `await using`.",
      suggestions: onStack,
    }),
    found("an array that is asked together", marked("const rows = await Promise.all(cs.map((c) => c.query('a'))); return rows.length;"), { messageId: "collection", suggestions: onStack }),
    found("an array whose first element is used, whatever its type", marked("const first = cs[0] as any; await first.ping(); return cs.length;"), { messageId: "collection", suggestions: onStack }),
    found("an array that is only filled", marked("return cs.length;"), { messageId: "collection", suggestions: onStack }),
    found("through a constant", f("const «cs: Conn[]» = []; for (const url of urls) { const c = await open(url); await c.ping(); cs.push(c); } return cs.length;"), {
      messageId: "collection",
      suggestions: stack({ "const cs": "await using stack = new AsyncDisposableStack(); const cs", "await open(url)": "stack.use(await open(url))" }),
    }),
    found("a literal", f("const «cs» = [await open('a'), await open('b')]; for (const c of cs) await c.ping();"), {
      messageId: "collection",
      suggestions: stack({ "const cs": "await using stack = new AsyncDisposableStack(); const cs", "await open('a')": "stack.use(await open('a'))", "await open('b')": "stack.use(await open('b'))" }),
    }),
    found("a set of sync resources", "function f() { const «ls» = new Set<Lock>(); for (const name of ['a']) ls.add(lock(name)); for (const l of ls) decode(l.name); }", {
      messageId: "collection",
      suggestions: stack({ "const ls": "using stack = new DisposableStack(); const ls", "lock(name)": "stack.use(lock(name))" }, "using"),
    }),
    found("a map", f("const «cs» = new Map<string, Conn>(); for (const url of urls) cs.set(url, await open(url)); return cs.size;"), { messageId: "collection", suggestions: onStack }),
    found("in a block", f("if (flag()) { const «cs: Conn[]» = []; cs.push(await open()); for (const c of cs) await c.ping(); }"), {
      messageId: "collection",
      suggestions: stack({ "const cs": "await using stack = new AsyncDisposableStack(); const cs", "await open()": "stack.use(await open())" }),
    }),
    found("a type by the settings", "declare class Client { end(): Promise<void>; run(): Promise<void> } declare function createClient(): Client; async function f() { const «cs: Client[]» = []; cs.push(createClient()); for (const c of cs) await c.run(); }", {
      messageId: "manual",
    }, { settings: { "await-using": { resourceTypes: [{ type: "Client", release: "end" }] } } }),
  ],
});
