import type { ConfigSource, Preferences, WorkspaceAnswer } from "../config/messages.js";
import type { Edit, Finding, Range } from "../finding.js";
import type { Protocol } from "../threads/questions.js";

/** An open buffer: it covers the file on disk. */
export interface Buffer {
  readonly fileName: string;
  readonly version: number;
  readonly text: string;
}

/** What has changed on disk. */
export interface FileEvent {
  readonly fileName: string;
  readonly is: "changed" | "created" | "deleted";
}

/** How one file was checked: what the status item says. */
export interface Account {
  readonly config: ConfigSource;
  /** The `tsconfig.json` that the file's types come from; `null` where none names the file. */
  readonly tsconfig: string | null;
  readonly typescript: string;
  /** Each rule that ran, with the time it took. */
  readonly rules: readonly { readonly name: string; readonly milliseconds: number; readonly findings: number }[];
  /** How many findings `eslint-suppressions.json` leaves out. */
  readonly suppressed: number;
  /** What all of the check took, once the program was ready. */
  readonly milliseconds: number;
  /** Why nothing was checked, or what stood in the way; `null` where nothing did. */
  readonly problem: string | null;
}

export interface Checked {
  readonly version: number;
  /** Changes whenever anything that the findings depend on may have changed. */
  readonly resultId: string;
  readonly findings: readonly Finding[];
  readonly account: Account;
}

/** A change to the code at the cursor, offered or explained. */
export interface Refactoring {
  readonly title: string;
  readonly kind: "extract" | "rewrite";
  readonly edits: readonly Edit[];
  /** Why it does not apply here; `null` where it does. */
  readonly disabled: string | null;
}

/** A change that mends what TypeScript itself refuses. */
export interface CompilerFix {
  readonly title: string;
  /** TypeScript's code: `2850` without the letters. */
  readonly code: number;
  readonly range: Range;
  readonly edits: readonly Edit[];
}

/** The manager helper for a project: a file that it gets, an import in a file that asked for it, or why neither. */
export interface HelperChange {
  readonly title: string;
  /** The new file, unless the project has the helper already. */
  readonly create: { readonly fileName: string; readonly text: string } | null;
  /** The import, in the file that was asked about. */
  readonly edits: readonly Edit[];
  /** Why nothing can be done; `null` where it can. */
  readonly disabled: string | null;
}

/** A text for the reader at a place. */
export interface Hover {
  readonly range: Range;
  readonly markdown: string;
}

export interface Hint {
  readonly position: Range["start"];
  readonly label: string;
  readonly tooltip: string;
}

/** A rule as its documentation introduces it. */
export interface RuleText {
  /** The rule's name without the plugin's. */
  readonly name: string;
  /** One sentence, without its full stop. */
  readonly description: string;
  /** The rule's page. */
  readonly url: string | null;
}

/** The questions that the protocol thread asks the analysis. */
interface Questions {
  /** @param ask `previous`: the `resultId` of an earlier answer, to be told whether it still holds */
  check(ask: { readonly fileName: string; readonly workspace: WorkspaceAnswer; readonly previous: string | null }): Checked | "unchanged";
  /** Makes the program of a file ready, while its configuration is still being loaded. */
  warm(ask: { readonly fileName: string }): null;
  /** The files that a configuration file consists of: itself and what it imports, packages left out. */
  sourcesOf(ask: { readonly file: string }): readonly string[];
  /** The files that a `tsconfig.json` was read from: itself and what it extends. */
  tsconfigSources(ask: { readonly file: string }): readonly string[];
  /** The source files in these folders, each once, for a check of the whole workspace. */
  filesBelow(ask: { readonly folders: readonly string[] }): readonly string[];
  /**
   * The text with every preferred change of these rules, made one after the other
   * as long as `milliseconds` allow; `null` for all rules.
   */
  fixAll(ask: { readonly fileName: string; readonly workspace: WorkspaceAnswer; readonly rule: string | null; readonly milliseconds: number }): { readonly version: number; readonly edits: readonly Edit[] };
  /** What can be rewritten at the cursor. */
  refactorings(ask: { readonly fileName: string; readonly range: Range }): readonly Refactoring[];
  /** Changes for diagnostics that TypeScript leaves without one. */
  compilerFixes(ask: { readonly fileName: string; readonly diagnostics: readonly { readonly code: number; readonly range: Range }[] }): readonly CompilerFix[];
  /**
   * What brings the manager helper to a file's project.
   *
   * @param ask `range`: where a name stands that may be the helper's; `null` to add it whatever stands there. `isFile`: whether the document lies on a disk
   */
  managerHelper(ask: { readonly fileName: string; readonly isFile: boolean; readonly range: Range | null }): HelperChange | null;
  hover(ask: { readonly fileName: string; readonly position: Range["start"] }): Hover | null;
  hints(ask: { readonly fileName: string; readonly range: Range; readonly which: "all" | "multiple" }): readonly Hint[];
  rules(ask: Record<string, never>): readonly RuleText[];
  debug(ask: Record<string, never>): readonly string[];
}

/** The analysis: programs, rules, and all that needs types. */
export interface AnalysisProtocol extends Protocol {
  readonly news:
    | { readonly is: "close"; readonly fileName: string }
    | { readonly is: "files"; readonly events: readonly FileEvent[] }
    /** Nobody asks about these files any more, unless they are open. */
    | { readonly is: "leave"; readonly fileNames: readonly string[] }
    /** What its heap may hold, in MiB. */
    | { readonly is: "memory"; readonly memory: number }
    | { readonly is: "open"; readonly buffer: Buffer }
    | { readonly is: "preferences"; readonly preferences: Preferences };
  readonly questions: Questions;
}
