import type { CancellationToken, WorkDoneProgressReporter } from "vscode-languageserver/node";

import { messageOf } from "../failure.js";
import { diagnosticOf } from "../presentation/diagnostic.js";
import { askPatiently } from "../threads/patience.js";
import { Cancelled } from "../threads/pending.js";
import { signalOf } from "./cancellation.js";
import { checkFile, forgetFile, isPublished } from "./check.js";
import type { WorkspaceCheck } from "./contract.js";
import type { Session, Unopened } from "./session.js";
import { fileNameOf, identityOf, uriOf } from "./uris.js";

/** Milliseconds for showing a closed file again. */
const patience = 60_000;

/**
 * Checks every file that a `tsconfig.json` of the workspace names, and every source
 * that has none above it. What is found in files that are not open stays until it is cleared.
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
  const { analysis, connection, folders, unopened } = session;
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
      if (answer.findings.length === 0 || !isPublished(session, answer) || openFiles(session).has(identityOf(fileName))) continue;
      const found = { uri: uriOf(fileName), checked: answer };
      unopened.set(identityOf(fileName), found);
      await show(session, found);
    } catch (error) {
      if (error instanceof Cancelled) break;
      failures += 1;
      connection.console.error(`${fileName}: ${messageOf(error)}`);
    } finally {
      done += 1;
      forgetFile(session, fileName);
    }
  }
  analysis.tell({ is: "leave", fileNames: files });
  return { files: done, findings, failures, cancelled: signal.aborted };
}

/** The files that are open, under whatever names. */
function openFiles({ documents, folders }: Session): ReadonlySet<string> {
  return new Set(documents.all().map(({ languageId, uri }) => identityOf(fileNameOf(uri, languageId, folders))));
}

/** Shows what was found in files that are not open, or takes it back: it may be turned off by now, or shown by somebody else. */
export function showWorkspaceCheck(session: Session): void {
  const open = openFiles(session);
  for (const [identity, found] of session.unopened) if (!open.has(identity)) void show(session, found);
}

function show(session: Session, { checked, uri }: Unopened): Promise<void> {
  const findings = isPublished(session, checked) ? checked.findings : [];
  return session.connection.sendDiagnostics({ uri, diagnostics: findings.map((finding) => diagnosticOf(finding, uri, session.client.relatedInformation)) });
}

/** Takes back what a check of the workspace has shown of files that are not open. */
export function clearWorkspaceCheck(session: Session): void {
  const { connection, unopened } = session;
  const open = openFiles(session);
  for (const [identity, { uri }] of unopened) if (!open.has(identity)) void connection.sendDiagnostics({ uri, diagnostics: [] });
  unopened.clear();
}

/** A file was opened that the check has shown: its own answers take over, so that nothing is shown twice. */
export function leaveToDocument({ connection, unopened }: Session, fileName: string): void {
  const found = unopened.get(identityOf(fileName));
  if (found !== undefined) void connection.sendDiagnostics({ uri: found.uri, diagnostics: [] });
}

/** A file was closed that the check has shown: it is shown again, as it is on disk now. */
export async function takeFromDocument(session: Session, fileName: string): Promise<void> {
  const { connection, unopened } = session;
  const identity = identityOf(fileName);
  const found = unopened.get(identity);
  if (found === undefined) return;
  try {
    const answer = await checkFile(session, fileName, null, AbortSignal.timeout(patience));
    if (answer === "unchanged" || !unopened.has(identity) || openFiles(session).has(identity)) return;
    const again = { ...found, checked: answer };
    unopened.set(identity, again);
    await show(session, again);
  } catch (error) {
    connection.console.error(`${fileName}: ${messageOf(error)}`);
  }
}
