import ts from "typescript";
import { describe, expect, it } from "vitest";

import { applied, news, refactorings, type Subject } from "./support/editing.js";

type Rest = Omit<Subject, "text">;

/** Claims that a change of this title makes this of the text at the cursor `‸`, with no new error or finding. */
function makes(title: string, text: string, expected: string, rest: Rest = {}): void {
  const subject = { ...rest, text };
  const found = refactorings(subject);
  const offered = found.find((each) => each.title === title);
  expect(found.map((each) => [each.title, each.disabled])).toContainEqual([title, null]);
  const plain = text.replaceAll("‸", "");
  const changed = applied(plain, offered?.edits ?? []);
  expect(changed).toBe(expected);
  expect(news({ ...subject, text: plain }, changed)).toEqual([]);
}

/** Claims that a change of this title nearly applies, and why it does not. */
function refuses(title: string, text: string, because: string, rest: Rest = {}): void {
  expect(refactorings({ ...rest, text }).map((each) => [each.title, each.disabled])).toContainEqual([title, because]);
}

/** Claims that no change whose title matches has to do with what is at the cursor. */
function ignores(title: RegExp, text: string, rest: Rest = {}): void {
  expect(refactorings({ ...rest, text }).filter((each) => title.test(each.title))).toEqual([]);
}

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
    makes(title, "export async function f() { ‸const conn = await open(); await conn.close(); }", "export async function f() { await using conn = await open(); await conn.close(); }");
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

