/** Can an expression be evaluated earlier without changing what the program does? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { unwrap } from "../../ownership/values/destination.js";
import { isFunction } from "../../ownership/values/functions.js";
import { declaratorOf, variableOf, writesOf } from "../../ownership/values/variables.js";

type Statement = (TSESTree.ExpressionStatement | TSESTree.IfStatement | TSESTree.ReturnStatement | TSESTree.ThrowStatement | TSESTree.VariableDeclaration) & { readonly parent: TSESTree.BlockStatement };

/**
 * The statement of a block ahead of which an expression in it may be evaluated
 * as well: it is evaluated there always, once, and before everything whose order
 * could matter. `null` for conditions, loops, defaults and nested functions.
 */
export function statementAhead(code: Code, expression: TSESTree.Node): Statement | null {
  let node = expression;
  for (;;) {
    const { parent } = node;
    if (parent == null) return null;
    if (isStatement(parent, node)) return isFirst(parent, node) && isInBlock(parent) ? parent : null;
    if (earlier(code, node, parent)?.every((each) => isSteady(code, each)) !== true) return null;
    node = parent;
  }
}

function isStatement(node: TSESTree.Node, inside: TSESTree.Node): node is Omit<Statement, "parent"> & TSESTree.Statement {
  if (node.type === "IfStatement") return node.test === inside;
  return node.type === "ExpressionStatement" || node.type === "ReturnStatement" || node.type === "ThrowStatement" || node.type === "VariableDeclaration";
}

/** Behind a declarator the variables of those before it may be read. */
function isFirst(statement: TSESTree.Statement, inside: TSESTree.Node): boolean {
  return statement.type !== "VariableDeclaration" || statement.declarations[0] === inside;
}

function isInBlock(statement: TSESTree.Node): statement is Statement {
  return statement.parent?.type === "BlockStatement";
}

/** What a node evaluates before one of its children; `null` where that child may not be evaluated, or more than once. */
function earlier(code: Code, node: TSESTree.Node, parent: TSESTree.Node): readonly (TSESTree.Node | null)[] | null {
  const before = (siblings: readonly (TSESTree.Node | null)[]): readonly (TSESTree.Node | null)[] => siblings.slice(0, siblings.indexOf(node));
  switch (parent.type) {
    case "ArrayExpression":
      return before(parent.elements);
    case "AssignmentExpression": {
      const { left, operator } = parent;
      if (left === node || operator !== "=") return null;
      return left.type === "MemberExpression" ? [left.object, ...(left.computed ? [left.property] : [])] : [];
    }
    case "AwaitExpression":
    case "ChainExpression":
    case "SpreadElement":
    case "TSAsExpression":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
    case "UnaryExpression":
      return [];
    case "BinaryExpression":
      return parent.left === node ? [] : [parent.left];
    case "CallExpression":
    case "NewExpression":
      if (parent.callee === node) return [];
      return (parent.type === "NewExpression" || !parent.optional) && isPlainCallee(code, parent.callee) ? before(parent.arguments) : null;
    case "ConditionalExpression":
      return parent.test === node ? [] : null;
    case "LogicalExpression":
      return parent.left === node ? [] : null;
    case "MemberExpression":
      return parent.object === node ? [] : null;
    case "ObjectExpression":
      return before(parent.properties);
    case "Property":
      return parent.computed ? null : [];
    case "TemplateLiteral":
      return before(parent.expressions);
    case "VariableDeclarator":
      return parent.init === node ? [] : null;
    default:
      return null;
  }
}

/** Whether a called function is one by name, or a method that is looked up without a condition. */
function isPlainCallee(code: Code, callee: TSESTree.Node): boolean {
  let root = callee;
  while (root.type === "MemberExpression" && !root.computed && !root.optional) root = root.object;
  return isSteady(code, root);
}

/** Whether an expression has the same value, and no effect, whenever it is evaluated. */
export function isSteady(code: Code, node: TSESTree.Node | null): boolean {
  if (node === null || isFunction(node)) return true;
  switch (node.type) {
    case "Identifier":
      return isConstant(code, node);
    case "Literal":
    case "Super":
    case "ThisExpression":
      return true;
    case "Property":
      return !node.computed && isSteady(code, node.value);
    case "TemplateLiteral":
      return node.expressions.every((each) => isSteady(code, each));
    case "TSAsExpression":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
      return isSteady(code, unwrap(node));
    default:
      return false;
  }
}

/** Whether a name always stands for the same value. */
export function isConstant(code: Code, identifier: TSESTree.Identifier): boolean {
  const variable = variableOf(code, identifier);
  if (variable === null || variable.defs.length === 0) return true;
  const declarator = declaratorOf(variable);
  const writes = writesOf(variable).length;
  if (declarator === null) return writes === 0;
  const { kind } = declarator.parent;
  return (kind !== "let" && kind !== "var") || (declarator.init !== null && writes === 1);
}
