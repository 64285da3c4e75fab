import path from "node:path";

import type { RuleTester } from "eslint";
import { describe, expect, it } from "vitest";

import type { Code } from "../src/code.js";
import { fateOf } from "../src/flow/fate/acquisition-fate.js";
import type { Fate } from "../src/flow/fate/fate.js";
import { nodesIn } from "../src/syntax.js";
import { probe } from "./support/probe.js";
import { fixtures, ts, typed } from "./support/rule-tester.js";
import { lint, projectAt, strict, Workspace } from "./support/workspace.js";

/** The fates of all acquisitions of a file that are not settled, each with the line of its evidence. */
const fates = probe((code) => {
  const found = [...nodesIn(code, code.ast)].flatMap((node) =>
    node.type === "CallExpression" || node.type === "NewExpression" ? fateText(fateOf(code, node), code) : [],
  );
  return found.length === 0 ? "settled" : found.join(", ");
});

function fateText(fate: Fate, { text }: Code): string[] {
  switch (fate.is) {
    case "floating":
      return [`floating ${fate.by}`];
    case "leaks-in-construction":
      return [`construction ${text.slice(...fate.risk.range)}`];
    case "leaks-on-throw":
      return [`throw ${text.slice(...fate.risk.range)}`];
    case "settled":
      return [];
    default: {
      const { by, node } = fate.exit;
      return [`${fate.is} ${by} ${String(by === "end" ? node.loc.end.line : node.loc.start.line)}`];
    }
  }
}

/** What becomes of `l`, a Lock, or `c`, a Conn, in an async function `f(x, y, names, mode, o)`. The first line of the body is line 2. */
function fate(expected: string, name: string, body: string): RuleTester.InvalidTestCase {
  const parameters = "x: boolean, y: boolean, names: string[], mode: 'a' | 'b' | 'c', o: { locked: boolean; unlock(): void }";
  return { name: `${name}: ${expected}`, ...ts(`async function f(${parameters}) {\n${body}\n}`, { errors: [{ messageId: "answer", data: { answer: expected } }] }) };
}

function flows(title: string, invalid: RuleTester.InvalidTestCase[]): void {
  typed.run(title, fates, { valid: [], invalid });
}

flows("flow through loops", [
  fate("settled", "do runs at least once", "const l = lock();\ndo { l.release(); } while (flag());"),
  fate("leaks-on-path end 5", "while may not run", "const l = lock();\nwhile (flag()) l.release();\n"),
  fate("leaks-on-path end 4", "for may not run", "const l = lock();\nfor (let i = 0; i < 3; l.release()) i += 1;"),
  fate("leaks-on-path end 4", "for…in may not run", "const l = lock();\nfor (const key in o) l.release();"),
  fate("settled", "an endless loop is left after the release", "const l = lock();\nfor (;;) { if (x) { l.release(); break; } }"),
  fate("settled", "while (true) is left by returning it", "const l = lock();\nwhile (true) { if (flag()) return l; }"),
  fate("leaks-on-path end 4", "an endless loop is left too early", "const l = lock();\nfor (;;) { if (flag()) break; if (x) { l.release(); return; } }"),
  fate("settled", "each pass releases its own", "for (const name of names) { const l = lock(name); l.release(); }"),
  fate("leaks-on-path continue 4", "continue past the release", "for (const name of names) {\nconst l = lock(name);\nif (name === '') continue;\nl.release(); }"),
  fate("leaks-on-path break 4", "break past the release", "while (flag()) {\nconst l = lock();\nif (x) break;\nl.release(); }"),
  fate("settled", "an inner loop's break stays inside", "for (const name of names) {\nconst l = lock(name);\nfor (const other of names) { if (other === name) break; }\nl.release(); }"),
  fate("settled", "an inner switch's break stays inside", "for (const name of names) {\nconst l = lock(name);\nswitch (mode) { case 'a': break; default: step(); }\nl.release(); }".replace("step();", "")),
  fate("leaks-on-path continue 4", "a switch's continue leaves the loop's body", "for (const name of names) {\nconst l = lock(name);\nswitch (mode) { case 'a': continue; }\nl.release(); }"),
  fate("overwritten overwrite 3", "the next pass overwrites", "let l: Lock | undefined;\nfor (const name of names) l = lock(name);\nl?.release();"),
  fate("settled", "the next pass finds it released", "let l: Lock | undefined;\nfor (const name of names) { l = lock(name); l.release(); }"),
  fate("settled", "released at the start of the next pass", "let l: Lock | undefined;\nfor (const name of names) { l?.release(); l = lock(name); }\nl?.release();"),
  fate("settled", "acquired in the first pass only", "let l: Lock | undefined;\nfor (const name of names) { if (!l) l = lock(name); }\nl?.release();"),
  fate("settled", "acquired again after a null", "let l: Lock | null = null;\nfor (const name of names) { if (l === null) l = lock(name); else { l.release(); l = null; } }\nif (l !== null) l.release();"),
  fate("settled", "a retry that leaves with it", "for (let i = 0; i < 3; i += 1) { const l = lock(); if (x) return l; l.release(); }"),
  fate("settled", "a retry by continue in catch", "for (;;) { const c = await open(); try { await c.ping(); return c; } catch { await c.close(); } }"),
]);