describe("a class that can be disposed", () => {
  const title = "Make `Store` an `AsyncDisposable`";

  it("disposes what it acquired, the latest first", () => {
    makes(
      title,
      "export class ‸Store {\n  readonly #lock = lock();\n  readonly conn: Conn;\n\n  constructor() {\n    this.conn = openSync();\n  }\n}\n",
      "export class Store implements AsyncDisposable {\n  readonly #lock = lock();\n  readonly conn: Conn;\n\n  constructor() {\n    this.conn = openSync();\n  }\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.conn[Symbol.asyncDispose]();\n    this.#lock[Symbol.dispose]();\n  }\n}\n",
    );
  });

  it("calls its base class last, with CRLF", () => {
    makes(
      title,
      "class Base implements AsyncDisposable {\r\n  async [Symbol.asyncDispose](): Promise<void> { await work(); }\r\n}\r\nexport ‸class Store extends Base {\r\n  conn = openSync(); // own\r\n}\r\n",
      "class Base implements AsyncDisposable {\r\n  async [Symbol.asyncDispose](): Promise<void> { await work(); }\r\n}\r\nexport class Store extends Base {\r\n  conn = openSync(); // own\r\n\r\n  override async [Symbol.asyncDispose](): Promise<void> {\r\n    await this.conn[Symbol.asyncDispose]();\r\n    await super[Symbol.asyncDispose]();\r\n  }\r\n}\r\n",
      { options: { noImplicitOverride: true } },
    );
  });

  it("calls the method that it is closed by so far", () => {
    makes(
      title,
      "export class ‸Store implements Iterable<string> {\n  conn = openSync();\n  other = openSync();\n  async close(): Promise<void> {\n    await this.conn.close();\n  }\n  *[Symbol.iterator](): Generator<string> {}\n}",
      "export class Store implements Iterable<string>, AsyncDisposable {\n  conn = openSync();\n  other = openSync();\n  async close(): Promise<void> {\n    await this.conn.close();\n  }\n  *[Symbol.iterator](): Generator<string> {}\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.close();\n    await this.other[Symbol.asyncDispose]();\n  }\n}",
    );
  });

  it("asks whether a field is set that is set later", () => {
    makes(
      title,
      "export class Store {\n\t#conn‸: Conn | undefined;\n\tasync start() { this.#conn = await open(); }\n\tping() { return this.#conn?.ping(); }\n}",
      "export class Store implements AsyncDisposable {\n\t#conn: Conn | undefined;\n\tasync start() { this.#conn = await open(); }\n\tping() { return this.#conn?.ping(); }\n\n\tasync [Symbol.asyncDispose](): Promise<void> {\n\t\tawait this.#conn?.[Symbol.asyncDispose]();\n\t}\n}",
    );
  });

  it("is `Disposable` if all it holds is synchronous", () => {
    makes(
      "Make `Store` a `Disposable`",
      "export class ‸Store {\n  readonly lock = lock();\n}",
      "export class Store implements Disposable {\n  readonly lock = lock();\n\n  [Symbol.dispose](): void {\n    this.lock[Symbol.dispose]();\n  }\n}",
    );
  });

  it("in JavaScript", () => {
    makes(title, "export class ‸Store {\n  conn = openSync();\n}\n", "export class Store {\n  conn = openSync();\n\n  async [Symbol.asyncDispose]() {\n    await this.conn[Symbol.asyncDispose]();\n  }\n}\n", { fileName: "edited.js" });
  });

  it.each([
    ["what it is given", "export class ‸Store { constructor(readonly conn: Conn) {} }", "The class is given `conn` and need not own it; nothing else in it is to be disposed."],
    ["what it is given later", "export class ‸Store { conn?: Conn; set(conn: Conn) { this.conn = conn; } }", "The class is given `conn` and need not own it; nothing else in it is to be disposed."],
    ["a synchronous base class", "class Base implements Disposable { [Symbol.dispose](): void {} }\nexport class ‸Store extends Base { conn = openSync(); }", "Its base class is disposed synchronously, and callers of that would skip what has to be awaited here."],
    ["a disposer that is no method", "class Base implements AsyncDisposable { [Symbol.asyncDispose] = async () => { await work(); }; }\nexport class ‸Store extends Base { conn = openSync(); }", "The disposer of its base class is abstract, or no method: `super` cannot call it."],
    ["a base class that may close it", "class Base implements AsyncDisposable { async close() { await work(); } async [Symbol.asyncDispose]() { await this.close(); } }\nexport class ‸Store extends Base { override async close() { await work(); } }", "The disposer of its base class may call `close()` already."],
    ["an abstract disposer", "abstract class Base implements AsyncDisposable { abstract [Symbol.asyncDispose](): Promise<void>; }\nexport abstract class ‸Store extends Base { conn = openSync(); }", "The disposer of its base class is abstract, or no method: `super` cannot call it."],
  ])("says why not: %s", (_, text, because) => {
    refuses(title, text, because);
  });

  it("has nothing to do with classes without resources, nor with those that have a disposer", () => {
    ignores(/^Make/u, "export class ‸Store { n = 1; }");
    ignores(/^Make/u, "export class ‸Store implements AsyncDisposable { conn = openSync(); async [Symbol.asyncDispose]() { await this.conn.close(); } }");
    ignores(/^Make/u, "export class Store { conn = openSync(); m() { ‸step(); } }");
  });
});

const bundled: ts.CompilerOptions = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };

/** A module of the project that has the helper. */
const managed = { "ownership/managed.ts": "export declare function asyncContextManager<A extends unknown[], T>(make: (...args: A) => AsyncGenerator<T, void, void>): (...args: A) => Promise<Managed<T>>;\n" };

