import { DidChangeConfigurationNotification, DidChangeWatchedFilesNotification } from "vscode-languageserver/node";

import { onConfiguration } from "./configuration.js";
import { refusedBy } from "./refused.js";
import type { Session } from "./session.js";
import { watchAbove } from "./watch-outside.js";
import { watched } from "./watched-files.js";

/** `initialized`: asks for the settings and for news of files. */
export async function onInitialized(session: Session): Promise<void> {
  const { client, connection } = session;
  if (client.configuration) connection.client.register(DidChangeConfigurationNotification.type, { section: "awaitUsing" }).catch(refusedBy(session));
  if (client.dynamicWatching) connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [...watched] }).catch(refusedBy(session));
  for (const folder of session.folders) watchAbove(session, folder);
  await onConfiguration(session, null);
}
