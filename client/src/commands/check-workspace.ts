import { checkWorkspaceCommand, clearWorkspaceCheckCommand, type WorkspaceCheck } from "await-using-language-server/contract";
import { ProgressLocation, commands, window } from "vscode";
import { ExecuteCommandRequest, WorkDoneProgress, WorkDoneProgressCancelNotification } from "vscode-languageclient/node";

import { runningClient, type Run } from "./command.js";

let checks = 0;

/** While it is set, findings of files that are not open are shown and can be cleared. */
const shown = "awaitUsing.workspaceCheckIsShown";

/** Checks all files; what is found stays among the problems until it is cleared. */
export const checkWorkspace: Run = async (parts) => {
  const client = runningClient(parts);
  checks += 1;
  const workDoneToken = `await-using-check-${String(checks)}`;
  const check = await window.withProgress({ location: ProgressLocation.Notification, title: "Await Using", cancellable: true }, async (progress, cancellation) => {
    let percentage = 0;
    const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      if (value.kind === "end") return;
      const next = value.percentage ?? percentage;
      progress.report({ increment: next - percentage, ...(value.message === undefined ? {} : { message: value.message }) });
      percentage = next;
    });
    cancellation.onCancellationRequested(() => {
      void client.sendNotification(WorkDoneProgressCancelNotification.type, { token: workDoneToken });
    });
    try {
      await commands.executeCommand("setContext", shown, true);
      return (await client.sendRequest(ExecuteCommandRequest.type, { command: checkWorkspaceCommand, workDoneToken }, cancellation)) as WorkspaceCheck;
    } catch (error) {
      if (!cancellation.isCancellationRequested) throw error;
      return null;
    } finally {
      listening.dispose();
    }
  });
  if (check === null) return;
  if (check.findings > 0) await commands.executeCommand("workbench.actions.view.problems");
  void window.showInformationMessage(`Await Using: ${summaryOf(check)}`);
};

/** Takes back what a check of the workspace has shown of files that are not open. */
export const clearWorkspaceCheck: Run = async (parts) => {
  await runningClient(parts).sendRequest(ExecuteCommandRequest.type, { command: clearWorkspaceCheckCommand });
  await forgetWorkspaceCheck();
};

export async function forgetWorkspaceCheck(): Promise<void> {
  await commands.executeCommand("setContext", shown, false);
}

function summaryOf({ cancelled, failures, files, findings }: WorkspaceCheck): string {
  const count = (amount: number, word: string): string => `${String(amount)} ${word}${amount === 1 ? "" : "s"}`;
  const failed = failures === 0 ? "" : `, ${count(failures, "file")} could not be checked (the log says why)`;
  return `${count(findings, "finding")} in ${count(files, "file")}${failed}${cancelled ? "; cancelled before the end" : ""}.`;
}