describe("a generator → a manager", () => {
  const title = "Make `conn` a manager with `asyncContextManager`";
  const body = "{\n  const c = await open(url);\n  try {\n    yield c;\n  } finally {\n    await c.close();\n  }\n}";
  const makesIt = (text: string, expected: string, rest: Rest = {}): void => {
    makes(title, text, expected, rest);
  };

  it("gives a function to the helper, with its comment and its export", () => {
    makesIt(`/** Connects. */\nexport async function* ‸conn(url: string) ${body} // end\n`, `/** Connects. */\nexport const conn = asyncContextManager(async function* conn(url: string) ${body}); // end\n`);
    makesIt(`‸export async function* conn(url: string) ${body}`, `export const conn = asyncContextManager(async function* conn(url: string) ${body});`);
  });

  it("or a constant", () => {
    makesIt(`export const ‸conn = async function* (url: string): AsyncGenerator<Conn, void, void> ${body};`, `export const conn = asyncContextManager(async function* (url: string): AsyncGenerator<Conn, void, void> ${body});`);
  });

  it("exported apart, with CRLF and tabs", () => {
    makesIt(
      "async function* ‸conn() {\r\n\tawait using c = await open();\r\n\tyield c;\r\n}\r\nexport { conn };\r\n",
      "const conn = asyncContextManager(async function* conn() {\r\n\tawait using c = await open();\r\n\tyield c;\r\n});\r\nexport { conn };\r\n",
    );
  });

  it("exported as the default", () => {
    makesIt(`export default async function* ‸conn(url: string) ${body}\n`, `const conn = asyncContextManager(async function* conn(url: string) ${body});\n\nexport default conn;\n`);
  });

  it("imports the helper that the project has", () => {
    makesIt(`export async function* ‸conn(url: string) ${body}`, `import { asyncContextManager } from "./ownership/managed.js";\n\nexport const conn = asyncContextManager(async function* conn(url: string) ${body});`, { beside: managed });
    makesIt(
      `// @ts-check\n"use strict";\n/** Connects. */\nexport async function* ‸conn(url: string) ${body}`,
      `// @ts-check\n"use strict";\nimport { asyncContextManager } from "./ownership/managed.js";\n\n/** Connects. */\nexport const conn = asyncContextManager(async function* conn(url: string) ${body});`,
      { beside: managed },
    );
  });

  it("behind other imports, written as they are, or beside one from there", () => {
    const other = { ...managed, "other.ts": "export const other = 1;\n" };
    makesIt(
      `import { other } from './other'\n\nexport async function* ‸conn(url: string) ${body}\nconsole.log(other);`,
      `import { other } from './other'\nimport { asyncContextManager } from './ownership/managed'\n\nexport const conn = asyncContextManager(async function* conn(url: string) ${body});\nconsole.log(other);`,
      { beside: other, options: bundled },
    );
    const both = { "managed.ts": `${managed["ownership/managed.ts"]}export const more = 1;\n` };
    makesIt(
      `import { more } from "./managed.js";\nexport async function* ‸conn(url: string) ${body}\nconsole.log(more);`,
      `import { more, asyncContextManager } from "./managed.js";\nexport const conn = asyncContextManager(async function* conn(url: string) ${body});\nconsole.log(more);`,
      { beside: both },
    );
  });

  it("under the name that the file imports it by", () => {
    makes(
      "Make `conn` a manager with `manage`",
      `import { asyncContextManager as manage } from "./ownership/managed.js";\nexport async function* ‸conn(url: string) ${body}`,
      `import { asyncContextManager as manage } from "./ownership/managed.js";\nexport const conn = manage(async function* conn(url: string) ${body});`,
      { beside: managed },
    );
  });

  it("with the endings that the compiler options ask for", () => {
    const from = (specifier: string): string => `import { asyncContextManager } from "${specifier}";\n\nexport const conn = asyncContextManager(async function* conn(url: string) ${body});`;
    const text = `export async function* ‸conn(url: string) ${body}`;
    makesIt(text, from("./ownership/managed.ts"), { beside: managed, options: { allowImportingTsExtensions: true } });
    makesIt(text, from("./ownership/managed"), { beside: managed, options: bundled });
    makesIt(text, from("./ownership/managed.mjs"), { beside: { "ownership/managed.mts": managed["ownership/managed.ts"] }, options: bundled });
    makesIt(text, from("../managed.js"), { beside: { "../managed.ts": managed["ownership/managed.ts"] } });
  });

  it("and takes its value where the file took it by hand", () => {
    makesIt(
      `async function* conn‸(url: string) ${body}\nexport async function ping() {\n  await using it = conn("a");\n  const { value } = await it.next();\n  await value?.ping();\n}\nexport async function rows() {\n  await using it = conn("b");\n  return await (await it.next()).value?.query("");\n}\n`,
      `const conn = asyncContextManager(async function* conn(url: string) ${body});\nexport async function ping() {\n  await using it = await conn("a");\n  const { value } = it;\n  await value?.ping();\n}\nexport async function rows() {\n  await using it = await conn("b");\n  return await it.value?.query("");\n}\n`,
    );
  });

  it("in JavaScript", () => {
    makesIt(
      "export async function* ‸conn(url = 'a') {\n  await using c = await open(url);\n  yield c;\n}\n",
      "import { asyncContextManager } from './ownership/managed.js';\n\nexport const conn = asyncContextManager(async function* conn(url = 'a') {\n  await using c = await open(url);\n  yield c;\n});\n",
      { beside: managed, fileName: "edited.js" },
    );
  });

  it.each([
    ["iterated", `async function* ‸conn(url: string) ${body}\nexport async function f() {\n  for await (const c of conn('')) await c.ping();\n}`, "Line 10 uses `conn` as a generator."],
    ["delegated to", `async function* ‸conn(url: string) ${body}\nexport async function* two() {\n  yield* conn('');\n}`, "Line 10 uses `conn` as a generator."],
    ["advanced by hand", `async function* ‸conn(url: string) ${body}\nexport async function f() {\n  return await conn('').next();\n}`, "Line 10 uses `conn` as a generator."],
    ["handed on", `async function* ‸conn(url: string) ${body}\nexport const all = [conn];`, "Line 9 uses `conn` as a generator."],
    ["asked whether it is done", `async function* ‸conn(url: string) ${body}\nexport async function f() {\n  await using it = conn('');\n  const { done, value } = await it.next();\n  return done ? '' : value?.id;\n}`, "Line 10 takes more than the value from the generator of `conn()`."],
    ["used ahead of its declaration", `export async function f() {\n  await using it = conn('');\n  const { value } = await it.next();\n  await value?.ping();\n}\nasync function* ‸conn(url: string) ${body}`, "Line 2 uses `conn` ahead of its declaration, which a constant cannot be."],
    ["declared as an iterable", `export async function* ‸conn(url: string): AsyncIterableIterator<Conn> ${body}`, "It is declared as an iterable, which a manager is not: declare it as an `AsyncGenerator`, or leave it one."],
    ["code behind the yield", "export async function* ‸conn() {\n  const c = await open();\n  yield c;\n  await c.close();\n}", "Line 4 would never run: a manager is left at its `yield`. Put it into a `finally` first."],
    ["a path without a yield", "export async function* ‸conn() {\n  if (flag()) return;\n  await using c = await open();\n  yield c;\n}", "It does not yield on every path: see line 2."],
    ["a catch", "export async function* ‸conn() {\n  const c = await open();\n  try {\n    yield c;\n  } catch {\n    step();\n  } finally {\n    await c.close();\n  }\n}", "The `catch` on line 5 would never see an error of the code that uses the manager."],
    ["what is sent back", "export async function* ‸conn() {\n  await using c = await open();\n  const answer: unknown = yield c;\n  void answer;\n}", "Line 4 would never run: a manager is left at its `yield`. Put it into a `finally` first."],
    ["what is sent back at the end", "export async function* ‸conn() {\n  await using c = await open();\n  return yield c;\n}", "Line 3 takes what `next()` sends back, which a manager is never sent."],
    ["`this`", "export async function* ‸conn(this: { url: string }) {\n  await using c = await open(this.url);\n  yield c;\n}", "Line 2 uses `this`, which the helper does not hand on."],
    ["a default without a type", "export async function* ‸conn(url = 'a') {\n  await using c = await open(url);\n  yield c;\n}", "Only a default says the type of a parameter, and the helper would make it `unknown`: annotate it first."],
    ["overloads", `export function conn(url: string): AsyncGenerator<Conn, void, void>;\nexport async function* ‸conn(url: string): AsyncGenerator<Conn, void, void> ${body}`, "`conn` is declared more than once."],
    ["a declared type", `export const ‸conn: (url: string) => AsyncGenerator<Conn, void, void> = async function* (url: string) ${body};`, "The type of `conn` says that it is a generator: take that away first."],
  ])("says why not: %s", (_, text, because) => {
    refuses(title, text, because);
  });

  it("says why not: a method", () => {
    refuses("Make the generator a manager with `asyncContextManager`", `export class A { async *‸conn(url: string) ${body} }`, "A method stays a method: give the generator a name of its own first.");
  });

  it("says why not: no helper", () => {
    refuses(title, "export async function* ‸conn() { await using c = { [Symbol.asyncDispose]: async () => { await Promise.resolve(); } }; yield c; }", "No file of this project exports a manager helper: add it to the project first.", { ambient: false });
  });

  it("has nothing to do with producers of data, managers, and the bodies of generators", () => {
    ignores(/manager/u, "export async function* ‸rows() { await using c = await open(); for (const row of await c.query('')) yield row; }");
    ignores(/manager/u, "export async function* ‸both() { await using c = await open(); yield c; yield c; }");
    ignores(/manager/u, "export async function* ‸one() { yield 1; }");
    ignores(/manager/u, "export function* ‸one() { using l = lock(); yield l; }");
    ignores(/manager/u, "export const conn = asyncContextManager(async function* ‸() { await using c = await open(); yield c; });");
    ignores(/manager/u, "async function* ‸conn() { await using c = await open(); yield c; } export const manager = asyncContextManager(conn);");
    ignores(/manager/u, "export async function* conn() { await using c = await open(); ‸yield c; }");
  });
});

