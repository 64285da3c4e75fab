/** How does a stack take over what concurrent acquisitions gave before one of them failed? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { registrationBy } from "../../ownership/scopes/stack.js";
import type { Concurrent } from "../../ownership/several/concurrency.js";
import { destinationOf, unwrap } from "../../ownership/values/destination.js";
import { isFunction } from "../../ownership/values/functions.js";
import { scopedBy, variableOf } from "../../ownership/values/variables.js";
import { ancestorsOf, type CallNode } from "../../syntax.js";
import { lineOf } from "../../text.js";
import { hasComments } from "../placement/placement.js";
import { withoutStatement } from "../scopes/drop-disposal.js";
import type { Edit } from "../text/edit.js";
import { freeName } from "../text/free-name.js";
import { indentAt, newlineOf } from "../text/lines.js";

/**
 * Has a stack take over what came of `await Promise.all(…)` before a failure is thrown.
 *
 * @param declaration the statement that waits for the list
 * @param list what is given to `Promise.all`: acquisitions only
 * @param stack the stack's name
 */
export function takeOverSettled(code: Code, declaration: TSESTree.VariableDeclaration, list: TSESTree.Node, stack: string): readonly Edit[] {
  const [start] = declaration.range;
  const newline = `${newlineOf(code)}${indentAt(code, start)}`;
  const unit = indentAt(code, start).startsWith("\t") ? "\t" : "  ";
  const [opening, result] = ["opening", "result"].map((wish) => freeName(code, wish)) as [string, string];
  const isTuple = list.type === "ArrayExpression" && !code.isJavaScript;
  const ahead = [
    `const ${opening} = ${code.text.slice(...list.range)}${isTuple ? " as const" : ""};`,
    `for (const ${result} of await Promise.allSettled(${opening})) {`,
    `${unit}if (${result}.status === "fulfilled") ${stack}.use(${result}.value);`,
    "}",
    "",
  ].join(newline);
  return [{ range: [start, start], text: ahead }, { range: list.range, text: opening }];
}

/** The scoped stack onto which the very next statement puts all that `Promise.all` gave, one after the other. */
export interface LateStack {
  readonly name: string;
  readonly edits: readonly Edit[];
}

/**
 * Where `for (const conn of conns) stack.use(conn);` follows `const conns = await Promise.all(…)`:
 * all are waited for, and the stack takes over those that came. Withheld where anything but
 * acquisitions is waited for, or a comment would be lost.
 */
export function registerSettled(code: Code, call: CallNode, concurrent: Concurrent): LateStack | null {
  const destination = destinationOf(call);
  const [list] = call.arguments;
  if (destination.to !== "declared" || !destination.awaited || unwrap(destination.value) !== call || list === undefined) return null;
  const { id, parent: declaration } = destination.declarator;
  if (id.type !== "Identifier" || declaration.declarations.length > 1 || declaration.parent.type !== "BlockStatement") return null;
  const { body } = declaration.parent;
  const next = body[body.indexOf(declaration) + 1];
  const stack = next === undefined ? null : stackFilledBy(code, next, id);
  if (next === undefined || stack === null || otherThanAcquiring(call, concurrent) !== null) return null;
  const without = hasComments(code, next.range) ? null : withoutStatement(code, next);
  return without === null ? null : { name: stack, edits: [...takeOverSettled(code, declaration, list, stack), without] };
}

/** The scoped stack that `for (const x of xs) stack.use(x);` fills with all elements. */
function stackFilledBy(code: Code, loop: TSESTree.Statement, { name }: TSESTree.Identifier): string | null {
  if (loop.type !== "ForOfStatement" || loop.await || loop.right.type !== "Identifier" || loop.right.name !== name || loop.left.type !== "VariableDeclaration") return null;
  const { id: element } = loop.left.declarations[0];
  const [only, second] = loop.body.type === "BlockStatement" ? loop.body.body : [loop.body];
  if (only?.type !== "ExpressionStatement" || second !== undefined || only.expression.type !== "CallExpression") return null;
  const registration = registrationBy(code, only.expression);
  if (registration?.method !== "use" || registration.stack.type !== "Identifier") return null;
  const [given] = registration.call.arguments;
  const isElement = element.type === "Identifier" && given?.type === "Identifier" && given.name === element.name;
  const stack = variableOf(code, registration.stack);
  return isElement && stack !== null && scopedBy(stack) !== null ? registration.stack.name : null;
}

/** What `Promise.all` waits for besides acquisitions, in a sentence; `null` where all are some. */
export function otherThanAcquiring(call: CallNode, { elements, lost }: Concurrent): string | null {
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
