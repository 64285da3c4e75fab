import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import rule from "../src/rules/prefer-disposable-stack.js";
import { silent } from "./support/finding.js";
import { fixtures, ts, typed } from "./support/rule-tester.js";
import { lint, projectAt, Workspace } from "./support/workspace.js";

const f = (body: string): string => `async function f(names: string[], path?: string) {\n${body.split("\n").map((line) => (line === "" ? "" : `  ${line}`)).join("\n")}\n}`;

type Invalid = Parameters<typeof typed.run>[2]["invalid"][number];

/** A finding whose suggestion writes other code. */
function rewrite(name: string, messageId: string, before: string, after: string, data: Readonly<Record<string, string>> = {}): Invalid {
  return { name, ...ts(f(before), { errors: [{ messageId, ...(Object.keys(data).length > 0 && { data }), suggestions: [{ messageId: "stack", output: f(after) }] }] }) };
}

/** A finding without a suggestion. */
function bare(name: string, messageId: string, code: string): Invalid {
  return { name, ...ts(code, { errors: [{ messageId }] }) };
}

const bus = "declare const bus: { on(event: string): void; remove(event: string): void; stop(): Promise<void>; stopAll(): Promise<number> };\n";
const wire = "declare class Wire implements AsyncDisposable { send(): Promise<void>; end(): Promise<void>; destroy(): Promise<void>; [Symbol.asyncDispose](): Promise<void> }\n/** @owned */\ndeclare function connect(name?: string): Promise<Wire>;\n";
const three = (inner: string, last = ""): string => `const timer = setInterval(step, 10);\ntry {\n  const file = path;\n  try {\n    const name = file;\n    try {\n      ${inner}\n    } finally {\n      await bus.stop();\n    }\n  } finally {\n    clearTimeout(timer);\n  }\n} finally {\n  clearInterval(timer);\n}${last}`;
const closers = (loop: string, type = "() => Promise<void>"): string => `const closers: (${type})[] = [];\ntry {\n  const a = await connect();\n  closers.push(() => a.end());\n  await a.send();\n} finally {\n  ${loop}\n}`;

