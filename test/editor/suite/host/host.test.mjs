// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import * as vscode from "vscode";

import { diagnosticsOf, inWorkspace, openFile, retryOnCanceled, waitFor } from "../../support/editor.mjs";
import { canDrive, inWindow } from "../../support/window.mjs";

describe("the editor that tests run in", () => {
  it("has an extension host on Node 20.19 or later", () => {
    const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
    assert.ok(major > 20 || (major === 20 && minor >= 19), `Node ${process.versions.node}`);
  });

  it("is a VS Code that engines.vscode admits", () => {
    const [major = 0, minor = 0] = vscode.version.split(".").map(Number);
    assert.ok(major === 1 && minor >= 100, `VS Code ${vscode.version}`);
  });

  it("opens a document of the copied project, whose edits reach the disk", async () => {
    const editor = await openFile("src", "main.ts");
    assert.equal(editor.document.languageId, "typescript");
    assert.equal(editor.document.uri.scheme, "file");
    assert.equal(editor.document.getText(), readFileSync(editor.document.fileName, "utf8"));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "// edited\n"));
    await editor.document.save();
    assert.ok(readFileSync(editor.document.fileName, "utf8").startsWith("// edited\n"));
  });

  it("trusts the workspace", () => {
    assert.equal(vscode.workspace.isTrusted, true);
  });

  it("runs TypeScript's own extension, with its diagnostics and its quick-fixes", async () => {
    const { document } = await openFile("src", "main.ts");
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, "\nconst shelf = 1;\nexport const copy = shelff;\n");
    await vscode.workspace.applyEdit(edit);
    const [diagnostic] = await waitFor(() => {
      const found = diagnosticsOf(document.uri, "ts").filter(({ message }) => message.includes("shelff"));
      return found.length > 0 && found;
    }, "TypeScript's diagnostic");
    assert.ok(diagnostic);
    /** @type {vscode.CodeAction[]} */
    const actions = await retryOnCanceled(() => vscode.commands.executeCommand("vscode.executeCodeActionProvider", document.uri, diagnostic.range, vscode.CodeActionKind.QuickFix.value));
    assert.ok(actions.some(({ title }) => title.includes("'shelf'")), JSON.stringify(actions));
  });

  if (canDrive) {
    it("shows an opened file and its diagnostics in the window", async () => {
      const { document } = await openFile("src", "worker.ts");
      const diagnostics = vscode.languages.createDiagnosticCollection("host");
      diagnostics.set(document.uri, [new vscode.Diagnostic(document.lineAt(0).range, "seen in the window")]);
      await inWindow(async (page, name) => {
        await page.locator(".tab.active", { hasText: name }).waitFor({ timeout: 20_000 });
        await page.locator(".monaco-editor .squiggly-error").first().waitFor({ timeout: 20_000 });
      }, "worker.ts");
      diagnostics.dispose();
    });
  }

  it("finds files", async () => {
    const found = await vscode.workspace.findFiles("src/*.ts");
    assert.ok(found.some(({ path }) => path === inWorkspace("src", "main.ts").path));
  });
});
