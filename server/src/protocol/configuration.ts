import { MessageType, ShowMessageNotification } from "vscode-languageserver/node";

import { showWorkspaceCheck } from "./check-workspace.js";
import { refresh } from "./publish.js";
import type { Session } from "./session.js";
import { readSettings } from "./settings.js";

/** `workspace/didChangeConfiguration`: reads the settings anew, from the client or from what it has sent. */
export async function onConfiguration(session: Session, sent: unknown): Promise<void> {
  const section = session.client.configuration
    ? ((await session.connection.workspace.getConfiguration("awaitUsing")) as unknown)
    : ((sent as { awaitUsing?: unknown } | null)?.awaitUsing ?? null);
  const before = session.settings;
  const complaints: string[] = [];
  session.settings = readSettings(section, (sentence) => complaints.push(sentence));
  complain(session, complaints);
  session.analysis.tell({ is: "preferences", preferences: session.settings.preferences });
  if (before.memory !== session.settings.memory) session.analysis.restart("the memory it may use has changed");
  showWorkspaceCheck(session);
  refresh(session);
}

const complained = new WeakMap<Session, string>();

/** Tells what is wrong with the settings, once for each state that they are in. */
function complain(session: Session, complaints: readonly string[]): void {
  const message = ["Await Using uses the defaults in place of settings that it does not understand.", ...complaints].join(" ");
  if (complaints.length > 0 && complained.get(session) !== message) void session.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
  complained.set(session, message);
}
