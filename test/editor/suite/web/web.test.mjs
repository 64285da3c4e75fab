// @ts-check
// The extension in VS Code for the Web: there is no Node, no disk and no server, and the snippets are all there is.
import * as vscode from "vscode";

import { expand } from "../../../snippets/support/expand.mjs";
import { diagnosticsOf, retryOnCanceled, waitFor } from "../../support/editor.mjs";

const languages = ["typescript", "typescriptreact", "javascript", "javascriptreact"];

/** @typedef {{ prefix: string[], body: string[] }} Snippet */

function ours() {
  const extension = vscode.extensions.getExtension("await-using.await-using");
  if (extension === undefined) throw new Error("our extension is not there");
  return extension;
}

/** @param {string} language @returns {Promise<[string, Snippet][]>} */
async function snippetsOf(language) {
  const { contributes } = ours().packageJSON;
  const { path } = contributes.snippets.find((/** @type {{ language: string }} */ each) => each.language === language);
  const response = await fetch(vscode.Uri.joinPath(ours().extensionUri, path).toString(true));
  return Object.entries(await response.json());
}

/** @param {unknown} found @param {unknown} expected @param {string} what */
function assertSame(found, expected, what) {
  const [one, other] = [found, expected].map((value) => JSON.stringify(value));
  if (one !== other) throw new Error(`${what}: ${one} and not ${other}`);
}

describe("in a browser", () => {
  it("a worker is what runs the extension: no Node, no remote, no disk", async () => {
    assertSame([vscode.env.uiKind, vscode.env.remoteName ?? null, typeof globalThis.process, typeof importScripts], [vscode.UIKind.Web, null, "undefined", "function"], "the host");
    await vscode.workspace.openTextDocument({ language: "typescript", content: "" });
    await waitFor(() => ours().isActive, "our extension, by a document of its languages");
  });

  it("commands are there and say why they do nothing", async () => {
    const known = await vscode.commands.getCommands();
    /** @type {{ command: string }[]} */
    const contributed = ours().packageJSON.contributes.commands;
    assertSame(contributed.map(({ command }) => command).filter((command) => !known.includes(command)), [], "missing commands");
    const told = vscode.commands.executeCommand("awaitUsing.checkWorkspace");
    await waitFor(async () => {
      await vscode.commands.executeCommand("notifications.clearAll");
      return Promise.race([Promise.resolve(told).then(() => true), new Promise((resolve) => setTimeout(resolve, 50))]);
    }, "the notification that it answers with");
  });
});

for (const language of languages) {
  describe(`snippets of ${language}, in a browser`, () => {
    it("complete by their prefixes", async () => {
      for (const [title, { prefix: [typed = ""] }] of await snippetsOf(language)) {
        const document = await vscode.workspace.openTextDocument({ language, content: typed });
        await waitFor(async () => {
          /** @type {vscode.CompletionList} */
          const { items } = await retryOnCanceled(() => vscode.commands.executeCommand("vscode.executeCompletionItemProvider", document.uri, new vscode.Position(0, typed.length)));
          return items.some(({ kind, label }) => kind === vscode.CompletionItemKind.Snippet && typeof label === "object" && label.label === typed && label.description === title);
        }, `${typed} to be completed`);
        assertSame(diagnosticsOf(document.uri).length, 0, "findings");
      }
    });

    it("insert what our tests expand", async () => {
      const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content: "" }));
      editor.options = { insertSpaces: true, tabSize: 2, indentSize: 2 };
      for (const [title, { body }] of await snippetsOf(language)) {
        await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, editor.document.lineCount, 0)));
        await vscode.commands.executeCommand("editor.action.insertSnippet", { langId: language, name: title });
        await waitFor(() => editor.document.getText() !== "", `“${title}”`);
        assertSame(editor.document.getText(), expand(body.join("\n")), title);
        await vscode.commands.executeCommand("leaveSnippet");
      }
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    });
  });
}
