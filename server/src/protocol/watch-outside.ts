import path from "node:path";

import { DidChangeWatchedFilesNotification } from "vscode-languageserver/node";

import { refusedBy } from "./refused.js";
import type { Session } from "./session.js";
import { uriOf } from "./uris.js";

/** What may come or change above a folder and concerns the files in it. */
const configurations = "{tsconfig*.json,jsconfig*.json,eslint.config.*,eslint-suppressions.json,package.json,package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,bun.lock}";

/** The folders and files that are watched already. */
const watching = new WeakMap<Session, Set<string>>();

/**
 * Asks the client to watch for configurations in a folder's parents: it watches its
 * own folders only, and one of them may be a package of a repository.
 */
export function watchAbove(session: Session, folder: string): void {
  watch(session, [...foldersAbove(folder)], (above) => ({ baseUri: uriOf(above), pattern: configurations }));
}

/** Asks the client to watch files that configurations consist of, where they lie outside its folders. */
export function watchOutside(session: Session, fileNames: readonly string[]): void {
  // No character of a name may mean something in a pattern.
  watch(session, fileNames, (name) => ({ baseUri: uriOf(path.dirname(name)), pattern: path.basename(name).replace(/[[\]{}*]/gu, "?") }));
}

function watch(session: Session, names: readonly string[], toPattern: (name: string) => { readonly baseUri: string; readonly pattern: string }): void {
  const { client, connection, folders } = session;
  if (!client.dynamicWatching || !client.relativePatterns) return;
  const watched = watching.get(session) ?? new Set<string>();
  watching.set(session, watched);
  const isOutside = (name: string): boolean => !folders.some((folder) => name === folder || name.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep));
  const fresh = names.filter((name) => isOutside(name) && !watched.has(name));
  if (fresh.length === 0) return;
  for (const name of fresh) watched.add(name);
  connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: fresh.map((name) => ({ globPattern: toPattern(name) })) }).catch(refusedBy(session));
}

/** The folders above one; not the root of the disk, where no project lies. */
function* foldersAbove(folder: string): Generator<string, void, void> {
  for (let above = path.dirname(folder); above !== path.dirname(above); above = path.dirname(above)) yield above;
}
