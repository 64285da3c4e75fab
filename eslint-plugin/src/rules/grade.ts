import type { Acquisition } from "../ownership/owners/acquisition.js";

/** Whether a rule speaks of what its code only likely owns, too. */
export type GradeOptions = [{ readonly likely: boolean }];

export const certainOnly: GradeOptions = [{ likely: false }];

/** The option of every rule that rests on an acquisition. */
export const gradeSchema = [
  {
    type: "object",
    additionalProperties: false,
    properties: {
      likely: {
        description: "Whether to report what the code only likely owns, too: what a function without a visible body gives, and nothing says otherwise.",
        type: "boolean",
      },
    },
  },
] as const;

/** Whether a rule speaks of an acquisition: the one place that decides what `recommended` and `strict` report of the two grades (RULES.md, "Who owns the result of a call"). */
export function speaksOf({ grade }: Pick<Acquisition, "grade">, [{ likely }]: Readonly<GradeOptions>): boolean {
  return likely || grade === "certain";
}
