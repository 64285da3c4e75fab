import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { fixtures } from "./support/rule-tester.js";
import { errorsIn, lint, projectAt, strict, Workspace } from "./support/workspace.js";

/**
 * What a generator can be used for as a manager, and misused: what happens when it
 * runs, and what is said of it. "Node 24" is a Node whose generators have a disposer.
 */
interface Row {
  readonly id: string;
  readonly title: string;
  /** A module of TypeScript; what it logs is what happens. */
  readonly code: string;
  readonly happens: readonly string[];
  /** On Node 20 and 22 where that is something else; by default they know no disposer of generators. */
  readonly below24?: readonly string[];
  readonly is: Verdict;
}

type Verdict =
  /** Nothing to report. */
  | { readonly is: "correct" }
  /** Each finding by its rule and words of its message. */
  | { readonly is: "reported"; readonly findings: readonly (readonly [rule: string, words: string])[] }
  /** TypeScript refuses it; in JavaScript, where it does not, what is reported. */
  | { readonly is: "refused"; readonly errors: readonly string[]; readonly inJavaScript: readonly (readonly [rule: string, words: string])[] }
  /** Nothing is reported, for a reason that a page gives. */
  | { readonly is: "out of reach"; readonly page: string; readonly because: string };

const correct: Verdict = { is: "correct" };
const reported = (...findings: readonly (readonly [string, string])[]): Verdict => ({ is: "reported", findings });

const prelude = `
export const log: string[] = [];
export class Conn {
  readonly id = "v";
  query(): string[] { log.push("body"); return []; }
  async close(): Promise<void> { log.push("release"); }
}
/** @owned */
export async function open(): Promise<Conn> { log.push("acquire"); return new Conn(); }
`;

const notDisposable = ["threw TypeError: Object not disposable."];

