import { CodeActionKind, TextDocumentSyncKind, type InitializeParams, type InitializeResult } from "vscode-languageserver/node";

import { version } from "../version.js";
import { clientOf } from "./client.js";
import { extractKind, fixAllKind, rewriteKind } from "./code-action.js";
import { triggers } from "./completion.js";
import { checkWorkspaceCommand, clearWorkspaceCheckCommand, fixAllCommand, type InitializationOptions } from "./contract.js";
import type { Session } from "./session.js";
import { fileNameOf } from "./uris.js";

/** `initialize`: takes in what the client can do, and says what we can. */
export function onInitialize(session: Session, params: InitializeParams): InitializeResult {
  const { capabilities, workspaceFolders } = params;
  const { eslintExtensionActive, trusted } = (params.initializationOptions ?? {}) as Partial<InitializationOptions>;
  session.client = clientOf(capabilities);
  // Other editors have no notion of trust: whoever starts a server there has opened the folder on purpose.
  session.trusted = trusted ?? true;
  session.eslintExtensionActive = eslintExtensionActive ?? false;
  session.folders = (workspaceFolders ?? []).map(({ uri }) => fileNameOf(uri, null, []));
  return {
    serverInfo: { name: "await-using-language-server", version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, rewriteKind, extractKind, fixAllKind] },
      ...(session.client.pulls ? { diagnosticProvider: { identifier: "await-using", interFileDependencies: true, workspaceDiagnostics: false } } : {}),
      hoverProvider: true,
      completionProvider: { triggerCharacters: [...triggers] },
      inlayHintProvider: true,
      executeCommandProvider: { commands: [checkWorkspaceCommand, clearWorkspaceCheckCommand, fixAllCommand] },
      ...(session.client.folders ? { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } } : {}),
    },
  };
}
