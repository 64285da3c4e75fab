/** When can concurrent acquisitions become scoped declarations, one after the other? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { Concurrent } from "../../ownership/several/concurrency.js";
import { usesOf } from "../../ownership/uses/uses.js";
import { destinationOf } from "../../ownership/values/destination.js";
import { variableOf } from "../../ownership/values/variables.js";
import type { CallNode } from "../../syntax.js";
import { canAwait, hasComments } from "../placement/placement.js";
import type { Edit } from "../text/edit.js";
import { indentAt, newlineOf } from "../text/lines.js";
import { keywordFor } from "./using.js";

/**
 * Replaces `const [a, b] = await Promise.all([open(), open()])` by one scoped
 * declaration each, one after the other. Only where every element is an
 * acquisition with a plain name that stays inside the scope.
 */
export function acquireInSequence(code: Code, call: CallNode, { elements }: Concurrent): readonly Edit[] | null {
  const destination = destinationOf(call);
  if (destination.to !== "declared" || !destination.awaited) return null;
  const { id, parent: declaration } = destination.declarator;
  const [list] = call.arguments;
  if (id.type !== "ArrayPattern" || list?.type !== "ArrayExpression" || list.elements.length !== elements.length || id.elements.length !== elements.length) return null;
  if (declaration.kind !== "const" || declaration.declarations.length > 1 || declaration.parent.type !== "BlockStatement") return null;
  if (!canAwait(code, declaration) || hasComments(code, declaration.range)) return null;
  const lines: string[] = [];
  for (const [index, { call: acquiring, resource }] of elements.entries()) {
    const name = id.elements[index];
    if (name?.type !== "Identifier" || acquiring !== list.elements[index] || !staysInScope(code, name)) return null;
    lines.push(`${keywordFor(resource.kind)} ${name.name} = await ${code.text.slice(...acquiring.range)};`);
  }
  return [{ range: declaration.range, text: lines.join(`${newlineOf(code)}${indentAt(code, declaration.range[0])}`) }];
}

/** Whether a variable's resource is only used, or disposed. */
export function staysInScope(code: Code, name: TSESTree.Node): boolean {
  const variable = name.type === "Identifier" ? variableOf(code, name) : null;
  return variable !== null && usesOf(code, variable).every(({ how }) => how === "borrowed" || how === "disposed");
}
