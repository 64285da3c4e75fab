// Messages that come late, too often, broken or too large.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CancellationTokenSource } from "vscode-jsonrpc/node";
import type { DocumentDiagnosticReport } from "vscode-languageserver-protocol";

import { short, start, type Client } from "./support/client.js";
import { leak, project, workspace, type Workspace } from "./support/workspace.js";

const requestCancelled = -32_800;
const methodNotFound = -32_601;

let made: Workspace;
let client: Client;
const uri = (): string => made.uri("src/leak.ts");

beforeAll(async () => {
  made = workspace(project);
  client = await start({ folders: [made.folder] });
});
afterEach(() => client.closeAll());
afterAll(async () => {
  expect(client.stderr).toBe("");
  await client[Symbol.asyncDispose]();
  made[Symbol.dispose]();
});

/** The server still does its work. */
async function works(): Promise<void> {
  await client.closeAll();
  await client.open(uri(), leak);
  expect(await client.findings(uri())).toEqual(["require-using 3"]);
}

describe("cancelling", () => {
  it("a request is answered by RequestCancelled, and the next one by the findings", async () => {
    await client.open(uri(), leak);
    const source = new CancellationTokenSource();
    const asked = client.report(uri(), undefined, source.token);
    source.cancel();
    await expect(asked).rejects.toMatchObject({ code: requestCancelled });
    expect(await client.findings(uri())).toEqual(["require-using 3"]);
  });

  it("each request of a burst of 30 edits but the last ends with the right findings", async () => {
    await client.open(uri(), leak);
    await client.findings(uri());
    const settled: Promise<unknown>[] = [];
    let last: Promise<DocumentDiagnosticReport> | undefined;
    let source: CancellationTokenSource | undefined;
    for (let i = 0; i < 30; i += 1) {
      source?.cancel();
      source = new CancellationTokenSource();
      await client.change(uri(), { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: "\n" });
      last = client.report(uri(), undefined, source.token);
      settled.push(last.then(() => "answered", (error: unknown) => (error as { code: number }).code));
    }
    const report = await last;
    expect(report?.kind === "full" ? short(report.items) : []).toEqual(["require-using 33"]);
    for (const outcome of (await Promise.all(settled)).slice(0, -1)) expect([requestCancelled, "answered"]).toContain(outcome);
  });

  it("a burst without cancelling is answered in full too", async () => {
    await client.open(uri(), leak);
    const asked: Promise<DocumentDiagnosticReport>[] = [];
    for (let i = 0; i < 30; i += 1) {
      await client.change(uri(), { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: "\n" });
      asked.push(client.report(uri()));
    }
    const reports = await Promise.all(asked);
    const last = reports.at(-1);
    expect(last?.kind === "full" ? short(last.items) : []).toEqual(["require-using 33"]);
  });

  it("what was never asked does no harm", async () => {
    await client.notify("$/cancelRequest", { id: 123_456 });
    await works();
  });
});

describe("a broken message", () => {
  it.each([
    ["that is not JSON", "Content-Length: 5\r\n\r\n{bad}"],
    ["that is an array", "Content-Length: 5\r\n\r\n[1,2]"],
    ["that is null", "Content-Length: 4\r\n\r\nnull"],
    ["that is a number", "Content-Length: 1\r\n\r\n7"],
    ["that answers what was not asked", 'Content-Length: 38\r\n\r\n{"jsonrpc":"2.0","id":9999,"result":1}'],
  ])("%s leaves the server at work", async (_, bytes) => {
    client.child.stdin.write(bytes);
    await works();
  });

  it("of an unknown method is answered by MethodNotFound, and as a notification ignored", async () => {
    await expect(client.request("textDocument/noSuchThing", {})).rejects.toMatchObject({ code: methodNotFound });
    await client.notify("textDocument/noSuchThing", {});
    await client.notify("$/noSuchThing", {});
    await works();
  });

  it.each([
    ["textDocument/diagnostic", {}],
    ["textDocument/diagnostic", undefined],
    ["textDocument/codeAction", {}],
    ["textDocument/hover", { position: null }],
    ["textDocument/inlayHint", []],
    ["workspace/executeCommand", { command: "no.such.command" }],
    ["workspace/executeCommand", { command: "awaitUsing.server.fixAll", arguments: [7] }],
    ["awaitUsing/fixAll", undefined],
  ])("to %s with parameters %j is answered by an error", async (method, params) => {
    const error: unknown = await client.request(method, params).then((answer) => ({ answer }), (reason: unknown) => reason);
    expect(error).toMatchObject({ code: expect.any(Number) as number, message: expect.stringMatching(/\w/u) as string });
    await works();
  });

  it.each([
    ["textDocument/didChange", { textDocument: { uri: "file:///never-opened.ts", version: 2 }, contentChanges: [{ text: "x" }] }],
    ["textDocument/didChange", {}],
    ["textDocument/didClose", { textDocument: { uri: "file:///never-opened.ts" } }],
    ["textDocument/didOpen", {}],
    ["workspace/didChangeWatchedFiles", {}],
    ["workspace/didChangeWatchedFiles", { changes: [{ uri: "not a uri", type: 9 }] }],
    ["awaitUsing/environment", { trusted: true, eslintExtensionActive: false, more: 1 }],
  ])("that notifies of %s with %j does no harm", async (method, params) => {
    await client.notify(method, params);
    await works();
  });

  it("about a document that is not open finds nothing", async () => {
    expect(await client.diagnostics("file:///never-opened.ts")).toEqual([]);
    expect(await client.actions("file:///never-opened.ts", { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } })).toEqual([]);
    expect(await client.request("awaitUsing/fixAll", { uri: "file:///never-opened.ts" })).toBeNull();
  });

  it("with an edit past the end of the text is taken as one at its end", async () => {
    await client.open(uri(), leak);
    await client.notify("textDocument/didChange", { textDocument: { uri: uri(), version: 2 }, contentChanges: [{ range: { start: { line: 999, character: 0 }, end: { line: 9_999, character: 9 } }, text: "\n// end\n" }] });
    expect(await client.findings(uri())).toEqual(["require-using 3"]);
  });
});

describe("a document of 10 MB", () => {
  it("is taken in, and what was asked before and after is answered", async () => {
    await client.open(made.uri("src/large.ts"), `${leak}${`// ${"x".repeat(97)}\n`.repeat(100_000)}`);
    expect(await client.findings(made.uri("src/large.ts"))).toEqual(["require-using 3"]);
    await client.replace(made.uri("src/large.ts"), "const conn", "await using conn");
    expect(await client.findings(made.uri("src/large.ts"))).toEqual([]);
    await works();
  });
});
