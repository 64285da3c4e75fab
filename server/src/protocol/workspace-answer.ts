import type { WorkspaceAnswer, WorkspaceConfig } from "../config/messages.js";
import { messageOf } from "../failure.js";
import { askPatiently } from "../threads/patience.js";
import type { Session } from "./session.js";
import { watchOutside } from "./watch-outside.js";

/** Whether the workspace's own ESLint may be asked: it is code. */
export function asksWorkspace({ settings, trusted }: Session): boolean {
  return trusted && settings.preferences.useWorkspaceConfig === "auto";
}

/** What the workspace's own ESLint says about a file, where it may be asked. */
export function workspaceAnswer(session: Session, fileName: string): Promise<WorkspaceAnswer> {
  const { trusted, workspaceAnswers } = session;
  if (!asksWorkspace(session)) {
    return Promise.resolve({ is: "unasked", because: trusted ? "the setting awaitUsing.useWorkspaceConfig says so" : "the workspace is not trusted, so none of its code runs" });
  }
  const known = workspaceAnswers.get(fileName);
  if (known !== undefined) return known;
  const asked = askWorkspace(session, fileName);
  workspaceAnswers.set(fileName, asked);
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

async function askWorkspace(session: Session, fileName: string): Promise<WorkspaceAnswer> {
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
