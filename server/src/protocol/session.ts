import type { Connection, TextDocuments } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";

import type { AnalysisProtocol, Checked } from "../analysis/messages.js";
import type { ConfigProtocol, Preferences, Told, WorkspaceConfig } from "../config/config.js";
import { messageOf } from "../failure.js";
import type { Answer, Ask, Protocol, QuestionName } from "../threads/questions.js";
import { Cancelled, Interrupted, type Supervised } from "../threads/supervisor.js";
import { fileNameOf } from "./uris.js";
import { watchOutside } from "./watch-outside.js";

/** What the client can do. */
export interface Client {
  readonly pulls: boolean;
  readonly refreshes: boolean;
  readonly refreshesHints: boolean;
  readonly relatedInformation: boolean;
  readonly snippetEdits: boolean;
  readonly disabledActions: boolean;
  readonly dynamicWatching: boolean;
  /** It can watch outside its folders. */
  readonly relativePatterns: boolean;
  readonly configuration: boolean;
  readonly folders: boolean;
  readonly progress: boolean;
  /** Edits carry the version of their document, so that one that comes too late is refused. */
  readonly documentChanges: boolean;
  /** Edits may create files. */
  readonly createsFiles: boolean;
}

export interface Settings {
  readonly enable: boolean;
  readonly diagnostics: "auto" | "defer" | "own";
  readonly hints: "all" | "multiple" | "off";
  readonly hover: boolean;
  /** Milliseconds that checking one file may take. */
  readonly fileTimeBudget: number;
  /** The cap of the analysis worker's heap, in MiB. */
  readonly memory: number;
  readonly preferences: Preferences;
}

/** What a check of the workspace has found in a file that is not open, and the name under which it is shown. */
export interface Unopened {
  readonly uri: string;
  readonly checked: Checked;
}

/** The state of one connection. */
export interface Session {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly analysis: Supervised<AnalysisProtocol>;
  readonly configs: Supervised<ConfigProtocol>;
  /** What the workspace's ESLint says about each file that was asked about. */
  readonly told: Map<string, Promise<Told>>;
  /** The files that the workspace's configurations consist of. */
  readonly configSources: Set<string>;
  /** The `tsconfig.json` of checked files whose sources outside the folders are watched. */
  readonly tsconfigs: Set<string>;
  /** The last answer for each open document, and how long it took. */
  readonly results: Map<string, { readonly checked: Checked; readonly milliseconds: number }>;
  /** Findings of files that are not open, from a check of the workspace, by the files' identities. */
  readonly unopened: Map<string, Unopened>;
  /** Aborted when trust is withdrawn: what is being asked of the workspace's code is given up. */
  trust: AbortController;
  client: Client;
  settings: Settings;
  folders: readonly string[];
  trusted: boolean;
  eslintExtensionActive: boolean;
}

/** The name under which the analysis knows an open document. */
export function nameOf({ documents, folders }: Pick<Session, "documents" | "folders">, uri: string): string {
  return fileNameOf(uri, documents.get(uri)?.languageId ?? null, folders);
}

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
  if (session.documents.all().every(({ uri }) => nameOf(session, uri) !== fileName)) session.told.delete(fileName);
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
  if (asksWorkspace(session) && !session.told.has(fileName)) analysis.ask("warm", { fileName }, fileName, signal).catch(() => undefined);
  const answer = await patiently(analysis, async () => analysis.ask("check", { fileName, previous, told: await toldOf(session, fileName) }, fileName, signal));
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

function asksWorkspace({ settings, trusted }: Session): boolean {
  return trusted && settings.preferences.useWorkspaceConfig === "auto";
}

/** What the workspace's own ESLint says about a file, where it may be asked. */
export function toldOf(session: Session, fileName: string): Promise<Told> {
  const { told, trusted } = session;
  if (!asksWorkspace(session)) {
    return Promise.resolve({ is: "unasked", because: trusted ? "the setting awaitUsing.useWorkspaceConfig says so" : "the workspace is not trusted, so none of its code runs" });
  }
  const known = told.get(fileName);
  if (known !== undefined) return known;
  const asked = askWorkspace(session, fileName);
  told.set(fileName, asked);
  void asked.then((answer) => {
    if (answer.is === "config") followPlugin(session, answer.config);
  });
  return asked;
}

/** Remembers what a configuration file consists of, whatever it says: a change may make it say more. */
function followSources(session: Session, file: string): void {
  const { analysis, configSources } = session;
  if (configSources.has(file)) return;
  configSources.add(file);
  askPatiently(analysis, "sourcesOf", { file }, null).then((sources) => {
    for (const source of sources) configSources.add(source);
    watchOutside(session, sources);
  }, () => undefined);
}

const pluginVersions = new WeakMap<Session, Map<string, string | null>>();

/** What Node has loaded it never loads again: another version of the workspace's plugin needs a new worker. */
function followPlugin(session: Session, { file, pluginVersion }: WorkspaceConfig): void {
  const versions = pluginVersions.get(session) ?? new Map<string, string | null>();
  pluginVersions.set(session, versions);
  const before = versions.get(file);
  versions.set(file, pluginVersion);
  if (before !== undefined && before !== pluginVersion) session.analysis.restart("the workspace has another version of the plugin");
}

async function askWorkspace(session: Session, fileName: string): Promise<Told> {
  const { configs, trust: { signal } } = session;
  let file: string | null = null;
  try {
    file = await askPatiently(configs, "fileFor", { fileName }, null, signal);
    if (file === null) return { is: "none", because: "there is no eslint.config file above it" };
    followSources(session, file);
    return await askPatiently(configs, "configFor", { fileName, file }, file, signal);
  } catch (error) {
    return { is: "failed", file: file ?? "The workspace's ESLint configuration", because: messageOf(error) };
  }
}

/** Asks once more when the worker was replaced in the middle. */
export function askPatiently<P extends Protocol, Name extends QuestionName<P>>(worker: Supervised<P>, name: Name, ask: Ask<P, Name>, about: string | null, signal?: AbortSignal): Promise<Answer<P, Name>> {
  return patiently(worker, () => worker.ask(name, ask, about, signal));
}

async function patiently<P extends Protocol, T>(worker: Supervised<P>, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    await worker.ready();
    return ask();
  }
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
