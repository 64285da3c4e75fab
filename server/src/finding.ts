/**
 * What the analysis hands to the protocol: plain data that can cross threads.
 * Lines and characters count from 0, characters in UTF-16 units, as in LSP.
 */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Edit {
  readonly range: Range;
  readonly newText: string;
}

/** A change that a finding offers, with the words that say its effect. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** It never changes what the program does: an autofix in ESLint's words. */
  readonly isSafe: boolean;
}

/** A place that belongs to a finding: where the resource was acquired, where it leaks. */
export interface Site {
  readonly uri: string | null;
  readonly range: Range;
  readonly says: string;
}

export interface Finding {
  /** The rule's name without the plugin's: `require-using`. */
  readonly rule: string;
  /** The rule's name as the configuration and `eslint-disable` comments know it. */
  readonly ruleId: string;
  readonly messageId: string;
  readonly severity: "error" | "warn";
  readonly message: string;
  readonly range: Range;
  /** The rule's page. */
  readonly url: string | null;
  readonly sites: readonly Site[];
  /** In which form a comment above its line can suppress it; `null` where none can stand, as inside a template. */
  readonly suppressible: "jsx" | "line" | null;
  readonly fixes: readonly Fix[];
}
