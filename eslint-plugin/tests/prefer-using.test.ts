import rule from "../src/rules/prefer-using.js";
import { silent } from "./support/finding.js";
import { ts, typed } from "./support/rule-tester.js";

const f = (body: string): string => `async function f() {\n${body.split("\n").map((line) => (line === "" ? "" : `  ${line}`)).join("\n")}\n}`;
const replace = (name: string, before: string, after: string, data: Readonly<Record<string, string>> = {}): Parameters<typeof typed.run>[2]["invalid"][number] => ({
  name,
  ...ts(f(before), { errors: [{ messageId: "finally", ...(Object.keys(data).length > 0 && { data }), suggestions: [{ messageId: "replace", output: f(after) }] }] }),
});
const leaveOut = (name: string, before: string, after: string, data: Readonly<Record<string, string>> = {}): Parameters<typeof typed.run>[2]["invalid"][number] => ({
  name,
  ...ts(f(before), { errors: [{ messageId: "end", ...(Object.keys(data).length > 0 && { data }), suggestions: [{ messageId: "leaveOut", output: f(after) }] }] }),
});
const wire = "declare class Wire implements AsyncDisposable { send(): Promise<void>; end(): Promise<void>; destroy(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare function connect(): Promise<Wire>; ";
const pages = "declare class Page implements AsyncDisposable { title(): Promise<string>; close(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare class Browser implements AsyncDisposable { newPage(): Promise<Page>; close(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare function launch(): Promise<Browser>; ";
const tx = "declare class Tx implements AsyncDisposable { commit(): Promise<void>; release(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare function begin(): Promise<Tx>; ";
const own = (body: string): string => `class Own implements AsyncDisposable { async stop() { await work(); } async undo() { await work(); } async [Symbol.asyncDispose]() { ${body} } } `;
const owned = "async function f() { const o = new Own(); try { await work(); } finally { await o.stop(); } }";

