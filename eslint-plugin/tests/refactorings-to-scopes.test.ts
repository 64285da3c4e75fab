import { describe, expect, it } from "vitest";

import { refactorings } from "./support/editing.js";
import { ignores, makes, refuses } from "./support/refactoring.js";

describe("`const` → `await using`", () => {
  const title = "Declare `conn` with `await using`";

  it("changes the keyword", () => {
    makes(title, "export async function f() {\n  ‸const conn = await open(); // kept\n  await conn.ping();\n}", "export async function f() {\n  await using conn = await open(); // kept\n  await conn.ping();\n}");
  });

  it("and waits for work that the scope would overtake", () => {
    makes(
      `${title} and await the work on it`,
      "export async function f() {\r\n  const conn = await op‸en();\r\n  return conn.query('');\r\n}",
      "export async function f() {\r\n  await using conn = await open();\r\n  return await conn.query('');\r\n}",
    );
  });

  it("of a selected statement", () => {
    makes(title, "export async function f() {\n‸  const conn = await open();\n‸  await conn.ping();\n}", "export async function f() {\n  await using conn = await open();\n  await conn.ping();\n}");
  });

  it("or `using`, for a synchronous resource", () => {
    makes("Declare `l` with `using`", "export function f() { const l‸ = lock(); return l.name; }", "export function f() { using l = lock(); return l.name; }");
  });

  it("makes a function async that gives a promise anyway", () => {
    makes(`${title} and make the function \`async\` and await the work on it`, "export function f(): Promise<void> { const ‸conn = openSync(); return conn.ping(); }", "export async function f(): Promise<void> { await using conn = openSync(); return await conn.ping(); }");
  });

  it("in the head of a loop over what was just made", () => {
    makes(title, "export async function f() {\n  for (const ‸conn of [await open(), await open()]) await conn.ping();\n}", "export async function f() {\n  for (await using conn of [await open(), await open()]) await conn.ping();\n}");
  });

  it("leaves an early `close()` where it is", () => {
    makes(title, "export async function f() { ‸const conn = await open(); await conn.close(); await work(); }", "export async function f() { await using conn = await open(); await conn.close(); await work(); }");
  });

  it("leaves out a `close()` at the end that does what the disposer does", () => {
    makes(`${title} and leave out the disposal on line 1`, "export async function f() { ‸const conn = await open(); await conn.query(''); await conn.close(); }", "export async function f() { await using conn = await open(); await conn.query(''); }");
  });

  it("leaves out the disposer, which the scope calls", () => {
    makes(
      `${title} and leave out the disposal on line 4`,
      "export async function f() {\r\n  ‸const conn = await open();\r\n  const rows = await conn.query(''); // all\r\n  await conn[Symbol.asyncDispose]();\r\n  // Their number\r\n  return rows.length;\r\n}",
      "export async function f() {\r\n  await using conn = await open();\r\n  const rows = await conn.query(''); // all\r\n  // Their number\r\n  return rows.length;\r\n}",
    );
  });

  it.each([
    ["a disposal that something waits for", "export async function f() {\n  ‸const conn = await open();\n  await conn.ping();\n  await conn[Symbol.asyncDispose]();\n  await work();\n}", "`conn` is disposed on line 4, and must not be disposed twice."],
    ["somebody else's resource", "export async function f() { ‸const conn = await getConn(); await conn.ping(); }", "Nothing tells whether `getConn()` hands over what it gives; the tag `@owned` would."],
    ["what is handed out", "export async function f() {\n  ‸const conn = await open();\n  return conn;\n}", "`conn` is handed out on line 3."],
    ["what is stored", "export async function f(o: { c?: Conn }) {\n  ‸const conn = await open();\n  o.c = conn;\n}", "`conn` is stored on line 3."],
    ["what gets another owner", "export async function f() {\n  ‸const conn = await open();\n  return new Repo(conn);\n}", "`conn` gets another owner on line 3."],
    ["a second assignment", "export async function f() {\n  ‸let conn = await open();\n  conn = await open();\n  await conn.ping();\n}", "`conn` is assigned again on line 3."],
    ["a promise", "export async function f() { ‸const conn = open(); await (await conn).ping(); }", "`conn` holds a promise: await it where it is declared."],
    ["several declarators", "export async function f() { ‸const conn = await open(), n = 1; await conn.query(String(n)); }", "Give `conn` a declaration of its own first."],
    ["a `case`", "export async function f(n: number) { switch (n) { case 1: ‸const conn = await open(); await conn.ping(); } }", "A scope cannot stand in a `case` directly: put braces around its statements first."],
    ["the top level", "‸const conn = await open();\nawait conn.ping();\nexport {};", "At the top level of a module the scope would end as soon as the module is loaded."],
    ["the top level of CommonJS", "{ ‸const conn = openSync(); void conn.ping(); }\nexport {};", "`await` cannot stand here: make the function `async` first."],
    ["a function that is not async", "export function f() { ‸const conn = openSync(); void conn.ping(); }", "`await` cannot stand here: make the function `async` first."],
  ])("says why not: %s", (name, text, because) => {
    refuses(title, text, because, { fileName: name.endsWith("CommonJS") ? "edited.cts" : "edited.ts" });
  });

  it("has nothing to do with other declarations", () => {
    ignores(/^Declare/u, "export async function f() { ‸const n = 1; await using conn = await open(); await conn.query(String(n)); }");
    ignores(/^Declare/u, "export async function f() { const n = 1; ‸await using conn = await open(); await conn.query(String(n)); }");
    ignores(/^Declare/u, "export async function f() { const conn = await open(); ‸await conn.ping(); }");
  });

  it("is no change for what a `finally` disposes, whose place the scope takes", () => {
    ignores(/^Declare/u, "export async function f() { ‸const conn = await open(); try { await conn.ping(); } finally { await conn.close(); } }");
  });
});

