import type ts from "typescript";

import { throughCycles } from "./cycles.js";
import { declaredIn, type Declared, type DeclaredValue } from "./declared.js";
import { leadsOf, typesOf, type Lead } from "./leads.js";

/** The questions about annotations that names leave open; none of them makes TypeScript infer anything. */
export interface Annotations {
  readonly isResource: (annotation: ts.TypeNode) => boolean;
  readonly returnsResource: (annotation: ts.TypeNode) => boolean;
}

/** Whether a function without a body gives an owned resource, by its name. */
type Makes = (name: string) => boolean;

/** Questions about everything that a program declares under a name. */
export interface NameQuestions {
  readonly functionCanReturnResource: (name: string, makes: Makes) => boolean;
  readonly memberCanReturnResource: (name: string, makes: Makes) => boolean;
  readonly typeCanBeResource: (name: string) => boolean;
}

/**
 * Whether any declaration under the name of a function or a member may return a
 * resource and lets more than its name decide who owns it: by its annotation, or,
 * where it has none, by the names in what it returns. This spares most calls the
 * question for the type of their callee, which is what makes typed rules slow. It
 * says no only where `resultOwner` would not say *owned*.
 *
 * @param isManual whether a type of this name is a resource by a setting
 */
export function byNames(program: ts.Program, { isResource, returnsResource }: Annotations, isManual: (type: string) => boolean): NameQuestions {
  let known: Declared | null = null;
  const declared = (): Declared => (known ??= declaredIn(program));
  const follow = (lead: Lead, makes: Makes): boolean => {
    if (lead === "anything") return true;
    if ("named" in lead) return makes(lead.named) || ofFunctions(lead.named, makes);
    if ("makes" in lead) return ofTypes(lead.makes);
    return "result" in lead ? speaksOfResource(lead.result) && isResource(lead.result) : speaksOfResource(lead.type) && returnsResource(lead.type);
  };
  const may = ({ declaration }: DeclaredValue, makes: Makes): boolean => leadsOf(declaration).some((lead) => follow(lead, makes));
  const ofFunctions = throughCycles((name, makes: Makes) => declared().values(name).some((value) => may(value, makes)));
  const ofMembers = throughCycles((name, makes: Makes) => declared().values(name).some((value) => !value.isLocal && may(value, makes)));
  const speaksOfResource = (node: ts.Node): boolean => typesOf(node)?.some((name) => ofTypes(name)) ?? true;
  const ofTypes = throughCycles((name) => {
    const types = declared().types(name);
    return types.length === 0 || isManual(name) || types.some(speaksOfResource);
  });
  return { functionCanReturnResource: ofFunctions, memberCanReturnResource: ofMembers, typeCanBeResource: ofTypes };
}
