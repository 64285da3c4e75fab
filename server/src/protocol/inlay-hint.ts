import type { CancellationToken, InlayHint, InlayHintParams } from "vscode-languageserver/node";

import { signalOf } from "./cancellation.js";
import { nameOf, type Session } from "./session.js";

/** `textDocument/inlayHint`: at a scope's end, what it disposes and in which order. */
export async function onInlayHint(session: Session, { range, textDocument: { uri } }: InlayHintParams, token: CancellationToken): Promise<InlayHint[]> {
  const { enable, hints } = session.settings;
  if (!enable || hints === "off" || session.documents.get(uri) === undefined) return [];
  const fileName = nameOf(session, uri);
  try {
    const found = await session.analysis.ask("hints", { fileName, range, which: hints }, fileName, signalOf(token));
    return found.map(({ label, position, tooltip }) => ({ label, position, tooltip, paddingLeft: true }));
  } catch {
    return [];
  }
}
