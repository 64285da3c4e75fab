/** Which exits leave the resource of a variable live? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { variableOf, writesOf } from "../../ownership/values/variables.js";
import { course } from "../course.js";
import { scopeOf } from "../scope.js";
import type { Exit } from "../walk/exit.js";
import { liveExits } from "../walk/live-exits.js";
import type { Tracked } from "../walk/tracked.js";
import type { Ahead, Holder } from "./holder.js";

/** The exits that leave a resource live, from where the variable gets it. */
export function exitsFrom(code: Code, holder: Holder, birth: TSESTree.Node, tracked: Partial<Tracked> = {}): readonly Exit[] {
  const scope = scopeOf(holder.variable);
  return scope === null ? [] : (liveExits(code, scope.body, scope.end, { ...trackedBy(code, holder, birth, null), ...tracked }) ?? []);
}

/** What the code does to the resource that a variable holds, and where. */
export function trackedBy(code: Code, holder: Holder, birth: TSESTree.Node, ahead: Ahead | null): Tracked {
  const { variable, uses, acquisition } = holder;
  const writes = writesOf(variable).map(({ identifier }) => identifier.parent);
  return {
    acquisition: acquisition.call,
    birth,
    nullable: acquisition.resource.nullable,
    isBorn: false,
    dischargedAhead: new Set(ahead === null ? [] : [ahead.statement]),
    discharges: new Set(uses.filter(({ how }) => how !== "borrowed").map(({ at }) => at)),
    overwrites: new Set(writes.filter((node) => node !== undefined && node !== birth) as TSESTree.Node[]),
    isTracked: (identifier) => variableOf(code, identifier) === variable,
    ...course(code),
  };
}
