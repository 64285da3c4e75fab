/** When can a `DisposableStack` become an `AsyncDisposableStack`? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { registrationBy, stackDeclaration } from "../../ownership/scopes/stack.js";
import { propertyName } from "../../ownership/values/destination.js";
import { readsOf, variableOf } from "../../ownership/values/variables.js";
import { rescope } from "../scopes/change-keyword.js";
import type { Edit } from "../text/edit.js";

/**
 * Turns `using s = new DisposableStack()` into `await using s = new
 * AsyncDisposableStack()`; only where the stack stays in its scope and every
 * callback gives what an asynchronous stack accepts.
 */
export function makeStackAsync(code: Code, stack: TSESTree.Node): readonly Edit[] | null {
  const found = stackDeclaration(code, stack);
  if (found === null || stack.type !== "Identifier") return null;
  const { declarator, made } = found;
  const variable = variableOf(code, stack);
  if (variable === null || declarator.parent.kind !== "using" || declarator.id.type !== "Identifier" || declarator.id.typeAnnotation !== undefined) return null;
  if (!readsOf(variable).every((read) => staysWith(code, read))) return null;
  const edits = rescope(code, declarator.parent, "await using", null);
  return edits === null ? null : [...edits, { range: [...made.callee.range], text: "AsyncDisposableStack" }];
}

function staysWith(code: Code, read: TSESTree.Identifier): boolean {
  const { parent } = read;
  if (parent.type !== "MemberExpression" || parent.object !== read) return false;
  if (propertyName(parent) === "disposed") return true;
  const registration = parent.parent.type === "CallExpression" ? registrationBy(code, parent.parent) : null;
  if (registration === null) return false;
  if (registration.method === "use") return true;
  const callback = registration.call.arguments[registration.method === "defer" ? 0 : 1];
  return code.types === null ? code.isJavaScript : callback !== undefined && code.types.givesNothing(callback);
}
