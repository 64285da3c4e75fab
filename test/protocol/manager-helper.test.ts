// The manager helper where it is used and cannot be found, and the refactorings that make managers.
import { chmodSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { CodeAction, CreateFile, Diagnostic, WorkspaceEdit } from "vscode-languageserver-protocol";

import { edited, editsOf, everything, plain, rangeOf, start, type Client } from "./support/client.js";
import { unprivileged } from "./support/processes.js";
import { resources, tsconfig, workspace, type Workspace } from "./support/workspace.js";

const lib = ["ESNext", "DOM"];
const use = `import { open } from "./resources.js";

export const connection = asyncContextManager(async function* () {
  await using conn = await open();
  yield conn;
});
`;
const withoutEnding = use.replace(".js", "");
const title = "Add the manager helper to this project (src/managed.ts)";

/** The client that can do everything serves all projects here. */
let able: Client;
beforeAll(async () => {
  able = await start();
});
afterAll(() => able[Symbol.asyncDispose]());

const workspaces: Workspace[] = [];
afterEach(async () => {
  await able.closeAll();
  for (const made of workspaces.splice(0)) made[Symbol.dispose]();
});

interface Opened {
  readonly made: Workspace;
  readonly client: Client;
}

function started(files: Readonly<Record<string, string>>): Opened {
  const made = workspace(files);
  workspaces.push(made);
  return { made, client: able };
}

/** TypeScript's own word for a name that it cannot find. */
function undeclared(text: string, name = "asyncContextManager"): Diagnostic {
  return { range: rangeOf(text, name), message: `Cannot find name '${name}'.`, code: 2304, source: "ts" };
}

/** What is offered at the name, as a fix for what TypeScript says. */
async function fixes(client: Client, uri: string, name = "asyncContextManager"): Promise<readonly CodeAction[]> {
  const diagnostic = undeclared(client.text(uri), name);
  return (await client.actions(uri, diagnostic.range, { diagnostics: [diagnostic] })).filter((action) => /helper|^Import/u.test(action.title));
}

/** Makes an edit on disk, as an editor does that saves. */
function make({ client, made }: Opened, edit: WorkspaceEdit | undefined): readonly string[] {
  const created = (edit?.documentChanges ?? []).filter((change): change is CreateFile => "kind" in change && change.kind === "create").map(({ uri }) => fileURLToPath(uri));
  for (const file of created) made.write(path.relative(made.folder, file), "");
  for (const [uri, edits] of editsOf(edit ?? {})) {
    const file = fileURLToPath(uri);
    const before = created.includes(file) ? "" : client.text(uri);
    made.write(path.relative(made.folder, file), edited(before, edits));
  }
  return created.map((file) => path.relative(made.folder, file).replaceAll("\\", "/"));
}

const libraries = new Map<string, ts.SourceFile | undefined>();

/** What TypeScript says about the whole project. */
function errors(made: Workspace): readonly string[] {
  const config = ts.getParsedCommandLineOfConfigFile(made.file("tsconfig.json"), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined });
  const options = config?.options ?? {};
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram({
    rootNames: config?.fileNames ?? [],
    options,
    host: {
      ...host,
      getSourceFile(name, version) {
        if (!/[\\/]lib\.[\w.]*d\.ts$/u.test(name)) return host.getSourceFile(name, version);
        if (!libraries.has(name)) libraries.set(name, host.getSourceFile(name, version));
        return libraries.get(name);
      },
    },
  });
  return ts.getPreEmitDiagnostics(program).map(({ code, file, messageText }) => `${path.basename(file?.fileName ?? "")} TS${String(code)} ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
}

describe("the manager helper, where it is used and cannot be found", () => {
  it.each([
    ["bundled", tsconfig({ lib }), use, "./managed.js"],
    ["bundled, imported without an ending", tsconfig({ lib }), withoutEnding, "./managed"],
    ["for Node", tsconfig({ lib, module: "NodeNext", moduleResolution: "NodeNext" }), use, "./managed.js"],
    ["for Node, with nothing else imported", tsconfig({ lib, module: "NodeNext", moduleResolution: "NodeNext" }), "export const one = asyncContextManager(async function* () { yield await Promise.resolve(1); });\n", "./managed.js"],
    ["with endings of TypeScript", tsconfig({ lib, allowImportingTsExtensions: true }), "export const one = asyncContextManager(async function* () { yield await Promise.resolve(1); });\n", "./managed.ts"],
    ["lowered", tsconfig({ target: "ES2022", lib: ["ES2022", "ESNext.Disposable", "DOM"], verbatimModuleSyntax: true, isolatedModules: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true }), use, "./managed.js"],
  ])("is added with its import: %s", async (_, config, text, from) => {
    const opened = started({ "tsconfig.json": config, "package.json": "{ \"type\": \"module\" }", "src/resources.ts": resources, "src/use.ts": text });
    const { client, made } = opened;
    await client.open(made.uri("src/use.ts"));
    const [fix, another] = await fixes(client, made.uri("src/use.ts"));
    expect([fix?.title, fix?.kind, fix?.isPreferred, fix?.diagnostics?.map(({ code }) => code), another]).toEqual([title, "quickfix", true, [2304], undefined]);
    expect(make(opened, fix?.edit)).toEqual(["src/managed.ts"]);
    expect(readFileSync(made.file("src/use.ts"), "utf8")).toContain(`import { asyncContextManager } from "${from}";\n`);
    expect(errors(made)).toEqual([]);
  });

  it("brings each of its functions", async () => {
    const text = "export async function f(): Promise<void> {\n  using limit = timeoutScope(1);\n  await limit.wait(Promise.resolve());\n}\n";
    const opened = started({ "tsconfig.json": tsconfig({ lib }), "src/use.ts": text });
    await opened.client.open(opened.made.uri("src/use.ts"));
    const [fix] = await fixes(opened.client, opened.made.uri("src/use.ts"), "timeoutScope");
    make(opened, fix?.edit);
    expect(errors(opened.made)).toEqual([]);
  });

  it("is put where the sources are, for a test beside them, with the line ends of the file", async () => {
    const text = "export const one = asyncContextManager(async function* () { yield await Promise.resolve(1); });\r\n";
    const opened = started({ "tsconfig.json": tsconfig({ lib }, { include: ["src", "test"] }), "src/resources.ts": resources, "test/use.ts": text });
    const { client, made } = opened;
    await client.open(made.uri("test/use.ts"));
    const [fix] = await fixes(client, made.uri("test/use.ts"));
    expect(make(opened, fix?.edit)).toEqual(["src/managed.ts"]);
    expect(readFileSync(made.file("test/use.ts"), "utf8")).toContain("import { asyncContextManager } from \"../src/managed\";\r\n\r\n");
    expect(readFileSync(made.file("src/managed.ts"), "utf8")).not.toMatch(/[^\r]\n/u);
    expect(errors(made)).toEqual([]);
  });

  it("comes without types to JavaScript, as a refactoring, for nobody says that the name is missing", async () => {
    const text = "export const one = asyncContextManager(async function* () {\n  yield 1;\n});\n";
    const opened = started({ "package.json": "{ \"type\": \"module\" }", "src/use.js": text });
    const { client, made } = opened;
    const uri = made.uri("src/use.js");
    await client.open(uri);
    const [change, another] = (await client.actions(uri, rangeOf(text, "asyncContextManager"))).filter((action) => action.title.includes("helper"));
    expect([change?.title, change?.kind, another]).toEqual(["Add the manager helper to this project (src/managed.js)", "refactor.rewrite.await-using", undefined]);
    expect(make(opened, change?.edit)).toEqual(["src/managed.js"]);
    expect(readFileSync(made.file("src/use.js"), "utf8")).toBe(`import { asyncContextManager } from "./managed.js";\n\n${text}`);
    made.write("tsconfig.json", tsconfig({ lib, allowJs: true, checkJs: true, strict: false }));
    expect(errors(made)).toEqual([]);
    expect(readFileSync(made.file("src/managed.js"), "utf8")).toMatch(/^export function asyncContextManager\(/mu);
  });

  it("is only imported where the project has it", async () => {
    const own = "export declare function asyncContextManager<T>(make: () => AsyncGenerator<T, void, void>): () => Promise<AsyncDisposable & { readonly value: T }>;\n";
    const opened = started({ "tsconfig.json": tsconfig({ lib }), "src/resources.ts": resources, "src/lib/scopes.ts": own, "src/use.ts": use });
    const { client, made } = opened;
    await client.open(made.uri("src/use.ts"));
    const [fix, another] = await fixes(client, made.uri("src/use.ts"));
    expect([fix?.title, another]).toEqual(["Import `asyncContextManager` from \"./lib/scopes.js\"", undefined]);
    expect(make(opened, fix?.edit)).toEqual([]);
    expect(errors(made)).toEqual([]);
    expect(existsSync(made.file("src/managed.ts"))).toBe(false);
  });

  it("is not offered where the name is declared, or is another one", async () => {
    const text = "declare function asyncContextManager(make: unknown): void;\nasyncContextManager(null);\nmissing.timeoutScope(other);\n";
    const { client, made } = started({ "tsconfig.json": tsconfig({ lib }), "src/use.ts": text });
    const uri = made.uri("src/use.ts");
    await client.open(uri);
    for (const name of ["asyncContextManager(null)", "timeoutScope", "other", "missing"]) {
      const { start: at } = rangeOf(text, name);
      expect((await client.actions(uri, { start: at, end: at })).map((action) => action.title)).toEqual([]);
    }
  });
});

describe("the manager helper says why not, and changes nothing", () => {
  it("beside another file of its name", async () => {
    const { client, made } = started({ "tsconfig.json": tsconfig({ lib }), "src/resources.ts": resources, "src/managed.ts": "export const managed = 1;\n", "src/use.ts": use });
    await client.open(made.uri("src/use.ts"));
    const [fix] = await fixes(client, made.uri("src/use.ts"));
    expect([fix?.disabled?.reason, fix?.edit]).toEqual(["src/managed.ts is there already, and exports no `asyncContextManager`.", undefined]);
  });

  it.each(["untitled:Untitled-1", "vscode-vfs://github/someone/project/src/use.ts"])("in a document without a folder: %s", async (uri) => {
    const { client } = started({ "tsconfig.json": tsconfig({ lib }) });
    await client.open(uri, use, "typescript");
    const [fix] = await fixes(client, uri);
    expect([fix?.disabled?.reason, fix?.edit]).toEqual(["This document is not saved in any folder yet, so there is no project that could get the helper.", undefined]);
    expect(await client.request("awaitUsing/addManagerHelper", { uri })).toEqual({ because: "This document is not saved in any folder yet, so there is no project that could get the helper." });
  });

  it("in CommonJS", async () => {
    const text = "const { open } = require('./resources.js');\nmodule.exports = asyncContextManager(async function* () { yield open(); });\n";
    const { client, made } = started({ "src/use.js": text });
    const uri = made.uri("src/use.js");
    await client.open(uri);
    const [change] = (await client.actions(uri, rangeOf(text, "asyncContextManager"))).filter((action) => action.title.includes("helper"));
    expect([change?.disabled?.reason, change?.edit]).toEqual(["The helper is an ES module, and this file uses `require`.", undefined]);
  });

  it("in a package", async () => {
    const { client, made } = started({ "node_modules/one/package.json": "{}", "node_modules/one/src/use.js": "export const one = asyncContextManager(async function* () { yield 1; });\n" });
    const uri = made.uri("node_modules/one/src/use.js");
    await client.open(uri);
    const [change] = (await client.actions(uri, rangeOf(client.text(uri), "asyncContextManager"))).filter((action) => action.title.includes("helper"));
    expect(change?.disabled?.reason).toBe("This file belongs to a package, not to your project.");
  });

  it("to a folder that is gone", async () => {
    const { client, made } = started({ "tsconfig.json": tsconfig({ lib }) });
    const uri = made.uri("src/use.ts");
    await client.open(uri, use);
    const [fix] = await fixes(client, uri);
    expect([fix?.disabled?.reason, fix?.edit]).toEqual([`There is no folder ${made.file("src")}.`, undefined]);
  });

  it.skipIf(process.platform === "win32")("to a folder that cannot be written to", async () => {
    using user = unprivileged();
    const { made } = started({ "tsconfig.json": tsconfig({ lib }), "src/resources.ts": resources, "src/use.ts": use });
    chmodSync(made.folder, 0o755);
    chmodSync(made.file("src"), 0o555);
    await using client = await start(user.options);
    const uri = made.uri("src/use.ts");
    await client.open(uri);
    const because = `The folder ${made.file("src")} cannot be written to.`;
    expect((await fixes(client, uri)).map(({ disabled, edit }) => [disabled?.reason, edit])).toEqual([[because, undefined]]);
    expect(await client.request("awaitUsing/addManagerHelper", { uri })).toEqual({ because });
    chmodSync(made.file("src"), 0o755);
  });

  it("in a file that does not parse", async () => {
    const { client, made } = started({ "tsconfig.json": tsconfig({ lib }), "src/use.ts": "export const = ;\n" });
    const uri = made.uri("src/use.ts");
    await client.open(uri);
    expect(await client.request("awaitUsing/addManagerHelper", { uri })).toEqual({ because: "This file does not parse yet." });
  });

  it("to a client that creates no files, and nothing to one that shows no reasons", async () => {
    const { made } = started({ "tsconfig.json": tsconfig({ lib }), "src/resources.ts": resources, "src/use.ts": use });
    const because = "This editor does not let a language server create files: insert the helper by its snippet.";
    await using client = await start({ capabilities: { ...everything, workspace: { workspaceEdit: { documentChanges: true } } } });
    await client.open(made.uri("src/use.ts"));
    expect((await fixes(client, made.uri("src/use.ts"))).map(({ disabled, edit }) => [disabled?.reason, edit])).toEqual([[because, undefined]]);
    expect(await client.request("awaitUsing/addManagerHelper", { uri: made.uri("src/use.ts") })).toEqual({ because });
    await using less = await start({ capabilities: plain });
    await less.open(made.uri("src/use.ts"));
    expect(await fixes(less, made.uri("src/use.ts"))).toEqual([]);
  });
});

describe("the manager helper by the command", () => {
  it("comes before anything uses it, and once", async () => {
    const opened = started({ "tsconfig.json": tsconfig({ lib }), "src/resources.ts": resources });
    const { client, made } = opened;
    const uri = made.uri("src/resources.ts");
    await client.open(uri);
    const added = await client.request<{ edit: WorkspaceEdit; file: string }>("awaitUsing/addManagerHelper", { uri });
    expect(added.file).toBe(made.uri("src/managed.ts"));
    expect(make(opened, added.edit)).toEqual(["src/managed.ts"]);
    expect(errors(made)).toEqual([]);
    await client.filesChanged(1, made.uri("src/managed.ts"));
    expect(await client.request("awaitUsing/addManagerHelper", { uri })).toEqual({ because: "The project has it already: “./managed” exports `asyncContextManager`." });
  });

  it("wants a document", async () => {
    const { client, made } = started({ "tsconfig.json": tsconfig({ lib }) });
    expect(await client.request("awaitUsing/addManagerHelper", { uri: made.uri("src/none.ts") })).toEqual({ because: "Open a file of TypeScript or JavaScript in the project that is to have it." });
  });
});

describe("refactorings that make managers", () => {
  const helper = "export declare function asyncContextManager<A extends unknown[], T>(make: (...args: A) => AsyncGenerator<T, void, void>): (...args: A) => Promise<AsyncDisposable & { readonly value: T }>;\n";
  const files = { "tsconfig.json": tsconfig({ lib }), "src/resources.ts": resources, "src/lib/scopes.ts": helper };

  it.each([
    ["a generator", "export async function* connection() {\n  await using conn = await open();\n  yield conn;\n}\n", "connection", "Make `connection` a manager with `asyncContextManager`"],
    ["a generator in a constant", "export const connection = async function* () {\n  await using conn = await open();\n  yield conn;\n};\n", "async function", "Make `connection` a manager with `asyncContextManager`"],
    ["an acquisition", "export async function f() {\n  await using conn = await open();\n  return await conn.query();\n}\n", "conn", "Extract `conn` with its release into a manager"],
    ["a `yield`", "export async function* connection() {\n  const conn = await open();\n  yield conn;\n  await conn[Symbol.asyncDispose]();\n}\n", "yield conn", "Put what follows the `yield` into a `finally`"],
  ])("are offered at %s, and bring no error", async (_, text, at, wanted) => {
    const source = `import { open } from "./resources.js";\n${text}`;
    const opened = started({ ...files, "src/use.ts": source });
    const { client, made } = opened;
    await client.open(made.uri("src/use.ts"));
    const { start: cursor } = rangeOf(source, at);
    const actions = await client.actions(made.uri("src/use.ts"), { start: cursor, end: cursor });
    const action = actions.find((each) => each.title === wanted);
    expect([actions.map((each) => each.title), action?.disabled]).toEqual([expect.arrayContaining([wanted]), undefined]);
    make(opened, action?.edit);
    expect(errors(made)).toEqual([]);
    expect(readFileSync(made.file("src/use.ts"), "utf8")).not.toBe(source);
  });
});
