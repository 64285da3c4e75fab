/** What does a node do to the tracked resource, once it has been evaluated? */

import type { TSESTree } from "@typescript-eslint/utils";

import { isNothing } from "../../ownership/values/destination.js";
import type { Walk } from "./walk.js";
import { withPhase, type World } from "./world.js";

/** The worlds after a node has acquired, bound, overwritten or discharged the resource. */
export function effect(walk: Walk, node: TSESTree.Node, worlds: readonly World[]): readonly World[] {
  const { tracked } = walk;
  if (node === tracked.acquisition) return worlds.map((world) => acquire(walk, world));
  const isBirth = node === tracked.birth;
  if (isBirth || tracked.overwrites.has(node)) return worlds.flatMap((world) => write(walk, node, world));
  return tracked.discharges.has(node) ? worlds.map(discharge) : worlds;
}

/** The world in which a live resource is so no longer. */
export function discharge(world: World): World {
  return world.phase === "live" ? withPhase(world, "discharged") : world;
}

function acquire({ exits, tracked }: Walk, world: World): World {
  if (world.phase === "live") exits.push({ by: "overwrite", node: tracked.birth, risk: world.risk });
  return withPhase(world, "acquired");
}

/** The worlds after a node has written the variable: with what was acquired, or with something else. */
export function write({ exits, tracked }: Walk, node: TSESTree.Node, world: World): readonly World[] {
  if (world.phase === "acquired") return [withPhase(world, "live"), ...(tracked.nullable ? [withPhase(world, "absent")] : [])];
  const isHeld = world.phase === "live" || world.phase === "discharged";
  if (isHeld && fillsIn(node)) return [world];
  if (world.phase === "live") exits.push({ by: "overwrite", node, risk: world.risk });
  const isEmptied = node === tracked.birth || (node.type === "AssignmentExpression" && isNothing(node.right));
  return [withPhase(world, isEmptied ? "absent" : "discharged")];
}

/** Whether an assignment leaves a value alone which is there. */
export function fillsIn(node: TSESTree.Node): boolean {
  return node.type === "AssignmentExpression" && /^(?:\?\?|\|\|)=$/u.test(node.operator);
}
