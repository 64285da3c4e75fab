// @ts-check
"use strict";
const { createRequire } = require("node:module");
const vscode = require("vscode");

const languages = ["typescript", "typescriptreact", "javascript", "javascriptreact"];

/** @param {vscode.ExtensionContext} context */
exports.activate = ({ subscriptions }) => {
  const collection = vscode.languages.createDiagnosticCollection("eslint");
  /** @param {vscode.TextDocument} document */
  const lint = async (document) => {
    if (!languages.includes(document.languageId) || document.uri.scheme !== "file" || !vscode.workspace.isTrusted) return;
    if (!vscode.workspace.getConfiguration("eslint").get("enable", true)) return;
    const { version } = document;
    const findings = await findingsOf(document);
    if (!document.isClosed && document.version === version) collection.set(document.uri, findings);
  };
  subscriptions.push(
    collection,
    vscode.workspace.onDidOpenTextDocument(lint),
    vscode.workspace.onDidChangeTextDocument(({ document }) => lint(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration("eslint.enable")) return;
      collection.clear();
      vscode.workspace.textDocuments.forEach(lint);
    }),
  );
  return Promise.all(vscode.workspace.textDocuments.map(lint));
};

/** @param {vscode.TextDocument} document */
async function findingsOf(document) {
  /** @type {typeof import("eslint")} */
  const { ESLint } = createRequire(document.fileName)("eslint");
  const cwd = vscode.workspace.getWorkspaceFolder(document.uri)?.uri.fsPath;
  const [result] = await new ESLint(cwd === undefined ? {} : { cwd }).lintText(document.getText(), { filePath: document.fileName, warnIgnored: false });
  return (result?.messages ?? []).map(({ column, endColumn = column, endLine, line, message, ruleId, severity }) => {
    const range = new vscode.Range(line - 1, column - 1, (endLine ?? line) - 1, endColumn - 1);
    const diagnostic = new vscode.Diagnostic(range, message, severity === 2 ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning);
    diagnostic.source = "eslint";
    if (ruleId !== null) diagnostic.code = { value: ruleId, target: vscode.Uri.parse(`https://example.invalid/${ruleId}`) };
    return diagnostic;
  });
}