describe("`finally` → `await using`", () => {
  const title = "Replace `finally` with `await using`";

  it("takes the `try` away where the scope ends with it", () => {
    makes(
      title,
      ["export async function f() {", "  const conn = await open(); // acquired", "  ‸try {", "    // first", "    await conn.ping();", "    return `", "      ${String(await conn.query(''))}`;", "  } finally {", "    await conn.close();", "  }", "}", ""].join("\n"),
      ["export async function f() {", "  await using conn = await open(); // acquired", "  // first", "  await conn.ping();", "  return `", "      ${String(await conn.query(''))}`;", "}", ""].join("\n"),
    );
  });

  it("in a file with CRLF and tabs", () => {
    makes(
      title,
      "export async function f() {\r\n\tconst conn = await open();\r\n\ttry {\r\n\t\tawait conn.ping();\r\n\t} fina‸lly {\r\n\t\tawait conn[Symbol.asyncDispose]();\r\n\t}\r\n}\r\n",
      "export async function f() {\r\n\tawait using conn = await open();\r\n\tawait conn.ping();\r\n}\r\n",
    );
  });

  it("makes a block of what something follows", () => {
    makes(
      title,
      ["export async function f() {", "  const conn = ‸await open();", "  try {", "    await conn.ping();", "  } finally {", "    await conn.close();", "  }", "  step();", "}"].join("\n"),
      ["export async function f() {", "  {", "    await using conn = await open();", "    await conn.ping();", "  }", "  step();", "}"].join("\n"),
    );
  });

  it("keeps `catch`", () => {
    makes(
      title,
      ["export async function f() {", "  const conn = await open();", "  try {", "    await conn.ping();", "  } catch (error) {", "    console.log(error);", "  } finally {‸", "    await conn?.close();", "  }", "}"].join("\n"),
      ["export async function f() {", "  await using conn = await open();", "  try {", "    await conn.ping();", "  } catch (error) {", "    console.log(error);", "  }", "}"].join("\n"),
    );
    makes(
      title,
      ["export async function f() {", "  const conn = await open();", "  try {", "    await conn.ping();", "  } catch {", "    step();", "  } finally {‸", "    await conn.close();", "  }", "  step();", "}"].join("\n"),
      ["export async function f() {", "  {", "    await using conn = await open();", "    try {", "      await conn.ping();", "    } catch {", "      step();", "    }", "  }", "  step();", "}"].join("\n"),
    );
  });

  it("makes a block where a name would be declared twice", () => {
    makes(
      title,
      ["export async function f(rows: string) {", "  const conn = await open();", "  ‸try {", "    const rows = await conn.query('');", "    console.log(rows);", "  } finally {", "    await conn.close();", "  }", "}"].join("\n"),
      ["export async function f(rows: string) {", "  {", "    await using conn = await open();", "    const rows = await conn.query('');", "    console.log(rows);", "  }", "}"].join("\n"),
    );
  });

  it("whatever else is done with the resource, as it is disposed in any case", () => {
    makes(
      title,
      ["export async function f(use: (c: Conn) => unknown) {", "  const conn = await open();", "  ‸try {", "    conn.on('end', () => step());", "    use(conn);", "    await work();", "  } finally {", "    await conn.close();", "  }", "}"].join("\n"),
      ["export async function f(use: (c: Conn) => unknown) {", "  await using conn = await open();", "  conn.on('end', () => step());", "  use(conn);", "  await work();", "}"].join("\n"),
    );
  });

  it("of several resources in reverse order, and waits for what the `finally` waited for", () => {
    makes(
      title,
      ["export async function f() {", "  const l = lock();", "  const conn = await open();", "  ‸try {", "    return conn.query(l.name);", "  } finally {", "    if (conn) await conn.close();", "    l.release();", "  }", "}"].join("\n"),
      ["export async function f() {", "  using l = lock();", "  await using conn = await open();", "  return await conn.query(l.name);", "}"].join("\n"),
    );
  });

  it.each([
    ["more in the `finally`", "const conn = await open();\n  ‸try { await conn.ping(); } finally { await conn.close();\n  step(); }", "The `finally` does more than dispose `conn`: see line 4."],
    ["a comment there", "const conn = await open();\n  ‸try { await conn.ping(); } finally { /* why */ await conn.close(); }", "The comment in the `finally` would be lost."],
    ["something between", "const conn = await open();\n  step();\n  ‸try { await conn.ping(); } finally { await conn.close(); }", "`conn` is not acquired right before the `try`."],
    ["a late acquisition", "let conn: Conn | undefined;\n  ‸try { conn = await open(); } finally { await conn?.close(); }", "`conn` is not acquired right before the `try`."],
    ["another order", "const conn = await open();\n  const other = await open();\n  ‸try { await conn.ping(); } finally { await conn.close(); await other.close(); }", "`using` disposes in the reverse order of the declarations, which the `finally` does not."],
    ["no waiting", "const conn = await open();\n  ‸try { await conn.ping(); } finally { void conn.close(); }", "The `finally` does not wait for `conn.close()`: await it first."],
    ["another disposer", "const conn = await openDir('.');\n  ‸try { await conn.read(); } finally { conn[Symbol.dispose](); }", "`conn[Symbol.dispose]()` skips the asynchronous disposer, which `await using` would not."],
    ["a use afterwards", "const conn = await open();\n  ‸try { await conn.ping(); } finally { await conn.close(); }\n  console.log(conn.id);", "`conn` is used after the `try`, on line 4."],
    ["work that `catch` would see", "const conn = await open();\n  ‸try { return conn.query(''); } catch { return []; } finally { await conn.close(); }", "Line 3 does not wait for its work on `conn`, and `catch` would see it fail if it did: decide on that first."],
    ["what is handed out", "const conn = await open();\n  ‸try { return conn; } finally { await conn.close(); }", "`conn` is handed out on line 3."],
  ])("says why not: %s", (_, body, because) => {
    const found = refactorings({ text: `export async function f() {\n  ${body}\n}` }).filter((each) => each.title.startsWith("Replace `finally`"));
    expect(found.map(({ disabled }) => disabled)).toEqual([because]);
  });

  it("has nothing to do with a `finally` that disposes nothing, nor with code inside the `try`", () => {
    ignores(/finally/u, "export async function f() { ‸try { await work(); } finally { step(); } }");
    ignores(/finally/u, "export async function f() { const conn = await open(); try { await conn.‸ping(); } finally { await conn.close(); } }");
  });
});

