/** Which types of vscode are resources without a disposer? */

import { typesOf } from "./types-of.js";

/** What the user of an editor closes (a terminal, a webview) is left out. */
export const vscode = typesOf("vscode", {
  dispose: ["CancellationTokenSource", "DiagnosticCollection", "Disposable", "EventEmitter", "LanguageStatusItem", "OutputChannel", "QuickInput", "SourceControl", "StatusBarItem", "TestController", "TextEditorDecorationType"],
});
