import rule from "../src/rules/prefer-disposable-class.js";
import { found, silent, type Finding } from "./support/finding.js";
import { espree, js, ts, typed, untyped } from "./support/rule-tester.js";

const pool = "interface Pool { end(): Promise<void>; cancel(id: string): Promise<void>; remove(row: object): Promise<void>; query(text: string): Promise<string[]> } declare function pooled(): Pool;\n";
const store = (members: string): string => `${pool}export class Store {\n  #pool = pooled();\n  ${members}\n}`;
const bare = (method = "close", becomes?: Readonly<Record<string, string>>): Finding => ({
  messageId: "bare",
  data: { owner: "`Store`", method },
  ...(becomes !== undefined && { suggestions: [{ messageId: "makeDisposable", data: { owner: "`Store`", method }, becomes }] }),
});
const added = (method: string): string => `\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.${method}();\n  }\n}`;

typed.run("prefer-disposable-class", rule, {
  valid: [
    silent("a disposer that calls it", store("async close() { await this.#pool.end(); } async [Symbol.asyncDispose]() { await this.close(); }")),
    silent("the synchronous disposer", store("async close() { await this.#pool.end(); } [Symbol.dispose]() { void this.close(); }")),
    silent("a synchronous `close()`", store("close() { void this.#pool.end(); }")),
    silent("a `close()` that takes something", store("async close(force: boolean) { if (force) await this.#pool.end(); }")),
    silent("a private method", store("private async close() { await this.#pool.end(); } run() { return this.close(); }")),
    silent("a method of a private name", store("async #close() { await this.#pool.end(); } run() { return this.#close(); }")),
    silent("a static method", store("static async close(it: Store) { await it.#pool.end(); }")),
    silent("a `close()` that releases nothing", store("async close() { await work(); }")),
    silent("a `destroy()` that deletes a record", store("id = 1; async destroy() { await this.#pool.remove(this); }")),
    silent("a `destroy()` that deletes by a name", store("id = ''; async destroy() { await this.#pool.cancel(this.id); }")),
    silent("a `stop()`, after which it may start again", store("async start() { this.#pool = pooled(); } async stop() { await this.#pool.end(); }")),
    silent("a framework's hook beside it", store("async close() { await this.#pool.end(); } onModuleDestroy() { return this.close(); }")),
    silent("a decorated class", `${pool}declare function Injectable(of: unknown, context: unknown): void; @Injectable export class Store { #pool = pooled(); async close() { await this.#pool.end(); } }`),
    silent("a class with a base, which may say how it is closed", `${pool}class Base {} export class Store extends Base { #pool = pooled(); async close() { await this.#pool.end(); } }`),
    silent("a declared class", "export declare class Store { close(): Promise<void>; }"),
    silent("an object", `${pool}export const store = { pool: pooled(), async close() { await this.pool.end(); } };`),
  ],
  invalid: [
    found("a class that is closed by a method", store("async «close»(): Promise<void> {\n    await this.#pool.end();\n  }"), {
      message: "`Store` is closed by `close()`, which every caller has to remember in a `finally`. Give it an `async [Symbol.asyncDispose]()` that calls `await this.close()`, so that callers can write `await using`.",
      suggestions: [{ messageId: "makeDisposable", data: { owner: "`Store`", method: "close" }, becomes: { "class Store {": "class Store implements AsyncDisposable {", "end();\n  }\n}": `end();\n  }${added("close")}` } }],
    }),
    found("`destroy()`, which gives a promise", store("«destroy»() { return this.#pool.end(); }"), bare("destroy", { "class Store {": "class Store implements AsyncDisposable {", "end(); }\n}": `end(); }${added("destroy")}` })),
    found("`dispose()` of something that is injected to be owned", `${pool}export class Store implements Iterable<string> { constructor(private readonly pool: Pool) {} async «dispose»() { try { await work(); } finally { await this.pool.end(); } } *[Symbol.iterator]() {} }`, bare("dispose", { "Iterable<string> {": "Iterable<string>, AsyncDisposable {", "*[Symbol.iterator]() {} }": `*[Symbol.iterator]() {}${added("dispose")}` })),
    found("beside a field that it forgets, which the disposer then disposes too", store("#conn = openSync(); async «close»() { await this.#pool.end(); }"), bare("close", { "class Store {": "class Store implements AsyncDisposable {", "end(); }\n}": "end(); }\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.close();\n    await this.#conn[Symbol.asyncDispose]();\n  }\n}" })),
    {
      name: "JavaScript",
      ...js("export class Store { #conn = openSync(); async close() { await this.#conn.close(); } }", {
        errors: [{ messageId: "bare", column: 48, suggestions: [{ messageId: "makeDisposable", output: "export class Store { #conn = openSync(); async close() { await this.#conn.close(); }\n\n  async [Symbol.asyncDispose]() {\n    await this.close();\n  }\n}" }] }],
      }),
    },
  ],
});

untyped.run("prefer-disposable-class", rule, {
  valid: [
    ts("class Store { #pool = pooled(); close() { return this.#pool.end(); } }", { name: "what syntax does not prove to be a promise" }),
    ts("class Store extends Base { #pool = pooled(); async close() { await this.#pool.end(); } }", { name: "a class with a base" }),
  ],
  invalid: [
    {
      name: "an `async close()`",
      ...ts("class Store {\n  #pool = pooled();\n  async close() { await this.#pool.end(); }\n}", {
        errors: [{ messageId: "bare", suggestions: [{ messageId: "makeDisposable", output: "class Store implements AsyncDisposable {\n  #pool = pooled();\n  async close() { await this.#pool.end(); }\n\n  async [Symbol.asyncDispose](): Promise<void> {\n    await this.close();\n  }\n}" }] }],
      }),
    },
  ],
});

espree.run("prefer-disposable-class", rule, {
  valid: [js("class Store { #pool = pooled(); constructor(pool) { this.pool = pool; } }", { name: "a class that nobody closes" })],
  invalid: [
    {
      name: "a class with a field, by ESLint's own parser",
      ...js("class Store {\n  #pool = pooled();\n  async close() { await this.#pool.end(); }\n}", {
        errors: [{ messageId: "bare", suggestions: [{ messageId: "makeDisposable", output: "class Store {\n  #pool = pooled();\n  async close() { await this.#pool.end(); }\n\n  async [Symbol.asyncDispose]() {\n    await this.close();\n  }\n}" }] }],
      }),
    },
  ],
});
