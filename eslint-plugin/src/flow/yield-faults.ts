/** Does a generator yield exactly once on every path? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { triesAround, yieldsIn } from "../ownership/generators/manager.js";
import type { GeneratorNode } from "../ownership/values/functions.js";
import { withoutFailures } from "./course.js";
import type { Exit } from "./walk/exit.js";
import { liveExits } from "./walk/live-exits.js";
import type { Tracked } from "./walk/tracked.js";

/** A `yield` that comes after another one on some path; after itself in a loop. */
export interface RepeatedYield {
  readonly first: TSESTree.YieldExpression;
  readonly second: TSESTree.YieldExpression;
}

/** Where a generator does not yield exactly once. */
export interface YieldFaults {
  readonly again: readonly RepeatedYield[];
  /** An exit that is reached without any `yield`. */
  readonly missing: Exit | null;
}

/**
 * The repeated and the missing `yield`s of a generator, over all its paths. What
 * a delegation yields is unknown, and so is then the rest.
 */
export function yieldFaults(code: Code, generator: GeneratorNode): YieldFaults {
  const all = yieldsIn(code, generator);
  if (all.some(({ delegate }) => delegate)) return { again: [], missing: null };
  const yields = all.filter((each) => ![...triesAround(each)].some(({ part }) => part === "finalizer"));
  return { again: repeatedYields(code, generator, yields), missing: exitWithoutYield(code, generator, yields) };
}

/** A second `yield` takes the place of the first one's value, as a second acquisition would overwrite a resource. */
function repeatedYields(code: Code, generator: GeneratorNode, yields: readonly TSESTree.YieldExpression[]): readonly RepeatedYield[] {
  const again = new Map<TSESTree.Node, RepeatedYield>();
  for (const first of yields) {
    const { parent: birth } = first;
    const others = new Set<TSESTree.Node>(yields.filter((each) => each !== first));
    for (const { by, node } of normalExits(code, generator, { acquisition: first, birth, discharges: new Set(), isBorn: false, overwrites: others })) {
      const second = by !== "overwrite" ? undefined : node === birth ? first : yields.find((each) => each === node);
      if (second !== undefined && !again.has(second)) again.set(second, { first, second });
    }
  }
  return [...again.values()];
}

/** Until the first `yield` the value that is still to come takes the place of a resource that is still open. */
function exitWithoutYield(code: Code, generator: GeneratorNode, yields: readonly TSESTree.YieldExpression[]): Exit | null {
  const exits = normalExits(code, generator, { acquisition: generator, birth: generator.body, discharges: new Set(yields), isBorn: true, overwrites: new Set() });
  return exits.find(({ by }) => by === "end" || by === "return") ?? null;
}

function normalExits(code: Code, { body }: GeneratorNode, tracked: Pick<Tracked, "acquisition" | "birth" | "discharges" | "isBorn" | "overwrites">): readonly Exit[] {
  return (liveExits(code, body.body, body, { ...withoutFailures(code), ...tracked }) ?? []).filter(({ risk }) => risk === null);
}