typed.run("prefer-disposable-stack", rule, {
  valid: [
    silent("a stack", f("await using stack = new AsyncDisposableStack();\nfor (const name of names) stack.use(await open(name));")),
    silent("two nested try", f("try {\n  step();\n  try { step(); } finally { clearInterval(1); }\n} finally { clearInterval(2); }")),
    silent("nested try, of which `using` can replace one", f("const a = await open();\ntry {\n  try {\n    try { step(); } finally { clearInterval(1); }\n  } finally { clearInterval(2); }\n} finally { await a.close(); }")),
    silent("nested try that catch", f("try {\n  try {\n    try { step(); } finally { clearInterval(1); }\n  } catch { step(); } finally { clearInterval(2); }\n} finally { clearInterval(3); }")),
    silent("something between the releases", f("try {\n  try {\n    try { step(); } finally { clearInterval(1); }\n    step();\n  } finally { clearInterval(2); }\n} finally { clearInterval(3); }")),
    silent("a finally that does more", f("try {\n  try {\n    try { step(); } finally { clearInterval(1); }\n  } finally { step(); clearInterval(2); }\n} finally { clearInterval(3); }")),
    silent("a release that nobody waits for", `${bus}${f("try {\n  try {\n    try { step(); } finally { bus.stop(); }\n  } finally { clearInterval(2); }\n} finally { clearInterval(3); }")}`),
    silent("two scopes inside each other", f("using a = lock();\n{\n  using b = lock();\n  decode(a.name + b.name);\n}")),
    silent("scopes that end one after the other", f("using a = lock();\n{\n  using b = lock();\n  {\n    using c = lock();\n    decode(a.name + b.name + c.name);\n  }\n  step();\n}")),
    silent("scopes side by side", f("using a = lock();\nusing b = lock();\nusing c = lock();\ndecode(a.name + b.name + c.name);")),
    silent("scopes under conditions", f("using a = lock();\nif (path) {\n  using b = lock();\n  if (flag()) {\n    using c = lock();\n    decode(a.name + b.name + c.name);\n  }\n}")),
    silent("a block for a name", f("using a = lock();\n{\n  using b = lock();\n  {\n    using a = lock();\n    decode(a.name + b.name);\n  }\n}\ndecode(a.name);")),
    silent("a block for a name, at the end", f("using a = lock();\nconst n = decode(a.name);\n{\n  using b = lock();\n  {\n    using c = lock();\n    const n = c.name;\n    decode(n + b.name);\n  }\n}")),
    silent("a block that a comment ends", f("using a = lock();\n{\n  using b = lock();\n  {\n    using c = lock();\n    decode(a.name + b.name + c.name);\n  }\n  // only now\n}")),
    silent("scopes of a generator", "function* f() {\n  using a = lock();\n  {\n    using b = lock();\n    {\n      using c = lock();\n      yield a.name + b.name + c.name;\n    }\n  }\n}"),
    silent("a generator", "async function* f() {\n  try {\n    try {\n      try { yield 1; } finally { clearInterval(1); }\n    } finally { clearInterval(2); }\n  } finally { clearInterval(3); }\n}"),
    silent("a generator with closers", "async function* f() {\n  const closers: (() => void)[] = [];\n  try { const l = lock(); closers.push(() => l.release()); yield 1; } finally { for (const close of closers.reverse()) close(); }\n}"),
    silent("module scope", "const closers: (() => void)[] = [];\ntry { closers.push(step); } finally { for (const close of closers.reverse()) close(); }"),
    silent("closers that run concurrently", `${wire}${f(closers("await Promise.all(closers.map((close) => close()));"))}`),
    silent("closers in the order of acquisition", `${wire}${f(closers("for (const close of closers) await close();"))}`),
    silent("closers that nobody waits for", `${wire}${f(closers("for (const close of closers.reverse()) close();"))}`),
    silent("closers each of which may fail", `${wire}${f(closers("for (const close of closers.reverse()) await close().catch(step);"))}`),
    silent("closers that others get", `${wire}declare function keep(all: unknown): void;\n${f(closers("for (const close of closers.reverse()) await close();").replace("  await a.send();", "  keep(closers);"))}`),
    silent("closers that come later", `${wire}${f(closers("for (const close of closers.reverse()) await close();").replace("closers.push", "setTimeout(() => closers.push").replace("a.end());", "a.end()));"))}`),
    silent("closers and a parameter", f("const closers: ((now: boolean) => void)[] = [];\ntry { closers.push(step); } finally { for (const close of closers.reverse()) close(true); }")),
    silent("closers outside of a finally", f("const closers: (() => void)[] = [];\nclosers.push(step);\nfor (const close of closers.reverse()) close();")),
    silent("resources that are handed on", f("const conns: Conn[] = [];\ntry {\n  for (const name of names) conns.push(await open(name));\n  return conns;\n} finally {\n  for (const conn of conns.reverse()) await conn.close();\n}")),
    silent("resources that are closed concurrently", f("const conns: Conn[] = [];\ntry {\n  for (const name of names) conns.push(await open(name));\n} finally {\n  await Promise.all(conns.map((conn) => conn.close()));\n}")),
    silent("resources that are only borrowed", f("const conns: Conn[] = [];\ntry {\n  for (const name of names) conns.push(await getConn());\n} finally {\n  for (const conn of conns.reverse()) await conn.close();\n}")),
    silent("a loop that does more", f("const conns: Conn[] = [];\ntry {\n  for (const name of names) conns.push(await open(name));\n} finally {\n  for (const conn of conns.reverse()) { step(); await conn.close(); }\n}")),
    silent("a parameter's resources", "async function f(conns: Conn[]) {\n  try { step(); } finally { for (const conn of conns.reverse()) await conn.close(); }\n}"),
    silent("resources that are used afterwards", f("const conns: Conn[] = [];\ntry {\n  for (const name of names) conns.push(await open(name));\n} finally {\n  for (const conn of conns.reverse()) await conn.close();\n}\nreturn conns.length;")),
    silent("a condition for `using`", f("const conn = path === undefined ? null : await open(path);\ntry { await conn?.ping(); } finally { await conn?.close(); }")),
    silent("no condition", f("let a: Conn | undefined;\ntry {\n  step();\n  a = await open();\n  await a.ping();\n} finally {\n  await a?.close();\n}")),
    silent("another condition", f("let a: Conn | undefined;\ntry {\n  if (path) a = await open(path);\n  await a?.ping();\n} finally {\n  if (flag()) await a?.close();\n}")),
    silent("one of two branches", f("let a: Conn;\ntry {\n  if (path) a = await open(path);\n  else a = await open();\n  await a.ping();\n} finally {\n  await a!.close();\n}")),
    silent("a loop", f("let a: Conn | undefined;\ntry {\n  for (const name of names) if (name) a = await open(name);\n  await a?.ping();\n} finally {\n  await a?.close();\n}")),
    silent("one that is used afterwards", f("let a: Conn | undefined;\ntry {\n  if (path) a = await open(path);\n} finally {\n  await a?.close();\n}\nreturn a?.id;")),
    silent("one that leaves", f("let a: Conn | undefined;\ntry {\n  if (path) a = await open(path);\n  return { a };\n} finally {\n  await a?.close();\n}")),
    silent("one that is given up", f("let a: Conn | null = null;\ntry {\n  if (path) a = await open(path);\n  await a?.ping();\n  if (flag()) a = null;\n} finally {\n  await a?.close();\n}")),
    silent("one that is disposed early", f("let a: Conn | undefined;\ntry {\n  if (path) a = await open(path);\n  await a?.close();\n} finally {\n  await a?.close();\n}")),
    silent("the order of acquisition", f("let a: Conn | undefined;\nlet b: Conn | undefined;\ntry {\n  if (path) a = await open(path);\n  if (path) b = await open(path);\n  await a?.ping();\n  await b?.ping();\n} finally {\n  await a?.close();\n  await b?.close();\n}")),
    silent("a test by a call", f("let a: Conn | undefined;\ntry {\n  if (flag()) a = await open(path);\n  await a?.ping();\n} finally {\n  if (flag()) await a!.close();\n}")),
  ],
  invalid: [
    {
      name: "the whole message of nested try",
      ...ts(bus + f(three("step();")), {
        errors: [{
          message: "These 3 nested `try` statements only see to it that `bus.stop()`, `clearTimeout()` and `clearInterval()` run at the end. Declare an `AsyncDisposableStack` with `await using`, and `defer` each call on it: it runs them in the same order, the last one first.",
          line: 4,
          column: 3,
          endColumn: 6,
          suggestions: [{ messageId: "stack", output: bus + f("const timer = setInterval(step, 10);\nawait using stack = new AsyncDisposableStack();\nstack.defer(() => clearInterval(timer));\nconst file = path;\nstack.defer(() => clearTimeout(timer));\nconst name = file;\nstack.defer(() => bus.stop());\nstep();") }],
        }],
      }),
    },
    {
      name: "nested try with code behind them, and comments",
      ...ts(bus + f(three("// all of it\n      step(); // twice\n      step();", "\nstep();").replace("const file", "// the file\n  const file")), {
        errors: [{ messageId: "nested", suggestions: [{ messageId: "stack", output: bus + f("const timer = setInterval(step, 10);\n{\n  await using stack = new AsyncDisposableStack();\n  stack.defer(() => clearInterval(timer));\n  // the file\n  const file = path;\n  stack.defer(() => clearTimeout(timer));\n  const name = file;\n  stack.defer(() => bus.stop());\n  // all of it\n  step(); // twice\n  step();\n}\nstep();") }] }],
      }),
    },
    rewrite(
      "nested try without await", "nested",
      "try {\n  try {\n    try { step(); } finally { clearInterval(1); }\n  } finally { clearInterval(2); }\n} finally { clearInterval(3); }",
      "using stack = new DisposableStack();\nstack.defer(() => clearInterval(3));\nstack.defer(() => clearInterval(2));\nstack.defer(() => clearInterval(1));\nstep();",
      { calls: "`clearInterval()`, `clearInterval()` and `clearInterval()`", count: "3", keyword: "using", stack: "a `DisposableStack`" },
    ),
    {
      name: "a finally that releases two, one that gives something, and one under a condition",
      ...ts(bus + f("const a = path === undefined ? null : lock(path);\nconst b = path;\ntry {\n  try {\n    try {\n      step();\n    } finally {\n      bus.remove(\"a\");\n      bus.remove(\"b\");\n    }\n  } finally {\n    await bus.stopAll();\n  }\n} finally {\n  if (a) a.release();\n}"), {
        errors: [{ messageId: "nested", suggestions: [{ messageId: "stack", output: bus + f("const a = path === undefined ? null : lock(path);\nconst b = path;\nawait using stack = new AsyncDisposableStack();\nstack.defer(() => {\n  if (a) a.release();\n});\nstack.defer(async () => {\n  await bus.stopAll();\n});\nstack.defer(() => {\n  bus.remove(\"a\");\n  bus.remove(\"b\");\n});\nstep();") }] }],
      }),
    },
    bare("nested try with a comment at a release", "nested", bus + f(three("step();").replace("clearTimeout(timer);", "clearTimeout(timer); // for sure"))),
    bare("nested try with a scope between two releases", "nested", bus + f(three("step();").replace("const file = path;", "using file = lock();"))),
    bare("nested try with a name twice", "nested", bus + f(three("const file = 1;\ndecode(String(file));"))),
    bare("nested try that release what a variable holds by then", "nested", bus + f(three("step();").replace("const timer", "let timer").replace("const name = file;", "timer = setInterval(step, 20);"))),

    {
      name: "the whole message of blocks",
      ...ts(f("using a = lock();\nstep();\n{\n  await using b = await open();\n  // both\n  {\n    using c = lock();\n    await b.query(a.name + c.name);\n  }\n}"), {
        errors: [{
          message: "These 3 blocks (lines 1, 4 and 7) have a scope each and all end at the same place. Declare `a`, `b` and `c` side by side in one block: it disposes them in the same order, the last one first.",
          line: 4,
          column: 3,
          endColumn: 4,
          suggestions: [{ messageId: "merge", output: f("using a = lock();\nstep();\nawait using b = await open();\n// both\nusing c = lock();\nawait b.query(a.name + c.name);") }],
        }],
      }),
    },

    {
      name: "the whole message of closers",
      ...ts(wire + f(closers("for (const close of closers.reverse()) await close();")), {
        errors: [{
          message: "`closers` collects functions for the loop in `finally` (line 11), which stops at the first one that fails and never calls the rest. Declare `closers` with `await using` as an `AsyncDisposableStack`, and `defer` each function on it: it calls them all, the last one first.",
          suggestions: [{ messageId: "stack", output: wire + f("await using closers = new AsyncDisposableStack();\nconst a = await connect();\nclosers.defer(() => a.end());\nawait a.send();") }],
        }],
      }),
    },
    rewrite(
      "synchronous closers, the first one first, put in front", "closers",
      "const undo: (() => void)[] = [];\nlet n = 0;\ntry {\n  for (const name of names) {\n    const l = lock(name);\n    undo.unshift(() => l.release());\n    n += l.name.length;\n  }\n} finally {\n  for (const each of undo) each();\n}\nstep();",
      "{\n  using undo = new DisposableStack();\n  let n = 0;\n  for (const name of names) {\n    const l = lock(name);\n    undo.defer(() => l.release());\n    n += l.name.length;\n  }\n}\nstep();",
    ),
    rewrite(
      "closers that a loop takes from the end", "closers",
      "const undo: (() => void)[] = [];\ntry {\n  undo.push(step);\n  undo.push(() => { step(); });\n} catch {\n  step();\n} finally {\n  while (undo.length > 0) undo.pop()?.();\n}",
      "using undo = new DisposableStack();\ntry {\n  undo.defer(step);\n  undo.defer(() => { step(); });\n} catch {\n  step();\n}",
    ),
    bare("closers that give something", "closers", f("const undo: (() => Promise<unknown>)[] = [];\ntry {\n  const a = openSync();\n  undo.push(() => a.query(\"commit\"));\n} finally {\n  for (let i = undo.length - 1; i >= 0; i--) await undo[i]!();\n}")),
    bare("closers with a variable that is used afterwards", "closers", f("const undo: (() => void)[] = [];\nconst n = names.length;\ntry {\n  undo.push(step);\n} finally {\n  for (const each of undo.reverse()) each();\n}\ndecode(String(n));")),
    bare("closers with a scope behind them", "closers", f("const undo: (() => void)[] = [];\nusing l = lock();\ntry {\n  undo.push(step);\n} finally {\n  for (const each of undo.reverse()) each();\n}")),

    {
      name: "the whole message of a collection",
      ...ts(f("const conns: Conn[] = [];\ntry {\n  for (const name of names) conns.push(await open(name));\n  for (const conn of conns) await conn.ping();\n} finally {\n  for (const conn of conns.toReversed()) await conn.close();\n}"), {
        errors: [{
          message: "`conns` collects what `open()` acquires for the loop in `finally` (line 7), which stops at the first Conn that fails to close and leaves the rest open. Give each to an `AsyncDisposableStack` declared with `await using`: it disposes them all, the last one first.",
          suggestions: [{ messageId: "stack", output: f("const conns: Conn[] = [];\nawait using stack = new AsyncDisposableStack();\nfor (const name of names) conns.push(stack.use(await open(name)));\nfor (const conn of conns) await conn.ping();") }],
        }],
      }),
    },
    rewrite(
      "a collection that is only released", "collected",
      "const locks: Lock[] = [];\ntry {\n  for (const name of names) {\n    locks.push(lock(name));\n  }\n  step();\n} finally {\n  for (let i = locks.length - 1; i >= 0; i--) locks[i]?.release();\n}",
      "using locks = new DisposableStack();\nfor (const name of names) {\n  locks.use(lock(name));\n}\nstep();",
    ),
    rewrite(
      "a collection, by way of a constant, with code behind it", "collected",
      "const conns: Conn[] = [];\ntry {\n  for (const name of names) {\n    const conn = await open(name);\n    conns.push(conn);\n    await conn.ping();\n  }\n  decode(String(conns.length));\n} finally {\n  while (conns.length) {\n    const last = conns.pop();\n    await last?.close();\n  }\n}\nstep();",
      "const conns: Conn[] = [];\n{\n  await using stack = new AsyncDisposableStack();\n  for (const name of names) {\n    const conn = stack.use(await open(name));\n    conns.push(conn);\n    await conn.ping();\n  }\n  decode(String(conns.length));\n}\nstep();",
    ),
    {
      name: "a collection whose release is not what the disposer does",
      ...ts(wire + f("const wires: Wire[] = [];\ntry {\n  for (const name of names) wires.push(await connect(name));\n  for (const each of wires) await each.send();\n} finally {\n  for (const each of [...wires].reverse()) await each.end();\n}"), {
        errors: [{ messageId: "collected", suggestions: [{ messageId: "stack", output: wire + f("const wires: Wire[] = [];\nawait using stack = new AsyncDisposableStack();\nfor (const name of names) wires.push(stack.adopt(await connect(name), (each) => each.end()));\nfor (const each of wires) await each.send();") }] }],
      }),
    },
    bare("a collection in the order of acquisition", "collected", f("const conns: Conn[] = [];\ntry {\n  for (const name of names) conns.push(await open(name));\n} finally {\n  for (const conn of conns) await conn.close();\n}")),

    {
      name: "the whole message of a condition",
      ...ts(f("let log: Conn | undefined;\ntry {\n  step();\n  if (path !== undefined) {\n    log = await open(path);\n    await log.ping();\n  }\n  await log?.query(\"a\");\n} finally {\n  await log?.close();\n}"), {
        errors: [{
          message: "`log`, a Conn, is acquired under a condition (line 6), and `finally` asks again before it disposes it (line 11). Give it to an `AsyncDisposableStack` declared with `await using` right where it is acquired: that disposes just what it was given.",
          line: 6,
          suggestions: [{ messageId: "stack", output: f("let log: Conn | undefined;\nawait using stack = new AsyncDisposableStack();\nstep();\nif (path !== undefined) {\n  log = stack.use(await open(path));\n  await log.ping();\n}\nawait log?.query(\"a\");") }],
        }],
      }),
    },
    rewrite(
      "an acquisition ahead of the try, with code behind it", "conditional",
      "let log: Conn | null = null;\nif (path !== undefined) log = await open(path);\ntry {\n  await log?.ping();\n} finally {\n  if (log !== null) await log.close();\n}\nstep();",
      "let log: Conn | null = null;\n{\n  await using stack = new AsyncDisposableStack();\n  if (path !== undefined) log = stack.use(await open(path));\n  await log?.ping();\n}\nstep();",
    ),
    rewrite(
      "the same condition", "conditional",
      "let l: Lock | undefined;\ntry {\n  if (path !== undefined) l = lock(path);\n  decode(l?.name ?? \"\");\n} finally {\n  if (path !== undefined) l!.release();\n}",
      "let l: Lock | undefined;\nusing stack = new DisposableStack();\nif (path !== undefined) l = stack.use(lock(path));\ndecode(l?.name ?? \"\");",
    ),
    rewrite(
      "one that is only held", "conditional",
      "let l: Lock | undefined;\ntry {\n  if (path !== undefined) l = lock(path);\n  step();\n} finally {\n  l?.release();\n}",
      "using stack = new DisposableStack();\nif (path !== undefined) stack.use(lock(path));\nstep();",
    ),
    rewrite(
      "two, with catch", "conditional",
      "const a = await open();\nlet b: Conn | undefined;\ntry {\n  if (path !== undefined) b = await open(path);\n  await a.query((await b?.query(\"a\"))?.join() ?? \"\");\n} catch {\n  step();\n} finally {\n  await b?.close();\n  await a.close();\n}",
      "await using stack = new AsyncDisposableStack();\nconst a = stack.use(await open());\nlet b: Conn | undefined;\ntry {\n  if (path !== undefined) b = stack.use(await open(path));\n  await a.query((await b?.query(\"a\"))?.join() ?? \"\");\n} catch {\n  step();\n}",
    ),
    bare("a comment in the finally", "conditional", f("let l: Lock | undefined;\ntry {\n  if (path !== undefined) l = lock(path);\n  step();\n} finally {\n  // for sure\n  l?.release();\n}")),
  ],
});

