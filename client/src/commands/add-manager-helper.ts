import { addHelperMethod, type AddedHelper, type AddHelperParams } from "await-using-language-server/contract";
import { Uri, window, workspace } from "vscode";
import type { WorkspaceEdit } from "vscode-languageclient/node";

import { runningClient, type Run } from "./command.js";

/** Gives the project of the active file the manager helper, and shows it. */
export const addManagerHelper: Run = async (parts) => {
  const document = window.activeTextEditor?.document;
  if (document === undefined) {
    void window.showInformationMessage("Open a file of the project that is to have the manager helper.");
    return;
  }
  const client = runningClient(parts);
  const params: AddHelperParams = { uri: client.code2ProtocolConverter.asUri(document.uri) };
  const added = await client.sendRequest<AddedHelper>(addHelperMethod, params);
  if ("because" in added) {
    void window.showInformationMessage(`Await Using: ${added.because}`);
    return;
  }
  if (!(await workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(added.edit as WorkspaceEdit)))) {
    void window.showWarningMessage("Await Using: the file could not be created.");
    return;
  }
  await window.showTextDocument(Uri.parse(added.file));
};
