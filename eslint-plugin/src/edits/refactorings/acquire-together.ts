/** Can the concurrent acquisitions at the cursor be rewritten so that one failure loses none of them? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { staysHere } from "../../ownership/several/collection.js";
import { concurrentAcquisitions, type Concurrent } from "../../ownership/several/concurrency.js";
import { isCombinator } from "../../ownership/values/callee.js";
import { destinationOf, unwrap } from "../../ownership/values/destination.js";
import { readsOf, variableOf } from "../../ownership/values/variables.js";
import { lineOf } from "../../text.js";
import { whyNoStack } from "../placement/missing-stack.js";
import { canAwait } from "../placement/placement.js";
import { staysInScope } from "../scopes/acquire-in-sequence.js";
import { otherThanAcquiring, takeOverSettled } from "../stacks/acquire-together.js";
import { freeName } from "../text/free-name.js";
import { indentAt, newlineOf } from "../text/lines.js";
import { around, offer, refuse, type Name, type Refactor, type Selection } from "./refactoring.js";

/** `await Promise.all([open(), open()])` → all are waited for, and what came is disposed if one fails. */
export const acquireTogether: Refactor = (code, selection) => {
  const call = combinatorAt(selection);
  const concurrent = call === null ? null : concurrentAcquisitions(code, call);
  if (call === null || concurrent === null) return null;
  const title: Name = { kind: "rewrite", title: "Acquire concurrently, so that nothing is lost when one fails" };
  const because = whyNot(code, call, concurrent);
  if (because !== null) return refuse(title, because);
  const destination = destinationOf(call);
  const [list] = call.arguments;
  if (destination.to !== "declared" || list === undefined) return null;
  const { parent: declaration } = destination.declarator;
  const [start] = declaration.range;
  const newline = `${newlineOf(code)}${indentAt(code, start)}`;
  const stack = freeName(code, "stack");
  const made = `await using ${stack} = new AsyncDisposableStack();${newline}`;
  return offer(title, [{ range: [start, start], text: made }, ...takeOverSettled(code, declaration, list, stack)]);
};

/** The combinator around the cursor, or the one that the declaration around it waits for. */
function combinatorAt(selection: Selection): TSESTree.CallExpression | null {
  const call = around(selection, isCombination);
  if (call !== null) return call;
  const declaration = around(selection, (node) => node.type === "VariableDeclaration");
  const init = declaration?.declarations[0].init;
  const inner = init == null ? null : unwrap(init);
  return inner !== null && isCombination(inner) ? inner : null;
}

function isCombination(node: TSESTree.Node): node is TSESTree.CallExpression {
  return node.type === "CallExpression" && isCombinator(node);
}

function whyNot(code: Code, call: TSESTree.CallExpression, concurrent: Concurrent): string | null {
  const { combinator, resource } = concurrent;
  if (combinator !== "all") return `\`Promise.${combinator}\` hands on one of them only: which of the others to keep, only you can say.`;
  if (resource.kind === "manual") return `A ${resource.name} has no disposer that a stack could call.`;
  if (concurrent.onStack) return "The callbacks register on a stack of their own: let them only acquire first.";
  const destination = destinationOf(call);
  if (destination.to !== "declared" || !destination.awaited || unwrap(destination.value) !== call) return "Hold what `Promise.all` gives in a `const` first.";
  const { id, parent: declaration } = destination.declarator;
  if (declaration.kind !== "const" || declaration.declarations.length > 1 || declaration.parent.type !== "BlockStatement") return "Hold what `Promise.all` gives in a `const` of its own first, in a block.";
  if (!canAwait(code, declaration)) return "`await` cannot stand here: make the function `async` first.";
  return whyNoStack(code, "AsyncDisposableStack") ?? otherThanAcquiring(call, concurrent) ?? whyNotContained(code, id);
}

/** What came must stay in the scope of the stack. */
function whyNotContained(code: Code, id: TSESTree.Node): string | null {
  if (id.type === "ArrayPattern") {
    const other = id.elements.find((element) => element !== null && !staysInScope(code, element));
    if (other == null) return null;
    return other.type === "Identifier" ? `\`${other.name}\` leaves the scope, or nothing tells whether it does.` : "Give each of them a plain name first.";
  }
  const variable = id.type === "Identifier" ? variableOf(code, id) : null;
  if (variable === null) return "Give them a plain name first.";
  const leaving = readsOf(variable).find((read) => !staysHere(code, read, staysInScope));
  return leaving === undefined ? null : `\`${variable.name}\` leaves the scope on line ${lineOf(leaving)}, or nothing tells whether it does.`;
}
