import { window } from "vscode";

import type { Run } from "./command.js";

/** What each rule took in the active file, the slowest first. */
export const showRuleTimes: Run = async ({ status }) => {
  const rules = status.current().document?.rules ?? [];
  if (rules.length === 0) {
    void window.showInformationMessage("Await Using: no rule has run on the active file yet.");
    return;
  }
  const total = rules.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const items = [...rules]
    .sort((a, b) => b.milliseconds - a.milliseconds)
    .map(({ findings, milliseconds, name }) => ({ label: name, description: `${milliseconds.toFixed(1)} ms`, detail: `${String(findings)} ${findings === 1 ? "finding" : "findings"}` }));
  await window.showQuickPick(items, { title: `Await Using: ${total.toFixed(1)} ms for this file`, placeHolder: "Time of each rule at the last check" });
};
