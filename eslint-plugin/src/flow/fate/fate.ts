/** Which fates can an acquired resource have? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Acquisition } from "../../ownership/owners/acquisition.js";
import type { Use } from "../../ownership/uses/use.js";
import type { Exit } from "../walk/exit.js";
import type { Holder } from "./holder.js";

/**
 * What becomes of an acquired resource, with the evidence. Each acquisition has
 * exactly one fate, so one leak gives one report (RULES.md: temporary >
 * floating > path > throw > `using`).
 */
export type Fate =
  /** Discharged, or in hands that nobody here can judge. */
  | { readonly is: "settled" }
  /** Nobody holds it: a discarded statement, a temporary, a pattern, an ignored callback's result. */
  | { readonly is: "floating"; readonly by: "callback" | "pattern" | "statement" | "temporary"; readonly acquisition: Acquisition; readonly at: TSESTree.Node }
  | (Left & { readonly is: "undischarged" })
  | (Left & { readonly is: "leaks-on-path"; readonly discharge: Use })
  | (Left & { readonly is: "overwritten" })
  /** Lost when something fails before the object that is to hold it is made. */
  | { readonly is: "leaks-in-construction"; readonly holder: Holder; readonly risk: TSESTree.Node }
  | { readonly is: "leaks-on-throw"; readonly holder: Holder; readonly risk: TSESTree.Node; readonly discharge: Use };

/** A held resource that is left open, without anything having been thrown. */
interface Left {
  readonly holder: Holder;
  /** Where, as messages say it. */
  readonly exit: Exit;
  /** All places where. */
  readonly exits: readonly Exit[];
}

/** The fate of all that is no leak, or that nobody can know to be one. */
export const settled: Fate = { is: "settled" };
