// Changes beyond the quick-fix of a finding: all of a rule, and comments that silence one.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CodeActionKind, type CodeAction, type WorkspaceEdit } from "vscode-languageserver-protocol";

import { edited, editsOf, start, type Client } from "./support/client.js";
import { leak, project, tsconfig, workspace, type Workspace } from "./support/workspace.js";

/** Three leaks of two rules. */
const leaks = `import { open } from "./resources.js";
export async function first(): Promise<number> {
  const conn = await open();
  return await conn.query();
}
export async function second(): Promise<void> {
  await open();
}
export async function third(): Promise<number> {
  const conn = await open();
  return await conn.query();
}
`;

let made: Workspace;
let client: Client;

beforeAll(async () => {
  made = workspace({ ...project, "tsconfig.json": tsconfig({ jsx: "preserve", noImplicitAny: false }) });
  client = await start({ folders: [made.folder] });
});
afterEach(() => client.closeAll());
afterAll(async () => {
  await client[Symbol.asyncDispose]();
  made[Symbol.dispose]();
});

function after(uri: string, edit: WorkspaceEdit | undefined): string {
  return editsOf(edit ?? {}).reduce((text, [, edits]) => edited(text, edits), client.text(uri));
}

describe("fixing all", () => {
  const uri = (): string => made.uri("src/leak.ts");

  it("of a rule leaves the others", async () => {
    await client.open(uri(), leaks);
    expect(await client.findings(uri())).toEqual(["require-using 3", "no-floating-disposable 7", "require-using 10"]);
    const edit = await client.request<WorkspaceEdit | null>("awaitUsing/fixAll", { uri: uri(), rule: "require-using" });
    client.apply(edit ?? {});
    expect(await client.findings(uri())).toEqual(["no-floating-disposable 7"]);
    expect(await client.request("awaitUsing/fixAll", { uri: uri(), rule: "require-using" })).toBeNull();
  });

  it("of a rule is offered beside its finding, and done by the editor", async () => {
    await client.open(uri(), leaks);
    const [found] = await client.diagnostics(uri());
    const action = (await client.actions(uri(), found?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } })).find(({ command }) => command?.command === "awaitUsing.server.fixAll");
    expect(await client.request("workspace/executeCommand", { command: action?.command?.command, arguments: action?.command?.arguments })).toBe(true);
    expect(await client.findings(uri())).toEqual(["no-floating-disposable 7"]);
  });

  it("on save changes everything, in one edit of the document's version", async () => {
    await client.open(uri(), leaks);
    await client.findings(uri());
    const actions = await client.actions(uri(), { start: { line: 0, character: 0 }, end: { line: 13, character: 0 } }, { only: ["source.fixAll.await-using"] });
    expect(actions.map(({ kind }) => kind)).toEqual(["source.fixAll.await-using"]);
    expect(actions[0]?.edit?.documentChanges).toMatchObject([{ textDocument: { uri: uri(), version: 1 } }]);
    client.apply(actions[0]?.edit ?? {});
    expect(await client.findings(uri())).toEqual([]);
    expect(await client.actions(uri(), { start: { line: 0, character: 0 }, end: { line: 13, character: 0 } }, { only: [CodeActionKind.SourceFixAll] })).toEqual([]);
  });

  it("is not offered where it was not asked for", async () => {
    await client.open(uri(), leaks);
    await client.findings(uri());
    const kinds = (await client.actions(uri(), { start: { line: 2, character: 8 }, end: { line: 2, character: 12 } })).map(({ kind }) => kind);
    expect(kinds).not.toContain("source.fixAll.await-using");
    const only = await client.actions(uri(), { start: { line: 2, character: 8 }, end: { line: 2, character: 12 } }, { only: [CodeActionKind.Refactor] });
    expect(only.filter(({ kind }) => kind?.startsWith("refactor") !== true)).toEqual([]);
  });

  it("is refused once the document has changed: by the server, or by the client, which sees another version", async () => {
    await client.open(uri(), leaks);
    await client.findings(uri());
    const asked = client.request<WorkspaceEdit | null>("awaitUsing/fixAll", { uri: uri() });
    await client.replace(uri(), "first", "changed");
    const edit = await asked;
    if (edit !== null) expect(edit.documentChanges).toMatchObject([{ textDocument: { version: 1 } }]);
    expect(client.version(uri())).toBe(2);
  });

  it("keeps \\r\\n", async () => {
    await client.open(uri(), leaks.replaceAll("\n", "\r\n"));
    const edit = await client.request<WorkspaceEdit | null>("awaitUsing/fixAll", { uri: uri() });
    const text = after(uri(), edit ?? undefined);
    expect(text).not.toBe(client.text(uri()));
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/u);
  });
});

