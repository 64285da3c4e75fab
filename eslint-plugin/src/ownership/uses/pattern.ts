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
  const names = pattern.properties.map((property) => (property.type === "Property" && !property.computed ? nameIn(property.value) : null));
  const all = names.flatMap((name) => {
    const variable = name === null ? null : variableOf(code, name);
    return name === null || variable === null ? [] : [{ at: name, variable }];
  });
  if (all.length < names.length) return null;
  return all.flatMap(({ at, variable }) => {
    const isView = types.isLazyView(at) || types.isUnknown(at);
    return isView || types.isHandle(at) ? [{ at, variable, isView, isHandle: true, finishes: false }] : [];
  });
}

/** The name that a part of a pattern gets; `null` for what is taken apart further. */
function nameIn(value: TSESTree.Node): TSESTree.Identifier | null {
  const name = value.type === "AssignmentPattern" ? value.left : value;
  return name.type === "Identifier" ? name : null;
}
