import { describe, expect, it } from "vitest";

import { hintsIn } from "../src/analysis/hints.js";

const everywhere = { start: { line: 0, character: 0 }, end: { line: 1e6, character: 0 } };

/**
 * Claims that exactly the hints stand that a text spells: `// ⟵ …` at the end of
 * a line is the hint behind the last brace before it, or, on a line of its own, at the text's end.
 */
function shows(text: string, which: "all" | "multiple" = "multiple"): void {
  const expected = text.split("\n").flatMap((line, index) => {
    const label = /\/\/ (?<label>⟵ .*)$/u.exec(line)?.groups?.["label"];
    if (label === undefined) return [];
    const code = line.slice(0, line.indexOf("//")).trimEnd();
    return [{ line: index, character: code === "" ? line.length : code.lastIndexOf("}") + 1, label }];
  });
  expect(found(text, which)).toEqual(expected);
}

function found(text: string, which: "all" | "multiple"): readonly { readonly line: number; readonly character: number; readonly label: string }[] {
  return hintsIn("opened.ts", text, everywhere, which)
    .map(({ label, position }) => ({ ...position, label }))
    .sort((one, other) => one.line - other.line || one.character - other.character);
}

function tooltip(text: string, which: "all" | "multiple" = "multiple"): readonly string[] {
  const [hint, another] = hintsIn("opened.ts", text, everywhere, which);
  expect(another).toBeUndefined();
  return hint?.tooltip.split("\n") ?? [];
}

describe("the label names what the scope disposes, in the order of disposal", () => {
  it("the last one declared comes first", () => {
    shows(`
function run() {
  using first = lock();
  step();
  using second = lock();
} // ⟵ disposes second, first`);
  });

  it("the disposers that are awaited are marked", () => {
    shows(`
async function run() {
  await using conn = await open();
  using held = lock();
  await using dir = await openDir(".");
} // ⟵ disposes await dir, held, await conn`);
  });

  it("several declarators of one declaration", () => {
    shows(`
const run = () => {
  using a = lock(), b = lock();
}; // ⟵ disposes b, a`);
  });

  it("more than four are counted", () => {
    shows(`
function run() {
  using a = lock(), b = lock(), c = lock(), d = lock(), e = lock(), f = lock();
} // ⟵ disposes f, e, d, c +2`);
  });

  it("as many as VS Code shows without cutting the label; the tooltip has them all", () => {
    const text = `
async function run() {
  await using connection = await open();
  await using journal = await openJournal();
  await using lockOfTheWorkdir = await lock();
} // ⟵ disposes await lockOfTheWorkdir +2`;
    shows(text);
    expect(tooltip(text).map((line) => line.split(" = ")[0])).toEqual(["Disposed when this scope is left, in this order:", "await lockOfTheWorkdir", "await journal", "await connection"]);
  });

  it("43 characters are not too many, and 44 are", () => {
    shows(`
async function run() {
  await using journal = open();
  await using connections = open();
} // ⟵ disposes await connections, await journal
async function another() {
  await using journals = open();
  await using connections = open();
} // ⟵ disposes await connections +1`);
  });

  it("a name that is too long alone is cut, and whole in the tooltip", () => {
    const name = "connectionToTheReplicaInAnotherRegion";
    const text = `
for (await using ${name} of conns()) {
} // ⟵ disposes await connectionToThe… each turn
`;
    shows(text, "all");
    expect(tooltip(text, "all")[1]).toBe(`await ${name} (line 2)`);
  });

  it("of a stack only the stack", () => {
    shows(
      `
async function run() {
  await using stack = new AsyncDisposableStack();
  const conn = stack.use(await open());
  const held = stack.use(lock());
} // ⟵ disposes await stack`,
      "all",
    );
  });
});

describe("every kind of scope", () => {
  it("methods, function expressions, accessors and static blocks", () => {
    shows(`
class C {
  static {
    using a = lock(), b = lock();
  } // ⟵ disposes b, a
  async m() {
    await using a = await open(), b = await open();
  } // ⟵ disposes await b, await a
  get g() {
    using a = lock(), b = lock();
    return 1;
  } // ⟵ disposes b, a
}
setTimeout(function () {
  using a = lock(), b = lock();
}, 1); // ⟵ disposes b, a`);
  });

  it("blocks, and the function around them for itself", () => {
    shows(
      `
function run() {
  using outer = lock();
  {
    using inner = lock();
  } // ⟵ disposes inner
  try {
    using tried = lock();
  } // ⟵ disposes tried
  finally { step(); }
} // ⟵ disposes outer`,
      "all",
    );
  });

  it("the clauses of a switch that are blocks", () => {
    shows(`
function run(n: number) {
  switch (n) {
    case 1: {
      using a = lock();
      using b = lock();
      break;
    } // ⟵ disposes b, a
    default:
      step();
  }
}`);
  });

  it("the head of for…of, with each turn", () => {
    shows(
      `
async function run() {
  for (await using conn of conns()) {
    await conn.ping();
  } // ⟵ disposes await conn each turn
}`,
      "all",
    );
  });

  it("what the body declares goes before the head's", () => {
    shows(`
for (using held of locks) {
  using own = lock();
} // ⟵ disposes own, held each turn
`);
  });

  it("a loop right inside a loop", () => {
    shows(
      `
for (const some of lists) for (using held of some) {
  step();
} // ⟵ disposes held each turn
`,
      "all",
    );
  });

  it("the bodies of other loops, with each turn", () => {
    shows(`
while (flag()) {
  using a = lock(), b = lock();
} // ⟵ disposes b, a each turn
for (let i = 0; i < 3; i++) {
  using a = lock(), b = lock();
} // ⟵ disposes b, a each turn
`);
  });

  it("the head of for, once", () => {
    shows(
      `
for (using a = lock(), b = lock(); flag(); ) {
  step();
} // ⟵ disposes b, a
`,
    );
  });

  it("a module, at the end of its text", () => {
    shows(`
await using conn = await open();
using held = lock();
export {};
// ⟵ disposes held, await conn`);
  });
});

