import { messageOf } from "../failure.js";
import { diagnosticOf } from "../presentation/diagnostic.js";
import { Cancelled, Interrupted } from "../threads/pending.js";
import { check, isPublished } from "./check.js";
import { refusedBy } from "./refused.js";
import type { Session } from "./session.js";
import { tellProblem, tellStatus } from "./status.js";

const running = new WeakMap<Session, Map<string, AbortController>>();

/** Sends the findings of an open document to a client that does not ask for them itself. */
export async function publish(session: Session, uri: string): Promise<void> {
  const controllers = running.get(session) ?? new Map<string, AbortController>();
  running.set(session, controllers);
  controllers.get(uri)?.abort();
  if (session.documents.get(uri) === undefined) return;
  const controller = new AbortController();
  controllers.set(uri, controller);
  try {
    const answer = await check(session, uri, null, controller.signal);
    if (answer === "unchanged" || controller.signal.aborted || session.documents.get(uri) === undefined) return;
    tellStatus(session, uri, answer);
    const findings = isPublished(session, answer) ? answer.findings : [];
    await session.connection.sendDiagnostics({ uri, version: answer.version, diagnostics: findings.map((finding) => diagnosticOf(finding, uri, session.client.relatedInformation)) });
  } catch (error) {
    if (error instanceof Cancelled) return;
    session.connection.console.error(`${uri}: ${messageOf(error)}`);
    if (!(error instanceof Interrupted) && session.documents.get(uri) !== undefined) tellProblem(session, uri, error);
  } finally {
    if (controllers.get(uri) === controller) controllers.delete(uri);
  }
}

/** A document has changed or something that all depend on: the one that is typed in comes first. */
export function publishAll(session: Session, first: string | null): void {
  if (session.client.pulls) return;
  const others = session.documents.keys().filter((uri) => uri !== first);
  for (const uri of first === null ? others : [first, ...others]) void publish(session, uri);
}

/** Asks the client to ask again for everything it shows. */
export function refresh(session: Session): void {
  const { client, connection } = session;
  if (client.pulls && client.refreshes) connection.languages.diagnostics.refresh().catch(refusedBy(session));
  else publishAll(session, null);
  if (client.refreshesHints) connection.languages.inlayHint.refresh().catch(refusedBy(session));
}
