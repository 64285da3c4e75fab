// @ts-check
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import * as vscode from "vscode";

import { ruleOf } from "../../support/actions.mjs";
import { diagnosticsOf, inWorkspace, openFile, waitFor } from "../../support/editor.mjs";

const resources = readFileSync(inWorkspace("src", "resources.ts").fsPath, "utf8");
const harmless = resources.replace(" implements AsyncDisposable", "").replace(/^.*asyncDispose.*\n/mu, "");
const configuration = readFileSync(inWorkspace("eslint.config.js").fsPath, "utf8");

/** @param {vscode.Uri} uri */
const shown = (uri) => diagnosticsOf(uri).map((each) => `${ruleOf(each)} ${each.range.start.line + 1} ${vscode.DiagnosticSeverity[each.severity]}`);

/** @param {vscode.Uri} uri @param {readonly string[]} expected @param {string} because */
async function expectFindings(uri, expected, because) {
  await waitFor(() => {
    assert.deepEqual(shown(uri), expected);
    return true;
  }, `${because}: ${expected.join(", ") || "no finding"} in ${path.basename(uri.path)}`, 25);
}

/** @param {string} text @param {...string} segments */
function write(text, ...segments) {
  const file = inWorkspace(...segments).fsPath;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** @param {vscode.TextDocument} document @param {string} text */
async function replaceAll(document, text) {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(0), document.lineAt(document.lineCount - 1).range.end), text);
  await vscode.workspace.applyEdit(edit);
}

const found = ["require-using 4 Warning"];

describe("the findings of an untouched file", () => {
  /** @type {vscode.TextDocument} */
  let leak;

  before(async () => {
    leak = (await openFile("src", "leak.ts")).document;
    await expectFindings(leak.uri, found, "as on disk");
  });

  afterEach(() => {
    assert.equal(leak.isDirty, false);
    assert.equal(leak.version, 1);
  });

  it("follow an unsaved edit of another file, in view beside it", async () => {
    const { document } = await vscode.window.showTextDocument(inWorkspace("src", "resources.ts"), { viewColumn: vscode.ViewColumn.Beside });
    await replaceAll(document, harmless);
    await expectFindings(leak.uri, [], "nothing to dispose");
    assert.ok(document.isDirty);
    assert.equal(readFileSync(document.fileName, "utf8"), resources);
    await replaceAll(document, resources);
    await expectFindings(leak.uri, found, "something to dispose again");
    await replaceAll(document, harmless);
    await expectFindings(leak.uri, [], "nothing to dispose");
  });

  it("follow the file on disk once the other is closed without saving", async () => {
    await vscode.window.showTextDocument(inWorkspace("src", "resources.ts"), { viewColumn: vscode.ViewColumn.Beside });
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await expectFindings(leak.uri, found, "closed without saving");
  });

  it("follow an edit of a file behind its back: another program writes it", async () => {
    write(harmless, "src", "resources.ts");
    await expectFindings(leak.uri, [], "written by another program");
    write(resources, "src", "resources.ts");
    await expectFindings(leak.uri, found, "written back");
  });

  it("follow a folder that comes and goes", async () => {
    const { document } = await openFile("src", "later.ts");
    await expectFindings(document.uri, [], "the folder is not there");
    write(resources, "src", "later", "resources.ts");
    await expectFindings(document.uri, found, "the folder is there");
    rmSync(inWorkspace("src", "later").fsPath, { recursive: true });
    await expectFindings(document.uri, [], "the folder is gone");
  });

  it("follow tsconfig.json", async () => {
    const tsconfig = readFileSync(inWorkspace("tsconfig.json").fsPath, "utf8");
    await openFile("src", "late.ts");
    await expectFindings(inWorkspace("src", "late.ts"), [], "the package is not there");
    write(tsconfig.replace('"types": [],', '"types": [], "paths": { "late": ["./src/resources.ts"] },'), "tsconfig.json");
    await expectFindings(inWorkspace("src", "late.ts"), found, "tsconfig.json says where it is");
    write(tsconfig, "tsconfig.json");
    await expectFindings(inWorkspace("src", "late.ts"), [], "tsconfig.json as before");
  });

  it("follow what tsconfig.json extends and what ESLint's configuration imports from above the opened folder", async () => {
    const above = (/** @type {string} */ name, /** @type {string} */ text) => writeFileSync(path.join(inWorkspace().fsPath, "..", name), text);
    const tsconfig = readFileSync(inWorkspace("tsconfig.json").fsPath, "utf8");
    const { document: { uri } } = await openFile("src", "late.ts");
    await expectFindings(uri, [], "the package is not there");
    above("base.json", tsconfig.replace('"types": [],', '"types": [], "paths": { "late": ["./app/src/resources.ts"] },').replace('"include": ["src"]', '"files": []'));
    write('{ "extends": "../base.json", "include": ["src"] }', "tsconfig.json");
    await expectFindings(uri, found, "a configuration above says where the package is");
    above("base.json", tsconfig.replace('"include": ["src"]', '"files": []'));
    await expectFindings(uri, [], "the configuration above was edited");
    write(tsconfig, "tsconfig.json");

    await vscode.window.showTextDocument(leak);
    above("severity.js", 'export const severity = "warn";\n');
    write(configuration.replace("./severity.js", "../severity.js"), "eslint.config.js");
    await expectFindings(leak.uri, found, "an imported file above");
    above("severity.js", 'export const severity = "error";\n');
    await expectFindings(leak.uri, ["require-using 4 Error"], "the imported file above was edited");
    write(configuration, "eslint.config.js");
    await expectFindings(leak.uri, found, "the configuration as before");
  });

  it("follow a dependency's types that are installed, and removed", async () => {
    const { document: { uri } } = await openFile("src", "late.ts");
    await expectFindings(uri, [], "the package is not there");
    write('{ "name": "late", "version": "1.0.0", "types": "index.d.ts" }', "node_modules", "late", "package.json");
    write(resources, "node_modules", "late", "index.d.ts");
    await expectFindings(uri, found, "the package has types");
    rmSync(inWorkspace("node_modules").fsPath, { recursive: true });
    await expectFindings(uri, [], "the package is gone");
  });

  it("follow the ESLint configuration, and what it imports", async () => {
    await vscode.window.showTextDocument(leak);
    write('export const severity = "error";\n', "severity.js");
    await expectFindings(leak.uri, ["require-using 4 Error"], "an imported file");
    write(configuration.replace('"await-using/require-using": severity', '"await-using/no-leak-on-throw": severity'), "eslint.config.js");
    await expectFindings(leak.uri, [], "another rule");
    write(configuration, "eslint.config.js");
    await expectFindings(leak.uri, ["require-using 4 Error"], "the configuration as before");
    write('export const severity = "warn";\n', "severity.js");
    await expectFindings(leak.uri, found, "the imported file as before");
  });
});

