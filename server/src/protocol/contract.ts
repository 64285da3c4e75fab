/**
 * What the server and its VS Code client say to each other beyond LSP: plain types and names,
 * and nothing that runs.
 */

/** The section of the settings, asked for by `workspace/configuration`. */
export const section = "awaitUsing";

/** What the editor knows and the server cannot find out. */
export interface Environment {
  /** Whether code of the workspace may run: its ESLint configuration is code. */
  readonly trusted: boolean;
  /** Whether the ESLint extension shows findings of the workspace's ESLint. */
  readonly eslintExtensionActive: boolean;
}

export interface InitializationOptions extends Environment {
  readonly client: string;
}

/** Client to server, notification: `Environment`, whenever it changes. */
export const environmentMethod = "awaitUsing/environment";

/** Server to client, notification: `Status`, after each analysis and whenever something stands in the way. */
export const statusMethod = "awaitUsing/status";

export interface Status {
  readonly state: "busy" | "degraded" | "ready" | "starting" | "stopped";
  /** One short line. */
  readonly text: string;
  /** What else there is to know, a sentence a line: why nothing is shown, which places were looked in. */
  readonly details: readonly string[];
  /** The document that it is about; without one it is about the server. */
  readonly uri?: string;
  readonly severity: "error" | "information" | "warning";
  /** Where the severities of the rules come from, in words. */
  readonly config?: string;
  /** TypeScript's version. */
  readonly typescript?: string;
  /** The tsconfig.json that the types come from; `null` where none names the file. */
  readonly tsconfig?: string | null;
  readonly rules?: readonly RuleTime[];
}

export interface RuleTime {
  readonly name: string;
  readonly milliseconds: number;
  readonly findings: number;
}

/** Client to server, request without parameters; answered by Markdown. */
export const debugInformationMethod = "awaitUsing/debugInformation";

/** Client to server, request: `FixAllParams`; answered by a WorkspaceEdit, or `null` where nothing can be fixed. */
export const fixAllMethod = "awaitUsing/fixAll";

export interface FixAllParams {
  readonly uri: string;
  /** Only the findings of this rule. */
  readonly rule?: string;
}

/** Client to server, request: `AddHelperParams`; answered by an `AddedHelper`. */
export const addHelperMethod = "awaitUsing/addManagerHelper";

export interface AddHelperParams {
  /** The document whose project gets the helper. */
  readonly uri: string;
}

/** A WorkspaceEdit that creates the file and that file's URI, or why there is none. */
export type AddedHelper = { readonly edit: object; readonly file: string } | { readonly because: string };

/**
 * `workspace/executeCommand` without arguments, with `workDoneToken`; answered by a `WorkspaceCheck`
 * when all files are checked or the progress was cancelled. Findings of files that are not open stay
 * published until `clearWorkspaceCheckCommand`.
 */
export const checkWorkspaceCommand = "awaitUsing.server.checkWorkspace";

export interface WorkspaceCheck {
  readonly files: number;
  readonly findings: number;
  readonly cancelled: boolean;
  /** Files that could not be checked; the log says why. */
  readonly failures: number;
}

/** `workspace/executeCommand` without arguments; answered by `null`. */
export const clearWorkspaceCheckCommand = "awaitUsing.server.clearWorkspaceCheck";

/** `workspace/executeCommand` with a document's URI and a rule's name: makes the preferred change of each of its findings. */
export const fixAllCommand = "awaitUsing.server.fixAll";