const rows: readonly Row[] = [
  {
    id: "F01",
    title: "scoped and never advanced",
    code: `async function* conn() { const c = await open(); try { yield c; } finally { await c.close(); } }
export async function main() { await using it = conn(); log.push("body"); }`,
    happens: ["body", "completed"],
    is: reported(["no-abandoned-generator", "`it` is scoped and never started"]),
  },
  {
    id: "F02",
    title: "scoped and advanced once",
    code: `async function* conn() { const c = await open(); try { yield c; } finally { await c.close(); } }
export async function main() { await using it = conn(); const { value } = await it.next(); value?.query(); }`,
    happens: ["acquire", "body", "release", "completed"],
    is: { is: "out of reach", page: "no-abandoned-generator", because: "`await using it = connection()` followed by `await it.next()` is right on Node 24 and later and throws on Node 20 and 22, where generators have no disposer: which Node runs the code is not asked." },
  },
  {
    id: "F03",
    title: "a release behind the `yield` without a `finally`",
    code: `async function* conn() { const c = await open(); yield c; await c.close(); }
export async function main() { await using it = conn(); const { value } = await it.next(); value?.query(); }`,
    happens: ["acquire", "body", "completed"],
    is: reported(["valid-generator-manager", "`c.close()` never runs"]),
  },
  {
    id: "F03",
    title: "the same, of a generator that others may use in other ways",
    code: `export async function* conn() { const c = await open(); yield c; await c.close(); }
export async function main() { await using it = conn(); const { value } = await it.next(); value?.query(); }`,
    happens: ["acquire", "body", "completed"],
    is: reported(["no-abandoned-generator", "`c.close()` after the `yield` of `conn()`"]),
  },
  {
    id: "F04",
    title: "a `yield` in `finally`",
    code: `async function* conn() { const c = await open(); try { yield c; } finally { log.push("release 1"); yield c; await c.close(); } }
export async function main() { await using it = conn(); const { value } = await it.next(); value?.query(); }`,
    happens: ["acquire", "body", "release 1", "completed"],
    is: reported(["valid-generator-manager", "This `yield` in `finally` interrupts the release"], ["valid-generator-manager", "`c.close()` never runs"]),
  },
  {
    id: "F05",
    title: "two `yield`s in the `try`",
    code: `async function* conn() { const c = await open(); try { yield c; log.push("second"); yield c; } finally { await c.close(); } }
export async function main() { await using it = conn(); const { value } = await it.next(); value?.query(); }`,
    happens: ["acquire", "body", "release", "completed"],
    is: reported(["valid-generator-manager", "This `yield` is never reached"]),
  },
  {
    id: "F06",
    title: "a `catch` around the `yield`",
    code: `async function* conn() { const c = await open(); try { yield c; } catch { log.push("caught"); } finally { await c.close(); } }
export async function main() { await using it = conn(); await it.next(); throw new Error("body"); }`,
    happens: ["acquire", "release", "threw Error: body"],
    is: reported(["valid-generator-manager", "This `catch` never sees an error"]),
  },
  {
    id: "F07",
    title: "no `yield`",
    code: `async function* conn(): AsyncGenerator<Conn, void, void> { const c = await open(); c.query(); }
export async function main() { await using it = conn(); const { done, value } = await it.next(); log.push(\`done \${String(done)} value \${String(value)}\`); }`,
    happens: ["acquire", "body", "done true value undefined", "completed"],
    is: reported(["valid-generator-manager", "`conn` has no `yield`"]),
  },
  {
    id: "F08",
    title: "an acquisition that fails",
    code: `async function* conn() { try { yield await failing(); } finally { log.push("release"); } }
async function failing(): Promise<Conn> { throw new Error("connect failed"); }
export async function main() { await using it = conn(); await it.next(); }`,
    happens: ["release", "threw Error: connect failed"],
    is: correct,
  },
  {
    id: "F09",
    title: "a `next()` that nobody waits for",
    code: `async function* conn() { const c = await open(); log.push("acquired"); try { yield c; } finally { await c.close(); } }
export async function main() { await using it = conn(); void it.next(); log.push("body"); }`,
    happens: ["acquire", "body", "acquired", "release", "completed"],
    is: reported(["no-unawaited-use", "Nobody awaits `it.next()`"]),
  },
  {
    id: "F10",
    title: "a release that never ends",
    code: `async function* conn() { const c = await open(); try { yield c; } finally { await new Promise(() => {}); } }
export async function main() { await using it = conn(); const { value } = await it.next(); value?.query(); }`,
    happens: ["acquire", "body", "still waiting"],
    is: { is: "out of reach", page: "no-abandoned-generator", because: "A release that waits for ever keeps its scope from ending: whether a promise ever settles cannot be seen." },
  },
  {
    id: "F11",
    title: "the generator taken for the value",
    code: `async function* conn() { const c = await open(); try { yield c; } finally { await c.close(); } }
export async function main() { await using r = conn(); log.push(\`r.query is \${typeof r.query}\`); }`,
    happens: ["r.query is undefined", "completed"],
    is: { is: "refused", errors: ["TS2339"], inJavaScript: [["no-abandoned-generator", "`r` is the generator that `conn()` makes, not the value"]] },
  },
  {
    id: "F12",
    title: "a loop as a scope",
    code: `async function* conn() { const c = await open(); try { yield c; } finally { await c.close(); } }
export async function main() { for await (const c of conn()) c.query(); }`,
    happens: ["acquire", "body", "release", "completed"],
    below24: ["acquire", "body", "release", "completed"],
    is: correct,
  },
  {
    id: "F13",
    title: "the same with a body that throws, and a `catch` in the generator",
    code: `async function* conn() { const c = await open(); try { yield c; } catch { log.push("caught"); } finally { await c.close(); } }
export async function main() { for await (const c of conn()) throw new Error(\`body of \${c.id}\`); }`,
    happens: ["acquire", "release", "threw Error: body of v"],
    below24: ["acquire", "release", "threw Error: body of v"],
    is: { is: "out of reach", page: "valid-generator-manager", because: "A `catch` in a generator that is iterated never sees an error of the loop's body either, but nothing says that it is meant to: it may be for what the generator itself does." },
  },
  {
    id: "F15",
    title: "a release that fails after a body that failed",
    code: `async function* conn() { const c = await open(); try { yield c; } finally { throw new Error("release failed"); } }
export async function main() { await using it = conn(); await it.next(); throw new Error("body"); }`,
    happens: ["acquire", "threw SuppressedError: release failed, suppressed: body"],
    is: correct,
  },
  {
    id: "F16",
    title: "`await using` in the generator",
    code: `async function opened() { const c = await open(); return { c, [Symbol.asyncDispose]: () => c.close() }; }
async function* conn() { await using held = await opened(); yield held.c; }
export async function main() { await using it = conn(); const { value } = await it.next(); value?.query(); }`,
    happens: ["acquire", "body", "release", "completed"],
    is: correct,
  },
  {
    id: "F17",
    title: "a delegation",
    code: `async function* inner() { const c = await open(); try { yield c; } finally { await c.close(); } }
async function* outer() { log.push("outer acquire"); try { yield* inner(); } finally { log.push("outer release"); } }
export async function main() { await using it = outer(); const { value } = await it.next(); value?.query(); }`,
    happens: ["outer acquire", "acquire", "body", "release", "outer release", "completed"],
    is: correct,
  },
  {
    id: "F18",
    title: "an error thrown in by hand",
    code: `async function* conn() { const c = await open(); try { yield c; } catch (error) { log.push(\`caught \${String(error)}\`); } finally { await c.close(); } }
export async function main() { const it = conn(); await it.next(); const { done } = await it.throw(new Error("body")); log.push(\`done \${String(done)}\`); }`,
    happens: ["acquire", "caught Error: body", "release", "done true", "completed"],
    below24: ["acquire", "caught Error: body", "release", "done true", "completed"],
    is: correct,
  },
  {
    id: "F19",
    title: "a synchronous one",
    code: `function* name() { log.push("acquire"); try { yield "v"; } finally { log.push("release"); } }
export async function main() { using it = name(); log.push(\`body \${String(it.next().value)}\`); }`,
    happens: ["acquire", "body v", "release", "completed"],
    is: correct,
  },
  {
    id: "F19",
    title: "a synchronous one without a `finally`",
    code: `const close = (): void => { log.push("release"); };
function* name() { log.push("acquire"); yield "v"; close(); }
export async function main() { using it = name(); log.push(\`body \${String(it.next().value)}\`); }`,
    happens: ["acquire", "body v", "completed"],
    is: reported(["valid-generator-manager", "`close()` never runs"]),
  },
  {
    id: "F20",
    title: "an asynchronous one under `using`",
    code: `async function* conn() { const c = await open(); try { yield c; } finally { await c.close(); } }
export async function main() { using it = conn(); await it.next(); log.push("body"); }`,
    happens: ["threw TypeError: Object not disposable."],
    is: { is: "refused", errors: ["TS2850"], inJavaScript: [] },
  },
  {
    id: "F21",
    title: "disposed twice",
    code: `async function* conn() { const c = await open(); try { yield c; } finally { await c.close(); } }
export async function main() { const it = conn(); await it.next(); await it[Symbol.asyncDispose](); await it[Symbol.asyncDispose](); log.push("twice ok"); }`,
    happens: ["acquire", "release", "twice ok", "completed"],
    below24: ["acquire", "threw TypeError: it[Symbol.asyncDispose] is not a function"],
    is: correct,
  },
  {
    id: "F22",
    title: "`return()` twice over a `yield` in `finally`",
    code: `async function* conn() { const c = await open(); try { yield c.id; } finally { yield "again"; await c.close(); } }
export async function main() { const it = conn(); await it.next(); for (const n of [1, 2]) { const { done, value } = await it.return(); log.push(\`return #\${String(n)} \${String(value)} \${String(done)}\`); } }`,
    happens: ["acquire", "return #1 again false", "return #2 undefined true", "completed"],
    below24: ["acquire", "return #1 again false", "return #2 undefined true", "completed"],
    is: { is: "out of reach", page: "no-abandoned-generator", because: "A generator that yields in its `finally` talks to whoever advances it, who may know how to go on: `return()` by hand stops there, and a second one gives up the rest." },
  },
];

