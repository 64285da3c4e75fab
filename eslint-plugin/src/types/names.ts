/** Can what is called return a resource, as far as names tell? */

import type ts from "typescript";

import { throughCycles } from "./cycles.js";
import { declaredIn, type Declared } from "./declared.js";
import { leadsOf, isTypeParameter, typesOf, type Lead } from "./leads.js";
import { lastName, type Declaration } from "./tree.js";

/** The questions that names leave open; none of them makes TypeScript infer anything. */
export interface Meanings {
  /** What a callee means where no type is needed to know it, or `null`. */
  readonly declarationsOf: (callee: ts.Node) => readonly Declaration[] | null;
  readonly isResource: (annotation: ts.TypeNode) => boolean;
  readonly returnsResource: (annotation: ts.TypeNode) => boolean;
}

/** Questions about what a program declares, by names. */
export interface NameQuestions {
  readonly calleeCanReturnResource: (callee: ts.Node) => boolean;
  readonly calleeSpeaksOfResource: (callee: ts.Node) => boolean;
  readonly calleeGivesTypeParameter: (callee: ts.Node) => boolean;
  readonly typeCanBeResource: (name: string) => boolean;
  /** What the program declares or assigns under a name, variables of functions left out. */
  readonly valuesNamed: (name: string) => readonly Declaration[];
}

/** A declaration, or the name of a member: everything under it that is no variable of a function. */
type Question = Declaration | string;

/**
 * Whether what a call means may return a resource: by its annotation, or, where it
 * has none, by the callees in what it returns. What only types could tell is asked
 * of every declaration of that name, in the program and in the declarations of its
 * libraries. This spares most calls the question for the type of their callee, which
 * is what makes typed rules slow.
 *
 * @param isManual whether a type of this name is a resource by a setting
 */
export function byNames(program: ts.Program, { declarationsOf, isResource, returnsResource }: Meanings, isManual: (type: string) => boolean): NameQuestions {
  let known: Declared | null = null;
  const declared = (): Declared => (known ??= declaredIn(program));
  /** @param otherwise the answer where nothing is written down */
  const asking = (isAnnotated: (lead: Extract<Lead, object>) => boolean, otherwise = true): ((callee: ts.Node) => boolean) => {
    const answer = throughCycles((question: Question): boolean => {
      if (typeof question !== "string") return leadsOf(question).some(follow);
      return declared().values(question).some(({ declaration, isLocal }) => !isLocal && answer(declaration));
    });
    const follow = (lead: Lead): boolean => {
      if (lead === "anything") return otherwise;
      if ("callee" in lead) return ofCallee(lead.callee);
      if ("member" in lead) return answer(lead.member);
      if ("makes" in lead) return ofTypes(lead.makes);
      return isAnnotated(lead);
    };
    const ofCallee = (callee: ts.Node): boolean => {
      const name = lastName(callee);
      if (name === null) return otherwise;
      return declarationsOf(callee)?.some(answer) ?? answer(name);
    };
    return ofCallee;
  };
  const isAnnotatedAsResource = (lead: Extract<Lead, object>): boolean => {
    // A function may return another one that acquires: a manager helper does.
    if ("result" in lead) return speaksOfResource(lead.result) && (isResource(lead.result) || returnsResource(lead.result));
    return !("type" in lead) || (speaksOfResource(lead.type) && returnsResource(lead.type));
  };
  const isAnnotatedSomewhere = (lead: Extract<Lead, object>): boolean => speaksOfResource("result" in lead ? lead.result : "type" in lead ? lead.type : undefined);
  const givesTypeParameter = (lead: Extract<Lead, object>): boolean => "result" in lead && isTypeParameter(lead.result);
  const speaksOfResource = (node: ts.Node | undefined): boolean => node === undefined || (typesOf(node)?.some((name) => ofTypes(name)) ?? true);
  const ofTypes = throughCycles((name: string) => {
    const types = declared().types(name);
    return types.length === 0 || isManual(name) || types.some(speaksOfResource);
  });
  return {
    calleeCanReturnResource: asking(isAnnotatedAsResource),
    calleeSpeaksOfResource: asking(isAnnotatedSomewhere),
    calleeGivesTypeParameter: asking(givesTypeParameter, false),
    typeCanBeResource: ofTypes,
    valuesNamed: (name) => declared().values(name).flatMap(({ declaration, isLocal }) => (isLocal ? [] : [declaration])),
  };
}
