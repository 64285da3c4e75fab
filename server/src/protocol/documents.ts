import type { TextDocument } from "vscode-languageserver-textdocument";

import type { Buffer } from "../analysis/messages.js";
import { forgetDocument, forgetFile } from "./check.js";
import { leaveToDocument, takeFromDocument } from "./check-workspace.js";
import { publishAll } from "./publish.js";
import { nameOf, type Session } from "./session.js";
import { fileNameOf } from "./uris.js";
import { watchAbove } from "./watch-outside.js";

/** `textDocument/didOpen`; its text follows as a change. */
export function onOpened(session: Session, { uri }: TextDocument): void {
  const fileName = nameOf(session, uri);
  leaveToDocument(session, fileName);
  watchAbove(session, fileName);
}

/** `textDocument/didOpen` and `textDocument/didChange`: the analysis sees the new text from now on. */
export function onChanged(session: Session, document: TextDocument): void {
  const buffer = bufferOf(session, document);
  session.analysis.unblock(buffer.fileName);
  session.analysis.tell({ is: "open", buffer });
  publishAll(session, document.uri);
}

/** `textDocument/didClose`: the text on disk holds again. */
export function onClosed(session: Session, { languageId, uri }: TextDocument): void {
  const { analysis, client, connection, folders } = session;
  const fileName = fileNameOf(uri, languageId, folders);
  analysis.unblock(fileName);
  analysis.tell({ is: "close", fileName });
  forgetDocument(session, uri, fileName);
  if (!client.pulls) void connection.sendDiagnostics({ uri, diagnostics: [] });
  void takeFromDocument(session, fileName).then(() => {
    forgetFile(session, fileName);
  });
  publishAll(session, null);
}

/** An open document, as the analysis is told of it. */
export function bufferOf(session: Session, document: TextDocument): Buffer {
  return { fileName: nameOf(session, document.uri), version: document.version, text: document.getText() };
}
