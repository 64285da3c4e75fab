/** What does a pattern take out of a resource? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { variableOf } from "../values/variables.js";
import type { Held } from "./derived-effect.js";

/** Whether a pattern may take the release method out of a resource: then somebody may release it without its name. */
export function takesRelease(code: Code, pattern: TSESTree.DestructuringPattern): boolean {
  if (pattern.type !== "ObjectPattern") return false;
  return pattern.properties.some((property) => property.type !== "Property" || property.computed || (property.key.type === "Identifier" && code.settings.releaseMethods.has(property.key.name)));
}

/** The variables of a pattern that may need the resource open: views of it, and functions; data is left out, and `null` is what cannot be told. */
export function handlesIn(code: Code, pattern: TSESTree.DestructuringPattern): readonly Held[] | null {
  const { types } = code;
  if (types === null || pattern.type !== "ObjectPattern") return null;
  const names = namesIn(pattern);
  const all = names?.flatMap((at) => {
    const variable = variableOf(code, at);
    return variable === null ? [] : [{ at, variable }];
  });
  if (all === undefined || all.length !== names?.length) return null;
  return all.flatMap(({ at, variable }) => {
    const isView = types.isLazyView(at) || types.isUnknown(at);
    return isView || types.isHandle(at) ? [{ at, variable, isView, isHandle: true, finishes: false }] : [];
  });
}

/** The names that the parts of a pattern get; `null` where not every part has a key. */
function namesIn(pattern: TSESTree.ObjectPattern): readonly TSESTree.Identifier[] | null {
  const names: TSESTree.Identifier[] = [];
  for (const property of pattern.properties) {
    const value = property.type !== "Property" || property.computed ? null : property.value.type === "AssignmentPattern" ? property.value.left : property.value;
    const inside = value?.type === "Identifier" ? [value] : value?.type === "ObjectPattern" ? namesIn(value) : null;
    if (inside === null) return null;
    names.push(...inside);
  }
  return names;
}
