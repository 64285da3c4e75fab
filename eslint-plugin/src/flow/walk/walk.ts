/** What does a walk over all ways through a scope carry with it? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { Exit } from "./exit.js";
import type { Jumps } from "./jumps.js";
import type { Tracked } from "./tracked.js";
import type { World } from "./world.js";

/** A walk over all ways through a scope. */
export interface Walk {
  readonly code: Code;
  readonly tracked: Tracked;
  readonly visit: Visit;
  /** The conditions that can tie two branches together; what others show is forgotten at once. */
  readonly repeated: ReadonlySet<string>;
  /** Given, not imported: each kind of node has a file of its own and runs the nodes in it by all the others. */
  readonly evaluate: Evaluate;
  /** What has been found so far. */
  readonly exits: Exit[];
  /** How many nodes have been run. */
  steps: number;
}

/** Is told the worlds in which each node is evaluated. */
export type Visit = (node: TSESTree.Node, worlds: readonly World[]) => void;

/** Runs what is inside a node: the worlds in which it completes normally; how else it is left goes to the jumps. */
export type Evaluate = (walk: Walk, node: TSESTree.Node, before: readonly World[], out: Jumps) => readonly World[];
