// @ts-check
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import * as vscode from "vscode";

import { actionsAt, debugInformation, perform, ruleOf, set } from "../../support/actions.mjs";
import { diagnosticsOf, inWorkspace, openFile, waitFor } from "../../support/editor.mjs";
import { canDrive, inWindow, rowsOfQuickPick } from "../../support/window.mjs";

/** The place of a text, which must be there once. @param {vscode.TextDocument} document @param {string} text */
function placeOf(document, text) {
  const parts = document.getText().split(text);
  assert.equal(parts.length, 2, text);
  const start = document.positionAt(parts[0]?.length ?? 0);
  return new vscode.Range(start, document.positionAt((parts[0]?.length ?? 0) + text.length));
}

/** @param {vscode.TextDocument} document @param {string} text */
async function hoverAt(document, text) {
  /** @type {vscode.Hover[]} */
  const hovers = await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, placeOf(document, text).start);
  return hovers.flatMap(({ contents }) => contents).map((content) => (typeof content === "string" ? content : content.value)).join("\n");
}

/**
 * The only action of a kind, once it is offered: a menu does not wait for an analysis that is busy.
 *
 * @param {vscode.TextDocument} document @param {vscode.Range} range @param {string} kind @param {string} expected its title
 */
async function offeredAt(document, range, kind, expected) {
  return waitFor(async () => {
    const offered = await actionsAt(document.uri, range, kind);
    assert.deepEqual(offered.map(({ title }) => title), [expected]);
    return offered[0];
  }, `“${expected}”`);
}

before(async () => {
  const { document } = await openFile("src", "leak.ts");
  await waitFor(() => diagnosticsOf(document.uri).length === 1, "the finding", 50);
});

