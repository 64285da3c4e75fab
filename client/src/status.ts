import type { Status } from "await-using-language-server/contract";
import { LanguageStatusSeverity, Uri, languages, window, workspace, type Command } from "vscode";

import { documentSelector } from "./languages.js";
import { together, type Subscription } from "./subscriptions.js";

const severities = {
  error: LanguageStatusSeverity.Error,
  information: LanguageStatusSeverity.Information,
  warning: LanguageStatusSeverity.Warning,
} as const;

/** Milliseconds of work that nobody needs to see: most of it is done by then. */
const unseen = 300;

/** The one place that says what is going on, and why nothing is. */
export interface StatusItem extends Subscription {
  /** From now on this holds: for a document, or for the server as a whole. */
  show(status: Status): void;
  /** What holds for the server as a whole, as the extension itself knows it. */
  showServer(state: Status["state"], text: string, severity?: Status["severity"]): void;
  /** The server is new: what the one before said no longer counts. */
  forgetDocuments(): void;
  /** What holds for the active editor's document, and for the server. */
  current(): { readonly document: Status | null; readonly server: Status };
}

export function showStatus(): StatusItem {
  const item = languages.createLanguageStatusItem("awaitUsing", documentSelector);
  item.name = "Await Using";
  const documents = new Map<string, Status>();
  let isOver = false;
  let busySoon: NodeJS.Timeout | null = null;
  let server: Status = { state: "starting", text: "Starting", details: [], severity: "information" };

  const current = (): { document: Status | null; server: Status } => {
    const uri = window.activeTextEditor?.document.uri.toString();
    return { document: uri === undefined ? null : (documents.get(uri) ?? null), server };
  };
  const calm = (): void => {
    if (busySoon !== null) clearTimeout(busySoon);
    busySoon = null;
  };
  const render = (): void => {
    // The server still tells what it is at while it is stopped.
    if (isOver) return;
    const { document } = current();
    // A server that does not work has more to say than what it last said about the document.
    const shown = document === null || server.state === "stopped" || server.severity !== "information" ? server : document;
    const text = shown.text === "" ? "Ready" : shown.text;
    item.text = `Await Using: ${shortened(text)}`;
    item.detail = document === null ? shown.details.map(shortened).join(" · ") : summaryOf(document);
    item.severity = severities[shown.severity];
    if (server.state === "busy" || server.state === "starting") {
      busySoon ??= setTimeout(() => {
        item.busy = true;
      }, unseen);
    } else {
      calm();
      item.busy = false;
    }
    item.command = commandFor(server);
  };
  const subscriptions = together(
    {
      dispose: () => {
        isOver = true;
        calm();
      },
    },
    item,
    window.onDidChangeActiveTextEditor(render),
    workspace.onDidCloseTextDocument(({ uri }) => {
      documents.delete(uri.toString());
    }),
  );
  render();

  return {
    show(status) {
      // URIs are compared in VS Code's own spelling.
      if (status.uri === undefined) server = status;
      else documents.set(Uri.parse(status.uri).toString(), status);
      render();
    },
    showServer(state, text, severity = "information") {
      server = { state, text, details: [], severity };
      render();
    },
    forgetDocuments() {
      documents.clear();
      render();
    },
    current,
    ...subscriptions,
  };
}

function commandFor({ state }: Status): Command {
  return state === "stopped" ? { command: "awaitUsing.restart", title: "Restart" } : { command: "awaitUsing.showDetails", title: "Details" };
}

function summaryOf({ config, details, tsconfig, typescript }: Status): string {
  const parts = [config, tsconfig === null ? "no tsconfig.json" : tsconfig, typescript === undefined ? undefined : `TypeScript ${typescript}`];
  const known = parts.filter((part) => part !== undefined);
  return (known.length === 0 ? details : known).map(shortened).join(" · ");
}

/** Names of files, as they are named from the workspace's folders; what lies up to two folders above, by `../`. */
export function shortened(text: string): string {
  const folders = workspace.workspaceFolders ?? [];
  const bases = ["", "../", "../../"].flatMap((up) => folders.map(({ uri }) => ({ up, base: Uri.joinPath(uri, up).fsPath.replace(/[/\\]$/u, "") })));
  const named = bases.filter(({ base }) => /[/\\][^/\\]/u.test(base));
  return named.reduce((result, { up, base }) => result.replaceAll(`${base}/`, up).replaceAll(`${base}\\`, up), text);
}
