import type { WorkspaceFoldersChangeEvent } from "vscode-languageserver/node";

import { refresh } from "./publish.js";
import type { Session } from "./session.js";
import { fileNameOf } from "./uris.js";
import { watchAbove } from "./watch-outside.js";

/** `workspace/didChangeWorkspaceFolders`: folders were opened or closed. */
export function onFolders(session: Session, { added, removed }: WorkspaceFoldersChangeEvent): void {
  const [first] = session.folders;
  const gone = new Set(removed.map(({ uri }) => fileNameOf(uri, null, [])));
  session.folders = [...session.folders.filter((folder) => !gone.has(folder)), ...added.map(({ uri }) => fileNameOf(uri, null, []))];
  session.workspaceAnswers.clear();
  for (const folder of session.folders) watchAbove(session, folder);
  // Documents that are no files yet are known by names in the first folder.
  if (session.folders[0] !== first) session.analysis.restart("another folder is the first one");
  refresh(session);
}