describe("a hover", () => {
  it("says what a resource is, who owns it and where it is disposed", async () => {
    const { document } = await openFile("src", "scopes.ts");
    const text = await waitFor(async () => {
      const hover = await hoverAt(document, "source = ");
      return hover.includes("Owned") && hover;
    }, "the hover");
    assert.match(text, /\*\*`source`\*\*: async resource `Conn`/u);
    assert.match(text, /Owned: acquired by `open\(\)`, which is tagged `@owned`\./u);
    assert.match(text, /Disposed at the end of `copy` \(line 7\): 2nd of 2, after `target`\./u);
  });

  it("says what a rule is that a comment names", async () => {
    const { document, edit } = await openFile("src", "leak.ts");
    await edit((change) => change.insert(new vscode.Position(0, 0), "/* eslint-disable await-using/require-using -- tested */\n"));
    await waitFor(async () => {
      assert.match(await hoverAt(document, "require-using"), /`await-using\/require-using`.*What it finds/u);
      return true;
    }, "the hover");
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("is not shown where the setting turns it off", async () => {
    const { document } = await openFile("src", "scopes.ts");
    await set("hover.enable", false);
    await waitFor(async () => !(await hoverAt(document, "source = ")).includes("Owned"), "no hover of ours");
    await set("hover.enable", undefined);
  });
});

describe("inlay hints", () => {
  /** @param {vscode.TextDocument} document @returns {Promise<string[]>} */
  async function hints(document) {
    /** @type {vscode.InlayHint[]} */
    const found = await vscode.commands.executeCommand("vscode.executeInlayHintProvider", document.uri, new vscode.Range(0, 0, document.lineCount, 0));
    return found.map(({ label, position }) => `${position.line + 1} ${typeof label === "string" ? label : label.map(({ value }) => value).join("")}`);
  }
  const both = "7 ⟵ disposes await target, await source";
  const single = "12 ⟵ disposes await only";

  it("tell in which order a scope disposes several resources, or as the setting says", async () => {
    const { document } = await openFile("src", "scopes.ts");
    for (const [value, expected] of /** @type {const} */ ([[undefined, [both]], ["all", [both, single]], ["off", []], [undefined, [both]]])) {
      await set("inlayHints.disposal", value);
      await waitFor(async () => {
        assert.deepEqual(await hints(document), expected);
        return true;
      }, `the hints of the setting ${value}`);
    }
  });
});

describe("the command", () => {
  // The editor keeps a document for minutes after its tab was closed; this one was never opened.
  const unopened = inWorkspace("src", "unopened.ts");

  it("“Check Workspace” shows findings of files that are not open, until they are cleared", async () => {
    assert.deepEqual(diagnosticsOf(unopened), []);
    await vscode.commands.executeCommand("awaitUsing.checkWorkspace");
    const shown = () => diagnosticsOf(unopened).map((each) => `${ruleOf(each)} ${each.range.start.line + 1}`);
    assert.deepEqual(shown(), ["require-using 4", "require-using 9", "require-using 10"]);
    await openFile("src", "resources.ts");
    assert.equal(shown().length, 3);
    await vscode.commands.executeCommand("awaitUsing.clearWorkspaceCheck");
    await waitFor(() => shown().length === 0, "the findings to be cleared");
  });

  it("“Check Workspace” shows nothing twice when such a file is opened", async () => {
    await vscode.commands.executeCommand("awaitUsing.checkWorkspace");
    const { document } = await openFile("src", "unopened.ts");
    assert.equal(document.uri.toString(), unopened.toString());
    await sleep(2000);
    assert.equal(diagnosticsOf(unopened).length, 3);
    await vscode.commands.executeCommand("awaitUsing.clearWorkspaceCheck");
    await sleep(1000);
    assert.equal(diagnosticsOf(unopened).length, 3);
  });

  it("“Debug Information” tells versions, configuration and the state of the file", async () => {
    const { document } = await openFile("src", "leak.ts");
    await waitFor(() => diagnosticsOf(document.uri).length === 1, "the finding");
    const text = await debugInformation();
    assert.match(text, new RegExp(`VS Code ${vscode.version.replaceAll(".", "\\.")}`, "u"));
    assert.match(text, /Language server: running/u);
    assert.match(text, /Status: 1 finding \| Configuration .*eslint\.config\.js \| Types by .*tsconfig\.json \| TypeScript 6\./u);
    assert.match(text, /leak\.ts: version \d+, .*; 1 findings;/u);
  });

  if (canDrive) {
    it("“Show Rule Times” tells what each rule took", async () => {
      const { document } = await openFile("src", "leak.ts");
      await waitFor(() => diagnosticsOf(document.uri).length === 1, "the finding");
      void vscode.commands.executeCommand("awaitUsing.showRuleTimes");
      const rows = await rowsOfQuickPick();
      assert.match(rows.join("\n"), /require-using[\s\S]*\d ms[\s\S]*1 finding/u);
      await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    });

    it("“Show Log” opens the log", async () => {
      await vscode.commands.executeCommand("awaitUsing.showLog");
      await inWindow((page) => page.locator(".part.panel .composite.title, .part.panel").filter({ hasText: "Output" }).first().waitFor({ timeout: 20_000 }).then(() => null));
      await vscode.commands.executeCommand("workbench.action.closePanel");
    });
  }
});

describe("refactorings at the cursor", () => {
  it("turn try and finally into `await using`", async () => {
    const { document } = await openFile("src", "byhand.ts");
    const first = placeOf(document, "closing(): Promise<number> {\n  const conn = await open();\n  ");
    await perform(await offeredAt(document, new vscode.Range(first.end, first.end), "refactor.rewrite.await-using", "Replace `finally` with `await using`"));
    assert.ok(document.getText().includes("closing(): Promise<number> {\n  await using conn = await open();\n  return await conn.query();\n}\n"), document.getText());
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("declare with `await using`", async () => {
    const { document } = await openFile("src", "leak.ts");
    await offeredAt(document, placeOf(document, "conn = await"), "refactor.rewrite.await-using", "Declare `conn` with `await using`");
  });

  it("put several on a stack", async () => {
    const { document } = await openFile("src", "unopened.ts");
    await perform(await offeredAt(document, placeOf(document, "source = await"), "refactor.extract.await-using", "Put `source` and `target` on an `AsyncDisposableStack`"));
    assert.ok(document.getText().includes("const source = stack.use(await open());\n  const target = stack.use(await open());"), document.getText());
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  if (canDrive) {
    it("say why one does not apply", async () => {
      const editor = await openFile("src", "byhand.ts");
      const { end } = placeOf(editor.document, "counting(): Promise<number> {\n  const conn = await open();\n  ");
      editor.selection = new vscode.Selection(end, end);
      assert.deepEqual((await actionsAt(editor.document.uri, new vscode.Range(end, end), "refactor.rewrite.await-using")).filter(({ title }) => title.includes("finally")), []);
      // The message fades away by itself, and another one comes while the analysis is busy: the question is asked again.
      await waitFor(async () => {
        await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
        await vscode.commands.executeCommand("editor.action.codeAction", { kind: "refactor.rewrite.await-using", apply: "first" });
        const told = await inWindow((page) => page.locator(".monaco-editor-overlaymessage").filter({ hasText: /\S/u }).first().textContent({ timeout: 2000 }));
        assert.match(told ?? "", /The `?finally`? does more than dispose/u);
        return true;
      }, "the message");
      assert.equal(editor.document.isDirty, false);
    });
  }
});

describe("what TypeScript refuses and has no fix for", () => {
  it("has one of ours: the promise that `using` is given", async () => {
    const { document } = await openFile("src", "refused.ts");
    const refused = await waitFor(() => diagnosticsOf(document.uri, "ts").find(({ code }) => Number(code) === 2850), "TypeScript's own diagnostic", 50);
    await perform(await waitFor(async () => {
      const offered = await actionsAt(document.uri, refused.range);
      const [preferred] = offered.filter(({ isPreferred }) => isPreferred);
      assert.ok(preferred, JSON.stringify(offered.map(({ title }) => title)));
      return preferred;
    }, "a preferred fix"));
    assert.equal(document.lineAt(3).text, "  await using conn = await open();");
    await waitFor(() => !diagnosticsOf(document.uri, "ts").some(({ code }) => Number(code) === 2850), "TypeScript's diagnostic to go", 20);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });
});

describe("the names of rules", () => {
  it("are completed in a comment that disables them", async () => {
    const editor = await openFile("src", "leak.ts");
    await editor.edit((change) => change.insert(new vscode.Position(0, 0), "/* eslint-disable await-using/ */\n"));
    await waitFor(async () => {
      /** @type {vscode.CompletionList} */
      const { items } = await vscode.commands.executeCommand("vscode.executeCompletionItemProvider", editor.document.uri, new vscode.Position(0, 30));
      const labels = items.map(({ label }) => (typeof label === "string" ? label : label.label));
      assert.ok(labels.includes("await-using/no-leak-on-path"), labels.slice(0, 20).join());
      return true;
    }, "the names");
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });
});

describe("the command that adds the manager helper", () => {
  const command = () => vscode.commands.executeCommand("awaitUsing.addManagerHelper");
  const added = inWorkspace("src", "managed.ts");

  /** What the editor tells in the corner; it is cleared. */
  const told = async () => {
    const text = await waitFor(() => inWindow(async (page) => (await page.locator(".notification-list-item-message").allInnerTexts()).find((each) => each.startsWith("Await Using")) ?? false), "a notification");
    await vscode.commands.executeCommand("notifications.clearAll");
    return text;
  };

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.workspace.fs.delete(added);
  });

  it("creates it where the sources are, and shows it", async () => {
    await openFile("src", "scopes.ts");
    await command();
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.toString(), added.toString());
    assert.match(document.getText(), /^export function asyncContextManager</mu);
    await document.save();
    assert.equal(Buffer.from(await vscode.workspace.fs.readFile(added)).toString(), document.getText());
  });

  if (canDrive) {
    it("adds it once, and says so", async () => {
      await openFile("src", "scopes.ts");
      await waitFor(async () => {
        await command();
        assert.equal(await told(), "Await Using: The project has it already: “./managed.js” exports `asyncContextManager`.");
        return true;
      }, "the refusal");
      assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), inWorkspace("src", "scopes.ts").toString());
    });

    it("says why not in a document that lies nowhere, and changes nothing", async () => {
      const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "typescript", content: "export {};\n" }));
      await command();
      assert.match(await told(), /^Await Using: This document is not saved in any folder yet/u);
      assert.equal(editor.document.getText(), "export {};\n");
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    });
  }
});
