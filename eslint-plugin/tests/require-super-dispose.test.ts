import rule from "../src/rules/require-super-dispose.js";
import { found, silent } from "./support/finding.js";
import { js, typed } from "./support/rule-tester.js";

const base = "class Base implements AsyncDisposable { #c = openSync(); async stop() { await work(); } async [Symbol.asyncDispose]() { await this.stop(); await this.#c.close(); } }\n";
const sub = (members: string): string => `${base}class Sub extends Base { ${members} }`;
const held = "class Held extends Lock { ";

const never = (symbol = "asyncDispose", of = "Base"): { messageId: string; data: Record<string, string> } => ({
  messageId: "never",
  data: { base: of, disposer: `[Symbol.${symbol}]()`, statement: `${symbol === "asyncDispose" ? "await " : ""}super[Symbol.${symbol}]();` },
});
const calledBy = (data: Record<string, string>, becomes: Record<string, string>) => [{ messageId: "callSuper", data, becomes }];

const cut = { settings: { "await-using": { resourceTypes: [{ type: "Link", release: "cut" }] } } };

typed.run("require-super-dispose", rule, {
  valid: [
    silent("an empty override that says why", sub("override async [Symbol.asyncDispose]() { /* shared by all tests */ }")),
    silent("an empty override of a disposer that does nothing", "class Base { async [Symbol.asyncDispose]() {} } class Sub extends Base { override async [Symbol.asyncDispose]() {} }"),
    silent("an empty override of what nobody sees", "declare class Base { [Symbol.asyncDispose](): Promise<void> } class Sub extends Base { override async [Symbol.asyncDispose]() {} }"),
    silent("super at the end", sub("override async [Symbol.asyncDispose]() { await work(); await super[Symbol.asyncDispose](); }")),
    silent("super in a finally", sub("override async [Symbol.asyncDispose]() { try { await work(); } finally { await super[Symbol.asyncDispose](); } }")),
    silent("super first", sub("override async [Symbol.asyncDispose]() { await super[Symbol.asyncDispose](); await work(); }")),
    silent("super returned", sub("override [Symbol.asyncDispose]() { step(); return super[Symbol.asyncDispose](); }")),
    silent("super among others", sub("override async [Symbol.asyncDispose]() { await Promise.all([work(), super[Symbol.asyncDispose]()]); }")),
    silent("super in a helper", sub("override async [Symbol.asyncDispose]() { await this.#close(); } async #close() { await work(); await super[Symbol.asyncDispose](); }")),
    silent("super in a helper's helper", sub("override async [Symbol.asyncDispose]() { await this.#close(); } async #close() { await this.#end(); } async #end() { await super[Symbol.asyncDispose](); }")),
    silent("super in a closure", sub("override async [Symbol.asyncDispose]() { await using s = new AsyncDisposableStack(); s.defer(() => super[Symbol.asyncDispose]()); await work(); }")),
    silent("super kept for later", sub("override async [Symbol.asyncDispose]() { const dispose = super[Symbol.asyncDispose]; await dispose.call(this); }")),
    silent("the prototype", sub("override async [Symbol.asyncDispose]() { await work(); await Base.prototype[Symbol.asyncDispose].call(this); }")),
    silent("an inherited method that releases", sub("override async [Symbol.asyncDispose]() { await work(); await this.stop(); }")),
    silent("super's method that releases", sub("override async stop() { await super.stop(); } override async [Symbol.asyncDispose]() { await work(); await this.stop(); }")),
    silent("what the base's disposer calls, whatever its name", "class Base { async letGo() { await work(); } async [Symbol.asyncDispose]() { await this.letGo(); } } class Sub extends Base { override async [Symbol.asyncDispose]() { step(); await this.letGo(); } }"),
    silent("the other symbol of super", "class Sub extends Dir { override async [Symbol.asyncDispose]() { await work(); super[Symbol.dispose](); } override [Symbol.dispose]() { step(); super[Symbol.dispose](); } }"),
    silent("the other symbol of this, which is inherited", "class Sub extends Dir { override async [Symbol.asyncDispose]() { await work(); this[Symbol.dispose](); } }"),
    silent("a class that does not override", sub("#d = openSync(); other() { step(); }")),
    silent("a class without a base", "class A { async [Symbol.asyncDispose]() { await work(); } }"),
    silent("a base without a disposer", "class Base {} class Sub extends Base { async [Symbol.asyncDispose]() { await work(); } }"),
    silent("a base with the other disposer only", `${held} async [Symbol.asyncDispose]() { await work(); } }`),
    silent("an abstract disposer", "abstract class Base implements AsyncDisposable { abstract [Symbol.asyncDispose](): Promise<void>; } class Sub extends Base { override async [Symbol.asyncDispose]() { await work(); } }"),
    silent("an optional disposer of an interface", "interface Base { [Symbol.asyncDispose]?(): Promise<void> } class Base {} class Sub extends Base { override async [Symbol.asyncDispose]() { await work(); } }"),
    silent("a disposer of the base that is no method", "class Base { [Symbol.asyncDispose] = async () => { await work(); }; } class Sub extends Base { override [Symbol.asyncDispose] = async () => { await work(); }; }"),
    silent("a disposer of the base that does nothing, a hook to override", "class Base { async [Symbol.asyncDispose]() {} } class Sub extends Base { override async [Symbol.asyncDispose]() { await work(); } }"),
    silent("a disposer of the base that is not implemented", "class Base { async [Symbol.asyncDispose](): Promise<void> { throw new Error('override it'); } } class Sub extends Base { override async [Symbol.asyncDispose]() { await work(); } }"),
    silent("an override that does nothing on purpose", "class Shared extends Conn { override async [Symbol.asyncDispose]() {} }"),
    silent("a double for tests, which only takes notes", "class Fake extends Conn { disposed = 0; readonly calls: string[] = []; override async [Symbol.asyncDispose]() { this.disposed++; this.calls.push('dispose'); } }"),
    silent("a base whose disposer only takes notes", "class Base { disposed = false; async [Symbol.asyncDispose]() { this.disposed = true; } } class Sub extends Base { override async [Symbol.asyncDispose]() { await work(); } }"),
    silent("a wrapper around another one", "class Logged extends Conn { constructor(private readonly inner: Conn) { super(); } override async [Symbol.asyncDispose]() { step(); await this.inner[Symbol.asyncDispose](); } }"),
    silent("an override that refuses", "class Shared extends Conn { override async [Symbol.asyncDispose]() { throw new Error('shared'); } }"),
    silent("a guard against a second disposal", sub("#closed = false; override async [Symbol.asyncDispose]() { if (this.#closed) return; this.#closed = true; await work(); await super[Symbol.asyncDispose](); }")),
    silent("a condition around super", sub("#owns = flag(); override async [Symbol.asyncDispose]() { await work(); if (this.#owns) await super[Symbol.asyncDispose](); }")),
    silent("this given to somebody", "declare function shutDown(a: object): Promise<void>; class Sub extends Conn { override async [Symbol.asyncDispose]() { await shutDown(this); } }"),
    silent("a promise of super that is dropped, which valid-async-dispose finds", sub("override async [Symbol.asyncDispose]() { super[Symbol.asyncDispose](); await work(); }")),
    silent("an unresolved base", "import { Base } from 'nowhere'; export class Sub extends Base { async [Symbol.asyncDispose]() { await work(); } }"),
    silent("a base that is any", "declare const Base: any; class Sub extends Base { async [Symbol.asyncDispose]() { await work(); } }"),
    silent("a static member", "class Base { static async [Symbol.asyncDispose]() { await work(); } } class Sub extends Base { static override async [Symbol.asyncDispose]() { step(); } }"),
    silent("an object in a class", "class Sub extends Conn { guard() { return { async [Symbol.asyncDispose]() { await work(); } }; } }"),
    silent("a stream that is destroyed", "import { Readable } from 'node:stream'; export class Rows extends Readable { override async [Symbol.asyncDispose]() { await work(); this.destroy(); } }"),
    silent("a method that releases by a setting, and calls super", "class Link { cut() { step(); } } class Wire extends Link { override cut() { void work(); super.cut(); } }", cut),
    silent("a method that no setting names", "class Link { cut() { step(); } } class Wire extends Link { override cut() { void work(); } }"),
    silent("a declared class", "declare class Sub extends Conn { [Symbol.asyncDispose](): Promise<void>; }"),
  ],
  invalid: [
    found("an empty override", sub("override async [«Symbol.asyncDispose»]() {}"), {
      ...never(),
      suggestions: calledBy(never().data, { "override async [Symbol.asyncDispose]() {}": "override async [Symbol.asyncDispose]() { await super[Symbol.asyncDispose](); }" }),
    }),
    found("an override that forgets its base", sub("override async [«Symbol.asyncDispose»]() { await work(); }"), {
      message: "This `[Symbol.asyncDispose]()` replaces that of `Base` and never calls it: what `Base` holds stays open. Write `await super[Symbol.asyncDispose]();` at its end.",
      suggestions: calledBy(never().data, { "extends Base { override async [Symbol.asyncDispose]() { await work(); }": "extends Base { override async [Symbol.asyncDispose]() { await work(); await super[Symbol.asyncDispose](); }" }),
    }),
    found("of a class without a body in the program, over lines", "class Sub extends Conn {\n  #d = openSync();\n  override async [«Symbol.asyncDispose»]() {\n    await this.#d.close();\n  }\n}", {
      ...never("asyncDispose", "Conn"),
      suggestions: calledBy(never("asyncDispose", "Conn").data, { "close();\n": "close();\n    await super[Symbol.asyncDispose]();\n" }),
    }),
    found("of a base's base", `${base}class Middle extends Base {} class Sub extends Middle { override async [«Symbol.asyncDispose»]() { await work(); } }`, {
      ...never(),
      suggestions: calledBy(never().data, { "Middle { override async [Symbol.asyncDispose]() { await work(); }": "Middle { override async [Symbol.asyncDispose]() { await work(); await super[Symbol.asyncDispose](); }" }),
    }),
    found("the synchronous disposer", `${held} override [«Symbol.dispose»]() { step(); } }`, { ...never("dispose", "Lock"), suggestions: calledBy(never("dispose", "Lock").data, { "step(); }": "step(); super[Symbol.dispose](); }" }) }),
    found("behind a guard, which the suggestion leaves", sub("#closed = false; override async [«Symbol.asyncDispose»]() { if (this.#closed) return; await work(); }"), {
      ...never(),
      suggestions: calledBy(never().data, { "return; await work();": "return; await work(); await super[Symbol.asyncDispose]();" }),
    }),
    found("a helper that forgets it too; what is returned leaves no room for the suggestion", sub("override [«Symbol.asyncDispose»]() { return this.#close(); } async #close() { await work(); }"), never()),
    found("its own method of the name, which replaces the base's", sub("override async stop() { await work(); } override async [«Symbol.asyncDispose»]() { return await this.stop(); }"), never()),
    found("a function in a field", "class Sub extends Conn { override [«Symbol.asyncDispose»] = async () => { await work(); return; }; }", never("asyncDispose", "Conn")),
    found("a return behind some work", sub("\n#d?: Conn;\noverride async [«Symbol.asyncDispose»]() {\nif (flag()) return;\nawait work();\nif (!this.#d) return;\nawait this.#d.close();\nawait super[Symbol.asyncDispose]();\n}"), {
      message: "This `[Symbol.asyncDispose]()` replaces that of `Base`, and the `return` on line 7 comes before `super[Symbol.asyncDispose]()` on line 9: what `Base` holds then stays open. Call it in a `finally`.",
    }),
    found("a method that releases by a setting", "class Link { cut() { step(); } } class Wire extends Link { override «cut»() { void work(); } }", {
      message: "This `cut()` replaces that of `Link` and never calls it: what `Link` holds stays open. Write `super.cut();` at its end.",
      suggestions: calledBy({ base: "Link", disposer: "cut()", statement: "super.cut();" }, { "void work(); }": "void work(); super.cut(); }" }),
    }, cut),
    {
      name: "JavaScript",
      ...js("class Base { async [Symbol.asyncDispose]() { await work(); } }\nexport class Sub extends Base { async [Symbol.asyncDispose]() { step(); } }", {
        errors: [{ messageId: "never", line: 2, suggestions: [{ messageId: "callSuper", output: "class Base { async [Symbol.asyncDispose]() { await work(); } }\nexport class Sub extends Base { async [Symbol.asyncDispose]() { step(); await super[Symbol.asyncDispose](); } }" }] }],
      }),
    },
  ],
});
