/** Where is a resource discharged on every way that leads there? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { variableOf, type Variable } from "../ownership/values/variables.js";
import { course } from "./course.js";
import type { Scope } from "./scope.js";
import { phasesAt } from "./walk/phases-at.js";
import type { Tracked } from "./walk/tracked.js";

/** Those among some nodes that are reached, and only with the resource discharged; none where the code is too complex. */
export function dischargedBefore(code: Code, { body, end }: Scope, tracked: Tracked, nodes: ReadonlySet<TSESTree.Node>): ReadonlySet<TSESTree.Node> {
  const phases = phasesAt(code, body, end, tracked, nodes) ?? new Map<TSESTree.Node, ReadonlySet<string>>();
  return new Set([...phases].filter(([, each]) => each.size === 1 && each.has("discharged")).map(([node]) => node));
}

/** For a walk that follows a variable to which nothing else is written. */
export function heldBy(code: Code, variable: Variable): Omit<Tracked, "acquisition" | "birth" | "discharges" | "isBorn"> {
  return { nullable: false, dischargedAhead: new Set(), overwrites: new Set(), isTracked: (identifier) => variableOf(code, identifier) === variable, ...course(code) };
}
