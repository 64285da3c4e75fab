import { fixAllMethod, type FixAllParams } from "await-using-language-server/contract";
import { window, workspace } from "vscode";
import type { WorkspaceEdit } from "vscode-languageclient/node";

import { runningClient, type Run } from "./command.js";

export const fixAllInFile: Run = async (parts) => {
  const document = window.activeTextEditor?.document;
  if (document === undefined) {
    void window.showInformationMessage("Open the file whose findings are to be fixed.");
    return;
  }
  const client = runningClient(parts);
  const params: FixAllParams = { uri: client.code2ProtocolConverter.asUri(document.uri) };
  const { version } = document;
  const edit = await client.sendRequest<WorkspaceEdit | null>(fixAllMethod, params);
  if (document.version === version && edit === null) {
    void window.showInformationMessage("Await Using: nothing here can be fixed without a choice of yours. Each finding has its own quick fixes.");
    return;
  }
  if (document.version !== version || edit === null || !client.validateWorkspaceEdit(edit) || !(await workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(edit)))) {
    void window.showWarningMessage("Await Using: the file was changed in the meantime. Fix all once more.");
  }
};