typed.run("prefer-using", rule, {
  valid: [
    silent("using", f("await using c = await open();\nawait c.ping();")),
    silent("a finally that does more", f("const c = await open();\ntry { await c.ping(); } finally { step(); await c.close(); }")),
    silent("a finally that disposes under another condition", f("const c = await open();\ntry { await c.ping(); } finally { if (flag()) await c.close(); }")),
    silent("a finally in the order of acquisition", f("const a = lock();\nconst b = lock();\ntry { step(); } finally { a.release(); b.release(); }")),
    silent("a statement between", f("const l = lock();\nlet n = 1;\ntry { n += l.name.length; step(); } finally { l.release(); }\ndecode(String(n));")),
    silent("a use after the try", f("const c = await open();\ntry { await c.ping(); } finally { await c.close(); }\ndecode(c.id);")),
    silent("a resource that leaves", f("const c = await open();\ntry { return c; } finally { await c.close(); }")),
    silent("several writes", f("let c = await open();\ntry { c = await open(); } finally { await c.close(); }")),
    silent("`end`, where there is `destroy`", `${wire}${f("const w = await connect();\ntry { await w.send(); } finally { await w.end(); }")}`),
    silent("`destroy`, where there is `end`", `${wire}${f("const w = await connect();\ntry { await w.send(); } finally { await w.destroy(); }")}`),
    silent("`release` of a transaction", `${tx}${f("const t = await begin();\ntry { await t.commit(); } finally { await t.release(); }")}`),
    silent("commit and release", `${tx}${f("const t = await begin();\ntry { step(); } finally { await t.commit(); await t.release(); }")}`),
    silent("what the disposer does not do", own("await this.undo();") + owned),
    silent("what the disposer does, and more", own("await this.undo(); await this.stop();") + owned),
    silent("a disposal with arguments", "declare class Db implements AsyncDisposable { run(): Promise<void>; close(force: boolean): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare function connect(): Promise<Db>; async function f() { const db = await connect(); try { await db.run(); } finally { await db.close(true); } }"),
    silent("a disposal that nobody waits for", f("const c = await open();\ntry { await c.ping(); } finally { void c.close(); }")),
    silent("what has no disposer", "declare class Menu { close(): void; draw(): void } function f(menu: Menu) { const m = menu; try { m.draw(); } finally { m.close(); } }"),
    silent("a parameter", "async function f(c: Conn) { try { await c.ping(); } finally { await c.close(); } }"),
    silent("a field", "class A { c = openSync(); async f() { try { await this.c.ping(); } finally { await this.c.close(); } } }"),
    silent("module scope", "const c = await open();\ntry { await c.ping(); } finally { await c.close(); }"),
    silent("a comment in the finally", f("const c = await open();\ntry { await c.ping(); } finally {\n  // the last one\n  await c.close();\n}")),
    silent("no-leak-on-throw's", f("const a = await open();\nconst b = await open();\ntry { await a.ping(); } finally { await b.close(); await a.close(); }")),
    silent("a late one that catch sees", f("let c: Conn | undefined;\ntry { c = await open(); await c.ping(); } catch { step(); } finally { await c?.close(); }")),
    silent("a late one that is emptied on the way", f("let c: Conn | null = null;\ntry { c = await open(); await c.ping(); await c.close(); c = null; await work(); } finally { await c?.close(); }")),
    silent("two late ones, in the order of acquisition", f("let a: Lock | undefined;\nlet b: Lock | undefined;\ntry { a = lock(); b = lock(); step(); } finally { a?.release(); b?.release(); }")),
    silent("two late ones that are acquired in another order", f("let a: Lock | undefined;\nlet b: Lock | undefined;\ntry { b = lock(); a = lock(); step(); } finally { b?.release(); a?.release(); }")),
    silent("a late one ahead of one that is not", f("let a: Lock | undefined;\nconst b = lock();\ntry { a = lock(); step(); } finally { b.release(); a?.release(); }")),
    silent("a late one with work ahead of the second", f("let a: Lock | undefined;\nlet b: Lock | undefined;\ntry { a = lock(); step(); b = lock(); step(); } finally { b?.release(); a?.release(); }")),
    silent("a late one with work ahead of it", f("let c: Conn | undefined;\ntry { step(); c = await open(); await c.ping(); } finally { await c?.close(); }")),
    silent("a late one that is acquired twice", f("let c: Conn | undefined;\ntry { c = await open(); await c.close(); c = await open(); await c.ping(); } finally { await c?.close(); }")),
    silent("a late one that is used afterwards", f("let c: Conn | undefined;\ntry { c = await open(); await c.ping(); } finally { await c?.close(); }\nreturn c.id;")),
    silent("one that has a scope already", f("using a = lock();\nconst b = lock();\ntry { step(); } finally { b.release(); a.release(); }")),
    silent("a manager", "async function* manage() { const c = await open(); try { yield c; } finally { await c.close(); } }"),
    silent("no-leak-on-throw's, at the end of a block", f("const c = await open();\nawait c.ping();\nawait c.close();")),
    silent("no-leak-on-path's, at the end of a block", f("const l = lock();\nif (l.name === \"\") return;\nl.release();")),
    silent("nothing before the end", f("const c = await open();\nawait c.close();")),
    silent("code behind the release", f("const l = lock();\nconst { name } = l;\nl.release();\ndecode(name);")),
    silent("a result that is made behind the release", f("const l = lock();\nconst { name } = l;\nl.release();\nreturn decode(name);")),
    silent("a result that a disposal may change", f("let n = 0;\nconst l = lock();\nn += l.name.length;\nl.release();\nreturn n;")),
    silent("a release that comes before another scope's", f("const l = lock();\nusing m = lock();\nl.release();")),
    silent("a comment at the release", f("const l = lock();\nconst { name } = l;\nl.release(); // now, not later\nreturn name;")),
    silent("a comment ahead of the release", f("const l = lock();\nconst { name } = l;\n// now, not later\nl.release();\nreturn name;")),
    silent("a release that nobody waits for", f("const c = openSync();\nconst { id } = c;\nvoid c.close();\nreturn id;")),
    silent("a release of what is borrowed", f("const c = await getConn();\nawait c.ping();\nawait c.close();")),
    silent("a release of what somebody else has too", f("const all: Conn[] = [];\nconst c = await open();\nall.push(c);\nawait c.close();")),
    silent("`end`, where there is `destroy`, at the end of a block", `${wire.replace("declare function", "/** @owned */\ndeclare function")}${f("const w = await connect();\nconst sent = w.send;\nawait w.end();\nreturn typeof sent;")}`),
    silent("the end of a generator", "function* f() { const l = lock(); yield l.name; l.release(); }"),
    silent("the end of a module", "const l = lock();\nexport const { name } = l;\nl.release();"),
    silent("a sync function with an async resource", "function f() { const c = openSync(); try { step(); } finally { void c.close(); } }"),
  ],
  invalid: [
    replace("close", "const c = await open();\ntry {\n  await c.ping();\n} finally {\n  await c.close();\n}", "await using c = await open();\nawait c.ping();", { declared: "2", keyword: "await using", line: "5", names: "`c`" }),
    {
      name: "the whole message",
      ...ts(f("const l = lock();\ntry {\n  step();\n} finally {\n  l.release();\n}"), {
        errors: [{
          message: "This `finally` (line 5) only disposes `l`, which `using` does at the end of the scope. Declare `l` with `using` on line 2, and leave `try` and `finally` out.",
          suggestions: [{ messageId: "replace", output: f("using l = lock();\nstep();") }],
        }],
      }),
    },
    replace("the disposer", "const c = await open();\ntry {\n  await c.ping();\n} finally {\n  await c[Symbol.asyncDispose]();\n}", "await using c = await open();\nawait c.ping();"),
    replace("under a guard", "const c = await open();\ntry {\n  await c.ping();\n} finally {\n  if (c) await c.close();\n}", "await using c = await open();\nawait c.ping();"),
    replace("with ?.", "const c = await open();\ntry {\n  await c.ping();\n} finally {\n  await c?.close();\n}", "await using c = await open();\nawait c.ping();"),
    replace("two, in reverse order", "const a = lock();\nconst b = lock();\ntry {\n  step();\n} finally {\n  b.release();\n  a.release();\n}", "using a = lock();\nusing b = lock();\nstep();"),
    replace("with catch", "const c = await open();\ntry {\n  await c.ping();\n} catch {\n  step();\n} finally {\n  await c.close();\n}", "await using c = await open();\ntry {\n  await c.ping();\n} catch {\n  step();\n}"),
    replace("with comments in the body", "const c = await open(); // the only one\ntry {\n  // first\n  await c.ping(); // second\n} finally {\n  await c.close();\n}", "await using c = await open(); // the only one\n// first\nawait c.ping(); // second"),
    replace("code behind it", "const c = await open();\ntry {\n  await c.ping();\n} finally {\n  await c.close();\n}\nstep();", "{\n  await using c = await open();\n  await c.ping();\n}\nstep();"),
    replace("a late one", "let c: Conn | undefined;\ntry {\n  c = await open();\n  await c.ping();\n} finally {\n  await c?.close();\n}", "await using c = await open();\nawait c.ping();", { declared: "4", keyword: "await using", line: "6", names: "`c`" }),
    replace("a late one that begins as null", "let c: Conn | null = null;\ntry {\n  c = await open();\n  await c.ping();\n} finally {\n  if (c) await c.close();\n}", "await using c = await open();\nawait c.ping();"),
    replace("two late ones, in reverse order", "let a: Lock | undefined;\nlet b: Lock | null = null;\ntry {\n  a = lock();\n  b = lock(a.name);\n  step();\n} finally {\n  b?.release();\n  if (a) a.release();\n}", "using a = lock();\nusing b = lock(a.name);\nstep();"),
    replace("a late one behind one that is not", "const a = lock();\nlet b: Lock | undefined;\ntry {\n  b = lock();\n  step();\n} finally {\n  b?.release();\n  a.release();\n}", "using a = lock();\nusing b = lock();\nstep();"),
    replace("a late one under a guard", "let c: Conn | undefined;\ntry {\n  c = await open();\n  await c.ping();\n} finally {\n  if (c !== undefined) await c.close();\n}\nstep();", "{\n  await using c = await open();\n  await c.ping();\n}\nstep();"),
    { name: "what the disposer does", ...ts(own("await this.stop();") + owned, { errors: [{ messageId: "finally", suggestions: 1 }] }) },
    leaveOut("the end of a block", "const c = await open();\nconst { id } = c;\nconsole.log(id);\nawait c.close();", "await using c = await open();\nconst { id } = c;\nconsole.log(id);", { call: "c.close()", declared: "2", keyword: "await using", line: "5", names: "`c`" }),
    {
      name: "the whole message of an end",
      ...ts(f("const l = lock();\nconst { name } = l;\n\nl.release();\nreturn name;"), {
        errors: [{
          message: "`l.release()` on line 5 only disposes `l` at the end of its block, which `using` does by itself. Declare `l` with `using` on line 2, and leave the call out.",
          suggestions: [{ messageId: "leaveOut", output: f("using l = lock();\nconst { name } = l;\nreturn name;") }],
        }],
      }),
    },
    leaveOut("the end of an inner block", "let n = 0;\nfor (const name of [\"a\", \"b\"]) {\n  const l = lock(name);\n  n += l.name.length;\n  l?.release();\n}\nreturn n;", "let n = 0;\nfor (const name of [\"a\", \"b\"]) {\n  using l = lock(name);\n  n += l.name.length;\n}\nreturn n;"),
    {
      name: "what goes with its parent otherwise",
      ...ts(pages + f("await using browser = await launch();\nconst page = await browser.newPage();\nconst title = await page.title();\nawait page.close();\nreturn title;"), {
        errors: [{ messageId: "end", suggestions: [{ messageId: "leaveOut", output: pages + f("await using browser = await launch();\nawait using page = await browser.newPage();\nconst title = await page.title();\nreturn title;") }] }],
      }),
    },
  ],
});
