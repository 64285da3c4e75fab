import type { CreateFile, TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";

import type { HelperChange } from "../analysis/messages.js";
import { messageOf } from "../failure.js";
import type { Range } from "../finding.js";
import { Cancelled } from "../threads/pending.js";
import type { AddedHelper } from "./contract.js";
import { nameOf, type Session } from "./session.js";
import { uriOf } from "./uris.js";

/** A change of a project, or the reason why there is none. */
type Change = { readonly title: string; readonly file: string | null } & ({ readonly edit: WorkspaceEdit; readonly because: null } | { readonly edit: null; readonly because: string });

/**
 * What brings the manager helper to a document's project.
 *
 * @param range where a name stands that may be the helper's; `null` to add it whatever stands there
 * @returns `null` where nothing there has to do with the helper
 * @throws what keeps the analysis from answering
 */
export async function helperChange(session: Session, document: TextDocument, range: Range | null, patience: AbortSignal): Promise<Change | null> {
  const fileName = nameOf(session, document.uri);
  const isFile = document.uri.startsWith("file:");
  const found = await session.analysis.ask("managerHelper", { fileName, isFile, range }, fileName, patience);
  return found === null ? null : changeOf(session, document, found);
}

function changeOf({ client }: Session, { uri, version }: TextDocument, { create, disabled, edits, title }: HelperChange): Change {
  const file = create === null ? null : uriOf(create.fileName);
  if (disabled !== null) return { title, file, edit: null, because: disabled };
  const own = edits.map(({ newText, range }) => ({ newText, range }));
  const imports: readonly TextDocumentEdit[] = own.length === 0 ? [] : [{ textDocument: { uri, version }, edits: own }];
  if (create === null || file === null) return { title, file, because: null, edit: client.documentChanges ? { documentChanges: [...imports] } : { changes: { [uri]: own } } };
  if (!client.createsFiles) return { title, file, edit: null, because: "This editor does not let a language server create files: insert the helper by its snippet." };
  const made: readonly (CreateFile | TextDocumentEdit)[] = [
    { kind: "create", uri: file, options: { overwrite: false, ignoreIfExists: false } },
    { textDocument: { uri: file, version: null }, edits: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: create.text }] },
  ];
  return { title, file, because: null, edit: { documentChanges: [...made, ...imports] } };
}

/** Milliseconds that adding the helper by the command may take: a project may have to be read first. */
const commandDeadline = 30_000;

/** `awaitUsing/addManagerHelper`: the helper for a document's project, whatever is used in it. */
export async function addHelper(session: Session, uri: string): Promise<AddedHelper> {
  const document = session.documents.get(uri);
  if (document === undefined) return { because: "Open a file of TypeScript or JavaScript in the project that is to have it." };
  try {
    const change = await helperChange(session, document, null, AbortSignal.timeout(commandDeadline));
    if (change === null) return { because: "This file does not parse yet." };
    return change.edit === null || change.file === null ? { because: change.because ?? "The project has it already." } : { edit: change.edit, file: change.file };
  } catch (error) {
    return { because: error instanceof Cancelled ? "The analysis is busy: try again in a moment." : `The analysis gives no answer: ${messageOf(error)}.` };
  }
}
