/** When can a disposer become asynchronous? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { symbolsOf, type Disposer } from "../../ownership/release/disposer.js";
import { destinationOf } from "../../ownership/values/destination.js";
import { returnedBy } from "../../ownership/values/functions.js";
import { readsOf } from "../../ownership/values/variables.js";
import { droppedPromises } from "../../ownership/waiting/dropped-promises.js";
import { ancestorsOf, type FunctionNode } from "../../syntax.js";
import type { Edit } from "../text/edit.js";
import { awaited, makeAsync, promisedResult } from "../waiting/await.js";

/**
 * Renames `[Symbol.dispose]` to `[Symbol.asyncDispose]`; `null` where the owner
 * has that already, inherits, is asked for as a `Disposable`, is bound by `using`
 * in this file, or is exported to others that may bind it so.
 */
export function renameToAsync(code: Code, disposer: Disposer): readonly Edit[] | null {
  const { body, key, owner } = disposer;
  if (owner === null || symbolsOf(owner).has("asyncDispose") || isExported(code, owner)) return null;
  if (body !== null && (body.generator || droppedPromises(code, body).length > 0)) return null;
  const edits: Edit[] = [{ range: [...key.property.range], text: "asyncDispose" }];
  if (owner.type === "ObjectExpression") return isAskedFor(code, owner) ? null : edits;
  const declared = owner.parent;
  if (declared.superClass !== null || isScoped(code, declared)) return null;
  // ESLint's own parser knows no contracts.
  for (const { expression } of "implements" in declared ? declared.implements : []) {
    if (expression.type !== "Identifier" || expression.name !== "Disposable") return null;
    edits.push({ range: [...expression.range], text: "AsyncDisposable" });
  }
  return edits;
}

/** Whether the place of an object asks for a disposer; without types, whether it may. */
function isAskedFor(code: Code, object: TSESTree.ObjectExpression): boolean {
  if (code.isJavaScript) return false;
  return code.types === null || code.types.expected(object).kind !== "none";
}

/** Whether the file binds an instance with `using`, which would no longer compile. */
function isScoped(code: Code, declared: TSESTree.ClassDeclaration | TSESTree.ClassExpression): boolean {
  return code.scopes.getDeclaredVariables(declared).flatMap(readsOf).some((read) => {
    const destination = read.parent.type === "NewExpression" ? destinationOf(read.parent) : null;
    return destination?.to === "declared" && destination.declarator.parent.kind === "using";
  });
}

/** Whether a class or object, or what it is made in, is exported. */
function isExported(code: Code, owner: TSESTree.Node): boolean {
  return [...ancestorsOf(owner)].some(
    (at) => at.type.startsWith("Export") || code.scopes.getDeclaredVariables(at).some(({ references }) => references.some(({ identifier }) => identifier.parent.type.startsWith("Export"))),
  );
}

/** Makes a disposer async and awaits the promise it drops, if one is given. */
export function awaitInDisposer(code: Code, body: FunctionNode, promise: TSESTree.Node | null): readonly Edit[] | null {
  const edits = promise === null ? [] : awaited(promise);
  if (body.async) return promise === null ? null : edits;
  const result = promisedResult(body);
  if (body.generator || result === null || (promise === null && returnedBy(code, body).length > 0)) return null;
  return [makeAsync(code, body), ...result, ...edits];
}
