import { QuickPickItemKind, commands, window, type QuickPickItem } from "vscode";

import { shortened } from "../status.js";
import type { Run } from "./command.js";

const actions: readonly (QuickPickItem & { readonly command: string })[] = [
  { label: "$(output) Show Log", command: "awaitUsing.showLog" },
  { label: "$(watch) Show Rule Times", command: "awaitUsing.showRuleTimes" },
  { label: "$(debug-restart) Restart", command: "awaitUsing.restart" },
  { label: "$(bug) Debug Information", command: "awaitUsing.debugInformation" },
];

/** What the status item has to say in full, with what can be done about it. */
export const showDetails: Run = async ({ status }) => {
  const { document, server } = status.current();
  const sentences = [document, server].flatMap((each) => (each === null ? [] : [each.text, ...each.details])).filter((line) => line !== "");
  const lines = [...new Set(sentences)].map((line) => ({ label: shortened(line), command: null }));
  const separator = { label: "", kind: QuickPickItemKind.Separator, command: null };
  const picked = await window.showQuickPick([...lines, separator, ...actions], { title: "Await Using" });
  if (picked?.command != null) await commands.executeCommand(picked.command);
};
