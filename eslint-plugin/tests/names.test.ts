import { acquisitionIn } from "../src/ownership/owners/acquisition.js";
import { probe } from "./support/probe.js";
import { ts, typed } from "./support/rule-tester.js";

/** Whether the last statement declares a variable with an acquisition. */
const ofLast = probe((code, last) => {
  const init = last.type === "VariableDeclaration" ? last.declarations[0].init : null;
  return init != null && acquisitionIn(code, init) !== null ? "acquired" : "nothing";
});

const acquired = (name: string, code: string) => ({ name, ...ts(code, { errors: [{ messageId: "answer", data: { answer: "acquired" } }] }) });

const span = "class Span implements Disposable { [Symbol.dispose]() {} }";

// Most calls are spared the question for their callee's type by the names in the program (src/types/names.ts).
typed.run("names spare no call that acquires", ofLast, {
  valid: [],
  invalid: [
    acquired("through a local variable", "function take() { const made = lock(); return made; } const l = take();"),
    acquired("through a variable that is assigned", "function take() { let made; made = lock(); return made; } const l = take();"),
    acquired("in a branch of a condition", "function take() { return flag() ? lock() : null; } const l = take();"),
    acquired("behind a default", "declare const none: Lock | null; function take() { return lock() ?? lock(); } const l = take();"),
    acquired("through casts, parentheses and `!`", "function take() { return (lock()! as Lock); } const l = take();"),
    acquired("awaited", "async function take() { return (await open()); } const c = await take();"),
    acquired("of a class without an annotation", `${span} function take() { return new Span(); } const s = take();`),
    acquired("of a class that inherits its disposer", `${span} class Sub extends Span {} function take() { return new Sub(); } const s = take();`),
    acquired("of a class of a mixin", `${span} const mix = (Base: typeof Span) => class extends Base {}; class Mixed extends mix(Span) {} const s = new Mixed();`),
    acquired("of a class that is held by a variable", `${span} const Other = Span; const s = new Other();`),
    acquired("of a class behind a member", `${span} const all = { Span }; const s = new all.Span();`),
    acquired("of an alias in an annotation", "type Held = Lock; function take(): Held { return lock(); } const l = take();"),
    acquired("of a mapped type in an annotation", "type Held = { [K in keyof Lock]: Lock[K] }; function take(): Held { return lock(); } const l = take();"),
    acquired("of an intersection in an annotation", "function take(): Promise<{ id: string } & Conn> { return open(); } const c = await take();"),
    acquired("of an interface that merges", "interface Base { name: string } interface Base extends Disposable {} function take(): Base { return lock(); } const l = take();"),
    acquired("of the type of a value in an annotation", "declare const held: Lock; function take(): typeof held { return lock(); } const l = take();"),
    acquired("of a computed type in an annotation", "function take(): ReturnType<typeof lock> { return lock(); } const l = take();"),
    acquired("of an object with a disposer", "function take() { return ({ name: 'a', [Symbol.dispose]() {} }); } const l = take();"),
    acquired("of a function that another returns", "const factory = () => () => lock(); const take = factory(); const l = take();"),
    acquired("of a getter", "class Pool { get take() { return () => lock(); } } declare const pool: Pool; const l = pool.take();"),
    acquired("of a member of an object", "const pool = { take: () => lock() }; const l = pool.take();"),
    acquired("of a renamed import's like", "const { take: mine } = { take: () => lock() }; const l = mine();"),
    acquired("of a tagged function that makes nothing", "declare const all: Lock[];\n/** @owned */ function take() { return all[0]!; } const l = take();"),
    acquired("of a tagged arrow that makes nothing", "declare const all: Lock[];\n/** @owned */ const take = () => all[0]!; const l = take();"),
  ],
});

/** Whether the calls in the last statement, an array, can return a resource, asked in this order. */
const ofAll = probe(({ types }, last) => {
  const calls = last.type === "ExpressionStatement" && last.expression.type === "ArrayExpression" ? last.expression.elements : [];
  return calls.map((call) => String(call?.type === "CallExpression" && types?.calleeCanReturnResource(call.callee))).join(" ");
});

const answers = (name: string, code: string, answer: string) => ({ name, ...ts(code, { errors: [{ messageId: "answer", data: { answer } }] }) });

/** Thirty functions that call each other; the last one ends with something else. */
const crowd = (end: string): string => {
  const calls = Array.from({ length: 30 }, (_, index) => `f${String(index)}(n)`);
  return calls.map((call, index) => `function ${call.replace("n", "n: number")}: unknown; function ${call.replace("n", "n: number")} { return ${[...calls, index === 29 ? end : "null"].join(" ?? ")}; }`).join(" ");
};

typed.run("an answer does not depend on which function was asked for first", ofAll, {
  valid: [],
  invalid: [
    answers("functions that call each other", "function one(n: number): unknown; function one(n: number) { return n > 0 ? two(n) : lock(); } function two(n: number) { return one(n); } [one(1), two(1)];", "true true"),
    answers("functions that call each other and nothing else", "function one(n: number): unknown; function one(n: number) { return two(n); } function two(n: number) { return one(n); } [one(1), two(1)];", "false false"),
    answers("a crowd of functions that all call each other, and one of them acquires", `${crowd("lock()")} [f0(1), f29(1)];`, "true true"),
    answers("a crowd of functions that all call each other, and nothing else", `${crowd("null")} [f0(1), f29(1)];`, "false false"),
    answers("a variable that is given what calls it", "let one = (n: number): unknown => n; function two(n: number) { return n > 0 ? one(n) : lock(); } one = (n) => two(n); [one(1), two(1)];", "true true"),
  ],
});

typed.run("a name means what its scope says, not what another file or function declares under it", ofAll, {
  valid: [],
  invalid: [
    answers("a local function that returns nothing, beside a member of that name", "const all = { take: () => lock() }; function take() { return 1; } [take(), all.take()];", "false true"),
    answers("a function of a namespace", "namespace Locks { export function take() { return lock(); } } namespace Texts { export function take() { return ''; } } [Locks.take(), Texts.take()];", "true false"),
    answers("a function whose name makes, by its annotation", "namespace Texts { export function open(): string { return ''; } } [open(), Texts.open()];", "true false"),
    answers("a variable that is given another function later", "let take = () => null as unknown; take = () => lock(); [take()];", "true"),
    answers("a parameter that is a function of that name", "function take() { return lock(); } const each = (take: () => string) => take(); [each(() => ''), take()];", "false true"),
    answers("an import of what the standard library declares", "[structuredClone({}), Object.keys({})];", "false false"),
    answers("a name that is declared nowhere", "[nowhere()];", "false"),
    answers("what a declaration file declares, whatever it is called", "declare const c: Conn; declare const dir: Dir; [getConn(), c.stream(), c.query(''), dir.read()];", "true true false false"),
    answers("what a library declares, whatever it is called", "import * as fs from 'node:fs/promises'; [fs.opendir('a'), fs.readFile('a')];", "true false"),
    answers("what the standard library's plain files declare", "declare const all: Map<string, Lock>; declare const list: Lock[]; [all.has('a'), list.pop(), list.splice(0)];", "false false false"),
  ],
});
