import type { Range, TextDocumentsConfiguration } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";

/**
 * How open documents follow the client's. The library's own `update` counts lines
 * wrongly once an edit brings a `\r` and a `\n` together: each edit makes a new document.
 */
export const synchronized: TextDocumentsConfiguration<TextDocument> = {
  create: (uri, languageId, version, text) => TextDocument.create(uri, languageId, version, text),
  update: (document, changes, version) =>
    changes.reduce((current, change) => TextDocument.create(document.uri, document.languageId, version, "range" in change ? replaced(current, change.range, change.text) : change.text), document),
};

function replaced(document: TextDocument, { end, start }: Range, by: string): string {
  const text = document.getText();
  const [from, to] = [document.offsetAt(start), document.offsetAt(end)];
  return text.slice(0, Math.min(from, to)) + by + text.slice(Math.max(from, to));
}
