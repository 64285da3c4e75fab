/** How is a piece of code left by a jump, and which jumps land there? */

import type { TSESTree } from "@typescript-eslint/utils";

import { keyOf, type World } from "./world.js";

/** A way out of a piece of code other than by its end. */
export interface Jump {
  readonly by: "break" | "continue" | "return" | "throw" | "yield";
  readonly label: string | null;
  readonly node: TSESTree.Node;
  readonly world: World;
}

/** The jumps out of a piece of code, each different one once. */
export type Jumps = Map<string, Jump>;

/** Notes a jump, unless one like it is known. */
export function jump(to: Jump, out: Jumps): void {
  const { by, label, node, world } = to;
  // Where it was thrown does not matter to what follows: the first place stands for all.
  const key = `${by}|${label ?? ""}|${by === "throw" ? "" : String(node.range[0])}|${keyOf(world)}`;
  if (!out.has(key)) out.set(key, to);
}

/**
 * Notes that a node throws; from a live resource on, it is the risk that threw the code off its course. One failure
 * at a time: what is called on behind the first one, as by a `catch`, is trusted to work.
 */
export function throwFrom(node: TSESTree.Node, worlds: readonly World[], strong: boolean, out: Jumps): void {
  for (const world of worlds) {
    if (world.phase === "live" && world.risk !== null && node.type !== "ThrowStatement") continue;
    const thrown = world.phase === "live" && world.risk === null ? { ...world, risk: { node, strong } } : world;
    jump({ by: "throw", label: null, node, world: thrown }, out);
  }
}

/** The jumps that land where they are caught; all others go on outwards. */
export function caught(own: Jumps, isCaught: (jump: Jump) => boolean, out: Jumps): readonly Jump[] {
  return [...own.values()].filter((each) => {
    if (isCaught(each)) return true;
    jump(each, out);
    return false;
  });
}
