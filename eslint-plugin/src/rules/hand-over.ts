import { holdUntilHandedOver } from "../edits/stacks/hold-until-handed-over.js";
import { suggest } from "../edits/text/edit.js";
import type { Code } from "../code.js";
import type { Holder } from "../flow/fate/holder.js";

/** What is suggested for a resource that is only to be handed over. */
export const untilHandedOver = {
  caught: "Dispose it in a `catch` around the rest of the block, which throws on: `{{disposal}}`",
  held: "Hold it on a stack declared with `{{keyword}}` until it is handed over; `move()` leaves it open then.",
} as const;

/**
 * The suggestion for a resource that is lost before it is handed over.
 *
 * @param thrown whether only an exception loses it: then a `catch` would do, too
 */
export function suggestHolding(code: Code, holder: Holder, thrown: boolean): ReturnType<typeof suggest<"caught" | "held">> {
  const held = holdUntilHandedOver(code, holder);
  if (held === null || (held.by === "catch" && !thrown)) return [];
  return held.by === "catch" ? suggest("caught", { disposal: held.text }, held.edits) : suggest("held", { keyword: held.text }, held.edits);
}
