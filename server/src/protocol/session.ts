import type { Connection, TextDocuments } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";

import type { AnalysisProtocol, Checked } from "../analysis/messages.js";
import type { ConfigProtocol, WorkspaceAnswer } from "../config/messages.js";
import type { Supervised } from "../threads/supervisor.js";
import type { Client } from "./client.js";
import type { Settings } from "./settings.js";
import { fileNameOf } from "./uris.js";

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
  readonly workspaceAnswers: Map<string, Promise<WorkspaceAnswer>>;
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
