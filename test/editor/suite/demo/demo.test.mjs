// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import * as vscode from "vscode";

import { perform, quickFixesAt, ruleOf, undo } from "../../support/actions.mjs";
import { diagnosticsOf, openFile, waitFor } from "../../support/editor.mjs";
import { canDrive, rowsOfQuickPick } from "../../support/window.mjs";

/** What the ESLint command line prints. @type {import("eslint").ESLint.LintResult[]} */
const printed = JSON.parse(readFileSync(process.env["DEMO_PRINTED"] ?? "", "utf8"));
const results = printed.filter(({ filePath }) => filePath.endsWith(".ts")).sort((a, b) => b.messages.length - a.messages.length);
const clean = results.filter(({ messages }) => messages.length === 0);
const withFindings = results.filter(({ messages }) => messages.length > 0);

const leak = `
import { open as openLast } from "node:fs/promises";
export async function size(name: string): Promise<number> {
  const last = await openLast(name);
  return (await last.stat()).size;
}
`;

/** @param {string} filePath */
const open = (filePath) => openFile("src", path.basename(filePath));

/** @param {vscode.Uri} uri @param {number} amount */
const findings = (uri, amount) => waitFor(() => {
  const found = diagnosticsOf(uri);
  return found.length === amount && found;
}, `${amount} findings in ${path.basename(uri.path)}`, 50);

/** @param {vscode.Diagnostic} diagnostic */
const described = (diagnostic) => {
  const { message, range: { end, start }, severity } = diagnostic;
  return { rule: `await-using/${ruleOf(diagnostic)}`, range: [start.line, start.character, end.line, end.character], severity: severity === vscode.DiagnosticSeverity.Error ? 2 : 1, message };
};

/** @param {import("eslint").Linter.LintMessage} message */
const announced = ({ column, endColumn = 0, endLine = 0, line, message, ruleId, severity }) => ({ rule: ruleId, range: [line - 1, column - 1, endLine - 1, endColumn - 1], severity, message });

describe("the demo", () => {
  it("was linted by the command line, with findings", () => {
    assert.ok(withFindings.length >= 10 && clean.length > 0, JSON.stringify(results.map(({ filePath, messages }) => [filePath, messages.length])));
  });

  for (const { filePath, messages } of withFindings) {
    const name = path.basename(filePath);

    it(`${name} has the findings that eslint prints, with their page and the places they are about`, async () => {
      const { document } = await open(filePath);
      const found = await findings(document.uri, messages.length);
      assert.deepEqual(found.map(described), messages.map(announced));
      for (const { code, relatedInformation = [] } of found) {
        assert.ok(typeof code === "object" && code.target.toString().endsWith(`/${code.value}.md`), JSON.stringify(code));
        for (const { location, message } of relatedInformation) {
          assert.equal(location.uri.toString(), document.uri.toString());
          assert.notEqual(message, "");
          assert.notEqual(document.getText(location.range), "");
        }
      }
    });

    it(`${name}: each quick-fix that is offered removes its finding, and can be undone`, async () => {
      const { document } = await open(filePath);
      const before = await findings(document.uri, messages.length);
      const text = document.getText();
      for (const [index, finding] of before.entries()) {
        const offered = await quickFixesAt(document.uri, finding.range);
        const rule = ruleOf(finding);
        const suggested = (messages[index]?.suggestions ?? []).map(({ desc }) => desc.replace(/\.$/u, ""));
        assert.deepEqual(offered.map(({ title }) => title), [...suggested, `Suppress ${rule} on this line, with a reason`, `Suppress ${rule} in this file, with a reason`]);
        assert.deepEqual(offered.map(({ isPreferred = false }) => isPreferred), offered.map((_, place) => place === 0 && suggested.length > 0));
        for (const action of offered) {
          await perform(action);
          assert.notEqual(document.getText(), text, action.title);
          const gone = () => diagnosticsOf(document.uri).filter((each) => ruleOf(each) === rule).length < before.filter((each) => ruleOf(each) === rule).length;
          await waitFor(gone, `the finding of ${rule} to go after “${action.title}”`, 20);
          assert.ok(diagnosticsOf(document.uri).length < before.length, `“${action.title}” leads to other findings: ${JSON.stringify(diagnosticsOf(document.uri).map(described))}`);
          await undo();
          assert.equal(document.getText(), text);
          assert.deepEqual((await findings(document.uri, before.length)).map(described), before.map(described));
        }
      }
    });
  }

  for (const { filePath } of clean) {
    it(`${path.basename(filePath)} has no findings until a leak is typed into it`, async () => {
      const { document, edit } = await open(filePath);
      await edit((change) => change.insert(document.lineAt(document.lineCount - 1).range.end, leak));
      const [only] = await findings(document.uri, 1);
      assert.ok(only);
      assert.equal(`${ruleOf(only)} ${document.getText(only.range)}`, "require-using last");
      await undo();
      await findings(document.uri, 0);
    });
  }

  it("says of a leak where the resource is acquired, which way leaves it open, and which disposes it", async () => {
    const { document } = await openFile("src", "render.ts");
    const finding = await waitFor(() => diagnosticsOf(document.uri).find((each) => ruleOf(each) === "no-leak-on-path"), "the finding");
    assert.deepEqual((finding.relatedInformation ?? []).map(({ location, message }) => `${document.getText(location.range)} | ${message}`), [
      'this.#browser.newContext({ reducedMotion: "reduce" }) | `context` is acquired here',
      "return path; | This `return` leaves it open",
      "context.close() | It is disposed here, but not on every path",
    ]);
  });
});

