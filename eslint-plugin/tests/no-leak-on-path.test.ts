import rule from "../src/rules/no-leak-on-path.js";
import { found, silent, type Finding, type Suggestion } from "./support/finding.js";
import { typed } from "./support/rule-tester.js";

type Words = Readonly<Record<string, string>>;

const conn = { name: "c", type: "a Conn", call: "open()", keyword: "await using" };
const held = { name: "l", type: "a Lock", call: "lock()", keyword: "using" };

const scope = (keyword: string, becomes: Words, also = ""): Suggestion => ({ messageId: "scope", data: { also, keyword }, becomes });

/** Discharged on a line, live at an exit; with `becomes`, the one suggestion that goes with it. */
const path = (words: Words, line: string, exit: string, becomes?: Words, also?: string): Finding => ({
  messageId: "path",
  data: { ...words, exit, line },
  ...(becomes !== undefined && { suggestions: [scope(words["keyword"] ?? "", becomes, also)] }),
});
/** Replaced on a line; with a disposal and `becomes`, the suggestion to dispose the old one first. */
const overwritten = (words: Words, line: string, disposal?: string, becomes?: Words): Finding => ({
  messageId: "overwritten",
  data: { ...words, exit: `the assignment on line ${line}` },
  ...(disposal !== undefined && becomes !== undefined && { suggestions: [{ messageId: "replace", data: { disposal }, becomes }] }),
});

/** Held on a stack that is moved where it is handed over. */
const onStack = (becomes: Words): Suggestion => ({
  messageId: "held",
  data: { keyword: "await using" },
  becomes: { "const c = await open()": "await using stack = new AsyncDisposableStack();\n  const c = stack.use(await open())", ...becomes },
});

const using = { "const l": "using l" };
const awaitUsing = { "const c": "await using c" };

