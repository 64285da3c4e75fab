// @ts-check
// What the editor offers at a place, and doing it. Runs in the extension host.
import * as vscode from "vscode";

import { retryOnCanceled } from "./editor.mjs";

/** @param {vscode.Uri} uri @param {vscode.Range} range @param {string} [kind] @returns {Promise<vscode.CodeAction[]>} */
export function actionsAt(uri, range, kind = "quickfix") {
  return retryOnCanceled(() => vscode.commands.executeCommand("vscode.executeCodeActionProvider", uri, range, kind));
}

/** The rule of one of our diagnostics, or of the ESLint extension's. @param {vscode.Diagnostic} diagnostic */
export function ruleOf({ code }) {
  return String(typeof code === "object" ? code.value : code).replace(/^await-using\//u, "");
}

/**
 * The quick-fixes of ours at a place. The editor does not tell tests which diagnostics an action belongs to.
 *
 * @param {vscode.Uri} uri @param {vscode.Range} range
 */
export async function quickFixesAt(uri, range) {
  const offered = await actionsAt(uri, range);
  // TypeScript's own all have a command.
  return offered.filter(({ command }) => command === undefined || command.command.startsWith("awaitUsing."));
}

/** Does what choosing an action does. @param {vscode.CodeAction} action */
export async function perform({ command, edit, title }) {
  if (edit !== undefined && !(await vscode.workspace.applyEdit(edit))) throw new Error(`the editor refused the edit of “${title}”`);
  if (command !== undefined) await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}

/** Takes back the last change of the file that is shown. */
export async function undo() {
  await vscode.commands.executeCommand("undo");
}

/** What the command “Debug Information” opens; the document is closed again. */
export async function debugInformation() {
  const shown = vscode.window.activeTextEditor;
  await vscode.commands.executeCommand("awaitUsing.debugInformation");
  const text = vscode.window.activeTextEditor?.document.getText() ?? "";
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  if (shown !== undefined) await vscode.window.showTextDocument(shown.document);
  return text;
}

/** @param {string} name behind `awaitUsing.` @param {unknown} value */
export async function set(name, value) {
  await vscode.workspace.getConfiguration("awaitUsing").update(name, value, vscode.ConfigurationTarget.Global);
}
