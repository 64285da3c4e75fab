import type { TSESTree } from "@typescript-eslint/utils";

import { nodesIn, type Code } from "../code.js";
import { departuresOf, type Scoped } from "../ownership/escape.js";
import { functionAround, isFunction, readsOf, type Variable } from "../ownership/references.js";
import type { Edit } from "./edit.js";

/**
 * Declares with `const` what is handed out anyway; only where the function has
 * one way out, on which the resource goes to its new owner, so that nothing leaks.
 */
export function letGo(code: Code, scoped: Scoped, declaration: TSESTree.VariableDeclaration, node: TSESTree.Node): readonly Edit[] | null {
  const around = functionAround(declaration);
  if (scoped.stack !== null || around?.body.type !== "BlockStatement" || declaration.declarations.length > 1) return null;
  if (declaration.parent !== around.body || departuresOf(code, scoped).length > 1) return null;
  const returns = [...nodesIn(code, around.body, (at) => !isFunction(at))].filter(({ type }) => type === "ReturnStatement");
  const [only, second] = returns;
  const isLast = only !== undefined && second === undefined && only === around.body.body.at(-1);
  if (!isLast || !(only.range[0] <= node.range[0] && node.range[1] <= only.range[1])) return null;
  const isHandedOver = node.type === "Identifier" || node.type === "NewExpression";
  const [start] = declaration.range;
  return isHandedOver ? [{ range: [start, start + declaration.kind.length], text: "const" }] : null;
}

/** Writes `stack.move()` where the scoped stack itself is handed out. */
export function moveStack(code: Code, stack: Variable, node: TSESTree.Node): readonly Edit[] | null {
  const [identifier] = stack.identifiers;
  if (identifier === undefined || !/^(?:Async)?DisposableStack$/u.test(code.types?.resource(identifier).name ?? "")) return null;
  const handed = readsOf(stack).filter(({ range, parent }) => node.range[0] <= range[0] && range[1] <= node.range[1] && parent.type !== "MemberExpression");
  const [read, second] = handed;
  if (read === undefined || second !== undefined) return null;
  return [{ range: [read.range[1], read.range[1]], text: ".move()" }];
}
