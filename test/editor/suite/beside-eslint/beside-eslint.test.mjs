// @ts-check
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import * as vscode from "vscode";

import { announcedBy } from "../../../support/announced.mjs";
import { debugInformation, perform, quickFixesAt, ruleOf, set, undo } from "../../support/actions.mjs";
import { diagnosticsOf, inWorkspace, waitFor } from "../../support/editor.mjs";
import { messagesBetween } from "../../support/trace.mjs";

/** @param {vscode.Uri} uri */
const shown = (uri) => ({ theirs: diagnosticsOf(uri, "eslint").length, ours: diagnosticsOf(uri).length });

/** @param {vscode.Uri} uri @param {{ theirs: number, ours: number }} expected */
async function expectShown(uri, expected) {
  await waitFor(() => {
    assert.deepEqual(shown(uri), expected);
    return true;
  }, `${expected.theirs} findings of the ESLint extension and ${expected.ours} of ours`, 50);
  // Nothing more comes late.
  await sleep(1500);
  assert.deepEqual(shown(uri), expected);
}

describe("beside an extension that shows the same findings of the workspace's ESLint", () => {
  /** @type {vscode.TextDocument} */
  let spool;
  /** @type {vscode.TextDocument} */
  let apart;

  before(async () => {
    apart = (await vscode.window.showTextDocument(inWorkspace("apart", "leak.ts"), { viewColumn: vscode.ViewColumn.Beside, preview: false })).document;
    spool = (await vscode.window.showTextDocument(inWorkspace("src", "spool.ts"), { viewColumn: vscode.ViewColumn.One, preview: false })).document;
  });
  after(() => set("diagnostics", undefined));

  it("that extension shows what the file announces", async () => {
    const announced = announcedBy(spool.getText()).map(({ line, rule }) => `${line} ${rule}`);
    assert.equal(announced.length, 3);
    const found = await waitFor(() => diagnosticsOf(spool.uri, "eslint").length > 0 && diagnosticsOf(spool.uri, "eslint"), "diagnostics of source eslint", 55);
    assert.deepEqual(found.map((each) => `${each.range.start.line + 1} ${ruleOf(each)}`), announced);
  });

  it("auto: nothing is shown twice, and what only we find is shown by us", async () => {
    await waitFor(async () => (await quickFixesAt(spool.uri, new vscode.Range(0, 0, spool.lineCount, 0))).length > 0, "our answer about the file");
    await expectShown(spool.uri, { theirs: 3, ours: 0 });
    await expectShown(apart.uri, { theirs: 0, ours: 1 });
    assert.match(await debugInformation(), /ESLint extension: active/u);
  });

  it("auto: our quick-fixes belong to its diagnostics, and remove them", async () => {
    const [finding] = diagnosticsOf(spool.uri, "eslint");
    assert.ok(finding);
    const { answered, result: offered } = await messagesBetween("textDocument/codeAction", () => quickFixesAt(spool.uri, finding.range));
    assert.deepEqual(offered.map(({ isPreferred = false }) => isPreferred), [true, false, false]);
    const belongTo = answered.flat().filter(({ kind }) => kind === "quickfix").map(({ diagnostics }) => diagnostics.map(({ code, source }) => `${source} ${code}`));
    assert.equal(belongTo.length, 3);
    assert.deepEqual([...new Set(belongTo.flat())], [`eslint await-using/${ruleOf(finding)}`]);
    const [preferred] = offered;
    assert.ok(preferred);
    await perform(preferred);
    await expectShown(spool.uri, { theirs: 2, ours: 0 });
    await undo();
    await expectShown(spool.uri, { theirs: 3, ours: 0 });
  });

  it("own: both are shown", async () => {
    await set("diagnostics", "own");
    await expectShown(spool.uri, { theirs: 3, ours: 3 });
    const [theirs, ours] = ["eslint", "await-using"].map((source) => diagnosticsOf(spool.uri, source).map(({ message, range }) => [message, range]));
    assert.deepEqual(ours, theirs);
  });

  it("defer: none of ours is shown", async () => {
    await set("diagnostics", "defer");
    await expectShown(spool.uri, { theirs: 3, ours: 0 });
    await expectShown(apart.uri, { theirs: 0, ours: 0 });
  });

  it("auto: ours are shown as long as that extension is turned off", async () => {
    await set("diagnostics", "auto");
    await expectShown(spool.uri, { theirs: 3, ours: 0 });
    const settings = vscode.workspace.getConfiguration("eslint");
    await settings.update("enable", false, vscode.ConfigurationTarget.Global);
    await expectShown(spool.uri, { theirs: 0, ours: 3 });
    await settings.update("enable", undefined, vscode.ConfigurationTarget.Global);
    await expectShown(spool.uri, { theirs: 3, ours: 0 });
  });
});
