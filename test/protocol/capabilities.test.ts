// What the server does for clients that can do less than VS Code.
import { readFileSync } from "node:fs";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CodeAction } from "vscode-languageserver-protocol";

import { node } from "../support/eslint.mjs";
import { bundle, editsOf, everything, plain, short, start, type Client } from "./support/client.js";
import { harmless, leak, project, root, workspace, type Workspace } from "./support/workspace.js";

let made: Workspace;

beforeAll(() => {
  made = workspace(project);
});
afterAll(() => {
  made[Symbol.dispose]();
});

/** The quick-fixes and refactorings at the leak's acquisition. */
async function offered(client: Client): Promise<readonly CodeAction[]> {
  const uri = made.uri("src/leak.ts");
  await client.open(uri, leak);
  const [found] = client.published(uri)?.diagnostics ?? (client.initialized.capabilities.diagnosticProvider === undefined ? [] : await client.diagnostics(uri));
  const range = found?.range ?? { start: { line: 2, character: 8 }, end: { line: 2, character: 12 } };
  return client.actions(uri, range);
}

describe("a client that can do everything", () => {
  let client: Client;
  let actions: readonly CodeAction[];

  beforeAll(async () => {
    client = await start({ folders: [made.folder], capabilities: { ...everything, workspace: { ...everything.workspace, workspaceEdit: { documentChanges: true, snippetEditSupport: true } } } });
    actions = await offered(client);
  });
  afterAll(() => client[Symbol.asyncDispose]());

  it("is told what the server can do", () => {
    expect(client.initialized.serverInfo?.name).toBe("await-using-language-server");
    expect(client.initialized.capabilities).toMatchObject({
      textDocumentSync: { openClose: true, change: 2 },
      diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false },
      codeActionProvider: { codeActionKinds: ["quickfix", "refactor.rewrite.await-using", "refactor.extract.await-using", "source.fixAll.await-using"] },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    });
  });

  it("is asked to watch files and settings", async () => {
    const methods = await client.until("both registrations", () => {
      const registered = client.requests.filter(({ method }) => method === "client/registerCapability").flatMap(({ params }) => (params as { registrations: { method: string }[] }).registrations.map(({ method }) => method));
      return registered.length >= 2 ? registered : undefined;
    });
    expect(methods).toEqual(expect.arrayContaining(["workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles"]));
  });

  it("pulls, and is sent no findings", async () => {
    await client.diagnostics(made.uri("src/leak.ts"));
    expect(client.published(made.uri("src/leak.ts"))).toBeUndefined();
  });

  it("is asked to pull again when something has changed that all depend on", async () => {
    const refreshes = (): number => client.requests.filter(({ method }) => method === "workspace/diagnostic/refresh").length;
    const before = refreshes();
    await client.configure({ config: "strict" });
    await client.until("a refresh", () => (refreshes() > before ? true : undefined));
  });

  it("gets edits that carry the version of the document, so that one that comes too late is refused", async () => {
    const uri = made.uri("src/leak.ts");
    await client.replace(uri, "query()", "query( )");
    const [preferred] = (await client.actions(uri, { start: { line: 2, character: 8 }, end: { line: 2, character: 8 } })).filter(({ isPreferred }) => isPreferred === true);
    expect(preferred?.edit?.documentChanges).toMatchObject([{ textDocument: { uri, version: client.version(uri) } }]);
    expect(preferred?.edit?.changes).toBeUndefined();
  });

  it("gets the reason of a suppression as a place to type over", () => {
    const suppress = actions.find(({ title }) => title.includes("on this line"));
    expect(suppress?.edit?.documentChanges).toMatchObject([{ edits: [{ snippet: { kind: "snippet", value: expect.stringContaining("${1:") as string } }] }]);
  });

  it("is given fewer findings as soon as its settings turn a rule off", async () => {
    const uri = made.uri("src/leak.ts");
    expect(await client.findings(uri)).toContain("require-using 3");
    await client.configure({ rules: { "require-using": "off" } });
    expect(await client.findings(uri)).not.toContain("require-using 3");
  });
});

