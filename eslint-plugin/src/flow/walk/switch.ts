/** In which worlds is a `switch` left? */

import type { TSESTree } from "@typescript-eslint/utils";

import { caught, type Jumps } from "./jumps.js";
import { run, sequence } from "./run.js";
import type { Walk } from "./walk.js";
import { distinct, type World } from "./world.js";

/** Runs a `switch`: any of its cases may be entered, and each may fall through to the next. */
export function runSwitch(walk: Walk, node: TSESTree.SwitchStatement, before: readonly World[], out: Jumps): readonly World[] {
  const own: Jumps = new Map();
  const asked = run(walk, node.discriminant, before, out);
  let falling: readonly World[] = [];
  for (const { consequent } of node.cases) falling = sequence(walk, consequent, distinct([...asked, ...falling]), own);
  const broken = caught(own, ({ by, label }) => by === "break" && label === null, out);
  return distinct([...falling, ...(mayMatchNone(node) ? asked : []), ...broken.map(({ world }) => world)]);
}

/** Without a `default` the cases may well be all there are: only TypeScript knows, and silence is safe. */
function mayMatchNone({ cases }: TSESTree.SwitchStatement): boolean {
  return cases.length < 2 && !cases.some(({ test }) => test === null);
}
