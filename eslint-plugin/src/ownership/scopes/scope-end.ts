/** Where does a scope end, and in which order does it dispose what it holds? */

import type { TSESTree } from "@typescript-eslint/utils";

import { isScoped } from "../values/variables.js";

/** Where and when a `using` or `await using` declaration disposes what it holds. */
export interface Ending {
  /** What ends: a module, a turn of a loop, a loop with its head, or a scope with a brace. */
  readonly of: "iteration" | "loop" | "module" | "scope";
  /** The node whose end that is. */
  readonly scope: TSESTree.Node;
  /** All that the scope disposes, in the order of disposal. */
  readonly order: readonly TSESTree.VariableDeclarator[];
}

/** The end of the scope that a declaration stands in; `null` where a `using` declaration cannot stand. */
export function endingOf(declaration: TSESTree.VariableDeclaration): Ending | null {
  const { parent } = declaration;
  switch (parent.type) {
    case "BlockStatement":
    case "StaticBlock":
    case "TSModuleBlock":
      return { of: "scope", scope: parent, order: disposedBy(parent.body) };
    case "ForOfStatement":
      return { of: "iteration", scope: parent, order: disposedBy([declaration]) };
    case "ForStatement":
      return { of: "loop", scope: parent, order: disposedBy([declaration]) };
    case "Program":
      return { of: "module", scope: parent, order: disposedBy(parent.body) };
    default:
      return null;
  }
}

/** The last one declared is the first one disposed, across both keywords. */
function disposedBy(statements: readonly TSESTree.Node[]): readonly TSESTree.VariableDeclarator[] {
  const disposed: TSESTree.VariableDeclarator[] = [];
  for (const statement of statements) {
    if (isScoped(statement)) disposed.push(...statement.declarations);
  }
  return disposed.reverse();
}