describe("acquisitions → a stack", () => {
  const title = "Put `a` and `b` on an `AsyncDisposableStack`";

  it("registers each as it comes", () => {
    makes(
      title,
      "export async function f() {\n  const a‸ = await open(); // one\n  step();\n  await using b = await open();\n  await Promise.all([a.ping(), b.ping()]);\n}",
      "export async function f() {\n  await using stack = new AsyncDisposableStack();\n  const a = stack.use(await open()); // one\n  step();\n  const b = stack.use(await open());\n  await Promise.all([a.ping(), b.ping()]);\n}",
    );
  });

  it("under another name where `stack` is taken, with CRLF", () => {
    makes(
      title,
      "export async function f(stack: string) {\r\n  ‸await using a = await open(stack);\r\n  using b = lock();\r\n  await a.query(b.name);\r\n}\r\n",
      "export async function f(stack: string) {\r\n  await using stack_ = new AsyncDisposableStack();\r\n  const a = stack_.use(await open(stack));\r\n  const b = stack_.use(lock());\r\n  await a.query(b.name);\r\n}\r\n",
    );
  });

  it("a synchronous one for synchronous resources", () => {
    makes(
      "Put `a` and `b` on a `DisposableStack`",
      "export function f() {\n  const a = lock();\n  const b‸ = lock();\n  return a.name + b.name;\n}",
      "export function f() {\n  using stack = new DisposableStack();\n  const a = stack.use(lock());\n  const b = stack.use(lock());\n  return a.name + b.name;\n}",
    );
  });

  it("leaves out what leaves the scope", () => {
    makes(
      title,
      "export async function f() {\n  const a‸ = await open();\n  const kept = await open();\n  const b = await open();\n  await a.ping();\n  await b.ping();\n  return kept;\n}",
      "export async function f() {\n  await using stack = new AsyncDisposableStack();\n  const a = stack.use(await open());\n  const kept = await open();\n  const b = stack.use(await open());\n  await a.ping();\n  await b.ping();\n  return kept;\n}",
    );
  });

  it("says why not: the resource leaves the scope", () => {
    refuses(title, "export async function f() {\n  const a‸ = await open();\n  const b = await open();\n  await b.ping();\n  return a;\n}", "`a` is handed out on line 5.");
  });

  it("says why not: the project's types have no stack", () => {
    const symbols = "declare global { interface SymbolConstructor { readonly asyncDispose: unique symbol; readonly dispose: unique symbol } interface AsyncDisposable { [Symbol.asyncDispose](): PromiseLike<void> } interface Disposable { [Symbol.dispose](): void } }\n";
    refuses(title, `${symbols}export async function f() {\n  const a‸ = await open();\n  const b = await open();\n  await b.ping();\n  await a.ping();\n}`, "This project's types have no `AsyncDisposableStack`: it takes Node 24 and `ESNext.Disposable` in `lib`.", {
      options: { lib: ["lib.es2022.d.ts"], types: [] },
    });
  });

  it("says why not: the package is meant for a Node without stacks", () => {
    refuses(title, "export async function f() {\n  const a‸ = await open();\n  const b = await open();\n  await b.ping();\n  await a.ping();\n}", "`engines.node` of package.json allows Node 20.19.0, which has no `AsyncDisposableStack`: load a polyfill, or raise the range.", {
      fileName: "../../edited.ts",
    });
  });

  it("says why not: one statement declares several", () => {
    refuses("Put these resources on a stack", "export async function f() {\n  const a‸ = await open(), b = await open();\n  await b.ping();\n  await a.ping();\n}", "Declare each of them in a statement of its own first.");
    ignores(/stack/iu, "export async function f() { const a‸ = await open(), n = step(); await a.ping(); return n; }");
  });

  it("has nothing to do with a single acquisition", () => {
    ignores(/Stack/u, "export async function f() { const a‸ = await open(); await a.ping(); }");
  });
});

