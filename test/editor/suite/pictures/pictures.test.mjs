// @ts-check
// Takes the README's pictures. They are kept where UPDATE_PICTURES is 1; else this only checks what they would show.
import assert from "node:assert/strict";
import { mkdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import * as vscode from "vscode";

import { diagnosticsOf, openFile, waitFor } from "../../support/editor.mjs";
import { inWindow, takePicture } from "../../support/window.mjs";

const media = process.env["UPDATE_PICTURES"] === "1" ? path.join(import.meta.dirname, "../../../../client/media") : tmpdir();

/** Nothing but the editor. */
const quiet = {
  "breadcrumbs.enabled": false,
  "editor.fontSize": 14,
  "editor.guides.indentation": false,
  "editor.hover.delay": 100,
  "editor.lightbulb.enabled": "off",
  "editor.lineHeight": 20,
  "editor.matchBrackets": "never",
  "editor.minimap.enabled": false,
  "editor.occurrencesHighlight": "off",
  "editor.roundedSelection": false,
  "editor.selectionHighlight": false,
  "editor.overviewRulerBorder": false,
  "editor.hideCursorInOverviewRuler": true,
  "editor.renderLineHighlight": "none",
  "editor.scrollBeyondLastLine": false,
  "editor.scrollbar.vertical": "hidden",
  "editor.stickyScroll.enabled": false,
  "window.commandCenter": false,
  "window.menuBarVisibility": "hidden",
  "workbench.activityBar.location": "hidden",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.editor.showTabs": "none",
  "workbench.layoutControl.enabled": false,
  "workbench.statusBar.visible": false,
};

/** Makes the window as high as the text. @param {vscode.TextDocument} document */
async function fit({ lineCount }) {
  await inWindow(async (page, height) => {
    await page.setViewportSize({ width: 1080, height: 600 });
    const others = 600 - ((await page.locator(".monaco-editor").first().boundingBox())?.height ?? 0);
    await page.setViewportSize({ width: 1080, height: height + others });
    await page.waitForTimeout(500);
  }, lineCount * quiet["editor.lineHeight"]);
}

/** @param {string} name @param {number} [bottom] of the picture, where more than the editor is to be seen */
async function take(name, bottom) {
  mkdirSync(media, { recursive: true });
  const file = path.join(media, name);
  const box = await inWindow((page) => page.locator(".part.editor .editor-container").first().boundingBox());
  assert.ok(box);
  await takePicture(file, { ...box, height: bottom === undefined ? box.height : bottom - box.y });
  assert.ok(statSync(file).size > 10_000);
}

describe("the README's pictures", () => {
  before(async () => {
    for (const [name, value] of Object.entries(quiet)) await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand("workbench.action.closeSidebar");
  });

  it("a finding with its quick-fix menu open", async () => {
    const editor = await openFile("src", "count-lines.ts");
    const [finding] = await waitFor(() => diagnosticsOf(editor.document.uri).length === 1 && diagnosticsOf(editor.document.uri), "the finding", 50);
    assert.ok(finding);
    await vscode.commands.executeCommand("workbench.actions.view.problems");
    await fit(editor.document);
    await waitFor(async () => {
      editor.selection = new vscode.Selection(finding.range.start, finding.range.start);
      await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
      await vscode.commands.executeCommand("editor.action.codeAction", { kind: "quickfix", apply: "never" });
      return inWindow((page) => page.locator(".action-widget").first().isVisible());
    }, "the menu");
    const { bottom, menu, rows, squiggle } = await inWindow(async (page) => {
      await page.waitForTimeout(500);
      const [menu, squiggle] = await Promise.all([".action-widget", ".monaco-editor .squiggly-error"].map((name) => page.locator(name).first().boundingBox({ timeout: 10_000 })));
      return { menu, squiggle, bottom: page.viewportSize()?.height ?? 0, rows: await page.locator(".action-widget .monaco-list-row").allInnerTexts() };
    });
    assert.ok(rows.some((row) => row.includes("Declare it with `await using`")), rows.join("; "));
    assert.ok(menu && squiggle && menu.y >= squiggle.y && menu.x + menu.width <= 1080 && menu.y + menu.height <= bottom, JSON.stringify({ menu, squiggle, bottom }));
    const problem = await inWindow(async (page) => {
      const rows = page.locator(".markers-panel .monaco-list-row");
      return { says: (await rows.allInnerTexts()).join("\n"), box: await rows.last().boundingBox() };
    });
    assert.match(problem.says.replaceAll("\u00a0", " "), /`source`, a FileHandle [\s\S]*This `return` leaves it open/u);
    await take("finding.png", (problem.box?.y ?? 0) + (problem.box?.height ?? 0) + 8);
    await inWindow((page) => page.keyboard.press("Escape"));
    await vscode.commands.executeCommand("workbench.action.closePanel");
  });

  it("a scope with its disposal hints", async () => {
    const { document } = await openFile("src", "merge.ts");
    await fit(document);
    const hints = await waitFor(() => inWindow(async (page) => {
      const lines = await page.locator(".monaco-editor .view-line").allInnerTexts();
      const found = lines.map((line) => line.replaceAll("\u00a0", " ")).filter((line) => line.includes("⟵"));
      return found.length > 0 && found;
    }), "the hints");
    assert.match(hints.join("\n"), /⟵ disposes await dir, await out, await lock/u);
    // Without the focus, no cursor.
    await inWindow((page) => page.locator(".monaco-editor :focus").first().evaluate((element) => /** @type {{ blur(): void }} */ (/** @type {unknown} */ (element)).blur()));
    await take("hints.png");
  });
});
