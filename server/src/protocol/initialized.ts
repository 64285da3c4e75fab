import { DidChangeConfigurationNotification, DidChangeWatchedFilesNotification } from "vscode-languageserver/node";

import { onConfiguration } from "./configuration.js";
import { onFolders } from "./folders.js";
import { refusedBy } from "./refused.js";
import type { Session } from "./session.js";
import { watchAbove } from "./watch-outside.js";
import { watched } from "./watched-files.js";

/** `initialized`: starts the workers, and asks for the settings and for news of files and folders. */
export async function onInitialized(session: Session): Promise<void> {
  const { analysis, client, configs, connection } = session;
  if (client.folders) {
    connection.workspace.onDidChangeWorkspaceFolders((event) => {
      onFolders(session, event);
    });
  }
  analysis.restart("the client is ready");
  if (session.trusted) configs.restart("the client is ready");
  if (client.configuration) connection.client.register(DidChangeConfigurationNotification.type, { section: "awaitUsing" }).catch(refusedBy(session));
  if (client.dynamicWatching) connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [...watched] }).catch(refusedBy(session));
  for (const folder of session.folders) watchAbove(session, folder);
  await onConfiguration(session, null);
}
