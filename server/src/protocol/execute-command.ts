import { ErrorCodes, ResponseError, WorkDoneProgressReporter, type CancellationToken, type ExecuteCommandParams, type WorkspaceEdit } from "vscode-languageserver/node";

import { checkWorkspace, clearWorkspaceCheck } from "./check-workspace.js";
import { fixAllEdit } from "./code-action.js";
import { checkWorkspaceCommand, clearWorkspaceCheckCommand, fixAllCommand, type FixAllParams } from "./contract.js";
import type { Session } from "./session.js";

/** Milliseconds: fixing all on request may take longer than on save, where the editor waits. */
const fixAllMilliseconds = 10_000;

/** `workspace/executeCommand`: what clients without a part of ours can ask for, too. */
export async function onExecuteCommand(session: Session, { arguments: given = [], command }: ExecuteCommandParams, token: CancellationToken, progress: WorkDoneProgressReporter): Promise<unknown> {
  switch (command) {
    case checkWorkspaceCommand:
      return checkWorkspace(session, token, WorkDoneProgressReporter.isNullInstance(progress) ? null : progress);
    case clearWorkspaceCheckCommand:
      clearWorkspaceCheck(session);
      return null;
    case fixAllCommand:
      return applyFixAll(session, given);
    default:
      return new ResponseError(ErrorCodes.InvalidParams, `Unknown command "${command}". Known: ${checkWorkspaceCommand}, ${clearWorkspaceCheckCommand}, ${fixAllCommand}.`);
  }
}

async function applyFixAll(session: Session, [uri, rule]: readonly unknown[]): Promise<boolean | ResponseError> {
  if (typeof uri !== "string") return new ResponseError(ErrorCodes.InvalidParams, `${fixAllCommand} takes the URI of a document and the name of a rule.`);
  const edit = await fixAllEdit(session, uri, typeof rule === "string" ? rule : null, fixAllMilliseconds);
  return edit === null ? false : (await session.connection.workspace.applyEdit(edit)).applied;
}

/** `awaitUsing/fixAll`: the same edit, for a client that applies it itself. */
export function onFixAll(session: Session, { rule, uri }: FixAllParams): Promise<WorkspaceEdit | null> {
  return fixAllEdit(session, uri, rule ?? null, fixAllMilliseconds);
}