flows("flow through switch and labels", [
  fate("settled", "falls through to the release", "const l = lock();\nswitch (mode) { case 'a': x = true; case 'b': default: l.release(); }"),
  fate("settled", "a default in the middle", "const l = lock();\nswitch (mode) { case 'a': l.release(); break; default: l.release(); break; case 'b': l.release(); }"),
  fate("leaks-on-path end 4", "an empty arm", "const l = lock();\nswitch (mode) { case 'a': break; default: l.release(); }"),
  fate("leaks-on-path return 3", "a returning arm", "const l = lock();\nswitch (mode) { case 'a': return; default: l.release(); }"),
  fate("leaks-on-path end 4", "one arm alone may not be chosen", "const l = lock();\nswitch (mode) { case 'a': l.release(); }"),
  fate("settled", "several arms without a default may be all there are", "const l = lock();\nswitch (mode) { case 'a': l.release(); break; case 'b': case 'c': l.release(); }"),
  fate("settled", "held by the switch itself and released in its arm", "switch (mode) { case 'a': const l = lock(); l.release(); }"),
  fate("undischarged end 3", "held by the switch itself", "switch (mode) { case 'a': const l = lock(); l.name;\n}"),
  fate("settled", "a labelled block is left to the release", "const l = lock();\nwork: { if (x) break work; if (y) break work; }\nl.release();"),
  fate("leaks-on-path return 3", "a labelled block does not catch a return", "const l = lock();\nwork: { if (x) return; }\nl.release();"),
  fate("leaks-on-path continue 5", "a labelled continue past the release", "outer: for (const name of names) {\nconst l = lock(name);\nfor (const other of names) {\nif (name === other) continue outer; }\nl.release(); }"),
  fate("settled", "a labelled continue inside the scope", "const l = lock();\nouter: for (const name of names) { for (const other of names) { if (name === other) continue outer; } }\nl.release();"),
]);

flows("flow through try", [
  fate("settled", "finally on return", "const l = lock();\ntry { if (x) return 1; return 2; } finally { l.release(); }"),
  fate("settled", "finally on a jump", "for (const name of names) { const l = lock(name);\ntry { if (x) continue; if (y) break; } finally { l.release(); } }"),
  fate("settled", "finally of finally", "const l = lock();\ntry { try { return; } finally { step(); } } finally { l.release(); }"),
  fate("settled", "catch and finally", "const c = await open();\ntry { await c.ping(); } catch (error) { console.error(error); throw error; } finally { await c.close(); }"),
  fate("settled", "released in try and in catch", "const c = await open();\ntry { await c.ping(); await c.close(); } catch { await c.close(); }"),
  fate("leaks-on-path return 3", "returned before the try", "const l = lock();\nif (x) return;\ntry { step(); } finally { l.release(); }"),
  fate("leaks-on-path end 4", "released in catch only", "const c = await open();\ntry { await c.ping(); } catch { await c.close(); }"),
  fate("throw c.ping()", "released in try only", "const c = await open();\ntry { await c.ping(); await c.close(); } catch { return; }"),
  fate("throw step()", "finally starts too late", "const l = lock();\nif (x) { step(); }\nl.release();"),
  fate("settled", "plain calls before the try", "const l = lock();\nstep(); const size = decode('');\ntry { step(); } finally { l.release(); }"),
  fate("throw work()", "an awaited call before the try", "const l = lock();\nawait work();\ntry { step(); } finally { l.release(); }"),
  fate("settled", "an acquisition that fails leaves nothing", "let c: Conn | undefined;\ntry { c = await open(); } finally { await c?.close(); }"),
  fate("undischarged end 5", "a caught acquisition", "let c: Conn | undefined;\ntry { c = await open(); } catch {}\nawait c?.ping();"),
  fate("settled", "a throw is caught and goes on to the release", "const l = lock();\ntry { throw new Error(); } catch {}\nl.release();"),
]);

