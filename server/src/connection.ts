import { ErrorCodes, ResponseError, TextDocuments, WorkDoneProgressReporter, type Connection } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";

import type { AnalysisProtocol, Buffer } from "./analysis/messages.js";
import type { ConfigProtocol } from "./config/config.js";
import { forgetDocument, forgetFile } from "./protocol/check.js";
import { checkWorkspace, clearWorkspaceCheck, leaveToDocument, showWorkspaceCheck, takeFromDocument } from "./protocol/check-workspace.js";
import { clientOf } from "./protocol/client.js";
import { fixAllEdit, onCodeAction } from "./protocol/code-action.js";
import { onCompletion } from "./protocol/completion.js";
import { onConfiguration } from "./protocol/configuration.js";
import { addHelperMethod, checkWorkspaceCommand, clearWorkspaceCheckCommand, debugInformationMethod, environmentMethod, fixAllCommand, fixAllMethod, type AddHelperParams, type Environment, type FixAllParams } from "./protocol/contract.js";
import { onDebugInformation } from "./protocol/debug-information.js";
import { onDiagnostic } from "./protocol/diagnostic.js";
import { onHover } from "./protocol/hover.js";
import { onInitialize } from "./protocol/initialize.js";
import { onInitialized } from "./protocol/initialized.js";
import { onInlayHint } from "./protocol/inlay-hint.js";
import { addHelper } from "./protocol/manager-helper.js";
import { publishAll, refresh } from "./protocol/publish.js";
import { nameOf, type Session } from "./protocol/session.js";
import { defaultSettings } from "./protocol/settings.js";
import { tellConfigFailure, tellFailure, tellPhase } from "./protocol/status.js";
import { synchronized } from "./protocol/synchronized.js";
import { fileNameOf } from "./protocol/uris.js";
import { watchAbove } from "./protocol/watch-outside.js";
import { onWatchedFiles } from "./protocol/watched-files.js";
import { supervise } from "./threads/supervisor.js";

/** Milliseconds for what is slow once: a large project is read. */
const slow = 120_000;

/** Fixing all on request may take longer than on save, where the editor waits. */
const fixAllMilliseconds = 10_000;

/** The bundles that the worker threads run. */
export interface Bundles {
  readonly analysis: string;
  readonly config: string;
}