describe("a release behind the `yield` → `finally`", () => {
  const title = "Put what follows the `yield` into a `finally`";

  it("of a manager", () => {
    makes(
      title,
      "export const conn = asyncContextManager(async function* () {\r\n\tconst c = await open();\r\n\t‸yield c; // here\r\n\tawait c.close();\r\n});\r\n",
      "export const conn = asyncContextManager(async function* () {\r\n\tconst c = await open();\r\n\ttry {\r\n\t\tyield c; // here\r\n\t} finally {\r\n\t\tawait c.close();\r\n\t}\r\n});\r\n",
    );
  });

  it("of any generator", () => {
    makes(title, "export function* name() {\n  const l = lock();\n  yield‸ l.name;\n  l.release();\n}", "export function* name() {\n  const l = lock();\n  try {\n    yield l.name;\n  } finally {\n    l.release();\n  }\n}");
  });

  it.each([
    ["a commit", "  yield‸ c;\n  await c.query('commit');\n  await c.close();", "Line 4 does more than release, and would then run after a failure too: decide on that first."],
    ["a try around it", "  try { yield‸ c; } finally { step(); }\n  await c.close();", "The `yield` stands in the `try` of line 3 already: put its release there."],
    ["a block around it", "  { yield‸ c; }\n  await c.close();", "The `yield` is nested in a block: what follows it stands outside."],
    ["a value", "  const n: unknown = yield‸ c;\n  await c.close(); void n;", "Its value is used, and there would be none when the generator is left."],
    ["one line", "  yield‸ c; await c.close();", "Put the `yield` and what follows it on lines of their own first."],
  ])("says why not: %s", (_, body, because) => {
    refuses(title, `export const conn = asyncContextManager(async function* () {\n  const c = await open();\n${body}\n});`, because);
  });

  it("has nothing to do with a `yield` that nothing follows, with loops, nor with other statements", () => {
    ignores(/finally/u, "export async function* conn() { await using c = await open(); ‸yield c; }");
    ignores(/finally/u, "export async function* rows() { const c = await open(); for (const row of await c.query('')) yield‸ row; await c.close(); }");
    ignores(/finally/u, "export async function* conn() { const c = await open(); yield c; ‸await c.close(); }");
  });
});

