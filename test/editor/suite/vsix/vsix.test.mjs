// @ts-check
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";

import * as vscode from "vscode";

import { perform, quickFixesAt, ruleOf } from "../../support/actions.mjs";
import { diagnosticsOf, openFile, waitFor } from "../../support/editor.mjs";

describe("the extension installed from its package", () => {
  it("is the package, and not this checkout", () => {
    const extension = vscode.extensions.getExtension("await-using.await-using");
    assert.ok(extension);
    assert.match(path.basename(extension.extensionPath), /^await-using\.await-using-\d/u);
    assert.ok(existsSync(path.join(extension.extensionPath, "dist/server.cjs")));
    assert.equal(existsSync(path.join(extension.extensionPath, "node_modules")), false);
  });

  it("finds what the file announces, and its quick-fix removes it", async () => {
    const { document } = await openFile("src", "worker.ts");
    const [finding] = await waitFor(() => diagnosticsOf(document.uri).length === 1 && diagnosticsOf(document.uri), "the finding", 50);
    assert.ok(finding);
    assert.equal(`${ruleOf(finding)} ${document.getText(finding.range)}`, "require-using workdir");
    const [fix] = (await quickFixesAt(document.uri, finding.range)).filter(({ isPreferred }) => isPreferred);
    assert.ok(fix);
    await perform(fix);
    await waitFor(() => diagnosticsOf(document.uri).length === 0, "the finding to go");
    assert.ok(document.lineAt(finding.range.start.line).text.trim().startsWith("await using workdir = await openWorkdir(job._id);"));
  });
});
