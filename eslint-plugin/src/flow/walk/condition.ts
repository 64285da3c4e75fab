/** What does a condition say that can be remembered? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isNothing } from "../../ownership/values/destination.js";
import { isFunction } from "../../ownership/values/functions.js";
import { nodesIn } from "../../syntax.js";
import { textOf } from "../../text.js";

/** A condition that can be remembered: the same text later has the same answer. */
export interface Fact {
  readonly key: string;
  /** The expression is true when the fact is false: `a !== b`. */
  readonly negated: boolean;
}

/** The fact that an expression without side effects states; `null` for any other. */
export function factIn(code: Code, expression: TSESTree.Node): Fact | null {
  if (expression.type === "BinaryExpression") {
    if (!isPlain(expression.left) || !isPlain(expression.right)) return null;
    const negated = expression.operator.startsWith("!=");
    const operator = expression.operator.replace(/^[!=]=+$/u, "==");
    return { key: `${textOf(code, expression.left)} ${operator} ${textOf(code, expression.right)}`, negated };
  }
  return isPlain(expression) && expression.type !== "Literal" ? { key: textOf(code, expression), negated: false } : null;
}

/** What a fact is about: the left side of a comparison, or the whole expression. */
export function subjectOf({ key }: Fact): string {
  return key.split(" == ", 1)[0] ?? key;
}

function isPlain(node: TSESTree.Node): boolean {
  switch (node.type) {
    case "Identifier":
    case "Literal":
    case "PrivateIdentifier":
    case "ThisExpression":
      return true;
    case "ChainExpression":
      return isPlain(node.expression);
    case "MemberExpression":
      return isPlain(node.object) && isPlain(node.property);
    case "UnaryExpression":
      return node.operator === "typeof" && isPlain(node.argument);
    default:
      return false;
  }
}

/** What the facts already known say about another: `a == "x"` rules out `a == "y"`. */
export function known(facts: ReadonlyMap<string, boolean>, key: string): boolean | undefined {
  const direct = facts.get(key);
  if (direct !== undefined) return direct;
  const [left, right] = key.split(" == ");
  if (right === undefined || !isLiteral(right)) return undefined;
  for (const [other, value] of facts) {
    const [otherLeft, otherRight] = other.split(" == ");
    if (value && otherLeft === left && otherRight !== undefined && otherRight !== right && isLiteral(otherRight)) return false;
  }
  return undefined;
}

function isLiteral(text: string): boolean {
  return /^["'`\d]/u.test(text) || ["true", "false", "null"].includes(text);
}

/** Whether an expression asks if a value is there: `c`, `c != null`, `c === undefined`. */
export function presenceTest(expression: TSESTree.Node): { readonly of: TSESTree.Identifier; readonly negated: boolean } | null {
  if (expression.type === "Identifier") return { of: expression, negated: false };
  if (expression.type !== "BinaryExpression" || !/^[!=]==?$/u.test(expression.operator)) return null;
  const { left, right } = expression;
  if (left.type !== "Identifier" || !isNothing(right)) return null;
  return { of: left, negated: expression.operator.startsWith("=") };
}

/** The truth of a literal that is written to a flag. */
export function literalTruth(node: TSESTree.Node): boolean | null {
  if (isNothing(node)) return false;
  return node.type === "Literal" && typeof node.value === "boolean" ? node.value : null;
}

/** Only a condition that is asked, or set, more than once can tie two branches together. */
export function repeatedConditions(code: Code, scope: readonly TSESTree.Node[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  const count = (key: string | undefined): void => {
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  const ask = (test: TSESTree.Node | null): void => {
    if (test === null || test.type === "LogicalExpression") return;
    const inner = test.type === "UnaryExpression" && test.operator === "!" ? test.argument : test;
    const fact = factIn(code, inner);
    if (fact !== null) count(subjectOf(fact));
  };
  for (const statement of scope) {
    for (const node of nodesIn(code, statement, (at) => !isFunction(at))) {
      switch (node.type) {
        case "AssignmentExpression":
          if (node.left.type === "Identifier" && literalTruth(node.right) !== null) count(node.left.name);
          break;
        case "ConditionalExpression":
        case "DoWhileStatement":
        case "ForStatement":
        case "IfStatement":
        case "WhileStatement":
          ask(node.test);
          break;
        case "LogicalExpression":
          ask(node.left);
          ask(node.right);
          break;
        case "VariableDeclarator":
          if (node.id.type === "Identifier" && node.init !== null && literalTruth(node.init) !== null) count(node.id.name);
          break;
        default:
      }
    }
  }
  return new Set([...counts].filter(([, times]) => times > 1).map(([key]) => key));
}