describe("a client that can do nothing", () => {
  let client: Client;
  let actions: readonly CodeAction[];
  const uri = (): string => made.uri("src/leak.ts");

  beforeAll(async () => {
    client = await start({ folders: [made.folder], capabilities: plain });
    await client.open(uri(), leak);
    await client.until("findings", () => client.published(uri()));
    actions = await client.actions(uri(), { start: { line: 2, character: 8 }, end: { line: 2, character: 12 } });
  });
  afterAll(() => client[Symbol.asyncDispose]());

  it("is sent findings, each with the version that it is about", () => {
    expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
    expect(client.published(uri())).toMatchObject({ version: 1, diagnostics: [{ code: "require-using" }] });
    expect(client.published(uri())?.diagnostics[0]?.relatedInformation).toBeUndefined();
  });

  it("is asked for nothing", () => {
    expect(client.requests).toEqual([]);
  });

  it("gets edits without versions or snippets", () => {
    const edits = actions.flatMap(({ edit }) => (edit === undefined ? [] : [edit]));
    expect(edits.length).toBeGreaterThan(1);
    for (const edit of edits) {
      expect(edit.documentChanges).toBeUndefined();
      expect(Object.keys(edit.changes ?? {})).toEqual([uri()]);
      for (const [, [textEdit]] of editsOf(edit)) expect(textEdit?.newText).not.toContain("${1:");
    }
  });

  it("gets no actions that do not apply", () => {
    expect(actions.filter(({ disabled }) => disabled !== undefined)).toEqual([]);
  });

  it("is sent findings anew after an unsaved edit in another file", async () => {
    await client.open(made.uri("src/resources.ts"), harmless);
    await client.until("no findings", () => client.published(uri())?.diagnostics.length === 0 || undefined);
    await client.close(made.uri("src/resources.ts"));
    await client.until("findings", () => client.published(uri())?.diagnostics.length === 1 || undefined);
  });

  it("gives settings by the notification", async () => {
    await client.notify("workspace/didChangeConfiguration", { settings: { awaitUsing: { rules: { "require-using": "warn" } } } });
    await client.until("a warning", () => client.published(uri())?.diagnostics[0]?.severity === 2 || undefined);
  });

  it("is sent that nothing is found when a file is closed", async () => {
    await client.close(uri());
    await client.until("nothing", () => client.published(uri())?.diagnostics.length === 0 || undefined);
  });
});

describe("a client that pulls without being asked again", () => {
  it("gets the right findings whenever it asks", async () => {
    await using client = await start({ folders: [made.folder], capabilities: { textDocument: { diagnostic: {} } } });
    await client.open(made.uri("src/leak.ts"), leak);
    expect(short(await client.diagnostics(made.uri("src/leak.ts")))).toEqual(["require-using 3"]);
    expect(client.requests).toEqual([]);
    expect(client.published(made.uri("src/leak.ts"))).toBeUndefined();
  });
});

describe("the command line", () => {
  const manifest = JSON.parse(readFileSync(path.join(root, "server/package.json"), "utf8")) as { readonly version: string; readonly scripts: { readonly start: string }; readonly bin?: unknown; readonly main?: unknown };

  it("tells its version", async () => {
    const { status, stdout } = await node([bundle, "--version"], { cwd: made.folder });
    expect([status, stdout]).toEqual([0, `await-using-language-server ${manifest.version}\n`]);
  });

  it("that the folder of the server names starts a whole server, workers and all", async () => {
    const [program, file = "", ...rest] = manifest.scripts.start.split(" ");
    expect([program, ...rest]).toEqual(["node", "--stdio"]);
    await using client = await start({ folders: [made.folder], command: [path.join(root, "server", file)] });
    expect(client.initialized.serverInfo).toEqual({ name: "await-using-language-server", version: manifest.version });
    await client.open(made.uri("src/leak.ts"), leak);
    expect(await client.findings(made.uri("src/leak.ts"))).toEqual(["require-using 3"]);
  });

  it("is the bundles' alone: the folder of the server names no other program", () => {
    expect([manifest.bin, manifest.main]).toEqual([undefined, undefined]);
  });

  it("explains itself without arguments", async () => {
    const { status, stderr, stdout } = await node([bundle], { cwd: made.folder });
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^Usage: await-using-language-server --stdio/u);
  });
});