describe("a project without stacks", () => {
  const folders = mkdtempSync(path.join(tmpdir(), "await-using-"));
  afterAll(() => {
    rmSync(folders, { recursive: true });
  });

  const resources = path.join(fixtures, "resources.d.ts");
  const text = "export function f(names: string[]) {\n  const locks: Lock[] = [];\n  try {\n    for (const name of names) locks.push(lock(name));\n    step();\n  } finally {\n    for (const each of locks.reverse()) each.release();\n  }\n}";

  /** What the rule finds in a file of a package. */
  function findings(name: string, manifest: object, changed: object = {}, ahead = ""): readonly (string | undefined)[] {
    mkdirSync(path.join(folders, name));
    writeFileSync(path.join(folders, name, "package.json"), JSON.stringify(manifest));
    const file = { fileName: path.join(folders, name, "file.ts"), text: ahead + text };
    const { options } = projectAt(path.join(fixtures, "tsconfig.json"));
    const program = new Workspace({ ...options, ...changed }).program([resources, file]);
    return lint(file, { "await-using/prefer-disposable-stack": "warn" }, program).map(({ messageId }) => messageId);
  }

  it("by its types is left alone", () => {
    const symbols = "declare global { interface SymbolConstructor { readonly asyncDispose: unique symbol; readonly dispose: unique symbol } interface AsyncDisposable { [Symbol.asyncDispose](): PromiseLike<void> } interface Disposable { [Symbol.dispose](): void }";
    const types = { lib: ["lib.es2022.d.ts"], types: [] };
    expect(findings("types", {}, types, `${symbols} }\n`)).toEqual([]);
    expect(findings("own", {}, types, `${symbols} class DisposableStack { use<T>(value: T): T; [Symbol.dispose](): void } }\n`)).toEqual(["collected"]);
  });

  it("by the versions of Node that it is meant for is left alone", () => {
    expect(findings("old", { engines: { node: ">=20" } })).toEqual([]);
  });

  it("is not one that brings a polyfill, or declares nothing, or only versions that have them", () => {
    expect(findings("polyfilled", { engines: { node: ">=20" }, dependencies: { disposablestack: "1" } })).toEqual(["collected"]);
    expect(findings("silent", {})).toEqual(["collected"]);
    expect(findings("new", { engines: { node: ">=24" } })).toEqual(["collected"]);
  });
});