typed.run("no-leak-on-path", rule, {
  valid: [
    silent("a scope", "function f() { using l = lock(); if (flag()) return; step(); }"),
    silent("every branch releases", "function f() { const l = lock(); if (flag()) { l.release(); return; } step(); l.release(); }"),
    silent("either branch releases", "function f() { const l = lock(); if (flag()) l.release(); else l[Symbol.dispose](); }"),
    silent("released or returned", "function f() { const l = lock(); if (flag()) return l; l.release(); return null; }"),
    silent("returned or handed to an owner", "async function f(): Promise<Conn | Repo> { const c = await open(); if (flag()) return c; return new Repo(c); }"),
    silent("released in a conditional", "function f() { const l = lock(); return flag() ? l.release() : l[Symbol.dispose](); }"),
    silent("a return before it is acquired", "function f() { if (flag()) return; const l = lock(); l.release(); }"),
    silent("finally releases on every path", "function f() { const l = lock(); try { if (flag()) return 1; for (;;) { if (flag()) break; } return 2; } finally { l.release(); } }"),
    silent("finally releases what may not have been acquired", "async function f() { let c: Conn | undefined; try { if (flag()) return; c = await open(); await c.ping(); } finally { await c?.close(); } }"),
    silent("finally with a guard", "async function f() { let c: Conn | null = null; try { c = await open(); await c.ping(); } finally { if (c) await c.close(); } }"),
    silent("finally with a guard against null", "async function f() { let c: Conn | null = null; try { c = await open(); } finally { if (c !== null) await c.close(); } }"),
    silent("finally with a guard behind &&", "async function f() { let c: Conn | null = null; try { c = await open(); } finally { c && (await c.close()); } }"),
    silent("catch releases and rethrows, the rest returns it", "async function f() { const c = await open(); try { await c.ping(); return c; } catch (error) { await c.close(); throw error; } }"),
    silent("catch and the end release", "async function f() { const c = await open(); try { await c.ping(); } catch { await c.close(); return; } await c.close(); }"),
    silent("an inner finally", "async function f() { try { const c = await open(); try { await c.ping(); } finally { await c.close(); } } catch {} }"),
    silent("the same condition twice", "function f(x: boolean) { let l: Lock | undefined; if (x) l = lock(); step(); if (x) l!.release(); }"),
    silent("a condition and its opposite", "function f(x: boolean) { const l = lock(); if (!x) l.release(); step(); if (x) l.release(); }"),
    silent("a compared condition twice", "function f(mode: string) { let l: Lock | undefined; if (mode === 'x') l = lock(); step(); if (mode === 'x') l?.release(); }"),
    silent("a property's condition twice", "function f(o: { readonly locked: boolean }) { let l: Lock | undefined; if (o.locked) l = lock(); step(); if (o.locked) l!.release(); }"),
    silent("a condition in two parts", "function f(a: boolean, b: boolean) { let l: Lock | undefined; if (a && b) l = lock(); if (a) { if (b) l!.release(); } }"),
    silent("a flag", "function f() { let locked = false; let l: Lock | undefined; if (flag()) { l = lock(); locked = true; } step(); if (locked) l!.release(); }"),
    silent("a flag of release", "async function f() { const c = await open(); let done = false; try { await c.ping(); await c.close(); done = true; } finally { if (!done) await c.close(); } }"),
    silent("a flag of transfer", "async function f() { const c = await open(); let kept = false; try { await c.ping(); kept = true; return c; } finally { if (!kept) await c.close(); } }"),
    silent("a guard that leaves", "declare function acquireLock(): Lock | null; function f() { const l = acquireLock(); if (!l) return; step(); l.release(); }"),
    silent("a guard that leaves on null", "declare function acquireLock(): Lock | null; function f() { const l = acquireLock(); if (l === null) return; step(); l.release(); }"),
    silent("a guard that throws on undefined", "declare function acquireLock(): Lock | undefined; function f() { const l = acquireLock(); if (l === undefined) throw new Error('busy'); step(); l.release(); }"),
    silent("an optional release", "declare function acquireLock(): Lock | null; function f() { const l = acquireLock(); step(); l?.release(); }"),
    silent("a release behind a guard in a loop", "declare function acquireLock(): Lock | null; function f() { for (;;) { const l = acquireLock(); if (l == null) break; step(); l.release(); } }"),
    silent("a call that never returns", "declare function fail(): never; function f() { const l = lock(); if (flag()) fail(); l.release(); }"),
    silent("process.exit", "function f() { const l = lock(); if (flag()) process.exit(1); l.release(); }"),
    silent("a throw in a test, which is another rule's", "declare function test(name: string, run: () => void): void; test('a', () => { const l = lock(); if (flag()) throw new Error(); l.release(); });"),
    silent("a throw in a script that ends with it", "main(); function main() { const l = lock(); if (flag()) throw new Error(); l.release(); }"),
    silent("a throw in a command, which ends the program when something has failed", "export function run() { const l = lock(); if (flag()) throw new Error(); l.release(); } export function start() { try { run(); } catch { process.exit(1); } }"),
    silent("a throw that a catch releases after", "function f() { const l = lock(); try { if (flag()) throw new Error(); } catch (error) { l.release(); throw error; } l.release(); }"),
    silent("a catch that leaves is another rule's", "async function f() { const c = await open(); try { await c.ping(); } catch { return; } await c.close(); }"),
    silent("every arm of a switch releases", "function f(x: 1 | 2 | 3) { const l = lock(); switch (x) { case 1: l.release(); return; case 2: l.release(); break; default: l.release(); } }"),
    silent("arms that fall through to the release", "function f(x: 1 | 2) { const l = lock(); switch (x) { case 1: step(); case 2: l.release(); } }"),
    silent("an exhaustive switch without a default", "function f(x: 'a' | 'b') { const l = lock(); switch (x) { case 'a': l.release(); break; case 'b': l.release(); break; } }"),
    silent("released before every break and continue", "function f(names: string[]) { for (const name of names) { const l = lock(name); if (name === 'a') { l.release(); continue; } if (name === 'b') { l.release(); break; } l.release(); } }"),
    silent("a labelled continue after the release", "function f(names: string[]) { outer: for (const name of names) { const l = lock(name); for (;;) { l.release(); continue outer; } } }"),
    silent("a labelled break to the release", "function f() { const l = lock(); work: { if (flag()) break work; step(); } l.release(); }"),
    silent("a jump past a finally that releases", "function f(names: string[]) { outer: for (const name of names) { for (const other of names) { const l = lock(other); try { if (name === other) continue outer; } finally { l.release(); } } } }"),
    silent("released in a loop's condition", "async function f(d: { next(): Promise<boolean> }) { const c = await open(); while (await d.next()) { if (flag()) { await c.close(); return; } } await c.close(); }"),
    silent("released before it is replaced", "function f(names: string[]) { let l = lock(); for (const name of names) { l.release(); l = lock(name); } l.release(); }"),
    silent("replaced after it was returned to its owner", "function f(all: Lock[]) { let l = lock(); all.push(l); l = lock(); all.push(l); }"),
    silent("replaced while an alias still holds it", "async function f() { let current = await open('a'); const previous = current; current = await open('b'); await previous.close(); await current.close(); }"),
    silent("handed out by an alias before it is set to null", "function f() { let l: Lock | null = lock(); const taken = l; l = null; return taken; }"),
    silent("a parameter filled when it is missing", "function f(l?: Lock) { l ??= lock(); return l.name; }"),
    silent("set to null after the release, then acquired again", "function f() { let l: Lock | null = lock(); l.release(); l = null; step(); l = lock(); l.release(); }"),
    silent("acquired again only when there is none", "function f(names: string[]) { let l: Lock | null = null; for (const name of names) { if (l === null) l = lock(name); step(); } l?.release(); }"),
    silent("acquired by ??= and released", "function f() { let l: Lock | undefined; l ??= lock(); l ??= lock(); l.release(); }"),
    silent("acquired by ??= in a loop", "function f(names: string[]) { let l: Lock | undefined; for (const name of names) { l ??= lock(name); } l?.release(); }"),
    silent("an alias releases", "function f() { const l = lock(); const same = l; if (flag()) { same.release(); return; } l.release(); }"),
    silent("a promise of it whose value is released on every path", "async function f() { const p = open(); const c = await p; if (flag()) { await c.close(); return; } await c.close(); }"),
    silent("a closure releases it later", "function f() { const l = lock(); setTimeout(() => l.release(), 10); if (flag()) return; step(); }"),
    silent("a local function releases it", "function f() { const l = lock(); const done = () => { l.release(); }; if (flag()) { done(); return; } done(); }"),
    silent("a closure older than the resource", "async function f() { let c: Conn | undefined; const stop = async () => { await c?.close(); }; c = await open(); if (flag()) return stop; await stop(); }"),
    silent("its own listener finishes it on one path", "async function f() { const c = await open(); if (flag()) { c.on('end', step); return; } await c.close(); }"),
    silent("the caller decides by its state", "declare class Line implements Disposable { readonly closed: boolean; [Symbol.dispose](): void } function f() { const l = new Line(); if (l.closed) return; l[Symbol.dispose](); }"),
    silent("handed to an owner on one path and released on the other", "async function f() { const c = await open(); if (flag()) return new Repo(c); await c.close(); return null; }"),
    silent("a borrowed resource", "async function f() { const c = await getConn(); if (flag()) return; await c.close(); }"),
    silent("too many ways to be sure", `async function f(${Array.from({ length: 16 }, (_, index) => `a${String(index)}: boolean`).join(", ")}) { const l = lock(); ${Array.from({ length: 16 }, (_, index) => `if (a${String(index)}) step();`).join(" ")} ${Array.from({ length: 16 }, (_, index) => `if (!a${String(index)}) step();`).join(" ")} if (a0) l.release(); }`),
  ],
  invalid: [
    found("a throw", "function f() {\n  const «l» = lock();\n  if (l.name === '') throw new Error('no name');\n  l.release();\n}", path(held, "4", "the exception thrown on line 3", using)),
    found("a throw behind a call that may fail", "async function f() {\n  const «c» = await open();\n  const rows = await c.query('x');\n  if (rows.length === 0) throw new Error('none');\n  await c.close();\n}", path(conn, "5", "the exception thrown on line 4", awaitUsing)),
    found("a throw before it is handed over", "async function f() {\n  const «c» = await open();\n  if (flag()) throw new Error('none');\n  return c;\n}", {
      messageId: "handedOn",
      data: { ...conn, line: "4", exit: "the exception thrown on line 3", stack: "a stack declared with `await using`" },
      suggestions: [onStack({ "return c": "stack.move();\n  return c" })],
    }),
    found("a throw in a script, in a function that it exports", "export function f() {\n  const «l» = lock();\n  if (flag()) throw new Error();\n  l.release();\n}", path(held, "4", "the exception thrown on line 3", using)),
    found("an early return", "function f() {\n  const «l» = lock();\n  if (flag()) return;\n  l.release();\n}", {
      message: "`l`, a Lock acquired by `lock()`, is discharged on line 4 but not on every path: the `return` on line 3 leaves it open. Declare it with `using`.",
      suggestions: [scope("using", using)],
    }),
    found("an early return of an async resource", "async function f() {\n  const «c» = await open();\n  if (flag()) return;\n  await c.close();\n}", path(conn, "4", "the `return` on line 3", awaitUsing)),
    found("the end, released in one branch", "function f() {\n  const «l» = lock();\n  if (flag()) l.release();\n}", path(held, "3", "the end of `f` (line 4)", using)),
    found("the end, released behind &&", "function f() {\n  const «l» = lock();\n  flag() && l.release();\n}", path(held, "3", "the end of `f` (line 4)", using)),
    found("the first of several returns", "function f(x: number) {\n  const «l» = lock();\n  if (x === 1) return;\n  if (x === 2) return;\n  l.release();\n}", path(held, "5", "the `return` on line 3", using)),
    found("a return of work that the suggestion has to await", "async function f() {\n  const «c» = await open();\n  if (flag()) return c.query('x');\n  await c.close();\n}", path(conn, "4", "the `return` on line 3", { ...awaitUsing, "return c": "return await c" }, " This awaits the work on it.")),
    found("a break", "function f(names: string[]) {\n  for (const name of names) {\n    const «l» = lock(name);\n    if (name === 'x') break;\n    l.release();\n  }\n}", path(held, "5", "the `break` on line 4", using)),
    found("a continue", "function f(names: string[]) {\n  for (const name of names) {\n    const «l» = lock(name);\n    if (name === 'x') continue;\n    l.release();\n  }\n}", path(held, "5", "the `continue` on line 4", using)),
    found("a labelled continue", "function f(names: string[]) {\n  outer: for (const name of names) {\n    const «l» = lock(name);\n    for (const other of names) {\n      if (name === other) continue outer;\n    }\n    l.release();\n  }\n}", path(held, "7", "the `continue` on line 5", using)),
    found("a labelled break", "function f() {\n  work: {\n    const «l» = lock();\n    if (flag()) break work;\n    l.release();\n  }\n}", path(held, "5", "the `break` on line 4", using)),
    found("one arm of a switch", "function f(x: number) {\n  const «l» = lock();\n  switch (x) {\n    case 1:\n      step();\n      break;\n    default:\n      l.release();\n  }\n}", path(held, "8", "the end of `f` (line 10)", using)),
    found("a return in one arm of a switch", "function f(x: number) {\n  const «l» = lock();\n  switch (x) {\n    case 1:\n      return;\n    default:\n      l.release();\n  }\n}", path(held, "7", "the `return` on line 5", using)),
    found("a loop that may not run", "function f(names: string[]) {\n  const «l» = lock();\n  for (const name of names) {\n    l.release();\n    return name;\n  }\n  return null;\n}", path(held, "4", "the `return` on line 7", using)),
    found("a catch that is the only one to release", "async function f() {\n  const «c» = await open();\n  try {\n    await c.ping();\n  } catch (error) {\n    await c.close();\n    throw error;\n  }\n}", path(conn, "6", "the end of `f` (line 9)", awaitUsing)),
    found("a finally with a condition", "function f() {\n  const «l» = lock();\n  try {\n    step();\n  } finally {\n    if (flag()) l.release();\n  }\n}", path(held, "6", "the end of `f` (line 8)", using)),
    found("conditions that only look alike", "function f(x: boolean) {\n  const «l» = lock();\n  if (x) l.release();\n  x = flag();\n  if (!x) l.release();\n}", path(held, "3", "the end of `f` (line 6)", using)),
    found("different values of the same condition", "function f(mode: string) {\n  const «l» = lock();\n  if (mode === 'a') l.release();\n  if (mode === 'b') l.release();\n}", path(held, "3", "the end of `f` (line 5)", using)),
    found("a null guard does not excuse another exit", "declare function acquireLock(): Lock | null;\nfunction f() {\n  const «l» = acquireLock();\n  if (!l) return;\n  if (flag()) return;\n  l.release();\n}", path({ ...held, call: "acquireLock()" }, "6", "the `return` on line 5", using)),
    found("returned on one path", "async function f() {\n  const «c» = await open();\n  if (flag()) return c;\n  return null;\n}", {
      message: "`c`, a Conn acquired by `open()`, is discharged on line 3 but not on every path: the `return` on line 4 leaves it open. Dispose it there, or hold it in a stack declared with `await using`, and `move()` that where it is handed on.",
      suggestions: [onStack({ "return c;": "{ stack.move(); return c; }" })],
    }),
    found("handed to an owner on one path", "async function f() {\n  const «c» = await open();\n  if (flag()) return null;\n  return new Repo(c);\n}", { messageId: "handedOn", data: { ...conn, stack: "a stack declared with `await using`", exit: "the `return` on line 3", line: "4" }, suggestions: [onStack({ "return new Repo(c);": "const repo = new Repo(c);\n  stack.move();\n  return repo;" })] }),
    found("assigned in a branch and released in another", "function f(x: boolean, y: boolean) {\n  let l: Lock | undefined;\n  if (x) «l» = lock();\n  if (y) l?.release();\n}", path(held, "4", "the end of `f` (line 5)")),
    found("through an alias", "function f() {\n  const «l» = lock();\n  const same = l;\n  if (flag()) return;\n  same.release();\n}", path(held, "5", "the `return` on line 4", using)),
    found("a promise of it whose value is closed on one path", "async function f() {\n  const «p» = open();\n  const c = await p;\n  if (flag()) return;\n  await c.close();\n}", path({ ...conn, name: "p", type: "a promise of a Conn" }, "5", "the `return` on line 4")),
    found("a case clause, so no suggestion", "function f(x: number) {\n  switch (x) {\n    case 1:\n      const «l» = lock();\n      if (flag()) break;\n      l.release();\n  }\n}", path(held, "6", "the end of the `switch` (line 7)")),
    found("several declarators, so no suggestion", "function f() {\n  const «l» = lock(), x = flag();\n  if (x) return;\n  l.release();\n}", path(held, "4", "the `return` on line 3")),
    found("a function that is not async, so no suggestion", "function f() {\n  const «c» = openSync();\n  if (flag()) return;\n  void c.close();\n}", path({ ...conn, call: "openSync()" }, "4", "the `return` on line 3")),
    found("a server, whose second disposal fails, so no suggestion", "import { Server } from 'node:http';\nfunction f(): Promise<void> {\n  const «s» = new Server();\n  if (flag()) return work();\n  s.close();\n  return work();\n}", path({ name: "s", type: "a Server", call: "new Server()", keyword: "await using" }, "5", "the `return` on line 4")),
    found("overwritten", "function f() {\n  let «l» = lock();\n  l = lock();\n  l.release();\n}", {
      message: "`l` may still hold a Lock acquired by `lock()` when the assignment on line 3 replaces it, so that one is never disposed. Dispose it first, or give each its own `using`.",
      suggestions: [{ messageId: "replace", data: { disposal: "l[Symbol.dispose]();" }, becomes: { "  l = lock()": "  l[Symbol.dispose]();\n  l = lock()" } }],
    }),
    found("overwritten where something before may throw, so no suggestion", "function f(other: Lock) {\n  let «l» = lock();\n  step();\n  l = other;\n  l.release();\n}", overwritten(held, "4")),
    found("overwritten in a branch without a block, so no suggestion", "async function f() {\n  let «c» = await open('a');\n  if (flag()) c = await open('b');\n  await c.close();\n}", overwritten(conn, "3")),
    found("||= does not overwrite", "function f() {\n  let l: Lock | undefined;\n  if (flag()) «l» = lock('a');\n  «l» ||= lock('b');\n  if (flag()) l.release();\n}", [path(held, "5", "the end of `f` (line 6)"), path(held, "5", "the end of `f` (line 6)")]),
    found("overwritten by null", "function f() {\n  let «l» = lock() as Lock | null;\n  step();\n  l = null;\n}", overwritten(held, "4")),
    found("overwritten by the next pass of a loop", "function f(names: string[]) {\n  let l: Lock | undefined;\n  for (const name of names) {\n    «l» = lock(name);\n    step();\n  }\n  l?.release();\n}", overwritten(held, "4")),
    found("the first one, before a loop that may not run, so no suggestion", "function f(names: string[]) {\n  let «l» = lock();\n  for (const name of names) {\n    l = lock(name);\n    l.release();\n  }\n}", overwritten(held, "4")),
    found("overwritten by something else", "function f(other: Lock) {\n  let «l» = lock();\n  l = other;\n  l.release();\n}", overwritten(held, "3", "l[Symbol.dispose]();", { "  l = other": "  l[Symbol.dispose]();\n  l = other" })),
    found("an async resource that is overwritten", "async function f() {\n  let «c» = await open('a');\n  c = await open('b'); // next\n  await c.close();\n}", overwritten(conn, "3", "await c[Symbol.asyncDispose]();", { "  c = await open('b')": "  await c[Symbol.asyncDispose]();\n  c = await open('b')" })),
    found("a resource with both disposers that is overwritten", "async function f() {\n  let «d» = await openDir('a');\n  d = await openDir('b');\n  await d.close();\n}", overwritten({ name: "d", type: "a Dir", call: "openDir()", keyword: "await using" }, "3", "await d[Symbol.asyncDispose]();", { "  d = await openDir('b')": "  await d[Symbol.asyncDispose]();\n  d = await openDir('b')" })),
    found("a resource with both disposers where await may not stand", "declare function openDirSync(): Dir;\nfunction f() {\n  let «d» = openDirSync();\n  d = openDirSync();\n  d[Symbol.dispose]();\n}", overwritten({ name: "d", type: "a Dir", call: "openDirSync()", keyword: "using" }, "4", "d[Symbol.dispose]();", { "  d = openDirSync()": "  d[Symbol.dispose]();\n  d = openDirSync()" })),
    found("overwritten in a block", "async function f(x: boolean) {\n  let «c» = await open('a');\n  if (x) {\n    c = await open('b');\n  }\n  await c.close();\n}", overwritten(conn, "4", "await c[Symbol.asyncDispose]();", { "    c = await open('b')": "    await c[Symbol.asyncDispose]();\n    c = await open('b')" })),
    found("overwritten in a case clause", "function f(x: number) {\n  let «l» = lock();\n  switch (x) {\n    case 1:\n      l = lock('b');\n  }\n  l.release();\n}", overwritten(held, "5", "l[Symbol.dispose]();", { "      l = lock('b')": "      l[Symbol.dispose]();\n      l = lock('b')" })),
    found("overwritten on a line with others", "function f() {\n  let «l» = lock(); l = lock('b'); l.release();\n}", overwritten(held, "2", "l[Symbol.dispose]();", { " l = lock('b')": " l[Symbol.dispose](); l = lock('b')" })),
    found("a nullable variable that is emptied", "function f() {\n  let «l: Lock | null» = lock();\n  l = null;\n}", overwritten(held, "3", "l?.[Symbol.dispose]();", { "  l = null": "  l?.[Symbol.dispose]();\n  l = null" })),
    found("an inferred nullable variable", "declare function acquireLock(): Lock | null;\nfunction f() {\n  let «l» = acquireLock();\n  console.log(l?.name);\n  l = acquireLock();\n  l?.release();\n}", overwritten({ ...held, call: "acquireLock()" }, "5", "l?.[Symbol.dispose]();", { "  l = acquireLock()": "  l?.[Symbol.dispose]();\n  l = acquireLock()" })),
    found("a variable that each pass of a loop fills", "async function f(names: string[]) {\n  let c: Conn | undefined;\n  for (const name of names) {\n    «c» = await open(name);\n    console.log(c.id);\n  }\n  await c?.close();\n}", overwritten(conn, "4", "await c?.[Symbol.asyncDispose]();", { "    c = await open(name)": "    await c?.[Symbol.asyncDispose]();\n    c = await open(name)" })),
    found("a variable that is not assigned yet on every path, so no suggestion", "async function f(names: string[]) {\n  let c: Conn;\n  for (const name of names) {\n    «c» = await open(name);\n    console.log(c.id);\n  }\n}".replace("    console.log(c.id);\n", "    if (name === '') await c.close();\n"), overwritten(conn, "4")),
    found("three in a row, each with its own suggestion", "function f() {\n  let «l» = lock('a');\n  «l» = lock('b');\n  l = lock('c');\n  l.release();\n}", [
      overwritten(held, "3", "l[Symbol.dispose]();", { "  l = lock('b')": "  l[Symbol.dispose]();\n  l = lock('b')" }),
      overwritten(held, "4", "l[Symbol.dispose]();", { "  l = lock('c')": "  l[Symbol.dispose]();\n  l = lock('c')" }),
    ]),
    found("the new one is made from the old one, so no suggestion", "async function f() {\n  let «c» = await open('a');\n  c = await open(c.id);\n  await c.close();\n}", overwritten(conn, "3")),
    found("the new one is not disposed either, so no suggestion", "function f() {\n  let «l» = lock();\n  l = lock();\n  return l.name;\n}", overwritten(held, "3")),
    found("overwritten where await may not stand, so no suggestion", "function f() {\n  let «c» = openSync();\n  c = openSync();\n  void c.close();\n}", overwritten({ ...conn, call: "openSync()" }, "3")),
    found("a wider declared type, so no suggestion", "function f(other: Disposable) {\n  let «l: Disposable» = lock();\n  l = other;\n  l[Symbol.dispose]();\n}", overwritten(held, "3")),
    found("a server that is overwritten, so no suggestion", "import { Server } from 'node:http';\nasync function f() {\n  let «s» = new Server();\n  s = new Server();\n  s.close();\n}", overwritten({ name: "s", type: "a Server", call: "new Server()", keyword: "await using" }, "4")),
    found("overwritten inside an expression, so no suggestion", "function f() {\n  let «l» = lock();\n  console.log((l = lock()).name);\n  l.release();\n}", overwritten(held, "3")),
  ],
});
