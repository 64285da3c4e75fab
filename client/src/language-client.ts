import path from "node:path";

import type { InitializationOptions } from "await-using-language-server/contract";
import { workspace, type LogOutputChannel } from "vscode";
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn, State, TransportKind, type LanguageClientOptions, type NodeModule } from "vscode-languageclient/node";

import { documentSelector } from "./languages.js";

/** What goes wrong is written to the log; the status item is the only one to speak of it. */
class QuietLanguageClient extends LanguageClient {
  /** The library cannot stop a server that is starting: it would reject, and leave the process behind. */
  override async stop(timeout?: number): Promise<void> {
    if (this.state === State.Starting) this.serverProcess?.kill();
    else await super.stop(timeout);
  }

  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  override warn(message: string, data?: unknown): void {
    super.warn(message, data, false);
  }

  override info(message: string, data?: unknown): void {
    super.info(message, data, false);
  }
}

export interface ClientSetup {
  /** The folder of the bundles. */
  readonly dist: string;
  readonly log: LogOutputChannel;
  readonly trace: LogOutputChannel;
  readonly options: () => InitializationOptions;
}

/**
 * A client for one life of the server; it never restarts by itself.
 *
 * @param onEnd is called when the connection ended without having been asked to
 */
export function makeClient({ dist, log, trace, options }: ClientSetup, onEnd: (because: string) => void): LanguageClient {
  const clientOptions: LanguageClientOptions = {
    documentSelector,
    initializationOptions: options,
    // No `synchronize`: the server itself asks for settings and for the file watchers it needs.
    diagnosticCollectionName: "await-using",
    outputChannel: log,
    traceOutputChannel: trace,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationFailedHandler: () => false,
    errorHandler: {
      error: (_error, _message, count) => ({ action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown, handled: true }),
      closed: () => {
        onEnd("the language server ended unexpectedly");
        return { action: CloseAction.DoNotRestart, message: "The connection to the language server was closed.", handled: true };
      },
    },
  };
  const client = new QuietLanguageClient("awaitUsing", "Await Using", serverOf(dist), clientOptions);
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Stopped) onEnd("the connection to the language server failed");
  });
  return client;
}

function serverOf(dist: string): NodeModule {
  const settings = workspace.getConfiguration("awaitUsing");
  const runtime = settings.get<string | null>("runtime", null)?.trim() ?? "";
  const execArgv = settings.get<readonly string[]>("execArgv", []).filter((argument) => typeof argument === "string");
  return {
    module: path.join(dist, "server.cjs"),
    transport: TransportKind.ipc,
    // Not the workspace's folder, where an untrusted workspace decides what lies around.
    options: { cwd: dist, execArgv: [...execArgv] },
    ...(runtime === "" ? {} : { runtime }),
  };
}
