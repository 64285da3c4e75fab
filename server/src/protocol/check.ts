import type { Checked } from "../analysis/messages.js";
import { askPatiently, patiently } from "../threads/patience.js";
import { Cancelled } from "../threads/pending.js";
import { nameOf, type Session } from "./session.js";
import { watchOutside } from "./watch-outside.js";
import { asksWorkspace, workspaceAnswer } from "./workspace-answer.js";

/** When each open document was last asked about. */
const askedAt = new WeakMap<Session, Map<string, number>>();

/** A document is closed: nothing is remembered about it. */
export function forgetDocument(session: Session, uri: string, fileName: string): void {
  askedAt.get(session)?.delete(uri);
  session.results.delete(uri);
  forgetFile(session, fileName);
}

/** Only of open documents it is remembered what the workspace's ESLint says about them. */
export function forgetFile(session: Session, fileName: string): void {
  if (session.documents.all().every(({ uri }) => nameOf(session, uri) !== fileName)) session.workspaceAnswers.delete(fileName);
}

/**
 * The findings of an open document's newest text. While somebody types in a file
 * that takes longer than a keystroke, the question waits a little, so that not
 * every letter is checked.
 *
 * @param previous the `resultId` of an earlier answer, to be told whether it still holds
 */
export async function check(session: Session, uri: string, previous: string | null, signal: AbortSignal): Promise<Checked | "unchanged"> {
  const asked = askedAt.get(session) ?? new Map<string, number>();
  askedAt.set(session, asked);
  const since = performance.now() - (asked.get(uri) ?? Number.NEGATIVE_INFINITY);
  asked.set(uri, performance.now());
  const expected = session.results.get(uri)?.milliseconds ?? 0;
  if (since < 250 && expected > 100) await pause(Math.min(expected / 2, 150), signal);
  if (signal.aborted) throw new Cancelled();
  const started = performance.now();
  const answer = await checkFile(session, nameOf(session, uri), previous, signal);
  if (answer !== "unchanged" && session.documents.get(uri) !== undefined) session.results.set(uri, { checked: answer, milliseconds: performance.now() - started });
  return answer;
}

/** The findings of a file, open or not. */
export async function checkFile(session: Session, fileName: string, previous: string | null, signal: AbortSignal): Promise<Checked | "unchanged"> {
  const { analysis } = session;
  if (asksWorkspace(session) && !session.workspaceAnswers.has(fileName)) analysis.ask("warm", { fileName }, fileName, signal).catch(() => undefined);
  const answer = await patiently(analysis, async () => analysis.ask("check", { fileName, previous, workspace: await workspaceAnswer(session, fileName) }, fileName, signal));
  if (answer !== "unchanged" && answer.account.tsconfig !== null) followTsconfig(session, answer.account.tsconfig);
  return answer;
}

/** What a `tsconfig.json` extends may lie outside the folders, as it may itself. */
function followTsconfig(session: Session, file: string): void {
  if (session.tsconfigs.has(file)) return;
  session.tsconfigs.add(file);
  askPatiently(session.analysis, "tsconfigSources", { file }, null).then((sources) => {
    watchOutside(session, sources);
  }, () => undefined);
}

/** Whether our findings are shown by us, or by the ESLint extension for this file. */
export function isPublished({ eslintExtensionActive, settings }: Session, { account }: Checked): boolean {
  if (!settings.enable) return false;
  if (settings.diagnostics === "own" || !eslintExtensionActive) return true;
  return settings.diagnostics === "auto" && account.config.from !== "workspace";
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
