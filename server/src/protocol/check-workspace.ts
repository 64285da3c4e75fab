import type { CancellationToken, WorkDoneProgressReporter } from "vscode-languageserver/node";

import type { Checked } from "../analysis/messages.js";
import { Cancelled } from "../analysis/supervisor.js";
import { messageOf } from "../failure.js";
import { diagnosticOf } from "../presentation/diagnostic.js";
import { signalOf } from "./cancellation.js";
import type { WorkspaceCheck } from "./contract.js";
import { askPatiently, checkFile, isPublished, type Session } from "./session.js";
import { fileNameOf, uriOf } from "./uris.js";

/** Milliseconds for showing a closed file again. */
const patience = 60_000;

/**
 * Checks every file that a `tsconfig.json` of the workspace names. What is found in
 * files that are not open stays until it is cleared.
 *
 * @param token gives it up, as the reader can in the progress that is shown
 * @param asked the progress that the client itself shows; without one we ask for one
 */
export async function checkWorkspace(session: Session, token: CancellationToken, asked: WorkDoneProgressReporter | null): Promise<WorkspaceCheck> {
  clearWorkspaceCheck(session);
  const created = asked === null && session.client.progress ? await session.connection.window.createWorkDoneProgress() : null;
  const shown = asked ?? created;
  shown?.begin("Await Using: checking the workspace", 0, "looking for files", true);
  try {
    return await checkFiles(session, AbortSignal.any([signalOf(token), ...(created === null ? [] : [signalOf(created.token)])]), shown);
  } finally {
    shown?.done();
  }
}

async function checkFiles(session: Session, signal: AbortSignal, shown: WorkDoneProgressReporter | null): Promise<WorkspaceCheck> {
  const { analysis, connection, documents, folders, unopened } = session;
  const files = await askPatiently(analysis, "filesBelow", { folders }, null, signal);
  let done = 0;
  let findings = 0;
  let failures = 0;
  for (const fileName of files) {
    if (signal.aborted) break;
    shown?.report(Math.floor((done / files.length) * 100), `${String(done)} of ${String(files.length)} files`);
    try {
      const answer = await checkFile(session, fileName, null, signal);
      if (answer === "unchanged") continue;
      findings += answer.findings.length;
      const isOpen = documents.all().some(({ languageId, uri }) => fileNameOf(uri, languageId, folders) === fileName);
      if (isOpen || answer.findings.length === 0 || !isPublished(session, answer)) continue;
      const uri = uriOf(fileName);
      unopened.set(uri, answer);
      await show(session, uri, answer);
    } catch (error) {
      if (error instanceof Cancelled) break;
      failures += 1;
      connection.console.error(`${fileName}: ${messageOf(error)}`);
    } finally {
      done += 1;
    }
  }
  return { files: done, findings, failures, cancelled: signal.aborted };
}

/** Shows what was found in files that are not open, or takes it back: it may be turned off by now, or shown by somebody else. */
export function showWorkspaceCheck(session: Session): void {
  for (const [uri, checked] of session.unopened) if (session.documents.get(uri) === undefined) void show(session, uri, checked);
}

function show(session: Session, uri: string, checked: Checked): Promise<void> {
  const findings = isPublished(session, checked) ? checked.findings : [];
  return session.connection.sendDiagnostics({ uri, diagnostics: findings.map((finding) => diagnosticOf(finding, uri, session.client.relatedInformation)) });
}

/** Takes back what a check of the workspace has shown of files that are not open. */
export function clearWorkspaceCheck({ connection, documents, unopened }: Session): void {
  for (const uri of unopened.keys()) if (documents.get(uri) === undefined) void connection.sendDiagnostics({ uri, diagnostics: [] });
  unopened.clear();
}

/** A file was opened that the check has shown: its own answers take over, so that nothing is shown twice. */
export function leaveToDocument({ connection, unopened }: Session, uri: string): void {
  if (unopened.has(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
}

/** A file was closed that the check has shown: it is shown again, as it is on disk now. */
export async function takeFromDocument(session: Session, uri: string): Promise<void> {
  const { connection, documents, unopened } = session;
  if (!unopened.has(uri)) return;
  try {
    const answer = await checkFile(session, fileNameOf(uri, null, session.folders), null, AbortSignal.timeout(patience));
    if (answer === "unchanged" || !unopened.has(uri) || documents.get(uri) !== undefined) return;
    unopened.set(uri, answer);
    await show(session, uri, answer);
  } catch (error) {
    connection.console.error(`${uri}: ${messageOf(error)}`);
  }
}
