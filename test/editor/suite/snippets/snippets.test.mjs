// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import * as vscode from "vscode";

import { expand, fieldsOf, placesOf } from "../../../snippets/support/expand.mjs";
import { openFile, retryOnCanceled, waitFor } from "../../support/editor.mjs";

const endings = { typescript: "ts", typescriptreact: "tsx", javascript: "js", javascriptreact: "jsx" };
const root = path.join(import.meta.dirname, "../../../..");

/** @typedef {{ prefix: string[], body: string[], description: string }} Snippet */

/** @param {string} language @returns {[string, Snippet][]} */
const snippetsOf = (language) => Object.entries(JSON.parse(readFileSync(path.join(root, `snippets/${language}.code-snippets`), "utf8")));

/** An empty file in an editor that indents by two spaces. @param {string} ending */
async function emptyFile(ending) {
  const editor = await openFile("src", `empty.${ending}`);
  await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, editor.document.lineCount, 0)));
  editor.options = { insertSpaces: true, tabSize: 2, indentSize: 2 };
  editor.selection = new vscode.Selection(0, 0, 0, 0);
  return editor;
}

/** What is selected, from and to which offsets, in the order of the text. @param {vscode.TextEditor} editor */
function selected({ document, selections }) {
  return selections.map(({ end, start }) => [document.offsetAt(start), document.offsetAt(end)]).sort(([a = 0], [b = 0]) => a - b);
}

for (const [language, ending] of Object.entries(endings)) {
  describe(`in an empty file of ${language}`, () => {
    afterEach(async () => {
      await vscode.commands.executeCommand("leaveSnippet");
      await vscode.commands.executeCommand("workbench.action.files.revert");
    });

    it("prefixes are completed, with what the snippet teaches", async () => {
      const editor = await emptyFile(ending);
      assert.equal(editor.document.languageId, language);
      for (const [title, { description, prefix }] of snippetsOf(language)) {
        for (const typed of language === "typescript" ? prefix : prefix.slice(0, 2)) {
          await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, editor.document.lineCount, 0), typed));
          const item = await waitFor(async () => {
            /** @type {vscode.CompletionList} */
            const { items } = await retryOnCanceled(() => vscode.commands.executeCommand("vscode.executeCompletionItemProvider", editor.document.uri, new vscode.Position(0, typed.length)));
            return items.find(({ kind, label }) => kind === vscode.CompletionItemKind.Snippet && (typeof label === "string" ? label : label.label) === typed);
          }, `${typed} to be completed`);
          const told = JSON.stringify([item.label, item.detail, item.documentation]);
          assert.ok(told.includes(title) || told.includes(JSON.stringify(description).slice(1, -1)), told);
        }
      }
    });

    it("a chosen completion inserts the variant of the language", async () => {
      const editor = await emptyFile(ending);
      // What has a hyphen is an element to Emmet, in JSX.
      await vscode.commands.executeCommand("type", { text: language.endsWith("react") ? "acmTransactionCallback" : "acm-transaction-callback" });
      await vscode.commands.executeCommand("editor.action.triggerSuggest");
      await waitFor(async () => {
        await vscode.commands.executeCommand("acceptSelectedSuggestion");
        assert.match(editor.document.getText(), /async function\* transacting\(conn/u);
        return true;
      }, "the snippet to be inserted");
      assert.equal(editor.document.getText().includes("transacting(conn: Conn)"), language.startsWith("typescript"));
    });

    // The bodies of TSX are those of TypeScript, and so with JavaScript.
    for (const [title, { body }] of language.endsWith("react") ? snippetsOf(language).slice(0, 3) : snippetsOf(language)) {
      it(`“${title}” is what our tests expand, and its tab stops come in order`, async () => {
        const editor = await emptyFile(ending);
        const text = body.join("\n");
        await vscode.commands.executeCommand("editor.action.insertSnippet", { langId: language, name: title });
        await waitFor(() => editor.document.getText() !== "", "the snippet");
        assert.equal(editor.document.getText(), expand(text));
        const places = placesOf(text);
        const stops = [...fieldsOf(text).filter(({ number }) => number !== 0).map(({ number }) => places.get(number) ?? []), places.get(0) ?? [[expand(text).length, expand(text).length]]];
        for (const [index, stop] of stops.entries()) {
          if (index > 0) await vscode.commands.executeCommand("jumpToNextSnippetPlaceholder");
          await waitFor(() => {
            assert.deepEqual(selected(editor), stop);
            return true;
          }, `tab stop ${index + 1}`, 5);
        }
      });
    }
  });
}

describe("a hole", () => {
  it("that is renamed is renamed wherever it stands", async () => {
    const editor = await emptyFile("ts");
    await vscode.commands.executeCommand("editor.action.insertSnippet", { langId: "typescript", name: "Class: async disposable with an async open" });
    await vscode.commands.executeCommand("type", { text: "Link" });
    await waitFor(() => !editor.document.getText().includes("Session"), "the class to be renamed");
    assert.equal(editor.document.getText().split("Link").length, 4);
    await vscode.commands.executeCommand("leaveSnippet");
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });
});
