import path from "node:path";

import { FileChangeType, WatchKind, type DidChangeWatchedFilesParams, type FileSystemWatcher } from "vscode-languageserver/node";

import type { FileEvent } from "../analysis/messages.js";
import { suppressionsFile } from "../config/suppressions.js";
import { isManifest } from "../manifests.js";
import { refresh } from "./publish.js";
import type { Session } from "./session.js";
import { fileNameOf } from "./uris.js";

const kinds = { [FileChangeType.Created]: "created", [FileChangeType.Changed]: "changed", [FileChangeType.Deleted]: "deleted" } as const;

/** `workspace/didChangeWatchedFiles`: something has changed on disk. */
export function onWatchedFiles(session: Session, { changes }: DidChangeWatchedFilesParams): void {
  const events = changes.map(({ type, uri }) => ({ fileName: fileNameOf(uri, null, session.folders), is: kinds[type] })).filter(concernsUs);
  if (events.length === 0) return;
  session.analysis.tell({ is: "files", events });
  session.tsconfigs.clear();
  if (events.some(({ fileName }) => isConfiguration(session, fileName))) {
    session.workspaceAnswers.clear();
    session.configSources.clear();
    // What Node has loaded it never loads again: only a new worker sees the change.
    session.configs.restart("the ESLint configuration has changed");
  }
  refresh(session);
}

/** Only files that we read count, and what comes or goes and may be a folder. */
function concernsUs({ fileName, is }: FileEvent): boolean {
  if (is === "changed" || isRead.test(fileName)) return true;
  return !/[\\/]\.git(?:[\\/]|$)/u.test(fileName) && (path.extname(fileName) === "" || path.basename(path.dirname(fileName)) === "node_modules");
}

const isRead = /\.(?:[cm]?[jt]s|[jt]sx|json|lock|yaml)$/u;

/** Whether the workspace's configuration may depend on a file: its own sources, or the packages that it uses. */
function isConfiguration({ configSources }: Session, fileName: string): boolean {
  return configSources.has(fileName) || /^eslint\.config\.[cm]?[jt]s$/u.test(path.basename(fileName)) || path.basename(fileName) === suppressionsFile || isManifest(fileName);
}

/** What a client has to watch for us. */
export const watched: readonly FileSystemWatcher[] = [
  { globPattern: "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,json}" },
  { globPattern: "**/{yarn.lock,pnpm-lock.yaml,bun.lock}" },
  // Of a folder that goes, and often of one that comes, editors do not tell the files.
  { globPattern: "**/*", kind: WatchKind.Create | WatchKind.Delete },
];