flows("flow under conditions", [
  fate("settled", "the same test", "let l: Lock | undefined;\nif (x) l = lock();\nif (x) l!.release();"),
  fate("settled", "its negation leaves", "let l: Lock | undefined;\nif (x) l = lock();\nif (!x) return;\nl!.release();"),
  fate("settled", "its negation has the else", "let l: Lock | undefined;\nif (x) l = lock();\nif (!x) { step(); } else { l!.release(); }"),
  fate("settled", "an else-if chain", "const l = lock();\nif (x) l.release();\nelse if (y) l.release();\nelse l.release();"),
  fate("settled", "both parts of &&", "let l: Lock | undefined;\nif (x && y) l = lock();\nif (x && y) l!.release();"),
  fate("settled", "either part of ||", "const l = lock();\nif (x || y) l.release();\nif (!x && !y) l.release();"),
  fate("settled", "a ternary", "const l = x ? lock() : null;\nif (x) l!.release();"),
  fate("settled", "compared with === and !==", "let l: Lock | undefined;\nif (mode === 'a') l = lock();\nif (mode !== 'a') return;\nl!.release();"),
  fate("settled", "one literal rules out the other", "let l: Lock | undefined;\nif (mode === 'a') l = lock();\nif (mode === 'b') return;\nl?.release();"),
  fate("settled", "a property, which printing does not change", "let l: Lock | undefined;\nif (o.locked) l = lock();\nif (l) console.log(o);\nif (o.locked) l!.release();"),
  fate("settled", "typeof", "let l: Lock | undefined;\nif (typeof o === 'object') l = lock();\nif (typeof o === 'object') l!.release();"),
  fate("leaks-on-path end 6", "a test of a variable that was written between", "let l: Lock | undefined;\nif (x) l = lock();\nx = y;\nif (x) l!.release();"),
  fate("leaks-on-path end 6", "a test of an object that was written between", "let l: Lock | undefined;\nif (o.locked) l = lock();\no = { ...o, locked: false };\nif (o.locked) l!.release();"),
  fate("leaks-on-path end 5", "a call is asked anew", "let l: Lock | undefined;\nif (flag()) l = lock();\nif (flag()) l!.release();"),
  fate("settled", "a flag set with it", "let l: Lock | undefined; let has = false;\nif (flag()) { l = lock(); has = true; }\nif (has) l!.release();"),
  fate("settled", "a flag cleared with the release", "const l = lock(); let has = true;\nif (x) { l.release(); has = false; }\nif (has) l.release();"),
  fate("leaks-on-path end 5", "a flag set too early", "const l = lock(); let released = true;\nif (flag()) { l.release(); released = true; }\nif (!released) l.release();"),
  fate("settled", "its own presence", "let l: Lock | undefined;\nif (flag()) l = lock();\nif (l) l.release();"),
  fate("settled", "its own presence, compared", "let l: Lock | null = null;\nif (flag()) l = lock();\nif (l != null) l.release();"),
  fate("settled", "its own absence leaves", "let l: Lock | undefined;\nif (flag()) l = lock();\nif (l === undefined) return;\nl.release();"),
  fate("settled", "optional chaining", "let l: Lock | undefined;\nif (flag()) l = lock();\nl?.release();"),
  fate("settled", "&& on itself", "let l: Lock | undefined;\nif (flag()) l = lock();\nl && l.release();"),
  fate("settled", "a condition of literals", "const l = lock();\nif (true) l.release();"),
  fate("settled", "more ways than can be followed", "const l = lock();\n" + names(8, (name) => `const ${name} = flag(); if (${name}) step();\n`) + names(8, (name) => `if (!${name}) step();\n`) + "if (x) l.release();"),
]);

