/** What is true on one way through the code? */

import type { TSESTree } from "@typescript-eslint/utils";

/** What has become of the tracked resource on one way through the code. */
export type Phase =
  /** The variable is `null` or `undefined`. */
  | "absent"
  /** Acquired, but not in the variable yet. */
  | "acquired"
  /** Disposed, transferred, or in unknown hands. */
  | "discharged"
  | "live"
  /** Not acquired yet. */
  | "unborn";

/** Something that may throw, and how surely. */
export interface Risk {
  readonly node: TSESTree.Node;
  /** It waits for the outside world, acquires, or throws outright. */
  readonly strong: boolean;
}

/** One way through the code: the resource's phase, what the conditions on the way have shown, and where it was thrown off course while the resource was live. */
export interface World {
  readonly phase: Phase;
  readonly facts: ReadonlyMap<string, boolean>;
  readonly risk: Risk | null;
}

export const unborn: World = { phase: "unborn", facts: new Map(), risk: null };

export function withPhase(world: World, phase: Phase): World {
  return world.phase === phase ? world : { ...world, phase, risk: phase === "live" ? null : world.risk };
}

export function withFact(world: World, key: string, value: boolean): World {
  return { ...world, facts: new Map(world.facts).set(key, value) };
}

/** Forgets what is known of conditions that mention a variable that is being written. */
export function withoutFactsOn(world: World, name: string): World {
  if (![...world.facts.keys()].some((key) => mentions(key, name))) return world;
  return { ...world, facts: new Map([...world.facts].filter(([key]) => !mentions(key, name))) };
}

function mentions(key: string, name: string): boolean {
  return key.split(/[^\w$#]+/u).includes(name);
}

export function keyOf({ phase, facts, risk }: World): string {
  const known = [...facts].map(([key, value]) => `${key}=${String(value)}`).sort();
  return [phase, risk === null ? "" : risk.node.type === "ThrowStatement" ? "!!!" : risk.strong ? "!!" : "!", ...known].join("|");
}

/** Each different world once. */
export function distinct(worlds: readonly World[]): readonly World[] {
  return worlds.length < 2 ? worlds : [...new Map(worlds.map((world) => [keyOf(world), world])).values()];
}

/** The worlds in which the variable may have a value, and those in which it may have none. */
export function byPresence(worlds: readonly World[]): { readonly there: readonly World[]; readonly missing: readonly World[] } {
  return {
    there: worlds.filter(({ phase }) => phase !== "unborn" && phase !== "absent"),
    missing: worlds.filter(({ phase }) => phase !== "live"),
  };
}