/** Serves one client until it ends. */
export function serve(connection: Connection, bundles: Bundles): void {
  const documents = new TextDocuments(synchronized);
  const onLog = (level: "error" | "info" | "warn", text: string): void => {
    connection.console[level](text);
  };
  const session: Session = {
    connection,
    documents,
    analysis: supervise<AnalysisProtocol>({
      file: bundles.analysis,
      memory: () => session.settings.memory,
      budget: (phase) => (phase === "linting" ? session.settings.fileTimeBudget : slow),
      replay: () => [
        { is: "memory", memory: session.settings.memory },
        { is: "preferences", preferences: session.settings.preferences },
        ...documents.all().map((document): AnalysisProtocol["news"] => ({ is: "open", buffer: bufferOf(session, document) })),
      ],
      onLog,
      onPhase(phase, fileName) {
        tellPhase(session, phase, fileName);
      },
      onReplaced(because, isFailure) {
        connection.console[isFailure ? "error" : "info"](`A new worker has taken over: ${because}.`);
        if (isFailure) tellFailure(session, because, false);
        refresh(session);
      },
      onGivenUp(because) {
        connection.console.error(because);
        tellFailure(session, because, true);
      },
    }),
    configs: supervise<ConfigProtocol>({
      file: bundles.config,
      memory: () => 1024,
      budget: () => session.settings.fileTimeBudget * 3,
      replay: () => [],
      onLog,
      onPhase: () => undefined,
      onReplaced(because, isFailure) {
        session.told.clear();
        if (isFailure) {
          connection.console.error(`The ESLint configuration could not be loaded, a new worker has taken over: ${because}.`);
          tellConfigFailure(session, because, false);
        }
        refresh(session);
      },
      onGivenUp(because) {
        connection.console.error(`The ESLint configuration could not be loaded: ${because}.`);
        tellConfigFailure(session, because, true);
        session.told.clear();
        refresh(session);
      },
    }),
    told: new Map(),
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
  const { analysis, configs } = session;

  connection.onInitialize((params) => onInitialize(session, params));
  connection.onInitialized(async () => {
    if (session.client.folders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const [first] = session.folders;
        const gone = new Set(removed.map(({ uri }) => fileNameOf(uri, null, [])));
        session.folders = [...session.folders.filter((folder) => !gone.has(folder)), ...added.map(({ uri }) => fileNameOf(uri, null, []))];
        session.told.clear();
        for (const folder of session.folders) watchAbove(session, folder);
        // Documents that are no files yet are known by names in the first folder.
        if (session.folders[0] !== first) analysis.restart("another folder is the first one");
        refresh(session);
      });
    }
    analysis.restart("the client is ready");
    if (session.trusted) configs.restart("the client is ready");
    await onInitialized(session);
  });
  connection.onDidChangeConfiguration(({ settings }) => onConfiguration(session, settings));
  connection.onDidChangeWatchedFiles((params) => {
    onWatchedFiles(session, params);
  });
  connection.onNotification(environmentMethod, ({ eslintExtensionActive, trusted }: Environment) => {
    session.eslintExtensionActive = eslintExtensionActive;
    if (session.trusted !== trusted) {
      session.trusted = trusted;
      session.told.clear();
      if (trusted) {
        session.trust = new AbortController();
      } else {
        session.trust.abort();
        // The workspace's own plugin may run there.
        analysis.restart("the workspace is not trusted any more");
      }
      configs.restart(trusted ? "the workspace is trusted now" : "the workspace is not trusted any more");
    }
    showWorkspaceCheck(session);
    refresh(session);
  });

  documents.onDidOpen(({ document: { uri } }) => {
    const fileName = nameOf(session, uri);
    leaveToDocument(session, fileName);
    watchAbove(session, fileName);
  });
  documents.onDidChangeContent(({ document }) => {
    const buffer = bufferOf(session, document);
    analysis.unblock(buffer.fileName);
    analysis.tell({ is: "open", buffer });
    publishAll(session, document.uri);
  });
  documents.onDidClose(({ document: { languageId, uri } }) => {
    const fileName = fileNameOf(uri, languageId, session.folders);
    analysis.unblock(fileName);
    analysis.tell({ is: "close", fileName });
    forgetDocument(session, uri, fileName);
    if (!session.client.pulls) void connection.sendDiagnostics({ uri, diagnostics: [] });
    void takeFromDocument(session, fileName).then(() => {
      forgetFile(session, fileName);
    });
    publishAll(session, null);
  });

  connection.languages.diagnostics.on((params, token) => onDiagnostic(session, params, token));
  connection.onCodeAction((params, token) => onCodeAction(session, params, token));
  connection.onCompletion((params, token) => onCompletion(session, params, token));
  connection.onHover((params, token) => onHover(session, params, token));
  connection.languages.inlayHint.on((params, token) => onInlayHint(session, params, token));
  connection.onExecuteCommand(async ({ arguments: given = [], command }, token, progress) => {
    switch (command) {
      case checkWorkspaceCommand:
        return checkWorkspace(session, token, WorkDoneProgressReporter.isNullInstance(progress) ? null : progress);
      case clearWorkspaceCheckCommand:
        clearWorkspaceCheck(session);
        return null;
      case fixAllCommand: {
        const [uri, rule] = given as readonly unknown[];
        if (typeof uri !== "string") return new ResponseError(ErrorCodes.InvalidParams, `${fixAllCommand} takes the URI of a document and the name of a rule.`);
        const edit = await fixAllEdit(session, uri, typeof rule === "string" ? rule : null, fixAllMilliseconds);
        return edit === null ? false : (await connection.workspace.applyEdit(edit)).applied;
      }
      default:
        return new ResponseError(ErrorCodes.InvalidParams, `Unknown command "${command}". Known: ${checkWorkspaceCommand}, ${clearWorkspaceCheckCommand}, ${fixAllCommand}.`);
    }
  });
  connection.onRequest(debugInformationMethod, () => onDebugInformation(session));
  connection.onRequest(fixAllMethod, ({ rule, uri }: FixAllParams) => fixAllEdit(session, uri, rule ?? null, fixAllMilliseconds));
  connection.onRequest(addHelperMethod, ({ uri }: AddHelperParams) => addHelper(session, uri));
  connection.onShutdown(async () => {
    await Promise.all([analysis.dispose(), configs.dispose()]);
  });

  documents.listen(connection);
  connection.listen();
}

function bufferOf(session: Session, document: TextDocument): Buffer {
  return { fileName: nameOf(session, document.uri), version: document.version, text: document.getText() };
}