function names(count: number, line: (name: string) => string): string {
  return Array.from({ length: count }, (_, index) => line(`b${String(index)}`)).join("");
}

flows("flow out of the function", [
  fate("settled", "process.exit", "const l = lock();\nif (x) process.exit(1);\nl.release();"),
  fate("settled", "process.abort", "const l = lock();\nif (x) process.abort();\nl.release();"),
  fate("settled", "a function that never returns", "const l = lock();\nif (x) fail('no');\nl.release();\nfunction fail(text: string): never { throw new Error(text); }"),
  fate("leaks-on-path return 3", "exit of something else", "const l = lock();\nif (x) return;\nl.release();"),
  fate("leaks-on-path return 3", "work that it returns", "const c = await open();\nif (x) return c.query('');\nawait c.close();"),
  fate("settled", "code that is never reached", "return;\nconst l = lock();\nif (x) return;\nl.release();"),
  fate("settled", "a loop's head, which holds it itself", "for (let l: Lock | null = lock(); l !== null; l = null) l.name;"),
  fate("settled", "a nested function's return", "const l = lock();\nconst g = () => { if (x) return 1; return 2; };\nl.release();\nreturn g;"),
]);

flows("a second name, and replacing", [
  fate("settled", "disposed under the second name", "const l = lock();\nconst same = l;\nif (x) { same.release(); return; }\nl.release();"),
  fate("settled", "swapped", "let l = lock('a');\ntry { const before = l; l = lock('b'); before.release(); } finally { l.release(); }"),
  fate("settled", "handed out and forgotten", "let l: Lock | null = lock();\nconst taken = l;\nl = null;\nreturn taken;"),
  fate("overwritten overwrite 3", "replaced", "let l = lock();\nl = lock();\nl.release();"),
  fate("overwritten overwrite 3", "forgotten", "let l: Lock | null = lock();\nl = null;"),
  fate("settled", "forgotten after the release", "let l: Lock | null = lock();\nl.release();\nl = null;"),
  fate("settled", "replaced after the release", "let l = lock();\nl.release();\nl = lock();\nl.release();"),
  fate("settled", "replaced only if it is missing", "let l: Lock | undefined;\nl ??= lock();\nl ||= lock();\nl.release();"),
  fate("settled", "replaced after it was handed over", "declare const all: Lock[];\nlet l = lock();\nall.push(l);\nl = lock();\nall.push(l);".replace("declare const all: Lock[];", "const all: Lock[] = [];") + "\nreturn all;"),
  fate("settled", "set in a hook, disposed in another", "let c: Conn | undefined;\nbefore(async () => { c = await open(); });\nafter(async () => { await c?.close(); });\nfunction before(run: () => Promise<void>) { void run(); } function after(run: () => Promise<void>) { void run(); }"),
]);

describe("one leak gives one report", () => {
  const workspace = new Workspace(projectAt(path.join(fixtures, "tsconfig.json")).options);

  it.each([
    ["no-floating-disposable", "await open();"],
    ["no-floating-disposable", "const rows = await (await open()).query('x'); return rows;"],
    ["no-floating-disposable", "const { id } = await open(); return id;"],
    ["require-using", "const c = await open(); return await c.query('x');"],
    ["require-using", "const p = open(); const c = await p; return await c.query('x');"],
    ["require-using", "const c = await open(); if (flag()) return; await c.ping();"],
    ["no-leak-on-path", "const l = lock(); if (flag()) return; l[Symbol.dispose]();"],
    ["no-leak-on-path", "const c = await open(); await c.ping(); if (flag()) return; await c.close();"],
    ["no-leak-on-path", "let l = lock(); l = lock(); l[Symbol.dispose]();"],
    ["no-leak-on-throw", "const c = await open(); await c.query('x'); await c.close();"],
    ["no-leaky-concurrency", "const [a, b] = await Promise.all([open(), open()]); return a.id + b.id;"],
  ])("%s: %s", (rule, body) => {
    const file = { fileName: path.join(fixtures, "one.ts"), text: `export async function f() { ${body} }` };
    const program = workspace.program([path.join(fixtures, "resources.d.ts"), file]);
    expect(lint(file, strict, program).map(({ ruleId }) => ruleId)).toEqual([`await-using/${rule}`]);
  });
});
