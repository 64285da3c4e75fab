/** In which phases may a resource be where a node is evaluated? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { Tracked } from "./tracked.js";
import { walkScope } from "./walk-scope.js";
import type { Phase } from "./world.js";

/**
 * In which phases the resource may be when each of some nodes is evaluated, over
 * all ways that lead there; nothing of nodes that are never reached.
 *
 * @returns `null` where the code is too complex to be sure
 */
export function phasesAt(code: Code, scope: readonly TSESTree.Statement[], end: TSESTree.Node, tracked: Tracked, nodes: ReadonlySet<TSESTree.Node>): ReadonlyMap<TSESTree.Node, ReadonlySet<Phase>> | null {
  const phases = new Map<TSESTree.Node, Set<Phase>>();
  const exits = walkScope(code, scope, end, tracked, (node, worlds) => {
    if (!nodes.has(node)) return;
    const known = phases.get(node) ?? new Set();
    phases.set(node, known);
    for (const { phase } of worlds) known.add(phase);
  });
  return exits === null ? null : phases;
}
