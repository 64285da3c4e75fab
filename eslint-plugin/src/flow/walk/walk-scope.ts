/** Where do all the ways through a scope lead? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { repeatedConditions } from "./condition.js";
import { write } from "./effect.js";
import { evaluate } from "./evaluate.js";
import type { Exit } from "./exit.js";
import type { Jumps } from "./jumps.js";
import { sequence, unlessTooComplex } from "./run.js";
import type { Tracked } from "./tracked.js";
import type { Visit, Walk } from "./walk.js";
import { unborn, withPhase, type World } from "./world.js";

/**
 * Walks all ways through a scope from its first statement on: the exits that
 * leave the resource live.
 *
 * @returns `null` where the code is too complex to be sure
 */
export function walkScope(code: Code, scope: readonly TSESTree.Statement[], end: TSESTree.Node, tracked: Tracked, visit: Visit): readonly Exit[] | null {
  return unlessTooComplex(() => {
    const walk: Walk = { code, tracked, visit, repeated: repeatedConditions(code, scope), evaluate, exits: [], steps: 0 };
    const jumps: Jumps = new Map();
    const ends = sequence(walk, scope, atStart(walk), jumps).map((world) => ({ by: "end" as const, node: end, world }));
    const left = [...ends, ...jumps.values()].filter(({ world }) => world.phase === "live");
    return [...walk.exits, ...left.map(({ by, node, world }): Exit => ({ by, node, risk: world.risk }))];
  });
}

/** The worlds in which a scope begins: the variable may have its resource by then. */
function atStart(walk: Walk): readonly World[] {
  const { birth, isBorn } = walk.tracked;
  return isBorn ? write(walk, birth, withPhase(unborn, "acquired")) : [unborn];
}
