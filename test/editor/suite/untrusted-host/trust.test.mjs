// @ts-check
import assert from "node:assert/strict";

import * as vscode from "vscode";

import { openFile } from "../../support/editor.mjs";

describe("the editor that withholds trust", () => {
  it("opens a file of a workspace that it does not trust", async () => {
    const { document } = await openFile("src", "main.ts");
    assert.equal(document.languageId, "typescript");
    assert.equal(vscode.workspace.isTrusted, false);
  });
});
