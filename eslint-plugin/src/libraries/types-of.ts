/** How is written down which types of a package are resources without a disposer? */

import type { ResourceType } from "../resource.js";

/**
 * What a package declares that has no disposer and is a resource all the same.
 *
 * @param module the package
 * @param released the names of its types, by the method that releases them
 */
export function typesOf(module: string, released: Readonly<Record<string, readonly string[]>>): readonly ResourceType[] {
  return Object.entries(released).flatMap(([release, types]) => types.map((type) => ({ type, module, release })));
}