describe("a comment that silences a finding", () => {
  /** The two actions that write one: for the line and for the file. */
  async function suppressions(name: string, text: string): Promise<{ readonly uri: string; readonly line: CodeAction | undefined; readonly file: CodeAction | undefined }> {
    const uri = made.uri(name);
    await client.open(uri, text);
    const [found] = await client.diagnostics(uri);
    if (found === undefined) throw new Error("There is no finding to silence.");
    const actions = (await client.actions(uri, found.range)).filter(({ title }) => title.startsWith("Suppress"));
    return { uri, line: actions.find(({ title }) => title.includes("line")), file: actions.find(({ title }) => title.includes("file")) };
  }

  async function silenced(uri: string, action: CodeAction | undefined): Promise<string> {
    client.apply(action?.edit ?? {});
    expect(await client.findings(uri)).toEqual([]);
    return client.text(uri);
  }

  it("stands above its line, indented, and asks for a reason", async () => {
    const { line, uri } = await suppressions("src/leak.ts", leak);
    expect((await silenced(uri, line)).split("\n").slice(2, 4)).toEqual(["  // eslint-disable-next-line await-using/require-using -- say why", "  const conn = await open();"]);
  });

  it("stands at the top of the file, below #!", async () => {
    const { file, uri } = await suppressions("src/leak.ts", `#!/usr/bin/env node\n${leak}`);
    expect((await silenced(uri, file)).split("\n").slice(0, 2)).toEqual(["#!/usr/bin/env node", "/* eslint-disable await-using/require-using -- say why */"]);
  });

  it.each(["  // eslint-disable-next-line no-console\n", "  // eslint-disable-next-line no-console -- known\n", "  /* eslint-disable-next-line no-console, no-alert -- known */\n"])("extends one that is there: %s", async (comment) => {
    const { line, uri } = await suppressions("src/leak.ts", leak.replace("  const conn", `${comment}  const conn`));
    const text = await silenced(uri, line);
    expect(text.match(/eslint-disable/gu)).toHaveLength(1);
    expect(text).toMatch(/no-console.*, await-using\/require-using/u);
  });

  it("ends its line as the file does", async () => {
    const { line, uri } = await suppressions("src/leak.ts", leak.replaceAll("\n", "\r\n"));
    expect(await silenced(uri, line)).toContain("-- say why\r\n  const conn");
  });

  const jsx = (child: string): string => `import { open } from "./resources.js";
declare namespace JSX { interface IntrinsicElements { a: { onClick?: () => void; children?: unknown } } }
export const element = (
  <a>
    ${child}
  </a>
);
`;
  const leaking = "async () => { const conn = await open(); return await conn.query(); }";

  it("is one of JSX among an element's children", async () => {
    const { line, uri } = await suppressions("src/leak.tsx", jsx(`{${leaking}}`));
    expect(await silenced(uri, line)).toContain("    {/* eslint-disable-next-line await-using/require-using -- say why */}\n");
  });

  it("is one of JavaScript inside the braces of JSX", async () => {
    const { line, uri } = await suppressions("src/leak.tsx", jsx(`{\n      ${leaking}\n    }`));
    expect(await silenced(uri, line)).toContain("      // eslint-disable-next-line await-using/require-using -- say why\n");
  });

  it("is one of JavaScript among an element's attributes", async () => {
    const { line, uri } = await suppressions("src/leak.tsx", jsx("<a\n      onClick={" + leaking + "}\n    />"));
    expect(await silenced(uri, line)).toContain("eslint-disable-next-line await-using/require-using -- say why");
  });

  it("never stands inside a template's text", async () => {
    const { file, line, uri } = await suppressions("src/leak.ts", leak.replace("export async", "export const text = `\n${async () => { const conn = await open(); return await conn.query(); }}`;\nexport async"));
    if (line !== undefined) {
      const before = client.text(uri).split("`")[1];
      expect(after(uri, line.edit).split("`")[1]).toBe(before);
    }
    await silenced(uri, file);
  });
});
