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

/** The messages of such a rule, each of which says in the end on what it rests, where that is not certain. */
export function graded<Id extends string>(messages: Readonly<Record<Id, string>>): Record<Id, string> {
  return Object.fromEntries(Object.entries<string>(messages).map(([id, text]) => [id, `${text}{{rests}}`])) as Record<Id, string>;
}

/** Why the code only likely owns what a call gives, and what to do if it does not, as the end of a message; empty where it is certain. */
export function restsOn({ by, grade, text }: Pick<Acquisition, "by" | "grade" | "text">): string {
  if (grade === "certain") return "";
  switch (by) {
    case "body":
      return ` Not every way through \`${text}\` is seen to make it: tag the function \`@owned\` or \`@borrowed\` to say so for sure.`;
    case "callback":
      return ` It is taken to be what the function makes that \`${text}\` is given.`;
    case "cleanup":
      return " Its disposer calls nothing that is known to release, so that there may be nothing to end.";
    case "clock":
      return " The clock stands still here, so that its timers may be all that is left of it.";
    case "collected":
      return " What it frees may be memory alone, which is given back when the object is collected.";
    case "given":
      return "";
    case "idle":
      return ` \`${text}\` makes it without waiting for anything: it may hold nothing before it is used.`;
    case "lent":
      return " Others get hold of it, but nobody says that they end it.";
    case "shared":
      return ` \`${text}\` was told to share it: another one may stand for the same.`;
    default:
      return ` Nothing says that somebody else keeps what \`${text}\` gives: tag the function \`@borrowed\` if somebody does.`;
  }
}

/** Whether a rule speaks of an acquisition: the one place that decides what `recommended` and `strict` report of the two grades (RULES.md, "Who owns the result of a call"). */
export function speaksOf({ grade }: Pick<Acquisition, "grade">, [{ likely }]: Readonly<GradeOptions>): boolean {
  return likely || grade === "certain";
}
