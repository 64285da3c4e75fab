/** When can a resource be disposed ahead of the assignment that replaces it? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { fateOf, fateWith } from "../../flow/fate/acquisition-fate.js";
import type { Ahead, Holder } from "../../flow/fate/holder.js";
import type { Exit } from "../../flow/walk/exit.js";
import { isDisposedOnce } from "../../libraries/node.js";
import { destinationOf } from "../../ownership/values/destination.js";
import { ownNodesIn } from "../../ownership/values/functions.js";
import { declaratorOf, readsOf, writesOf, type Variable } from "../../ownership/values/variables.js";
import { canAwait, insertBefore } from "../placement/placement.js";
import type { Edit } from "../text/edit.js";
import { writtenDisposal } from "./disposal.js";

/** A disposal that an edit adds. */
export interface Disposal {
  readonly edits: readonly Edit[];
  /** As it is written. */
  readonly text: string;
}

/**
 * Disposes what a variable holds ahead of the assignment that replaces it; only
 * where that is a statement of its own, where the new value is not made from the
 * old one, and where afterwards nothing that the variable holds leaks otherwise.
 */
export function disposeReplaced(code: Code, holder: Holder, { node: assignment }: Exit): Disposal | null {
  if (assignment.type !== "AssignmentExpression" || assignment.operator !== "=" || assignment.left.type !== "Identifier") return null;
  const { left: reference, parent: statement } = assignment;
  if (statement.type !== "ExpressionStatement" || (statement.parent.type !== "BlockStatement" && statement.parent.type !== "SwitchCase")) return null;
  if (readsOf(holder.variable).some(({ range: [start, end] }) => assignment.range[0] <= start && end <= assignment.range[1])) return null;
  const text = disposalText(code, holder, statement);
  if (text === null || !settlesAll(code, holder, { statement, reference })) return null;
  return { edits: [insertBefore(code, statement, text)], text };
}

/** The disposal as a statement; `null` where the declared type or the place does not allow it. */
function disposalText(code: Code, { acquisition, name, promised, variable }: Holder, statement: TSESTree.Node): string | null {
  const { resource } = acquisition;
  const id = declaratorOf(variable)?.id;
  const declared = id?.type === "Identifier" ? code.types?.resource(id) : undefined;
  // A union, or a type that is wider than what was acquired, may have another disposer.
  if (promised || declared === undefined || declared.name !== resource.name || isDisposedOnce(resource.name)) return null;
  const nullable = declared.nullable || isNullable(variable);
  // TypeScript refuses to read what may not be assigned yet.
  if (declaratorOf(variable)?.init == null && !nullable) return null;
  const written = writtenDisposal(resource, { awaits: canAwait(code, statement), name, nullable });
  return written === null ? null : `${written};`;
}

/** Whether the annotation names `null` or `undefined`, or else the code asks for them somewhere. */
function isNullable(variable: Variable): boolean {
  const annotation = variable.identifiers[0]?.typeAnnotation?.typeAnnotation;
  if (annotation !== undefined) return annotation.type === "TSUnionType" && annotation.types.some(({ type }) => type === "TSNullKeyword" || type === "TSUndefinedKeyword");
  return readsOf(variable).some((read) => {
    const { parent } = read;
    return parent.type === "TSNonNullExpression" || (parent.type === "MemberExpression" && parent.optional) || destinationOf(read).to === "tested";
  });
}

/** Whether with the disposal the acquisition is settled, and no other one of the variable gets a fate that it did not have. */
function settlesAll(code: Code, { acquisition, variable }: Holder, ahead: Ahead): boolean {
  if (fateWith(code, acquisition.call, ahead).is !== "settled") return false;
  const calls = writesOf(variable).flatMap(({ value }) => (value === null ? [] : ownNodesIn(code, value)));
  return calls.every((call) => {
    if (call.type !== "CallExpression" && call.type !== "NewExpression") return true;
    const { is } = fateWith(code, call, ahead);
    return is === "settled" || is === fateOf(code, call).is;
  });
}