const sources = rows.map(({ code }) => `${prelude}${code}\n`);

/** Whether this Node has what the rows are about: the syntax, and disposers of generators. */
const isNative = Symbol.asyncDispose in Object.getPrototypeOf(Object.getPrototypeOf((async function* () {}).prototype)) && hasSyntax();

function hasSyntax(): boolean {
  try {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- asks for syntax that this file's own compiler may have lowered
    return typeof new Function("return async () => { await using _ = null; };") === "function";
  } catch {
    return false;
  }
}

const disposers = `
const iterators = [[function* () {}, Symbol.dispose], [async function* () {}, Symbol.asyncDispose]];
for (const [make, symbol] of iterators) {
  const prototype = Object.getPrototypeOf(Object.getPrototypeOf(make.prototype));
  prototype[symbol] ??= symbol === Symbol.dispose ? function () { this.return(); } : async function () { await this.return(); };
}
`;

/** What happens in each row, in a Node of its own; lowered where this one lacks the syntax. */
function run(folder: string, withDisposers: boolean): readonly (readonly string[])[] {
  const options: ts.CompilerOptions = { target: isNative ? ts.ScriptTarget.ESNext : ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const names = sources.map((source, index) => {
    const name = path.join(folder, `${String(index)}.mjs`);
    writeFileSync(name, ts.transpileModule(source, { compilerOptions: options }).outputText);
    return pathToFileURL(name).href;
  });
  const driver = `${withDisposers ? disposers : ""}
    const told = (error) => error.name === "SuppressedError" ? \`SuppressedError: \${error.error.message}, suppressed: \${error.suppressed.message}\` : String(error);
    const all = [];
    for (const name of ${JSON.stringify(names)}) {
      const { log, main } = await import(name);
      const ended = main().then(() => "completed", (error) => \`threw \${told(error)}\`);
      const end = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 300, "still waiting"))]);
      all.push([...log, end]);
    }
    process.stdout.write(JSON.stringify(all), () => process.exit(0));
  `;
  const { status, stderr, stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", driver], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as string[][];
}

/** The same words for the same error: Node says "Symbol(Symbol.dispose) is not a function". */
function worded(happened: readonly string[] | undefined): readonly string[] | undefined {
  return happened?.map((line) => line.replace(/^threw TypeError: Symbol\(Symbol\.\w+\) is not a function$|^threw TypeError: .*not disposable.*$/iu, notDisposable[0] ?? ""));
}

describe("what happens when a generator is used as a manager", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "manager-misuses-"));
  let here: readonly (readonly string[])[] = [];
  let onNode24: readonly (readonly string[])[] = [];
  beforeAll(() => {
    here = run(folder, false);
    onNode24 = isNative ? here : run(folder, true);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(rows.map((row, index) => ({ ...row, index })))("$id, where generators have a disposer: $title", ({ happens, index }) => {
    expect(worded(onNode24[index])).toEqual(happens);
  });

  // Where they have one, this is the same once more.
  const others = isNative ? [] : rows;
  it.each(others.map((row, index) => ({ ...row, index })))("$id, on this Node: $title", ({ below24, index }) => {
    expect(worded(here[index])).toEqual(below24 ?? notDisposable);
  });
});

describe("what is said of it", () => {
  const { options } = projectAt(path.join(fixtures, "tsconfig.json"));
  const workspace = new Workspace(options);
  const nameOf = (index: number, extension: string): string => path.join(fixtures, `misuse-${String(index)}.${extension}`);
  // Types are stripped for JavaScript, and nothing else.
  const plain = sources.map((source) => ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext } }).outputText);
  const files = [
    ...sources.map((text, index) => ({ fileName: nameOf(index, "ts"), text })),
    ...plain.map((text, index) => ({ fileName: nameOf(index, "js"), text })),
  ];
  const program = workspace.program(files);

  function findings(index: number, extension: "js" | "ts"): readonly string[] {
    const fileName = nameOf(index, extension);
    const file = files.find((each) => each.fileName === fileName);
    return file === undefined ? ["no such file"] : lint(file, strict, program).map(({ message, ruleId }) => `${String(ruleId).replace("await-using/", "")}: ${message}`);
  }

  function claims(found: readonly string[], expected: readonly (readonly [string, string])[]): void {
    expect(found.map((each) => each.split(":")[0])).toEqual(expected.map(([rule]) => rule));
    for (const [index, [, words]] of expected.entries()) expect(found[index]).toContain(words);
  }

  it.each(rows.map((row, index) => ({ ...row, index })))("$id: $title", ({ index, is: verdict }) => {
    const errors = errorsIn(program, nameOf(index, "ts")).map((error) => error.split(" ")[0]);
    expect(errors).toEqual(verdict.is === "refused" ? verdict.errors : []);
    const expected = verdict.is === "reported" ? verdict.findings : [];
    claims(findings(index, "ts"), expected);
    claims(findings(index, "js"), verdict.is === "refused" ? verdict.inJavaScript : expected);
    if (verdict.is !== "out of reach") return;
    const page = readFileSync(path.join(import.meta.dirname, `../docs/rules/${verdict.page}.md`), "utf8");
    expect(page).toContain(verdict.because);
  });
});