describe("out of a stack with `move()`", () => {
  const title = "Hand out what `stack` holds with `stack.move()`";
  const head = "export async function f() {\n  await using stack = new AsyncDisposableStack();\n  const a = stack.use(await open());\n  const b = stack.use(await open());\n";

  it("gives the returned object the disposer", () => {
    makes(title, `${head}  ‸return { a, b };\n}`, `${head}  const moved = stack.move();\n  return { a, b, [Symbol.asyncDispose]: () => moved.disposeAsync() };\n}`);
  });

  it("over several lines, with comments and a comma at the end", () => {
    makes(
      title,
      `${head}  return {\n    // the first\n    a,\n    ping‸: () => b.ping(),\n  };\n}`,
      `${head}  const moved = stack.move();\n  return {\n    // the first\n    a,\n    ping: () => b.ping(),\n    [Symbol.asyncDispose]: () => moved.disposeAsync(),\n  };\n}`,
    );
  });

  it("of a synchronous stack", () => {
    makes(
      title,
      "export function f() {\n  using stack = new DisposableStack();\n  const a = stack.use(lock());\n  return ‸{ a };\n}",
      "export function f() {\n  using stack = new DisposableStack();\n  const a = stack.use(lock());\n  const moved = stack.move();\n  return { a, [Symbol.dispose]: () => moved.dispose() };\n}",
    );
  });

  it("hands the stack itself over", () => {
    makes(title, `class App { constructor(readonly a: Conn, readonly stack: AsyncDisposableStack) {} }\n${head}  await b.ping();\n  return ‸new App(a, stack);\n}`, `class App { constructor(readonly a: Conn, readonly stack: AsyncDisposableStack) {} }\n${head}  await b.ping();\n  return new App(a, stack.move());\n}`);
  });

  it("where the declared result asks for the disposer", () => {
    const declared = head.replace("f()", "f(): Promise<{ a: Conn; b: Conn } & AsyncDisposable>");
    const text = `${declared}  return ‸{ a, b } as never;\n}`;
    refuses(title, text.replace(" & AsyncDisposable", "").replace(" as never", ""), "The declared result has no `[Symbol.asyncDispose]`: add it there first.");
  });

  it.each([
    ["a member alone", "‸return a;", "Return an object, which can carry the disposer of what `stack` holds."],
    ["a property that may throw", "‸return { a, n: decode('') };", "Compute `n: decode('')` ahead of the `return`: nothing may throw once `stack` has let go."],
    ["no braces", "if (flag()) ‸return { a };", "Put braces around the `return` first."],
    ["a resource with a scope of its own", "await using c = await open();\n  ‸return { a, c };", "`c` has a scope of its own: register it on `stack` first."],
  ])("says why not: %s", (_, last, because) => {
    refuses(title, `${head}  await b.ping();\n  ${last}\n}`, because);
  });

  it("has nothing to do with data", () => {
    ignores(/move/u, `${head}  await b.ping();\n  ‸return { id: a.id };\n}`);
    ignores(/move/u, "export async function f() { await using a = await open(); ‸return { a }; }");
  });
});

