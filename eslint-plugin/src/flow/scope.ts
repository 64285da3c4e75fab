/** In which statements does a variable live? */

import type { TSESTree } from "@typescript-eslint/utils";

import { isFunction } from "../ownership/values/functions.js";
import type { Variable } from "../ownership/values/variables.js";

/** The statements of a scope, and the node at whose end it ends. */
export interface Scope {
  readonly body: readonly TSESTree.Statement[];
  readonly end: TSESTree.Node;
}

/** The statements in which the variable lives; `null` for loop heads and other odd places. */
export function scopeOf(variable: Variable): Scope | null {
  const block = variable.scope.block as TSESTree.Node;
  if (isFunction(block)) return block.body.type === "BlockStatement" ? { body: block.body.body, end: block.body } : null;
  if (block.type === "BlockStatement" || block.type === "StaticBlock") return { body: block.body, end: block };
  return block.type === "SwitchStatement" ? { body: [block], end: block } : null;
}
