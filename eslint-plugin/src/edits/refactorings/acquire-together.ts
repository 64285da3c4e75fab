import type { TSESTree } from "@typescript-eslint/utils";

import { ancestorsOf, type Code } from "../../code.js";
import { concurrentAcquisitions, type Concurrent } from "../../ownership/concurrency.js";
import { staysHere } from "../../ownership/collection.js";
import { destinationOf, unwrap } from "../../ownership/destination.js";
import { isFunction, readsOf, variableOf } from "../../ownership/references.js";
import { indentAt, newlineOf } from "../lines.js";
import { freeName } from "../name.js";
import { canAwait } from "../placement.js";
import { staysInScope } from "../sequence.js";
import { around, offer, refuse, type Name, type Refactor, type Selection } from "./refactoring.js";
import { whyNoStack } from "../no-stack.js";
import { lineOf } from "../../text.js";

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
  const unit = indentAt(code, start).startsWith("\t") ? "\t" : "  ";
  const [stack, opening, result] = ["stack", "opening", "result"].map((wish) => freeName(code, wish)) as [string, string, string];
  const isTuple = list.type === "ArrayExpression" && !code.isJavaScript;
  const ahead = [
    `await using ${stack} = new AsyncDisposableStack();`,
    `const ${opening} = ${code.text.slice(...list.range)}${isTuple ? " as const" : ""};`,
    `for (const ${result} of await Promise.allSettled(${opening})) {`,
    `${unit}if (${result}.status === "fulfilled") ${stack}.use(${result}.value);`,
    "}",
    "",
  ].join(newline);
  return offer(title, [{ range: [start, start], text: ahead }, { range: list.range, text: opening }]);
};

/** The combinator around the cursor, or the one that the declaration around it waits for. */
function combinatorAt(selection: Selection): TSESTree.CallExpression | null {
  const call = around(selection, isCombinator);
  if (call !== null) return call;
  const declaration = around(selection, (node) => node.type === "VariableDeclaration");
  const init = declaration?.declarations[0].init;
  const inner = init == null ? null : unwrap(init);
  return inner !== null && isCombinator(inner) ? inner : null;
}

function isCombinator(node: TSESTree.Node): node is TSESTree.CallExpression {
  return node.type === "CallExpression" && node.callee.type === "MemberExpression" && node.callee.object.type === "Identifier" && node.callee.object.name === "Promise";
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
  return whyNoStack(code, "AsyncDisposableStack") ?? whyNotAll(call, concurrent) ?? whyNotContained(code, id);
}

/** All that is waited for has to be acquisitions. */
function whyNotAll(call: TSESTree.CallExpression, { elements, lost }: Concurrent): string | null {
  const [list] = call.arguments;
  if (list?.type === "ArrayExpression") {
    const other = list.elements.find((element, index) => element === null || elements[index]?.call !== element);
    return other === undefined ? null : `\`Promise.all\` waits for something that is no acquisition, on line ${lineOf(other ?? list)}: wait for it apart.`;
  }
  const [acquiring] = lost;
  const callback = acquiring === undefined ? undefined : [...ancestorsOf(acquiring)].find(isFunction);
  const isReference = acquiring !== undefined && acquiring.parent === (list === undefined ? null : unwrap(list));
  if (isReference || callback === undefined) return null;
  const { body } = callback;
  const [only, second] = body.type === "BlockStatement" ? body.body : [];
  const value = only?.type === "ReturnStatement" && second === undefined ? only.argument : body;
  return value !== null && unwrap(value) === acquiring ? null : "The callback does more than acquire: let it only acquire first.";
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