describe("`Promise.all` → nothing is lost", () => {
  const title = "Acquire concurrently, so that nothing is lost when one fails";

  it("of a list", () => {
    makes(
      title,
      "export async function f() {\n  const [a, b] = await ‸Promise.all([open('a'), /* second */ open('b')]);\n  await a.ping();\n  await b.ping();\n}",
      [
        "export async function f() {",
        "  await using stack = new AsyncDisposableStack();",
        "  const opening = [open('a'), /* second */ open('b')] as const;",
        "  for (const result of await Promise.allSettled(opening)) {",
        "    if (result.status === \"fulfilled\") stack.use(result.value);",
        "  }",
        "  const [a, b] = await Promise.all(opening);",
        "  await a.ping();",
        "  await b.ping();",
        "}",
      ].join("\n"),
    );
  });

  it("of different resources", () => {
    makes(
      title,
      "declare function acquire(): Promise<Lock>;\nexport async function f() {\n\t‸const [a, b, c] = await Promise.all([open('a'), openDir('.'), acquire()]);\n\tawait a.query(c.name);\n\tawait b.read();\n}",
      "declare function acquire(): Promise<Lock>;\nexport async function f() {\n\tawait using stack = new AsyncDisposableStack();\n\tconst opening = [open('a'), openDir('.'), acquire()] as const;\n\tfor (const result of await Promise.allSettled(opening)) {\n\t\tif (result.status === \"fulfilled\") stack.use(result.value);\n\t}\n\tconst [a, b, c] = await Promise.all(opening);\n\tawait a.query(c.name);\n\tawait b.read();\n}",
    );
  });

  it("of a mapped array, with CRLF", () => {
    makes(
      title,
      "export async function f(urls: string[]) {\r\n  ‸const conns = await Promise.all(urls.map((url) => open(url)));\r\n  return await Promise.all(conns.map((conn) => conn.query('')));\r\n}\r\n",
      [
        "export async function f(urls: string[]) {",
        "  await using stack = new AsyncDisposableStack();",
        "  const opening = urls.map((url) => open(url));",
        "  for (const result of await Promise.allSettled(opening)) {",
        "    if (result.status === \"fulfilled\") stack.use(result.value);",
        "  }",
        "  const conns = await Promise.all(opening);",
        "  return await Promise.all(conns.map((conn) => conn.query('')));",
        "}",
        "",
      ].join("\r\n"),
    );
  });

  it("in JavaScript", () => {
    makes(
      title,
      "export async function f() {\n  const [a, b] = await Promise.all‸([open('a'), open('b')]);\n  await a.ping();\n  await b.ping();\n}",
      "export async function f() {\n  await using stack = new AsyncDisposableStack();\n  const opening = [open('a'), open('b')];\n  for (const result of await Promise.allSettled(opening)) {\n    if (result.status === \"fulfilled\") stack.use(result.value);\n  }\n  const [a, b] = await Promise.all(opening);\n  await a.ping();\n  await b.ping();\n}",
      { fileName: "edited.js" },
    );
  });

  it.each([
    ["`race`", "const c = await ‸Promise.race([open('a'), open('b')]);\n  await c.ping();", "`Promise.race` hands on one of them only: which of the others to keep, only you can say."],
    ["something else beside them", "const [a] = await ‸Promise.all([open('a'),\n  work()]);\n  await a.ping();", "`Promise.all` waits for something that is no acquisition, on line 3: wait for it apart."],
    ["what is handed out", "const [a, b] = await ‸Promise.all([open('a'), open('b')]);\n  await b.ping();\n  return a;", "`a` leaves the scope, or nothing tells whether it does."],
    ["an array that is handed out", "const all = await ‸Promise.all(['a'].map((url) => open(url)));\n  return all;", "`all` leaves the scope on line 3, or nothing tells whether it does."],
    ["an element that is stored", "const all = await ‸Promise.all(['a'].map((url) => open(url)));\n  all.forEach((conn) => { stored.push(conn); });", "`all` leaves the scope on line 3, or nothing tells whether it does."],
    ["no name", "return ‸Promise.all(['a'].map((url) => open(url)));", "Hold what `Promise.all` gives in a `const` first."],
    ["a callback that does more", "const all = await ‸Promise.all(['a'].map(async (url) => { const conn = await open(url); await conn.ping(); return conn; }));\n  for (const conn of all) await conn.ping();", "The callback does more than acquire: let it only acquire first."],
  ])("says why not: %s", (_, body, because) => {
    refuses(title, `export const stored: Conn[] = [];\nexport async function f() {\n  ${body}\n}`.replace("export const stored: Conn[] = [];\n", body.includes("stored") ? "const stored: Conn[] = []; " : ""), because);
  });

  it("has nothing to do with other promises", () => {
    ignores(/concurrently/u, "export async function f() { await ‸Promise.all([work(), work()]); }");
  });
});
