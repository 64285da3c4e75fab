import type { Range } from "../finding.js";
import { hintText } from "../presentation/hints.js";
import { positions } from "../text.js";
import type { Hint } from "./messages.js";
import { scopesIn } from "./scopes.js";

/**
 * The hints at the ends of the scopes that end in a range.
 *
 * @param which scopes that dispose several resources, or all
 */
export function hintsIn(fileName: string, text: string, { end, start }: Range, which: "all" | "multiple"): readonly Hint[] {
  const scopes = scopesIn(fileName, text).filter(({ disposes }) => which === "all" || disposes.length > 1);
  const toRange = scopes.length === 0 ? null : positions(text);
  return scopes.flatMap((scope): readonly Hint[] => {
    const position = toRange?.(scope.end, scope.end).start;
    if (position === undefined || position.line < start.line || position.line > end.line) return [];
    return [{ position, ...hintText(scope) }];
  });
}
