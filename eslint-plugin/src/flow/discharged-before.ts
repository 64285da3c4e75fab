import type { Code } from "../code.js";
import { variableOf, type Variable } from "../ownership/values/variables.js";
import { course } from "./course.js";
import type { Tracked } from "./walk/tracked.js";

export function isOnlyDischarged(phases: ReadonlySet<string> | undefined): boolean {
  return phases?.size === 1 && phases.has("discharged");
}

export function quiet(code: Code, variable: Variable): Omit<Tracked, "acquisition" | "birth" | "discharges" | "isBorn"> {
  return { nullable: false, dischargedAhead: new Set(), overwrites: new Set(), isTracked: (identifier) => variableOf(code, identifier) === variable, ...course(code) };
}
