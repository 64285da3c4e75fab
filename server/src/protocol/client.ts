import type { ClientCapabilities } from "vscode-languageserver/node";

/** What the client can do. */
export interface Client {
  readonly pulls: boolean;
  readonly refreshes: boolean;
  readonly refreshesHints: boolean;
  readonly relatedInformation: boolean;
  readonly snippetEdits: boolean;
  readonly disabledActions: boolean;
  readonly dynamicWatching: boolean;
  /** It can watch outside its folders. */
  readonly relativePatterns: boolean;
  readonly configuration: boolean;
  readonly folders: boolean;
  readonly progress: boolean;
  /** Edits carry the version of their document, so that one that comes too late is refused. */
  readonly documentChanges: boolean;
  /** Edits may create files. */
  readonly createsFiles: boolean;
}

/** What a client can do, by what it says; before it has said anything, nothing. */
export function clientOf({ textDocument, window, workspace }: ClientCapabilities): Client {
  return {
    pulls: textDocument?.diagnostic !== undefined,
    refreshes: workspace?.diagnostics?.refreshSupport === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    relatedInformation: textDocument?.diagnostic?.relatedInformation ?? textDocument?.publishDiagnostics?.relatedInformation ?? false,
    snippetEdits: workspace?.workspaceEdit?.snippetEditSupport === true,
    disabledActions: textDocument?.codeAction?.disabledSupport === true,
    dynamicWatching: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    relativePatterns: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    configuration: workspace?.configuration === true,
    folders: workspace?.workspaceFolders === true,
    progress: window?.workDoneProgress === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles: workspace?.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.resourceOperations?.includes("create") === true,
  };
}
