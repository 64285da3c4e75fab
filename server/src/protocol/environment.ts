import { showWorkspaceCheck } from "./check-workspace.js";
import type { Environment } from "./contract.js";
import { refresh } from "./publish.js";
import type { Session } from "./session.js";

/** `awaitUsing/environment`: whether the workspace is trusted, or who shows its findings, has changed. */
export function onEnvironment(session: Session, { eslintExtensionActive, trusted }: Environment): void {
  session.eslintExtensionActive = eslintExtensionActive;
  if (session.trusted !== trusted) changeTrust(session, trusted);
  showWorkspaceCheck(session);
  refresh(session);
}

function changeTrust(session: Session, trusted: boolean): void {
  const { analysis, configs } = session;
  session.trusted = trusted;
  session.workspaceAnswers.clear();
  if (trusted) {
    session.trust = new AbortController();
  } else {
    session.trust.abort();
    // The workspace's own plugin may run there.
    analysis.restart("the workspace is not trusted any more");
  }
  configs.restart(trusted ? "the workspace is trusted now" : "the workspace is not trusted any more");
}
