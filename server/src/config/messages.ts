import type { Linter } from "eslint";

import type { Protocol } from "../threads/questions.js";

/** What the person's editor settings say about the rules (section `awaitUsing`). */
export interface Preferences {
  /** The bundled configuration, used where the workspace's own does not turn our rules on. */
  readonly config: "recommended" | "strict";
  readonly useWorkspaceConfig: "auto" | "never";
  /** Severities over the bundled configuration, by the rule's name. */
  readonly rules: Readonly<Record<string, "error" | "off" | "warn">>;
}

/** Where the severities and options of a file's rules come from. */
export type ConfigSource =
  | { readonly from: "bundled"; readonly name: "recommended" | "strict"; readonly because: string }
  | { readonly from: "nothing"; readonly because: string }
  | { readonly from: "workspace"; readonly file: string };

/** What the workspace's own ESLint says about one file, as far as it concerns our rules: plain data. */
export interface WorkspaceConfig {
  readonly file: string;
  /** Severities and options of our rules, by their whole names. */
  readonly rules: Linter.RulesRecord;
  /** The namespace under which the configuration knows our plugin. */
  readonly namespace: string;
  /** The workspace's own copy of the plugin: its rules are what CI runs. */
  readonly pluginVersion: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
  /** How the file is parsed where the configuration asks for no types; `null` where it asks for them. */
  readonly untyped: { readonly parser: "espree" | "typescript"; readonly options: Linter.LanguageOptions } | null;
  readonly noInlineConfig: boolean;
  /** How many errors of a rule `eslint-suppressions.json` forgives the file, by the rules' whole names. */
  readonly suppressed: Readonly<Record<string, number>>;
}

/** What the workspace's own ESLint answers when it is asked about a file, or why there is no answer. */
export type WorkspaceAnswer =
  | { readonly is: "config"; readonly config: WorkspaceConfig }
  | { readonly is: "failed"; readonly file: string; readonly because: string }
  | { readonly is: "ignored"; readonly file: string }
  | { readonly is: "none"; readonly because: string }
  /** It was not asked: the workspace is not trusted, or the settings say so. */
  | { readonly is: "unasked"; readonly because: string };

/** The worker that loads the workspace's ESLint and its configuration: code of the workspace, so only in a trusted one. */
export interface ConfigProtocol extends Protocol {
  readonly news: never;
  readonly questions: {
    /** The configuration file that holds for a file: the nearest one above it. */
    fileFor(ask: { readonly fileName: string }): string | null;
    configFor(ask: { readonly fileName: string; readonly file: string }): WorkspaceAnswer;
  };
}

/** How a file is linted: plain data. */
export interface Chosen {
  readonly source: ConfigSource;
  readonly namespace: string;
  /** The configuration file from whose folder the plugin is loaded; `null` for the bundled plugin. */
  readonly pluginFrom: string | null;
  /** Severities and options by whole rule names; empty where nothing is to be linted. */
  readonly rules: Linter.RulesRecord;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly noInlineConfig: boolean;
  readonly suppressed: WorkspaceConfig["suppressed"];
  readonly untyped: WorkspaceConfig["untyped"];
  /** What stood in the way of the workspace's own configuration. */
  readonly problem: string | null;
}
