/** What does a pattern take out of a resource? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";

/** Whether a pattern may take the release method out of a resource: then somebody may release it without its name. */
export function takesRelease(code: Code, pattern: TSESTree.DestructuringPattern): boolean {
  if (pattern.type !== "ObjectPattern") return false;
  return pattern.properties.some((property) => property.type !== "Property" || property.computed || (property.key.type === "Identifier" && code.settings.releaseMethods.has(property.key.name)));
}

/** Whether a pattern takes views or the release method out of a resource: then it is in unknown hands. */
export function takesMoreThanData(code: Code, pattern: TSESTree.DestructuringPattern): boolean {
  if (pattern.type !== "ObjectPattern") return true;
  return pattern.properties.some((property) => {
    if (property.type !== "Property" || property.computed || property.key.type !== "Identifier") return true;
    if (code.settings.releaseMethods.has(property.key.name)) return true;
    return code.types?.isLazyView(property.value) !== false;
  });
}
