// @ts-check
import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";

import * as vscode from "vscode";

import { debugInformation, perform, quickFixesAt, ruleOf } from "../../support/actions.mjs";
import { diagnosticsOf, inWorkspace, openFile, waitFor } from "../../support/editor.mjs";

const evidence = process.env["EVIDENCE"] ?? "";

describe("a workspace that is not trusted", () => {
  it("is opened without trust", () => {
    assert.equal(vscode.workspace.isTrusted, false);
  });

  it("has findings, by the bundled configuration, and their quick-fixes", async () => {
    const { document } = await openFile("src", "leak.ts");
    const [finding] = await waitFor(() => diagnosticsOf(document.uri).length > 0 && diagnosticsOf(document.uri), "the finding", 50);
    assert.ok(finding);
    assert.equal(`${ruleOf(finding)} ${document.getText(finding.range)}`, "require-using conn");
    // The workspace's own configuration would make it a warning at most.
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
    const [fix] = await quickFixesAt(document.uri, finding.range);
    assert.ok(fix);
    await perform(fix);
    await waitFor(() => diagnosticsOf(document.uri).length === 0, "the finding to go");
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("says why its own configuration is not used", async () => {
    await openFile("src", "leak.ts");
    const text = await waitFor(async () => {
      const now = await debugInformation();
      return /Status: .*finding/u.test(now) && now;
    }, "the status of the file");
    assert.match(text, /Workspace: not trusted/u);
    assert.match(text, /Status: .*Bundled configuration “recommended”: the workspace is not trusted, so none of its code runs\./u);
  });

  it("had none of its code loaded, not after a change of its configuration either", async () => {
    writeFileSync(inWorkspace("package.json").fsPath, '{ "name": "changed", "type": "module" }');
    writeFileSync(inWorkspace("eslint.config.js").fsPath, 'import "./eslint.config.cjs";\nexport default [];\n');
    const { document } = await openFile("src", "leak.ts");
    await vscode.commands.executeCommand("awaitUsing.checkWorkspace");
    await waitFor(() => diagnosticsOf(document.uri).length === 1, "the finding again");
    assert.deepEqual(readdirSync(evidence), []);
  });
});
