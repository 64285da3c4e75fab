/** Why must a scope not dispose what a variable holds? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { Holder } from "../../flow/fate/holder.js";
import { departuresOf, type Departure } from "../../ownership/lifetime/escape.js";
import type { ResultOwner } from "../../ownership/owners/judgement.js";
import { judgeResult } from "../../ownership/owners/result-owner.js";
import { isMovedOn } from "../../ownership/scopes/scoped-variable.js";
import type { Use } from "../../ownership/uses/use.js";
import { usesOf } from "../../ownership/uses/uses.js";
import { destinationOf, isNothing, unwrap } from "../../ownership/values/destination.js";
import { declaratorOf, variableOf, writesOf } from "../../ownership/values/variables.js";
import { needsDisposal } from "../../resource.js";
import { callText, lineOf } from "../../text.js";
import { canBeAwaited, disposedAgain } from "../scopes/scope-holder.js";

/** A variable that holds a resource, and whether the code around it owns that. */
export interface Held extends Holder {
  readonly declaration: TSESTree.VariableDeclaration;
  readonly owner: ResultOwner;
}

/** What a declarator acquires, or is lent; `null` where its value is no resource that a call gives. */
export function heldBy(code: Code, declarator: TSESTree.VariableDeclarator): Held | null {
  const { id, init, parent } = declarator;
  const call = init === null ? null : unwrap(init);
  if (code.types === null || id.type !== "Identifier" || (call?.type !== "CallExpression" && call?.type !== "NewExpression")) return null;
  const resource = code.types.resource(call);
  const variable = variableOf(code, id);
  if (variable === null || !needsDisposal(resource.kind)) return null;
  const { by, grade, owner } = judgeResult(code, call);
  return {
    acquisition: { call, resource, text: callText(code, call), grade, by },
    variable,
    name: id.name,
    binding: id,
    declaration: parent,
    promised: resource.promised && !destinationOf(call).awaited,
    uses: usesOf(code, variable),
    given: null,
    owner,
  };
}

/** Why a scope must not dispose what a variable holds, in a sentence; `null` where it may. */
export function whyNotScoped(code: Code, holder: Holder): string | null {
  const { name, promised, uses, variable } = holder;
  if (promised || writesOf(variable).length > 1) return whyNotDisposedAnyway(code, holder);
  for (const use of uses) {
    const { at, how } = use;
    if (how === "transferred") return `\`${name}\` ${leavesBy(use)} on line ${lineOf(at)}.`;
    if (how === "unknown") return `Nothing tells what becomes of \`${name}\` on line ${lineOf(at)}.`;
  }
  const again = disposedAgain(code, holder);
  if (again !== null) return `\`${name}\` is disposed on line ${lineOf(again)}, and must not be disposed twice.`;
  return whyNotDisposedAnyway(code, holder);
}

/** The same for what the code disposes on all paths already, so that only the way is another. */
export function whyNotDisposedAnyway(code: Code, { name, promised, uses, variable }: Pick<Holder, "name" | "promised" | "uses" | "variable">): string | null {
  if (promised) return `\`${name}\` holds a promise: await it where it is declared.`;
  const [, again] = valuesOf(variable);
  if (again !== undefined) return `\`${name}\` is assigned again on line ${lineOf(again.identifier)}.`;
  const scoped = uses.find(({ via }) => via === "using");
  if (scoped !== undefined) return `Line ${lineOf(scoped.at)} gives \`${name}\` a scope already.`;
  const departure = departuresIn(code, variable).find((each) => !canWaitFor(code, each));
  if (departure === undefined) return null;
  const { is, node } = departure;
  return is === "value" ? `\`${name}\` is handed out on line ${lineOf(node)}.` : `Something that works only while \`${name}\` is open leaves the scope on line ${lineOf(node)}.`;
}

/** What is written to a variable; nothing, as the value that it is declared with, is not. */
export function valuesOf(variable: Holder["variable"]): ReturnType<typeof writesOf> {
  const declared = declaratorOf(variable);
  return writesOf(variable).filter(({ identifier, value }) => identifier !== declared?.id || value === null || !isNothing(value));
}

function leavesBy({ via }: Pick<Use, "via">): string {
  switch (via) {
    case "return":
      return "is handed out";
    case "store":
      return "is stored";
    case "iteration":
      return "is used up";
    case "closure":
      return "is kept by a function";
    default:
      return "gets another owner";
  }
}

/** Work on a resource that its scope would overtake, and that can be awaited. */
export function workOn(code: Code, { variable }: Pick<Holder, "variable">): readonly TSESTree.Node[] {
  return departuresIn(code, variable).filter((each) => canWaitFor(code, each)).map(({ node }) => node);
}

function departuresIn(code: Code, variable: Holder["variable"]): readonly Departure[] {
  return isMovedOn(code, variable) ? [] : departuresOf(code, { variable, keyword: "await using", stack: null });
}

function canWaitFor(code: Code, { is, node }: Departure): boolean {
  return is === "pending" && canBeAwaited(code, node);
}