describe("an acquisition with its release → a manager of its own", () => {
  const title = "Extract `conn` with its release into a manager";
  const makesIt = (text: readonly string[], expected: readonly string[], rest: Rest = {}): void => {
    makes(title, text.join("\n"), expected.join("\n"), rest);
  };

  it("of a `finally`, with what it takes as parameters", () => {
    makesIt(
      ["import type { AddressInfo } from \"node:net\";", "", "/** Asks. */", "export async function ask(url: string, { port }: AddressInfo) {", "  const name = url.trim();", "  const conn‸ = await open(`${url}:${String(port)}`);", "  try {", "    // first", "    await conn.ping();", "    return await conn.query(name);", "  } finally {", "    // in any case", "    await conn.close();", "    console.log(name);", "  }", "}", ""],
      ["import type { AddressInfo } from \"node:net\";", "", "const managedConn = asyncContextManager(async function* (url: string, port: number, name: string) {", "  const conn = await open(`${url}:${String(port)}`);", "  try {", "    yield conn;", "  } finally {", "    // in any case", "    await conn.close();", "    console.log(name);", "  }", "});", "", "/** Asks. */", "export async function ask(url: string, { port }: AddressInfo) {", "  const name = url.trim();", "  await using held = await managedConn(url, port, name);", "  const conn = held.value;", "  // first", "  await conn.ping();", "  return await conn.query(name);", "}", ""],
    );
  });

  it("of a scope", () => {
    makesIt(
      ["export class A {", "  async ping(url?: string) {", "    if (url === undefined) return;", "    ‸await using conn = await open(url); // kept", "    await conn.ping();", "  }", "}"],
      ["const managedConn = asyncContextManager(async function* (url: string) {", "  await using conn = await open(url);", "  yield conn;", "});", "", "export class A {", "  async ping(url?: string) {", "    if (url === undefined) return;", "    await using held = await managedConn(url);", "    const conn = held.value; // kept", "    await conn.ping();", "  }", "}"],
    );
  });

  it("makes a block of what something follows, and keeps `catch`", () => {
    makesIt(
      ["export async function f() {", "  const conn‸ = await open(", "    'a',", "  );", "  try {", "    await conn.ping();", "  } finally {", "    await conn.close();", "  }", "  step();", "}"],
      ["const managedConn = asyncContextManager(async function* () {", "  const conn = await open(", "    'a',", "  );", "  try {", "    yield conn;", "  } finally {", "    await conn.close();", "  }", "});", "", "export async function f() {", "  {", "    await using held = await managedConn();", "    const conn = held.value;", "    await conn.ping();", "  }", "  step();", "}"],
    );
    makesIt(
      ["export async function f() {", "  const conn‸ = await open();", "  try {", "    await conn.ping();", "  } catch (error) {", "    console.log(error);", "  } finally {", "    await conn.close();", "  }", "}"],
      ["const managedConn = asyncContextManager(async function* () {", "  const conn = await open();", "  try {", "    yield conn;", "  } finally {", "    await conn.close();", "  }", "});", "", "export async function f() {", "  await using held = await managedConn();", "  const conn = held.value;", "  try {", "    await conn.ping();", "  } catch (error) {", "    console.log(error);", "  }", "}"],
    );
  });

  it("with CRLF, tabs, a template, and names that are taken", () => {
    makes(
      title,
      "export async function f(held: string, managedConn: number) {\r\n\tconst conn: Conn‸ = await open(`${held}\r\n\t\tb`);\r\n\ttry {\r\n\t\tawait conn.query(String(managedConn));\r\n\t} finally {\r\n\t\tawait conn.close();\r\n\t}\r\n}\r\n",
      "const managedConn_ = asyncContextManager(async function* (held: string) {\r\n\tconst conn: Conn = await open(`${held}\r\n\t\tb`);\r\n\ttry {\r\n\t\tyield conn;\r\n\t} finally {\r\n\t\tawait conn.close();\r\n\t}\r\n});\r\n\r\nexport async function f(held: string, managedConn: number) {\r\n\tawait using held_ = await managedConn_(held);\r\n\tconst conn = held_.value;\r\n\tawait conn.query(String(managedConn));\r\n}\r\n",
    );
  });

  it("of what has no disposer, but a method that releases", () => {
    makesIt(
      ["class Client { async end(): Promise<void> { await work(); } ask(): number { return 1; } }", "async function connect(retries: number): Promise<Client> { step(); return retries > 0 ? new Client() : await connect(1); }", "export async function f(retries: number) {", "  const conn‸ = await connect(retries);", "  try {", "    return conn.ask();", "  } finally {", "    await conn.end();", "  }", "}"],
      ["class Client { async end(): Promise<void> { await work(); } ask(): number { return 1; } }", "async function connect(retries: number): Promise<Client> { step(); return retries > 0 ? new Client() : await connect(1); }", "const managedConn = asyncContextManager(async function* (retries: number) {", "  const conn = await connect(retries);", "  try {", "    yield conn;", "  } finally {", "    await conn.end();", "  }", "});", "", "export async function f(retries: number) {", "  await using held = await managedConn(retries);", "  const conn = held.value;", "  return conn.ask();", "}"],
    );
  });

  it("ahead of what runs when the module is loaded, and with the import that it takes", () => {
    makesIt(
      ["import process from \"node:process\";", "", "// Starts.", "void main(process.argv.length);", "", "async function main(n: number) {", "  await using conn‸ = await open();", "  await conn.query(String(n));", "}"],
      ["import process from \"node:process\";", "import { asyncContextManager } from \"./ownership/managed.js\";", "", "const managedConn = asyncContextManager(async function* () {", "  await using conn = await open();", "  yield conn;", "});", "", "// Starts.", "void main(process.argv.length);", "", "async function main(n: number) {", "  await using held = await managedConn();", "  const conn = held.value;", "  await conn.query(String(n));", "}"],
      { beside: managed },
    );
  });

  it("in JavaScript", () => {
    makesIt(
      ["export async function f(url) {", "  const conn‸ = await open(url);", "  try {", "    await conn.ping();", "  } finally {", "    await conn.close();", "  }", "}"],
      ["const managedConn = asyncContextManager(async function* (url) {", "  const conn = await open(url);", "  try {", "    yield conn;", "  } finally {", "    await conn.close();", "  }", "});", "", "export async function f(url) {", "  await using held = await managedConn(url);", "  const conn = held.value;", "  await conn.ping();", "}"],
      { fileName: "edited.js", options: { noImplicitAny: false } },
    );
  });

  const inFunction = (body: string, head = "export async function f(url: string)"): string => `${head} {\n  ${body}\n}`;
  it.each([
    ["a variable that is assigned", inFunction("let done = false;\n  const conn‸ = await open(url);\n  try { await conn.ping(); done = true; } finally { if (!done) step(); await conn.close(); }"), "`done` is assigned on line 4, which the manager would not see."],
    ["a parameter that is assigned", inFunction("url = url.trim();\n  await using conn‸ = await open(url);\n  await conn.ping();"), "`url` is assigned on line 2, which the manager would not see."],
    ["an assignment in the `finally`", inFunction("let n = 0;\n  const conn‸ = await open(url);\n  try { await conn.ping(); } finally { n += 1; await conn.close(); }\n  return n;"), "`n` is assigned on line 4, which the manager would not see."],
    ["`this`", "export class A {\n  url = '';\n  async f() {\n    await using conn‸ = await open(this.url);\n    await conn.ping();\n  }\n}", "Line 4 uses `this`, which belongs to the function around it."],
    ["`this` in an arrow function", "export class A {\n  url = '';\n  async f() {\n    await using conn‸ = await open((() => this.url)());\n    await conn.ping();\n  }\n}", "Line 4 uses `this`, which belongs to the function around it."],
    ["`arguments`", inFunction("await using conn‸ = await open(String(arguments.length));\n  await conn.ping();"), "Line 2 uses `arguments`, which belongs to the function around it."],
    ["`super`", "class A { url() { return ''; } }\nexport class B extends A {\n  async f() {\n    await using conn‸ = await open(super.url());\n    await conn.ping();\n  }\n}", "Line 4 uses `super`, which belongs to the function around it."],
    ["a `yield`", "export async function* f(): AsyncGenerator<number, void, string> {\n  await using conn‸ = await open(yield 1);\n  await conn.ping();\n}", "Line 2 yields, which belongs to the generator around it."],
    ["a `return` in the `finally`", inFunction("const conn‸ = await open(url);\n  try { await conn.ping(); } finally { await conn.close(); if (flag()) return; }"), "Line 3 returns from the function, which a manager cannot."],
    ["a jump out of the `finally`", inFunction("for (;;) {\n    const conn‸ = await open(url);\n    try { await conn.ping(); } finally { await conn.close(); break; }\n  }"), "Line 4 jumps out of the `finally`."],
    ["a labelled jump", inFunction("outer: for (;;) {\n    const conn‸ = await open(url);\n    try { await conn.ping(); } finally { for (;;) { await conn.close(); continue outer; } }\n  }"), "Line 4 jumps out of the `finally`."],
    ["a type of the function", inFunction("type Url = string;\n  await using conn‸ = await open(url as Url);\n  await conn.ping();"), "Line 3 names the type `Url`, which only the function knows."],
    ["a type parameter", inFunction("await using conn‸ = await open(of(t));\n  await conn.ping();", "declare function of(t: unknown): string;\nexport async function f<T>(t: T)"), "The type of `t` has no name at the top of this file."],
    ["a class of the function", inFunction("class Url { text = url; }\n  await using conn‸ = await open(new Url().text);\n  await conn.ping();"), "The type of `Url` has no name at the top of this file."],
    ["a use after the `try`", inFunction("const conn‸ = await open(url);\n  try { await conn.ping(); } finally { await conn.close(); }\n  console.log(conn.id);"), "`conn` is used after the `try`, on line 4."],
    ["a second assignment", inFunction("let conn‸ = await open(url);\n  try { conn = await open(); } finally { await conn.close(); }"), "`conn` is assigned again on line 3."],
    ["a comment", inFunction("const conn‸ = await open(url);\n  try { await conn.ping(); } /* always */ finally { await conn.close(); }"), "A comment beside `try` or `finally` would be lost."],
    ["work that nobody waits for", inFunction("await using conn‸ = await open(url);\n  return conn.query('');"), "Line 3 does not wait for its work on `conn`: await it first."],
    ["what is handed out", inFunction("const conn‸ = await open(url);\n  try { return conn; } finally { await conn.close(); }"), "`conn`, or something that works only while it is open, leaves the scope on line 3."],
    ["a function that is not async", "export function f() {\n  using conn‸ = lock();\n  step();\n}", "`await` cannot stand here: make the function `async` first."],
  ])("says why not: %s", (_, text, because) => {
    refuses(title, text, because);
  });

  it("says why not: no helper, and CommonJS", () => {
    const own = "async function own() { await Promise.resolve(); return { close: async () => { await Promise.resolve(); } }; }\n";
    const text = `${own}EXPORT async function f() {\n  const conn‸ = await own();\n  try { await Promise.resolve(); } finally { await conn.close(); }\n}`;
    refuses(title, text.replace("EXPORT", "export"), "No file of this project exports a manager helper: add it to the project first.", { ambient: false });
    refuses(title, text.replace("EXPORT", "module.exports = f;"), "This file has no `import`, by which the manager helper would come.", { fileName: "edited.js" });
  });

  it("has nothing to do with what nothing releases, nor with module scope", () => {
    ignores(/^Extract/u, "export async function f() { const conn‸ = await open(); await conn.ping(); }");
    ignores(/^Extract/u, "export async function f() { const conn‸ = await open(); try { await conn.ping(); } finally { step(); } }");
    ignores(/^Extract/u, "export async function f() { const conn‸ = await open(); step(); try { await conn.ping(); } finally { await conn.close(); } }");
    ignores(/^Extract/u, "export async function f() { await using s‸ = new AsyncDisposableStack(); s.use(await open()); }");
    ignores(/^Extract/u, "await using conn‸ = await open();\nexport {};");
  });
});
