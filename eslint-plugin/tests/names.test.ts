import { acquisitionIn } from "../src/ownership/acquire.js";
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

/** Whether the functions `one` and `two` can return a resource, asked in this order. */
const ofBoth = probe(({ types }) => ["one", "two"].map((name) => String(types?.functionCanReturnResource(name, () => false))).join(" "));

typed.run("an answer does not depend on which name was asked for first", ofBoth, {
  valid: [],
  invalid: [
    {
      name: "functions that call each other",
      ...ts("function one(n: number): unknown; function one(n: number) { return n > 0 ? two(n) : lock(); } function two(n: number) { return one(n); }", { errors: [{ messageId: "answer", data: { answer: "true true" } }] }),
    },
    {
      name: "functions that call each other and nothing else",
      ...ts("function one(n: number): unknown; function one(n: number) { return two(n); } function two(n: number) { return one(n); }", { errors: [{ messageId: "answer", data: { answer: "false false" } }] }),
    },
  ],
});