describe("many findings of one file", () => {
  const workdirs = ["one", "two"].map((name) => `
export async function ${name}(): Promise<void> {
  const ${name} = await openWorkdir("${name}");
  console.log(${name}.value);
}
`).join("");

  async function withThree() {
    const { document, edit } = await openFile("src", "worker.ts");
    await edit((change) => change.insert(document.lineAt(document.lineCount - 1).range.end, workdirs));
    const [first] = await findings(document.uri, 3);
    assert.ok(first);
    return { document, first };
  }

  it("of one rule are fixed by one action", async () => {
    const { document, first } = await withThree();
    const all = (await quickFixesAt(document.uri, first.range)).find(({ title }) => title === "Fix all of require-using in this file");
    assert.ok(all);
    await perform(all);
    await findings(document.uri, 0);
    for (const name of ["workdir", "one", "two"]) assert.match(document.getText(), new RegExp(`await using ${name} = await openWorkdir`, "u"));
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("are fixed by “Fix All in File”", async () => {
    const { document } = await withThree();
    await vscode.commands.executeCommand("awaitUsing.fixAllInFile");
    await findings(document.uri, 0);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("are fixed on save where the settings ask for it", async () => {
    const { document } = await withThree();
    const settings = vscode.workspace.getConfiguration("editor");
    await settings.update("codeActionsOnSave", { "source.fixAll.await-using": "explicit" }, vscode.ConfigurationTarget.Global);
    await document.save();
    await settings.update("codeActionsOnSave", undefined, vscode.ConfigurationTarget.Global);
    assert.equal(readFileSync(document.fileName, "utf8").match(/await using (?:workdir|one|two) = await openWorkdir/gu)?.length, 3);
    await findings(document.uri, 0);
  });

  it("stay where the settings do not ask for it", async () => {
    const { document } = await openFile("src", "spool.ts");
    const text = document.getText();
    const editor = await openFile("src", "spool.ts");
    await editor.edit((change) => change.insert(new vscode.Position(0, 0), "\n"));
    await document.save();
    assert.equal(readFileSync(document.fileName, "utf8"), `\n${text}`);
  });
});

describe("suppressing a finding", () => {
  it("asks for the reason", async () => {
    const editor = await openFile("src", "main.ts");
    const { document } = editor;
    const [finding] = await findings(document.uri, 1);
    assert.ok(finding);
    const action = (await quickFixesAt(document.uri, finding.range)).find(({ title }) => /on this line/u.test(title));
    assert.ok(action);
    await perform(action);
    await waitFor(() => document.getText(editor.selection) === "say why", "the reason to be selected");
    await vscode.commands.executeCommand("type", { text: "ends with the process" });
    assert.match(document.lineAt(finding.range.start.line).text, /^ *\/\/ eslint-disable-next-line await-using\/require-using -- ends with the process$/u);
    await findings(document.uri, 0);
  });
});

if (canDrive) {
  describe("the status", () => {
    it("names files from the opened folder, also those above it", async () => {
      const { document } = await openFile("src", "journal.ts");
      await findings(document.uri, 2);
      void vscode.commands.executeCommand("awaitUsing.showDetails");
      const rows = await rowsOfQuickPick();
      await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
      const lines = rows.map((row) => row.trim());
      assert.ok(lines.includes("Configuration ../eslint.config.js"), lines.join("\n"));
      assert.ok(lines.includes("Types by tsconfig.json"), lines.join("\n"));
    });
  });
}
