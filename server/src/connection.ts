import { TextDocuments, type Connection } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";

import { clientOf } from "./protocol/client.js";
import { onCodeAction } from "./protocol/code-action.js";
import { onCompletion } from "./protocol/completion.js";
import { onConfiguration } from "./protocol/configuration.js";
import { addHelperMethod, debugInformationMethod, environmentMethod, fixAllMethod, type AddHelperParams, type Environment, type FixAllParams } from "./protocol/contract.js";
import { onDebugInformation } from "./protocol/debug-information.js";
import { onDiagnostic } from "./protocol/diagnostic.js";
import { synchronized } from "./protocol/document-sync.js";
import { onChanged, onClosed, onOpened } from "./protocol/documents.js";
import { onEnvironment } from "./protocol/environment.js";
import { onExecuteCommand, onFixAll } from "./protocol/execute-command.js";
import { onHover } from "./protocol/hover.js";
import { onInitialize } from "./protocol/initialize.js";
import { onInitialized } from "./protocol/initialized.js";
import { onInlayHint } from "./protocol/inlay-hint.js";
import { addHelper } from "./protocol/manager-helper.js";
import type { Session } from "./protocol/session.js";
import { defaultSettings } from "./protocol/settings.js";
import { onWatchedFiles } from "./protocol/watched-files.js";
import { superviseAnalysis, superviseConfigs } from "./protocol/workers.js";

/** The bundles that the worker threads run. */
export interface Bundles {
  readonly analysis: string;
  readonly config: string;
}

/** Serves one client until it ends. */
export function serve(connection: Connection, bundles: Bundles): void {
  const documents = new TextDocuments(synchronized);
  const session = openSession(connection, documents, bundles);

  connection.onInitialize((params) => onInitialize(session, params));
  connection.onInitialized(() => onInitialized(session));
  connection.onDidChangeConfiguration(({ settings }) => onConfiguration(session, settings));
  connection.onDidChangeWatchedFiles((params) => {
    onWatchedFiles(session, params);
  });
  connection.onNotification(environmentMethod, (environment: Environment) => {
    onEnvironment(session, environment);
  });
  connection.onShutdown(async () => {
    await Promise.all([session.analysis.dispose(), session.configs.dispose()]);
  });

  documents.onDidOpen(({ document }) => {
    onOpened(session, document);
  });
  documents.onDidChangeContent(({ document }) => {
    onChanged(session, document);
  });
  documents.onDidClose(({ document }) => {
    onClosed(session, document);
  });

  connection.languages.diagnostics.on((params, token) => onDiagnostic(session, params, token));
  connection.onCodeAction((params, token) => onCodeAction(session, params, token));
  connection.onCompletion((params, token) => onCompletion(session, params, token));
  connection.onHover((params, token) => onHover(session, params, token));
  connection.languages.inlayHint.on((params, token) => onInlayHint(session, params, token));
  connection.onExecuteCommand((params, token, progress) => onExecuteCommand(session, params, token, progress));
  connection.onRequest(debugInformationMethod, () => onDebugInformation(session));
  connection.onRequest(fixAllMethod, (params: FixAllParams) => onFixAll(session, params));
  connection.onRequest(addHelperMethod, ({ uri }: AddHelperParams) => addHelper(session, uri));

  documents.listen(connection);
  connection.listen();
}

/** The state before the client has said anything. */
function openSession(connection: Connection, documents: TextDocuments<TextDocument>, bundles: Bundles): Session {
  const session: Session = {
    connection,
    documents,
    analysis: superviseAnalysis(bundles.analysis, () => session),
    configs: superviseConfigs(bundles.config, () => session),
    workspaceAnswers: new Map(),
    configSources: new Set(),
    tsconfigs: new Set(),
    results: new Map(),
    unopened: new Map(),
    trust: new AbortController(),
    client: clientOf({}),
    settings: defaultSettings,
    folders: [],
    trusted: false,
    eslintExtensionActive: false,
  };
  return session;
}
