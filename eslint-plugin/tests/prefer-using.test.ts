import rule from "../src/rules/prefer-using.js";
import { silent } from "./support/finding.js";
import { ts, typed } from "./support/rule-tester.js";

const f = (body: string): string => `async function f() {\n${body.split("\n").map((line) => (line === "" ? "" : `  ${line}`)).join("\n")}\n}`;
const replace = (name: string, before: string, after: string, data: Readonly<Record<string, string>> = {}): Parameters<typeof typed.run>[2]["invalid"][number] => ({
  name,
  ...ts(f(before), { errors: [{ messageId: "finally", ...(Object.keys(data).length > 0 && { data }), suggestions: [{ messageId: "replace", output: f(after) }] }] }),
});
const wire = "declare class Wire implements AsyncDisposable { send(): Promise<void>; end(): Promise<void>; destroy(): Promise<void>; [Symbol.asyncDispose](): Promise<void> } declare function connect(): Promise<Wire>; ";
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
    silent("a late one with work ahead of it", f("let c: Conn | undefined;\ntry { step(); c = await open(); await c.ping(); } finally { await c?.close(); }")),
    silent("a late one that is acquired twice", f("let c: Conn | undefined;\ntry { c = await open(); await c.close(); c = await open(); await c.ping(); } finally { await c?.close(); }")),
    silent("a late one that is used afterwards", f("let c: Conn | undefined;\ntry { c = await open(); await c.ping(); } finally { await c?.close(); }\nreturn c.id;")),
    silent("one that has a scope already", f("using a = lock();\nconst b = lock();\ntry { step(); } finally { b.release(); a.release(); }")),
    silent("a manager", "async function* manage() { const c = await open(); try { yield c; } finally { await c.close(); } }"),
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
    replace("a late one under a guard", "let c: Conn | undefined;\ntry {\n  c = await open();\n  await c.ping();\n} finally {\n  if (c !== undefined) await c.close();\n}\nstep();", "{\n  await using c = await open();\n  await c.ping();\n}\nstep();"),
    { name: "what the disposer does", ...ts(own("await this.stop();") + owned, { errors: [{ messageId: "finally", suggestions: 1 }] }) },
  ],
});
