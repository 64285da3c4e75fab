import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { triesAround, yieldsIn } from "../ownership/generators/manager.js";
import type { GeneratorNode } from "../ownership/values/functions.js";
import { quiet } from "./course.js";
import type { Exit } from "./walk/exit.js";
import { liveExits } from "./walk/live-exits.js";
import type { Tracked } from "./walk/tracked.js";

/** A `yield` that comes after another one on some path; after itself in a loop. */
export interface Again {
  readonly first: TSESTree.YieldExpression;
  readonly second: TSESTree.YieldExpression;
}

export interface Yields {
  readonly again: readonly Again[];
  /** An exit that is reached without any `yield`. */
  readonly missing: Exit | null;
}

/**
 * How often a generator yields, over all its paths. What a delegation yields is
 * unknown, and so is then the rest.
 */
export function countYields(code: Code, generator: GeneratorNode): Yields {
  const all = yieldsIn(code, generator);
  if (all.some(({ delegate }) => delegate)) return { again: [], missing: null };
  const yields = all.filter((each) => ![...triesAround(each)].some(({ part }) => part === "finalizer"));
  const exits = (tracked: Pick<Tracked, "acquisition" | "birth" | "discharges" | "isBorn" | "overwrites">): readonly Exit[] =>
    (liveExits(code, generator.body.body, generator.body, { ...quiet(code), ...tracked }) ?? []).filter(({ risk }) => risk === null);
  // Until the first `yield` the value that is still to come takes the place of a resource that is still open.
  const without = exits({ acquisition: generator, birth: generator.body, discharges: new Set(yields), isBorn: true, overwrites: new Set() });
  const again = new Map<TSESTree.Node, Again>();
  for (const first of yields) {
    const { parent: birth } = first;
    const others = new Set<TSESTree.Node>(yields.filter((each) => each !== first));
    for (const { by, node } of exits({ acquisition: first, birth, discharges: new Set(), isBorn: false, overwrites: others })) {
      const second = by !== "overwrite" ? undefined : node === birth ? first : yields.find((each) => each === node);
      if (second !== undefined && !again.has(second)) again.set(second, { first, second });
    }
  }
  return { again: [...again.values()], missing: without.find(({ by }) => by === "end" || by === "return") ?? null };
}