describe("a buffer that is no file yet", () => {
  it("has findings, and they end when it is closed", async () => {
    const content = 'declare class Conn implements AsyncDisposable {\n  query(): Promise<number>;\n  [Symbol.asyncDispose](): Promise<void>;\n}\nexport async function leak(): Promise<number> {\n  const conn = new Conn();\n  return await conn.query();\n}\n';
    const { document: { uri } } = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "typescript", content }));
    assert.equal(uri.scheme, "untitled");
    await waitFor(() => shown(uri).some((each) => each.startsWith("require-using 6")), "the finding of an untitled buffer");
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await waitFor(() => shown(uri).length === 0, "the finding of a closed buffer to go");
  });

  it("is a file to others as soon as it is saved", async () => {
    const { document } = await openFile("src", "leak.ts");
    const { uri } = await vscode.workspace.openTextDocument(inWorkspace("src", "leak.ts").with({ scheme: "untitled", path: inWorkspace("src", "new.ts").path }));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), 'export { open } from "./resources.js";\n');
    await vscode.workspace.applyEdit(edit);
    await (await vscode.workspace.openTextDocument(uri)).save();
    await replaceAll(document, document.getText().replace("./resources.js", "./new.js"));
    await expectFindings(document.uri, found, "acquired through the new file");
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });
});

describe("line ends of Windows and characters of two units", () => {
  it("do not shift findings or fixes", async () => {
    write('import { open } from "./resources.js";\r\nexport async function wide(): Promise<number> {\r\n  /* 🚪🚪 */ const conn = await open();\r\n  return await conn.query();\r\n}\r\n', "src", "wide.ts");
    const { document } = await openFile("src", "wide.ts");
    await expectFindings(document.uri, ["require-using 3 Warning"], "found");
    const [finding] = diagnosticsOf(document.uri);
    assert.equal(document.getText(finding?.range), "conn");
    await vscode.commands.executeCommand("awaitUsing.fixAllInFile");
    await expectFindings(document.uri, [], "fixed");
    assert.equal(document.lineAt(2).text, "  /* 🚪🚪 */ await using conn = await open();");
    assert.equal(document.eol, vscode.EndOfLine.CRLF);
    assert.doesNotMatch(document.getText(), /[^\r]\n/u);
  });
});
