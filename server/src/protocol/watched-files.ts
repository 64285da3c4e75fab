import path from "node:path";

import { FileChangeType, type DidChangeWatchedFilesParams } from "vscode-languageserver/node";

import { refresh } from "./publish.js";
import type { Session } from "./session.js";
import { fileNameOf } from "./uris.js";

const kinds = { [FileChangeType.Created]: "created", [FileChangeType.Changed]: "changed", [FileChangeType.Deleted]: "deleted" } as const;

/** `workspace/didChangeWatchedFiles`: something has changed on disk. */
export function onWatchedFiles(session: Session, { changes }: DidChangeWatchedFilesParams): void {
  const events = changes.map(({ type, uri }) => ({ fileName: fileNameOf(uri, null, session.folders), is: kinds[type] }));
  session.analysis.tell({ is: "files", events });
  if (events.some(({ fileName }) => isConfiguration(session, fileName))) {
    session.told.clear();
    session.configSources.clear();
    // What Node has loaded it never loads again: only a new worker sees the change.
    session.configs.restart("the ESLint configuration has changed");
  }
  refresh(session);
}

/** Whether the workspace's configuration may depend on a file: its own sources, or the packages that it uses. */
function isConfiguration({ configSources }: Session, fileName: string): boolean {
  const name = path.basename(fileName);
  return configSources.has(fileName) || /^eslint\.config\.[cm]?[jt]s$/u.test(name) || isManifest.test(name);
}

const isManifest = /^(?:package\.json|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock)$/u;

/** What a client has to watch for us. */
export const watched = [
  "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,json}",
  "**/{yarn.lock,pnpm-lock.yaml,bun.lock}",
];
