import { DocumentDiagnosticReportKind, LSPErrorCodes, ResponseError, type CancellationToken, type DocumentDiagnosticParams, type DocumentDiagnosticReport } from "vscode-languageserver/node";

import { messageOf } from "../failure.js";
import { diagnosticOf } from "../presentation/diagnostic.js";
import { Cancelled, Interrupted } from "../threads/pending.js";
import { signalOf } from "./cancellation.js";
import { check, isPublished } from "./check.js";
import type { Session } from "./session.js";
import { tellProblem, tellStatus } from "./status.js";

/** `textDocument/diagnostic`: the client asks for the findings of an open document. */
export async function onDiagnostic(session: Session, { previousResultId, textDocument: { uri } }: DocumentDiagnosticParams, token: CancellationToken): Promise<DocumentDiagnosticReport> {
  const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  if (!session.settings.enable || session.documents.get(uri) === undefined) return nothing;
  try {
    const known = session.results.get(uri)?.checked;
    const previous = previousResultId !== undefined && known !== undefined && previousResultId === idOf(session, known.resultId) ? known.resultId : null;
    const answer = await check(session, uri, previous, signalOf(token));
    if (answer === "unchanged") return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: previousResultId ?? "" };
    tellStatus(session, uri, answer);
    const findings = isPublished(session, answer) ? answer.findings : [];
    return {
      kind: DocumentDiagnosticReportKind.Full,
      resultId: idOf(session, answer.resultId),
      items: findings.map((finding) => diagnosticOf(finding, uri, session.client.relatedInformation)),
    };
  } catch (error) {
    if (error instanceof Cancelled || token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
    session.connection.console.error(`${uri}: ${messageOf(error)}`);
    if (!(error instanceof Interrupted)) tellProblem(session, uri, error);
    const known = session.results.get(uri)?.checked;
    if (known === undefined || !isPublished(session, known)) return nothing;
    return { kind: DocumentDiagnosticReportKind.Full, items: known.findings.map((finding) => diagnosticOf(finding, uri, session.client.relatedInformation)) };
  }
}

/** What is shown depends on more than what was found: whether somebody else shows it too. */
function idOf({ eslintExtensionActive, settings }: Session, resultId: string): string {
  return [resultId, settings.diagnostics, eslintExtensionActive].join(" ");
}
