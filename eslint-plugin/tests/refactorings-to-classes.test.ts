import { describe, it } from "vitest";

import { ignores, makes, refuses } from "./support/refactoring.js";

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
