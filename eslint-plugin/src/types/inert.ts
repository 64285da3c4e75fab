/** Which types have a disposer that their holder need not call? */

import { isDisposableContract, isIterationType } from "../lexicon/language.js";
import { descriptors, inertDisposers, transports } from "../libraries/node.js";
import { inertOfVitest } from "../libraries/vitest.js";
import type { Origin } from "./origin.js";

/** A class or interface, by name and place. */
export interface Declared {
  readonly name: string;
  readonly origin: Origin;
}

/** One of those that a type is, or extends. */
export interface Ancestor extends Declared {
  /** Whether it has a member of this name itself, not only what it extends. */
  readonly declares: (member: string) => boolean;
}

/**
 * Whether a type that has a disposer needs no disposal by its holder.
 *
 * @param chain the type's own class or interface and those it extends, nearest first
 * @param disposer the class or interface that declares the disposer
 * @param iterates whether the type has `next`
 */
export function isInert(
  chain: readonly Ancestor[],
  disposer: Declared,
  iterates: boolean,
): boolean {
  const { of: declaredIn, module } = disposer.origin;
  if (chain.some(({ name, origin }) => inertOfVitest[origin.module ?? ""]?.(name) === true)) return true;
  if (declaredIn === "other") return false;
  if (isIterationType(disposer.name)) return true;
  if (isDisposableContract(disposer.name)) return iterates;
  if (module === null) return false;
  for (const { declares, name, origin } of chain) {
    if (origin.of === "other" && transports.some(declares)) break;
    const descriptor = origin.of === "node" ? descriptors[origin.module ?? ""] : undefined;
    if (descriptor?.classes(name) === true) return descriptor.inert;
  }
  return inertDisposers[module]?.(disposer.name) === true;
}