describe("which scopes", () => {
  const one = "function run() {\n  using held = lock();\n}";

  it("one declaration is no order: silent by default, shown on request", () => {
    expect(found(one, "multiple")).toEqual([]);
    expect(found(one, "all")).toEqual([{ line: 2, character: 1, label: "⟵ disposes held" }]);
  });

  it("two scopes with one declaration each", () => {
    shows("function run() { using a = lock(); { using b = lock(); } }");
  });

  it("only those that end in the lines asked for", () => {
    const text = `${one}\n${one}\n${one}`;
    const lines = (from: number, to: number): readonly number[] =>
      hintsIn("opened.ts", text, { start: { line: from, character: 0 }, end: { line: to, character: 0 } }, "all").map(({ position }) => position.line);
    expect(lines(3, 6)).toEqual([5]);
    expect(lines(2, 8)).toEqual([2, 5, 8]);
    expect(lines(0, 1)).toEqual([]);
  });
});

describe("silence", () => {
  it("const, let and var", () => {
    shows("function run() { const a = lock(); let b = lock(); var c = lock(); }", "all");
  });

  it("the word in names, comments, strings and as an identifier", () => {
    shows('function run() { const using = 1; /* using a = lock() */ const text = "using b = lock()"; using(a); return obj.using + using; }', "all");
  });

  it("a scope whose brace is not written yet", () => {
    shows("function run() {\n  using a = lock();\n  using b = lock();\n", "all");
    shows("for (using a of locks) {\n  step();\n", "all");
  });

  it("a declaration whose name is not written yet", () => {
    shows("function run() {\n  using \n}", "all");
  });

  it("a clause of a switch that is no block: no program runs with one", () => {
    shows("switch (1) {\n  case 1:\n    using a = lock(), b = lock();\n}", "all");
  });
});

it("broken code elsewhere takes no hint away", () => {
  shows(`
function run() {
  using a = lock(), b = lock();
} // ⟵ disposes b, a
const broken = (;
function other() {
  using a = lock(), b = lock();
} // ⟵ disposes b, a
`);
});

it("a text that grew by edits has the hints of one that is read at once", () => {
  const whole = "async function run() {\n  await using a = await open();\n  {\n    using b = lock(), c = lock();\n  }\n  for (using d of locks) { using e = lock(); }\n}\nclass C { m() { using f = lock(), g = lock(); } }\n";
  const fresh = (text: string): unknown => {
    hintsIn("another.ts", "using x = y;", everywhere, "all");
    return hintsIn("grown.ts", text, everywhere, "all");
  };
  const texts = [...Array(whole.length + 1).keys()].flatMap((length) => [whole.slice(0, length), `${whole.slice(0, length)} } ${whole.slice(length)}`]);
  const read = texts.map(fresh);
  expect(texts.map((text) => hintsIn("grown.ts", text, everywhere, "all"))).toEqual(read);
  expect(read.at(-2)).toHaveLength(4);
});

it("CRLF and characters of two units do not move the place", () => {
  const text = 'function run() {\r\n  using a = lock();\r\n  using b = lock("😀"); /* 😀 */ }\r\n';
  expect(found(text, "multiple")).toEqual([{ line: 2, character: 34, label: "⟵ disposes b, a" }]);
});

describe("the tooltip", () => {
  it("has a line for each, with what it is and where it is declared", () => {
    expect(tooltip("async function run() {\n  await using conn: Conn = await open();\n  using held =\n    lock(\n      'a');\n}")).toEqual([
      "Disposed when this scope is left, in this order:",
      "held = lock( 'a') (line 3)",
      "await conn: Conn (line 2)",
    ]);
  });

  it("says when a loop and a module dispose", () => {
    expect(tooltip("for (using held of locks) {\n}\n", "all")).toEqual(["Disposed at the end of each turn of the loop:", "held (line 1)"]);
    expect(tooltip("using held = lock();\n", "all")).toEqual(["Disposed when the module has been evaluated:", "held = lock() (line 1)"]);
  });

  it("is short", () => {
    const [, line = ""] = tooltip(`function run() { using held = lock("${"x".repeat(200)}"); }`, "all");
    expect(line.length).toBeLessThan(90);
    expect(line).toMatch(/^held = lock\("x+… \(line 1\)$/u);
  });
});
