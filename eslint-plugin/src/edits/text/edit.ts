/** How is a change of the source text written down? */

import type { TSESLint } from "@typescript-eslint/utils";

/** One replacement of source text, offsets in UTF-16 units. */
export interface Edit {
  readonly range: readonly [start: number, end: number];
  readonly text: string;
}

/** Turns edits into what ESLint applies. */
export function fixWith(edits: readonly Edit[]): TSESLint.ReportFixFunction {
  return (fixer) => edits.map(({ range, text }) => fixer.replaceTextRange([...range], text));
}

/** A suggestion for a report, or none where an edit builder withheld its edits. */
export function suggest<Id extends string>(
  messageId: Id,
  data: Readonly<Record<string, string>>,
  edits: readonly Edit[] | null,
): TSESLint.SuggestionReportDescriptor<Id>[] {
  return edits === null ? [] : [{ messageId, data, fix: fixWith(edits) }];
}
